import type { CompletionItems, LanguageProvider } from '../languageProvider';
import {
  completeAnnotationKeys,
  completeAnnotationValues,
  completeLabelKeys,
  completeLabelValues,
} from './annotations/annotationCompletion';
import { completionPlaceAt, type CompletionSource } from './completionPlace';
import {
  completePlaceholderPaths,
  completePlaceholders,
  completeTargets,
} from './paths/pathCompletion';
import { completeRefs } from './refs/refCompletion';
import { completeDescriptors } from './snippets/snippetCompletion';
import { completeValues } from './valueCompletion';

const sources: readonly CompletionSource[] = [
  completeRefs,
  completeValues,
  completeAnnotationKeys,
  completeAnnotationValues,
  completeLabelKeys,
  completeLabelValues,
  completeTargets,
  completePlaceholderPaths,
  completePlaceholders,
  completeDescriptors,
];

const NOTHING: CompletionItems = { items: [], isIncomplete: false };

/**
 * Completes content of the catalog: refs, values in use, annotations, paths, and whole descriptors. Names of fields
 * come from the schemas, by another provider.
 */
export const completionProvider: LanguageProvider = {
  async complete(request) {
    const place = completionPlaceAt(request);
    if (!place) return NOTHING;
    const found: CompletionItems[] = [];
    for (const source of sources) {
      if (request.signal.aborted) return NOTHING;
      const items = await source(place);
      if (items) found.push(items);
    }
    return {
      items: found.flatMap(({ items }) => items),
      isIncomplete: found.some(({ isIncomplete }) => isIncomplete),
    };
  },
};
