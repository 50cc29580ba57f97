import type * as vscode from 'vscode';
import type { CatalogService, SearchService } from '../../../api';
import type { FileSystem } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import type { CatalogEngine } from '../../catalog/core';

export interface AgentsDeps {
  readonly engine: CatalogEngine;
  readonly fileSystem: FileSystem;
  readonly platform: Pick<Platform, 'node'>;
  /** Folder of the installed extension. */
  readonly extensionUri: vscode.Uri;
}

export interface ToolsDeps extends AgentsDeps {
  readonly catalog: CatalogService;
  readonly search: SearchService;
}
