import { isGitPath } from '../../../../base';
import { escapeHtml } from '../markdown/render/codeBlock';
import { relativePath } from '../sites/python/texts';

/**
 * Whether a path that was made up, and is not that of a file that was found, is one below a site on every system, and
 * nothing of git's, whose worktrees sites are published from.
 */
export function isInside(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !/(?:^|[\\/])\.\.?(?:[\\/]|$)|[\\:]/.test(path) &&
    !isGitPath(path)
  );
}

/** The folders that a file is in, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index));
}

/** The way from one address of a site to another, both below the site's own. */
export function relativeUrl(url: string, from: string): string {
  return relativePath(url === '' ? './' : url, from);
}

/** What comes before an address of the site in a link on one of its pages: `../../`, or nothing. */
export function rootFrom(url: string): string {
  const root = relativeUrl('', url);
  return root === './' ? '' : root;
}

/** The value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}
