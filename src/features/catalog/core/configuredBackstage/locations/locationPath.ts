import { joinUri, normalizePath, uriPath } from '../../../../../base';

/**
 * Returns the URI of a target path: absolute, or relative to the folder that the server runs in, as
 * in a Location whose target doesn't start with a dot.
 */
export function uriOfTarget(target: string, backendFolder: string): string {
  return joinUri(backendFolder, target);
}

/** Resolves a configured target like the server. */
export function absoluteTarget(target: string, backendFolder: string): string {
  return uriPath(uriOfTarget(target, backendFolder));
}

/**
 * Resolves a target in a Location: only paths that start with a dot are relative to the Location's
 * own place.
 * Source: `toAbsoluteUrl` of `plugins/catalog-backend`.
 */
export function targetFrom(location: string, written: string): string {
  if (!written.startsWith('.')) return written;
  const folder = location.includes('/') ? location.slice(0, location.lastIndexOf('/')) : '.';
  return normalized(`${folder}/${written}`);
}

/** Resolves `.` and `..`; a relative path may still start with `..`. */
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
