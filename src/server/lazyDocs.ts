import { onDemand } from '../base';
import type { TextRequest } from '../features/authoring/language';
import type { DocsLanguage } from './catalog/catalogSource';

const DOCS = /(?:\/mkdocs\.ya?ml|\.(?:markdown|mdown|mkdn|mkd|md))$/;

/** Loads language support for documentation with the first request about a page or config. */
export function lazyDocs(loadDocs: () => Promise<DocsLanguage>): DocsLanguage {
  let loaded: DocsLanguage | undefined;
  const load = onDemand(async () => (loaded = await loadDocs()));
  const docsFor = async ({ text }: TextRequest): Promise<DocsLanguage | undefined> =>
    DOCS.test(text.uri) ? load() : undefined;
  return {
    anyLanguage: true,
    problems: async request => (await docsFor(request))?.problems?.(request) ?? [],
    codeActions: async request => (await docsFor(request))?.codeActions?.(request) ?? [],
    complete: async request =>
      (await docsFor(request))?.complete?.(request) ?? { items: [], isIncomplete: false },
    definition: async request => (await docsFor(request))?.definition?.(request) ?? [],
    filesChanged: changes => loaded?.filesChanged(changes) ?? false,
    prepareRename: async request => (await docsFor(request))?.prepareRename(request),
    rename: async (request, newName) => (await docsFor(request))?.rename(request, newName),
    willMove: async (moves, request) => (await load()).willMove(moves, request),
  };
}
