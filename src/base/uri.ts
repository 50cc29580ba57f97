/**
 * URIs as strings, in one canonical spelling, so that they can be compared and used as keys.
 * Only hierarchical URIs occur here (`file:///a/b`, `vscode-vfs://github/a/b`).
 */
export interface UriComponents {
  readonly scheme: string;
  readonly authority: string;
  /** Decoded, with `/`, starting with `/`. */
  readonly path: string;
}

/** The canonical spelling: every path segment percent-encoded the way `encodeURIComponent` does. */
export function formatUri({ scheme, authority, path }: UriComponents): string {
  return `${scheme}://${authority}${path.split('/').map(encodeSegment).join('/')}`;
}

/** The same of a URI of the editor: drive letters are lower-case, as in VS Code's own `fsPath`. */
export function formatEditorUri({ scheme, authority, path }: UriComponents): string {
  const lower = path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase());
  return formatUri({ scheme, authority, path: lower });
}

export function parseUri(uri: string): UriComponents {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/]*)(\/.*)?$/.exec(uri);
  if (!match) throw new TypeError(`Not a hierarchical URI: ${uri}`);
  const [, scheme = '', authority = '', path = ''] = match;
  return { scheme, authority, path: decodeEscapes(path) || '/' };
}

/** The decoded path of a URI, with `/`: for `file:` the path on disk in its portable spelling. */
export function uriPath(uri: string): string {
  return parseUri(uri).path;
}

/** Resolves a `/`-separated path (relative, or absolute when it starts with `/`) against a folder. */
export function joinUri(folder: string, path: string): string {
  const base = parseUri(folder);
  const joined = path.startsWith('/') ? path : `${base.path}/${path}`;
  return formatUri({ ...base, path: normalizePath(joined) });
}

/** The URI of what has this name in a folder; a name as listings give it, which is no path. */
export function childUri(folder: string, name: string): string {
  return `${folder}${folder.endsWith('/') ? '' : '/'}${encodeSegment(name)}`;
}

export function dirnameUri(uri: string): string {
  const components = parseUri(uri);
  return formatUri({ ...components, path: dirname(components.path) });
}

export function basenameUri(uri: string): string {
  const path = uriPath(uri);
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `uri` is `folder` or lies somewhere below it. */
export function isWithin(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The decoded path of `uri` relative to `folder`, with `/`; undefined where it lies elsewhere. */
export function relativePath(folder: string, uri: string): string | undefined {
  if (!isWithin(folder, uri)) return undefined;
  if (uri === folder) return '';
  return decodeEscapes(uri.slice(folder.endsWith('/') ? folder.length : folder.length + 1));
}

/** Resolves `.` and `..` in an absolute path; `..` above the root stays at the root. */
export function normalizePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

function dirname(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

const PLAIN = /^[\w.-]*$/;

/** Half of a surrogate pair, which no UTF-8 has: it becomes what it is when it is written to a file. */
function encodeSegment(segment: string): string {
  // As nearly all are spelled, and asked for every file of a workspace.
  if (PLAIN.test(segment)) return segment;
  try {
    return encodeURIComponent(segment);
  } catch {
    return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'));
  }
}

/** What escapes stand for. A text with a stray `%`, of a foreign spelling, stands for itself. */
export function decodeEscapes(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
