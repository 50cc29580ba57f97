import { decodeText } from '../../../../platform/core/files';
import { Glob, isTooComplex } from '../../../../platform/core/globs';
import { readArchive } from '../../../scm/core/forgeFiles';
import type { UrlFile } from '../../../scm/core/urlReaders';
import type { PatternQuestion } from './urlRequests';

/** Maximum size of an unpacked archive; the same limit applies to files from git. */
export const ARCHIVE_LIMITS = { size: 256 * 1024 * 1024, entries: 200_000 };

/** Extracts the files that match a pattern from an archive, ordered by path. */
export async function archivedFiles(
  url: string,
  { request, pattern, folder, urlOf }: PatternQuestion,
  body: Uint8Array,
): Promise<readonly UrlFile[]> {
  const fits = matcherOf(pattern);
  const entries = await readArchive(body, { ...request, url }, ARCHIVE_LIMITS);
  return entries.flatMap(({ path, content }): UrlFile[] => {
    const whole = folder === '' ? path : `${folder}/${path}`;
    if (!content || !fits(whole)) return [];
    return [{ url: urlOf(whole), text: decodeText(content) }];
  });
}

export function isSameFiles(a: readonly UrlFile[], b: readonly UrlFile[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ url, text }, index) => b[index]?.url === url && b[index].text === text)
  );
}

/**
 * Maximum characters of a file name and of a path: no disk has longer ones, and matching time grows with length.
 */
const LONGEST_NAME = 255;
const LONGEST_PATH = 1024;

/**
 * Returns a function that tests whether a path matches a pattern; overlong paths never match.
 *
 * @throws Error if matching could take too long
 */
export function matcherOf(pattern: string): (path: string) => boolean {
  if (isTooComplex(pattern)) {
    throw new Error('It has too many characters or alternatives');
  }
  const expression = new Glob(pattern);
  return path =>
    path.length <= LONGEST_PATH &&
    path.split('/').every(name => name.length <= LONGEST_NAME) &&
    expression.test(path);
}
