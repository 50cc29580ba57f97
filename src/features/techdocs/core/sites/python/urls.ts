/** Like `urllib.parse.quote`: encodes all but letters, digits, `_.-~`, and the safe characters. */
export function quote(text: string, safe = '/'): string {
  return Array.from(text, character =>
    safe.includes(character) ? character : quoteCharacter(character),
  ).join('');
}

function quoteCharacter(character: string): string {
  // Unpaired surrogate, which file names don't have.
  if (/^\p{Surrogate}$/u.test(character)) return '%EF%BF%BD';
  return encodeURIComponent(character).replace(/[!'()*]/g, escapeAscii);
}

/** Percent-encodes an ASCII character. */
export function escapeAscii(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Like `urllib.parse.unquote`: invalid UTF-8 becomes U+FFFD. */
export function unquote(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, encoded =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(encoded.slice(1).split('%'), code => parseInt(code, 16)),
    ),
  );
}

export interface UrlParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Like `urllib.parse.urlsplit`: never fails and never encodes. */
export function splitUrl(url: string): UrlParts {
  let rest = url.replace(/^[\0-\x20]+/, '').replace(/[\t\r\n]/g, '');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest)?.[1]?.toLowerCase() ?? '';
  if (scheme) rest = rest.slice(scheme.length + 1);
  let authority = '';
  if (rest.startsWith('//')) {
    authority = /^[^/?#]*/.exec(rest.slice(2))?.[0] ?? '';
    rest = rest.slice(2 + authority.length);
  }
  const [beforeFragment = '', fragment = ''] = parted(rest, '#');
  const [path = '', query = ''] = parted(beforeFragment, '?');
  return { scheme, authority, path, query, fragment };
}

function parted(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

export function unsplitUrl({
  scheme = '',
  authority = '',
  path,
  query,
  fragment,
}: Omit<UrlParts, 'scheme' | 'authority'> & Partial<UrlParts>): string {
  let url = path;
  if (authority) url = `//${authority}${url && !url.startsWith('/') ? '/' : ''}${url}`;
  else if (url.startsWith('//')) url = `//${url}`;
  if (scheme) url = `${scheme}:${url}`;
  if (query) url += `?${query}`;
  return fragment ? `${url}#${fragment}` : url;
}

/** Like `urllib.parse.urljoin`, for web addresses. */
export function joinUrl(base: string, url: string): string {
  if (!base) return url;
  if (!url) return base;
  const from = splitUrl(base);
  const to = splitUrl(url);
  const scheme = to.scheme || from.scheme;
  if (scheme !== from.scheme || !/^(?:https?|ftp|file|sftp|)$/.test(scheme)) return url;
  if (to.authority) return unsplitUrl({ ...to, scheme });
  const { authority } = from;
  if (!to.path) {
    return unsplitUrl({ ...to, scheme, authority, path: from.path, query: to.query || from.query });
  }
  return unsplitUrl({ ...to, scheme, authority, path: joinPaths(from.path, to.path) });
}

function joinPaths(base: string, path: string): string {
  const folders = base.split('/');
  if (folders.at(-1) !== '') folders.pop();
  const written = path.split('/');
  const segments = path.startsWith('/') ? written : [...folders, ...written];
  const kept = path.startsWith('/')
    ? segments
    : segments.filter(
        (segment, index) => index === 0 || index === segments.length - 1 || segment !== '',
      );
  const resolved: string[] = [];
  for (const segment of kept) {
    if (segment === '..') resolved.pop();
    else if (segment !== '.') resolved.push(segment);
  }
  if (['.', '..'].includes(kept.at(-1) ?? '')) resolved.push('');
  return resolved.join('/') || '/';
}

/** Whether an address leaves the site: it has a scheme or a host. */
export function isAbsoluteUrl(url: string): boolean {
  const { scheme, authority } = splitUrl(url);
  return scheme !== '' || authority !== '';
}
