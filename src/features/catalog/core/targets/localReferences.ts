import {
  basenameUri,
  decodeEscapes,
  dirnameUri,
  formatUri,
  isWithin,
  joinUri,
  parseUri,
} from '../../../../base';

/** Where a reference written in a file leads. */
export type ResolvedReference =
  | { readonly type: 'local'; readonly uri: string }
  /** Another machine's: `https://…`, or any other scheme. */
  | { readonly type: 'remote'; readonly url: string }
  /** On this machine, but outside the repository or workspace folder of the file. */
  | { readonly type: 'outside' };

/**
 * Resolves a reference as a URL relative to the file that it stands in, the way Backstage does for
 * files of a repository: `/x` is the repository's root, `%20` a blank, and what follows `?` or `#`
 * is not part of the path.
 *
 * @param boundary - the folder that nothing may lead out of: the repository or workspace folder
 */
export function resolveReference(
  reference: string,
  { base, boundary }: { base: string; boundary: string },
): ResolvedReference {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(reference)?.[1]?.toLowerCase();
  if (scheme === 'file') return withinBoundary(canonicalFileUri(reference), boundary);
  if (scheme !== undefined || reference.startsWith('//')) return { type: 'remote', url: reference };
  const path = decodeEscapes(reference.replace(/[?#].*$/s, ''));
  const folder = dirnameUri(base);
  if (path === '') return { type: 'local', uri: base };
  if (!path.startsWith('/')) {
    return climbsOut(folder, path, boundary)
      ? { type: 'outside' }
      : withinBoundary(joinUri(folder, path), boundary);
  }
  return climbsOut(boundary, path, boundary)
    ? { type: 'outside' }
    : withinBoundary(joinUri(boundary, path.slice(1)), boundary);
}

/** `..` above the root of a URI stays there, which must not turn a way out into a way in. */
function climbsOut(folder: string, path: string, boundary: string): boolean {
  let depth = segments(folder).length - segments(boundary).length;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    depth += segment === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

function segments(uri: string): readonly string[] {
  return parseUri(uri).path.split('/').filter(Boolean);
}

function withinBoundary(uri: string | undefined, boundary: string): ResolvedReference {
  return uri !== undefined && isWithin(boundary, uri)
    ? { type: 'local', uri }
    : { type: 'outside' };
}

function canonicalFileUri(reference: string): string | undefined {
  try {
    const url = new URL(reference);
    return formatUri({ scheme: 'file', authority: url.host, path: decodeEscapes(url.pathname) });
  } catch {
    return undefined;
  }
}

/** The name of a file for people: `apis/spec.yaml` below the folder, else its base name. */
export function displayName(uri: string, folder: string): string {
  return isWithin(folder, uri)
    ? parseUri(uri).path.slice(parseUri(folder).path.length + 1)
    : basenameUri(uri);
}
