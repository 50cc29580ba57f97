import * as vscode from 'vscode';
import type { BlobStore } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import {
  createSearchIndex,
  DefaultSearchService,
  IndexStore,
  RestartingSearchIndex,
  type SearchServiceDeps,
} from '../core';

export interface OpenSearchDeps extends Omit<SearchServiceDeps, 'index' | 'indexStore'> {
  readonly extensionUri: vscode.Uri;
  readonly platform: Pick<Platform, 'startThread'>;
  /** Storage of the index between sessions, and the version of Callboard. */
  readonly snapshot: { readonly store: BlobStore; readonly version: string } | undefined;
}

/** Opens a search whose index runs in its own thread if threads are available. */
export function openSearch(deps: OpenSearchDeps): DefaultSearchService {
  const { extensionUri, platform, snapshot, logger } = deps;
  const { startThread } = platform;
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'searchWorker.mjs').toString();
  return new DefaultSearchService({
    ...deps,
    index: new RestartingSearchIndex({
      startThread: startThread && (() => startThread(script)),
      createIndex: createSearchIndex,
      logger,
    }),
    indexStore: snapshot && new IndexStore({ ...snapshot, logger }),
  });
}
