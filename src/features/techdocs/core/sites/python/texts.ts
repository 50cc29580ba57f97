import { withoutTrailing } from '../../../../../base';

/** Compares texts like Python: by code points, not by UTF-16 code units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left === right) continue;
    // Surrogates sort after all other code units.
    const [isLeftPair, isRightPair] = [isSurrogate(left), isSurrogate(right)];
    return isLeftPair === isRightPair ? left - right : isLeftPair ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

export function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareCodePoints(left, right);
    if (order) return order;
  }
  return a.length - b.length;
}

/** Converts a name such as `my-first_page` to a title. Keeps existing capitals. */
export function titleOfName(name: string): string {
  const title = name.replace(/[-_]/g, ' ');
  return title.toLowerCase() === title ? capitalized(title) : title;
}

/** Like `str.capitalize`: the first character in upper case, the rest in lower case. */
function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** Like `posixpath.splitext`: leading dots of a name don't start an extension. */
export function splitExtension(path: string): readonly [stem: string, extension: string] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot < 0 || /^\.*$/.test(name.slice(0, dot))) return [path, ''];
  const length = path.length - name.length + dot;
  return [path.slice(0, length), path.slice(length)];
}

/** Like `PurePath(path).as_posix()`: removes `./` and repeated slashes, keeps `..`. */
export function purePath(path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}

/** Like `os.path.normpath` for a relative path; undefined if it leads above its start. */
export function normalRelative(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Like `posixpath.normpath`, for paths without two leading slashes. */
export function normalizedPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const isAbove = segment === '..' && (kept.length ? kept.at(-1) === '..' : !isAbsolute);
    if (segment !== '..' || isAbove) kept.push(segment);
    else kept.pop();
  }
  return `${isAbsolute ? '/' : ''}${kept.join('/')}` || '.';
}

/** Like `posixpath.join` of two paths. */
export function joinedPath(folder: string, path: string): string {
  if (path.startsWith('/')) return path;
  return folder === '' || folder.endsWith('/') ? `${folder}${path}` : `${folder}/${path}`;
}

/** Like `posixpath.dirname`. */
export function folderOf(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : withoutTrailing(head, '/');
}

/** Like `get_relative_url` of `mkdocs.utils`: returns the relative path between two docs paths. */
export function relativePath(path: string, from: string): string {
  const folder = from.slice(from.lastIndexOf('/') + 1).includes('.') ? parentOf(from) : from;
  const [fromParts, toParts] = [partsOf(folder), partsOf(path)];
  let common = 0;
  while (common < fromParts.length && fromParts[common] === toParts[common]) common++;
  const parts = [...fromParts.slice(common).map(() => '..'), ...toParts.slice(common)];
  const relative = parts.join('/') || '.';
  return path.endsWith('/') ? `${relative}/` : relative;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Source: `_norm_parts`. Ignores `..` at the top. */
function partsOf(path: string): readonly string[] {
  const normalized = normalizedPath(`/${path.replace(/^\/+/, '')}`).slice(1);
  return normalized === '' ? [] : normalized.split('/');
}
