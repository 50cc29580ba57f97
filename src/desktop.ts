import { createRequire } from 'node:module';
import { lazyService } from './base';
import type { PreviewBlocks } from './features/techdocs/vscode';
import type { Host } from './host';
import { fileUriToPath } from './platform/node';
import { createPlatform } from './platform/vscode/desktop/nodePlatform';

/** A host with Node: on the desktop, on a remote machine, in a container. */
export function createHost(): Host {
  return {
    platform: createPlatform(),
    // Git runs only in trusted workspaces, and rarely at start.
    git: lazyService(async () => {
      const { gitOnDisk } = await import('./features/scm/vscode/desktop/gitOnDisk');
      return gitOnDisk;
    }),
    // With it comes the client's library, which only those need who edit YAML.
    startLanguageServer: async deps =>
      (await import('./features/authoring/vscode/desktop/languageClient')).startLanguageServer(
        deps,
      ),
    loadMarkdownPreview: script =>
      createRequire(import.meta.url)(fileUriToPath(script)) as PreviewBlocks,
    importModule: url => import(url),
    loadDocsTools: () => import('./features/techdocs/vscode/desktop/docsTools'),
    loadScaffolder: () => import('./features/scaffolder/vscode/desktop/scaffolderTools'),
    loadSourceTools: () => import('./features/sources/vscode/desktop/sourceTools'),
  };
}
