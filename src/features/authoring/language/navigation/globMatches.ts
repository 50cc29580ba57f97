import { compareCodeUnits, relativePath } from '../../../../base';
import { Glob, isTooComplex } from '../../../../platform/core/globs';
import type { LanguageContext } from '../languageProvider';

/** More are no answer to where something leads. */
const MAX_MATCHES = 50;

/** URIs of the catalog's files below a folder that a pattern matches, in their order; 50 at most. */
export function globMatches(
  folder: string,
  pattern: string,
  { catalog }: LanguageContext,
): readonly string[] {
  if (isTooComplex(pattern)) return [];
  const expression = new Glob(pattern);
  const matches: string[] = [];
  for (const uri of catalog.files()) {
    const path = relativePath(folder, uri);
    if (path !== undefined && expression.test(path)) matches.push(uri);
  }
  return matches.sort(compareCodeUnits).slice(0, MAX_MATCHES);
}
