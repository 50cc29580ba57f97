import { isGitPath } from '../../../../base';
import { escapeHtml } from '../markdown/render/codeBlock';
import { relativePath } from '../sites/python/texts';

/**
 * Whether a path is inside a site on every operating system, and not a file of git, since sites are
 * published from git worktrees. For paths that don't come from existing files.
 */
export function isInside(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !/(?:^|[\\/])\.\.?(?:[\\/]|$)|[\\:]/.test(path) &&
    !isGitPath(path)
  );
}

/** Returns the folders of a file, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index));
}

/** Returns the relative path between two addresses of a site. */
export function relativeUrl(url: string, from: string): string {
  return relativePath(url === '' ? './' : url, from);
}

/** Returns the prefix of site addresses in links of a page: `../../`, or an empty string. */
export function rootFrom(url: string): string {
  const root = relativeUrl('', url);
  return root === './' ? '' : root;
}

/** Escapes text for an attribute value in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}
