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
  /** Storage of the index between sessions. */
  readonly store: BlobStore | undefined;
  /** Version of Callboard. */
  readonly version: string;
}

/** Opens a search whose index runs in its own thread if threads are available. */
export function openSearch(deps: OpenSearchDeps): DefaultSearchService {
  const { extensionUri, platform, store, version, logger } = deps;
  const { startThread } = platform;
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'searchWorker.mjs').toString();
  return new DefaultSearchService({
    ...deps,
    index: new RestartingSearchIndex({
      startThread: startThread && (() => startThread(script)),
      createIndex: createSearchIndex,
      logger,
    }),
    indexStore: store && new IndexStore({ store, version, logger }),
  });
}
