import { joinUri } from '../../../../base';

/**
 * The URI of what stands at an address, among others below a root: `<root>/<host>/<path>`. No two addresses have the same
 * one. What a query says of the file's place, as with Azure, becomes part of the path; the rest of it stands before.
 *
 * @param root - URI of a folder
 * @param url - an absolute URL
 */
export function uriOfUrl(root: string, url: string): string {
  const { protocol, host, pathname, searchParams, hash } = new URL(url);
  const scheme = protocol === 'https:' ? '' : protocol;
  const path = searchParams.get('path') ?? '';
  const isPlace = isPlain(path);
  if (isPlace) searchParams.delete('path');
  const query = searchParams.size ? [`?${searchParams}`] : [];
  // A name that is empty must not vanish.
  const written = pathname
    .split('/')
    .slice(1)
    .map(segment => segment || '?');
  const name = isPlace ? [] : written.splice(-1).map(segment => `${segment}${hash}`);
  const place = isPlace ? [`?path${hash}`, ...path.split('/').slice(1)] : [];
  const segments = [`${scheme}${host}`, ...written, ...query, ...name, ...place];
  return joinUri(root, segments.join('/'));
}

/** Whether a path is one that no other means the same as. */
function isPlain(path: string): boolean {
  return (
    path.startsWith('/') &&
    path
      .split('/')
      .slice(1)
      .every(name => !/^\.{0,2}$/.test(name))
  );
}
