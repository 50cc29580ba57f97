import { normalizePath } from '../../../../base';

/**
 * What a path means that is to lead to something below a folder: relative, with `/` between its parts.
 * Undefined for one that leads elsewhere, or to the folder itself.
 */
export function pathBelow(path: string): string | undefined {
  if (URL.canParse(path) || path.startsWith('/') || path.includes('\\')) return undefined;
  const normal = normalizePath(`/base/${path}`);
  return normal.startsWith('/base/') ? normal.slice('/base/'.length) || undefined : undefined;
}
