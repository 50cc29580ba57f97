/**
 * Parts of a URI. URIs are strings in one canonical form, so that they can be compared and used as
 * keys. Only hierarchical URIs occur (`file:///a/b`, `vscode-vfs://github/a/b`).
 */
export interface UriComponents {
  readonly scheme: string;
  readonly authority: string;
  /** Decoded path, with `/`, starting with `/`. */
  readonly path: string;
}

/** Formats a URI in canonical form: each path segment is encoded like `encodeURIComponent`. */
export function formatUri({ scheme, authority, path }: UriComponents): string {
  return `${scheme}://${authority}${path.split('/').map(encodeSegment).join('/')}`;
}

/** Formats a URI of the editor, with a lowercase drive letter as in VS Code's `fsPath`. */
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

/** Returns the decoded path of a URI, with `/`: for `file:`, the path on disk in portable form. */
export function uriPath(uri: string): string {
  return parseUri(uri).path;
}

/** Resolves a path with `/` (relative, or absolute if it starts with `/`) against a folder. */
export function joinUri(folder: string, path: string): string {
  const base = parseUri(folder);
  const joined = path.startsWith('/') ? path : `${base.path}/${path}`;
  return formatUri({ ...base, path: normalizePath(joined) });
}

/** Returns the URI of an entry of a folder. Unlike a path, a name may contain any character. */
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

/** Whether `uri` is `folder` or inside it. */
export function isWithin(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Returns the decoded path of `uri` relative to `folder`, with `/`; undefined if it is outside. */
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

/**
 * Encodes a path segment. A lone surrogate, which UTF-8 doesn't have, becomes U+FFFD, as when it is
 * written to a file.
 */
function encodeSegment(segment: string): string {
  // Fast path: nearly all segments are plain, and this runs for every file of a workspace.
  if (PLAIN.test(segment)) return segment;
  try {
    return encodeURIComponent(segment);
  } catch {
    // Half of a surrogate pair.
    return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'));
  }
}

/** Decodes percent-encoding. A text with a stray `%` is returned unchanged. */
export function decodeEscapes(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` stands for itself.
    return text;
  }
}
