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
        throw new SourceError('refused', `"${part}" is not valid in an entity ref`);
      }
      return encodeURIComponent(part);
    })
    .join('/');
}
