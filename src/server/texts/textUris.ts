import { formatUri, parseUri } from '../../base';

/**
 * The canonical spelling of a URI as a client writes it; undefined for what names neither a file nor an
 * untitled text. Drive letters are lower-case, as clients disagree.
 */
export function canonicalUri(uri: string): string | undefined {
  try {
    const { path, ...rest } = parseUri(hierarchical(uri.replace(/[?#].*$/s, '')));
    return formatUri({
      ...rest,
      path: path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase()),
    });
  } catch {
    return undefined;
  }
}

/** Whether a text is in no file yet, which no edit of files can name. */
export function isUntitled(uri: string): boolean {
  return uri.startsWith('untitled:');
}

/** Untitled texts have a name alone, or the path that they are to be saved under. */
function hierarchical(uri: string): string {
  return uri.replace(/^untitled:(?!\/\/)\/?/, 'untitled:///');
}
