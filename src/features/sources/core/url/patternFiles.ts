import { decodeText } from '../../../../platform/core/files';
import { Glob, isTooComplex } from '../../../../platform/core/globs';
import { readArchive } from '../../../scm/core/forgeFiles';
import type { UrlFile } from '../../../scm/core/urlReaders';
import type { PatternQuestion } from './urlRequests';

/** Of an archive, unpacked; files that git gives have as much in all. */
export const ARCHIVE_LIMITS = { size: 256 * 1024 * 1024, entries: 200_000 };

/** The files that match, of what a forge packed of the repository: in the order of their paths. */
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

/** Characters of a name, and of a path: no disk has longer ones, and the ways to share one out among wildcards multiply. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 1024;

/**
 * Tells whether a path fits a pattern; one that no disk could have fits none.
 *
 * @throws Error for a pattern that could take for ever
 */
export function matcherOf(pattern: string): (path: string) => boolean {
  if (isTooComplex(pattern)) {
    throw new Error('It has more characters or alternatives than are matched');
  }
  const expression = new Glob(pattern);
  return path =>
    path.length <= LONGEST_PATH &&
    path.split('/').every(name => name.length <= LONGEST_NAME) &&
    expression.test(path);
}
