import { SourceError } from '../../../sources/core';
import { PART } from './served/servedAnswers';

/**
 * Joins parts of a ref to a URL path. Rejects `..`, which leads to the parent even if it is escaped.
 *
 * @throws SourceError for an invalid part
 */
export function refPath(...parts: readonly string[]): string {
  return parts
    .map(part => {
      if (!PART.test(part)) {
        throw new SourceError('refused', `"${part}" cannot be asked for: it is part of no ref`);
      }
      return encodeURIComponent(part);
    })
    .join('/');
}
