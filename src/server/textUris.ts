import { formatUri, parseUri } from '../base';

/**
 * The canonical spelling of a URI as a client writes it; undefined for what names no file. Drive letters
 * are lower-case, as clients disagree.
 */
export function canonicalUri(uri: string): string | undefined {
  try {
    const { path, ...rest } = parseUri(uri.replace(/[?#].*$/, ''));
    return formatUri({
      ...rest,
      path: path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase()),
    });
  } catch {
    return undefined;
  }
}
