import { normalizePath } from '../../../base';
import { InputError, NotAllowedError } from './fileErrors';

/**
 * The path of something in a folder, relative to it, `''` for the folder itself. Absolute paths are taken
 * too, as some actions give them.
 *
 * Source: `resolveSafeChildPath` of `@backstage/backend-plugin-api`, which also refuses names in the folder
 * itself that only begin with two dots.
 *
 * @param folder - an absolute path with `/`
 * @throws NotAllowedError for what leads out of the folder
 */
export function safeChildPath(folder: string, path: string): string {
  // An operating system would see the path end here, and Node refuses it.
  if (path.includes('\0')) throw new InputError('A path must not have null bytes in it');
  const base = normalizePath(folder);
  const target = normalizePath(path.startsWith('/') ? path : `${base}/${path}`);
  if (target === base) return '';
  const prefix = base === '/' ? base : `${base}/`;
  const child = target.startsWith(prefix) ? target.slice(prefix.length) : undefined;
  if (child === undefined || child.startsWith('..')) {
    throw new NotAllowedError(
      'Relative path is not allowed to refer to a directory outside its parent',
    );
  }
  return child;
}

/** Of a path with `/`: that of the folder that it lies in, `''` at the top. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
