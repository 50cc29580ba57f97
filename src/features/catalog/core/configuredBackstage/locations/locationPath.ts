import { joinUri, normalizePath, uriPath } from '../../../../../base';

/**
 * Targets of locations are paths as the server writes them: absolute, or, where a Location names
 * one that does not start with a dot, relative to the folder that the server runs in.
 */
export function uriOfTarget(target: string, backendFolder: string): string {
  return joinUri(backendFolder, target);
}

/** As the server resolves a configured target. */
export function absoluteTarget(target: string, backendFolder: string): string {
  return uriPath(uriOfTarget(target, backendFolder));
}

/**
 * A target in a Location, from the location that the Location itself was read from: only what starts
 * with a dot is relative to it. Source: `toAbsoluteUrl` of `plugins/catalog-backend`.
 */
export function targetFrom(location: string, written: string): string {
  if (!written.startsWith('.')) return written;
  const folder = location.includes('/') ? location.slice(0, location.lastIndexOf('/')) : '.';
  return normalized(`${folder}/${written}`);
}

/** `.` and `..` resolved; a relative path may still start with `..`. */
export function normalized(path: string): string {
  if (path.startsWith('/')) return normalizePath(path);
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/') || '.';
}
