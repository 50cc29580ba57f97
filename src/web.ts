import { extendMarkdownIt } from './features/techdocs/core';
import type { Host } from './host';
import { createPlatform } from './platform/vscode/web/webPlatform';

/** A browser, such as vscode.dev: no processes, no git, no disk. */
export function createHost(): Host {
  return {
    platform: createPlatform(),
    git: {
      userEmail: async () => undefined,
      lastChange: async () => undefined,
      recentChanges: async () => [],
    },
    startLanguageServer: undefined,
    // All of the extension is one file here.
    loadMarkdownPreview: () => ({ extendMarkdownIt }),
    importModule: undefined,
    loadDocsTools: async () => ({
      openOutput: async () => undefined,
      runMkdocs: undefined,
      DocsCompletion: undefined,
      HeadingRenames: undefined,
    }),
    loadScaffolder: undefined,
    loadSourceTools: () => import('./features/sources/vscode/web/sourceTools'),
  };
}
