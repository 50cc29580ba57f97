import type { SearchCollator, SearchDocument } from '../../../api';

/**
 * Narrows a collator to the documents in some files, so that ranking, misspellings and words that are ignored go by
 * these alone. Documents that are in no file stay.
 *
 * @param hasFile - tells whether documents in a file (a URI) are wanted
 */
export function collatorWithin(
  collator: SearchCollator,
  hasFile: (file: string) => boolean,
): SearchCollator {
  const { id, title, icon, weight, concurrency, locatesOnDemand } = collator;
  const locate = async (
    document: SearchDocument,
    signal: AbortSignal,
  ): Promise<SearchDocument['location']> =>
    (await collator.locate?.(document, signal)) ?? document.location;
  return {
    id,
    title,
    icon,
    ...(weight !== undefined && { weight }),
    ...(concurrency !== undefined && { concurrency }),
    ...(locatesOnDemand !== undefined && { locatesOnDemand }),
    onDidChange: listener => collator.onDidChange(listener),
    getSources: signal => collator.getSources(signal),
    settle: async () => collator.settle?.(),
    async collate(source, signal) {
      const wanted: SearchDocument[] = [];
      for (const document of await collator.collate(source, signal)) {
        const location = await locate(document, signal);
        if (!location || hasFile(location.file)) wanted.push(document);
      }
      return wanted;
    },
    locate,
  };
}
