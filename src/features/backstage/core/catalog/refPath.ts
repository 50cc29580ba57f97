import { SourceError } from '../../../sources/core';
import { PART } from './served/servedAnswers';

/**
 * Parts of a ref as steps of a path. `..` would be one up, however it is escaped.
 *
 * @throws SourceError for what is part of no ref
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
