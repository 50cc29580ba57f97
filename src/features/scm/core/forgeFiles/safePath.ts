import { normalizePath } from '../../../../base';
import { fileError, InputError, NotAllowedError } from './fileErrors';

/**
 * Returns a path relative to a folder, `''` for the folder itself. Absolute paths are accepted, because some
 * actions use them.
 *
 * Source: `resolveSafeChildPath` of `@backstage/backend-plugin-api`, which also rejects names in the folder that
 * start with two dots.
 *
 * @param folder - an absolute path with `/`
 * @throws NotAllowedError for paths outside the folder; errors like Node's for paths that no file system accepts
 */
export function safeChildPath(folder: string, path: string): string {
  checkNullBytes(path);
  const base = normalizePath(folder);
  // Lone surrogates are replaced when names are encoded as UTF-8.
  const written = path.replace(/\p{Surrogate}/gu, '\ufffd');
  const target = normalizePath(written.startsWith('/') ? written : `${base}/${written}`);
  if (target === base) return '';
  const prefix = base === '/' ? base : `${base}/`;
  const child = target.startsWith(prefix) ? target.slice(prefix.length) : undefined;
  if (child === undefined || child.startsWith('..')) {
    throw new NotAllowedError(
      'Relative path is not allowed to refer to a directory outside its parent',
    );
  }
  checkLengths(base, child);
  return child;
}

/** Rejects null bytes, which would end the path for the operating system. @throws InputError */
export function checkNullBytes(path: string): void {
  if (path.includes('\0')) throw new InputError('A path must not contain null bytes');
}

/** Maximum bytes of a file name and of a path. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4095;

function checkLengths(folder: string, path: string): void {
  if (path.length * 3 <= LONGEST_NAME) return;
  let parent = folder;
  for (const name of path.split('/')) {
    parent = joinPath(parent, name);
    if (bytesIn(name) > LONGEST_NAME) throw fileError('ENAMETOOLONG', 'lstat', parent);
  }
  if (bytesIn(parent) <= LONGEST_PATH) return;
  // Reports the first folder that can't be created.
  const around = parentPath(parent);
  throw bytesIn(around) > LONGEST_PATH
    ? fileError('ENAMETOOLONG', 'mkdir', around)
    : fileError('ENAMETOOLONG', 'open', parent);
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Returns the parent folder of a path with `/`; `''` at the top. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** @param name - `''` for the folder itself */
export function joinPath(folder: string, name: string): string {
  if (name === '') return folder;
  return folder === '' ? name : `${folder}/${name}`;
}

/**
 * Resolves a symbolic link.
 *
 * @param path - path of the link, relative to a folder
 * @param target - target as written
 * @returns a path relative to the same folder; undefined for targets outside
 */
export function linkedPath(path: string, target: string): string | undefined {
  if (target.startsWith('/')) return undefined;
  const segments = parentPath(path).split('/').filter(Boolean);
  for (const segment of target.split('/')) {
    if (segment === '..' && segments.pop() === undefined) return undefined;
    if (segment !== '' && segment !== '.' && segment !== '..') segments.push(segment);
  }
  return segments.join('/');
}
