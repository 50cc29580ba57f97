import type * as vscode from 'vscode';
import type { CatalogService, PluginAgentTool, SearchService } from '../../../api';
import type { FileSystem } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import type { CatalogEngine } from '../../catalog/core';

export interface AgentsDeps {
  readonly engine: CatalogEngine;
  readonly fileSystem: FileSystem;
  readonly platform: Pick<Platform, 'node'>;
  /** Returns the tools of plugins. */
  readonly pluginTools: () => readonly PluginAgentTool[];
  /** Returns the id of the plugin that made a contribution. */
  readonly pluginOf: (contribution: object) => string | undefined;
  /** Folder of the installed extension. */
  readonly extensionUri: vscode.Uri;
}

export interface ToolsDeps extends AgentsDeps {
  readonly catalog: CatalogService;
  readonly search: SearchService;
}
