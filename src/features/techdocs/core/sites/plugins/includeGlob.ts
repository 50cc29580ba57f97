import { childUri, isWithin, joinUri } from '../../../../../base';
import type { FileSystem } from '../../../../../platform/core/ports';
import { nameMatcher, type TextMatcher } from '../python/globs';
import { compareLists } from '../python/texts';

/** Folders read per pattern. */
const MAX_FOLDERS = 5000;
/** Matching steps per pattern: about a tenth of a second. */
const MAX_STEPS = 3_000_000;

type FoundPath = readonly [uri: string, path: readonly string[]];

/**
 * Returns the files that match a pattern, in Python's order of paths. Doesn't follow symbolic
 * links.
 *
 * Source: `Path.glob`, as the monorepo plugin uses it.
 *
 * @param pattern - relative to the folder
 * @returns undefined if it leads out of the repository
 * @throws Error if the pattern is too large, or takes too long to match
 */
export async function filesOfPattern(
  pattern: string,
  {
    folder,
    boundary,
    fileSystem,
    signal,
  }: {
    folder: string;
    boundary: string;
    fileSystem: FileSystem;
    signal: AbortSignal | undefined;
  },
): Promise<readonly string[] | undefined> {
  if (pattern.startsWith('/')) return undefined;
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.');
  let found: FoundPath[] = [[folder, []]];
  let looked = 0;
  const budget = { left: MAX_STEPS };

  const foldersIn = async (
    uri: string,
  ): Promise<readonly { name: string; isFolder: boolean }[]> => {
    signal?.throwIfAborted();
    if (++looked > MAX_FOLDERS) return [];
    try {
      const entries = await fileSystem.readDirectory(uri);
      return entries
        .filter(({ isSymbolicLink }) => !isSymbolicLink)
        .map(({ name, type }) => ({ name, isFolder: type === 'directory' }));
    } catch {
      // Python's glob skips folders that can't be read, too.
      return [];
    }
  };
  const below = async (at: FoundPath): Promise<FoundPath[]> => {
    const deeper: FoundPath[] = [at];
    for (const { name, isFolder } of await foldersIn(at[0])) {
      if (isFolder && name !== '.git' && name !== 'node_modules') {
        deeper.push(...(await below([childUri(at[0], name), [...at[1], name]])));
      }
    }
    return deeper;
  };

  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const next: FoundPath[] = [];
    let matches: TextMatcher | undefined;
    for (const at of found) {
      const [uri, path] = at;
      if (part === '**') next.push(...(await below(at)));
      else if (part === '..') {
        const parent = joinUri(uri, '..');
        if (!isWithin(boundary, parent)) return undefined;
        next.push([parent, [...path, part]]);
      } else {
        matches ??= nameMatcher(part);
        for (const { name, isFolder } of await foldersIn(uri)) {
          if (isFolder !== isLast && matches(name, budget))
            next.push([childUri(uri, name), [...path, name]]);
        }
      }
    }
    // `*/..` finds the same folder once per child.
    found = [...new Map(next.map(at => [at[0], at])).values()];
  }
  return found.sort(([, a], [, b]) => compareLists(a, b)).map(([uri]) => uri);
}
