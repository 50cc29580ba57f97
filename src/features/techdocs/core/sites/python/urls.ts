/** As `urllib.parse.quote`: all but letters, digits and `_.-~`, and what else is said to be safe. */
export function quote(text: string, safe = '/'): string {
  return Array.from(text, character =>
    safe.includes(character) ? character : quoteCharacter(character),
  ).join('');
}

function quoteCharacter(character: string): string {
  // Half of a pair, which no name of a file has.
  if (/^\p{Surrogate}$/u.test(character)) return '%EF%BF%BD';
  return encodeURIComponent(character).replace(/[!'()*]/g, escapeAscii);
}

/** An ASCII character as an escape of addresses. */
export function escapeAscii(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** As `urllib.parse.unquote`: what is no UTF-8 becomes U+FFFD. */
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

/** As `urllib.parse.urlsplit`, which objects to nothing and encodes nothing. */
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

/** As `urllib.parse.urljoin`, for addresses of the web. */
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

/** Whether it leads to another place than the site: it has a scheme or a host. */
export function isAbsoluteUrl(url: string): boolean {
  const { scheme, authority } = splitUrl(url);
  return scheme !== '' || authority !== '';
}
