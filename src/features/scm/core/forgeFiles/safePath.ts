import { normalizePath } from '../../../../base';
import { fileError, InputError, NotAllowedError } from './fileErrors';

/**
 * The path of something in a folder, relative to it, `''` for the folder itself. Absolute paths are taken
 * too, as some actions give them.
 *
 * Source: `resolveSafeChildPath` of `@backstage/backend-plugin-api`, which also refuses names in the folder
 * itself that only begin with two dots.
 *
 * @param folder - an absolute path with `/`
 * @throws NotAllowedError for what leads out of the folder, and errors as Node has them for what no file
 * system takes
 */
export function safeChildPath(folder: string, path: string): string {
  checkNullBytes(path);
  const base = normalizePath(folder);
  // Half a character does not survive where names are written as UTF-8.
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

/** An operating system would see the path end there, and Node refuses it. @throws InputError */
export function checkNullBytes(path: string): void {
  if (path.includes('\0')) throw new InputError('A path must not have null bytes in it');
}

/** Bytes that a file system takes at most for a name, and for a path. */
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
  // What would be made first is what fails.
  const around = parentPath(parent);
  throw bytesIn(around) > LONGEST_PATH
    ? fileError('ENAMETOOLONG', 'mkdir', around)
    : fileError('ENAMETOOLONG', 'open', parent);
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Of a path with `/`: that of the folder that it lies in, `''` at the top. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** @param name - `''` for the folder itself */
export function joinPath(folder: string, name: string): string {
  if (name === '') return folder;
  return folder === '' ? name : `${folder}/${name}`;
}

/**
 * What a link leads to.
 *
 * @param path - of the link, relative to a folder
 * @param target - what it says
 * @returns a path that is relative to that folder as well; undefined for what leads out of it
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
