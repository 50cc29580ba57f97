import { createRequire } from 'node:module';
import type { Host } from '../../host';
import { fileUriToPath } from '../../node';
import type { MarkdownPreview } from '../markdownPreview';
import { gitOnDisk } from './gitOnDisk';
import { createPlatform } from './nodePlatform';

/** A host with Node: on the desktop, on a remote machine, in a container. */
export function createHost(): Host {
  return {
    platform: createPlatform(),
    git: gitOnDisk,
    // With it comes the client's library, which only those need who edit YAML.
    startLanguageServer: async deps => (await import('./languageClient')).startLanguageServer(deps),
    loadMarkdownPreview: script =>
      createRequire(import.meta.url)(fileUriToPath(script)) as MarkdownPreview,
    loadDocsTools: () => import('./docsTools'),
    loadScaffolder: () => import('./scaffolderTools'),
    loadSourceTools: () => import('./sourceTools'),
  };
}
