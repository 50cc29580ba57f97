import { isOfGit } from '../../../../base';

/**
 * Whether a path that was made up, and is not that of a file that was found, is one below a site on every system, and
 * nothing of git's, whose worktrees sites are published from.
 */
export function isInside(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !/(?:^|[\\/])\.\.?(?:[\\/]|$)|[\\:]/.test(path) &&
    !isOfGit(path)
  );
}

/** The folders that a file is in, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index));
}
