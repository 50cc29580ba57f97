import { decodeText } from '../../files';
import { readArchive } from '../../forgeFiles';
import { globExpression, isTooComplex } from '../../globs';
import type { UrlFile } from '../../urlReaders';
import type { PatternQuestion } from './urlRequests';

/** Of an archive, unpacked; files that git gives have as much in all. */
export const ARCHIVE_LIMITS = { size: 256 * 1024 * 1024, entries: 200_000 };

/** The files that match, of what a forge packed of the repository: in the order of their paths. */
export async function archivedFiles(
  url: string,
  { request, pattern, folder, urlOf }: PatternQuestion,
  body: Uint8Array,
): Promise<readonly UrlFile[]> {
  const expression = expressionOf(pattern);
  const entries = await readArchive(body, { ...request, url }, ARCHIVE_LIMITS);
  return entries.flatMap(({ path, content }): UrlFile[] => {
    const whole = folder === '' ? path : `${folder}/${path}`;
    if (!content || !expression.test(whole)) return [];
    return [{ url: urlOf(whole), text: decodeText(content) }];
  });
}

export function isSameFiles(a: readonly UrlFile[], b: readonly UrlFile[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ url, text }, index) => b[index]?.url === url && b[index].text === text)
  );
}

/** @throws Error for a pattern that could take for ever */
export function expressionOf(pattern: string): RegExp {
  if (isTooComplex(pattern)) {
    throw new Error('It has more wildcards or alternatives than are matched');
  }
  return globExpression(pattern);
}
