import { withoutTrailing } from '../../markdown/text/trailing';

/** As `posixpath.normpath`, of paths that do not begin with two slashes. */
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

/** As `posixpath.join` of two paths. */
export function joinedPath(folder: string, path: string): string {
  if (path.startsWith('/')) return path;
  return folder === '' || folder.endsWith('/') ? `${folder}${path}` : `${folder}/${path}`;
}

/** As `posixpath.dirname`. */
export function folderOf(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : withoutTrailing(head, '/');
}

/** As `get_relative_url` of `mkdocs.utils`: a path of the docs as it is written in another's place. */
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

/** Source: `_norm_parts`: what leads above the top stays there. */
function partsOf(path: string): readonly string[] {
  const normalized = normalizedPath(`/${path.replace(/^\/+/, '')}`).slice(1);
  return normalized === '' ? [] : normalized.split('/');
}
