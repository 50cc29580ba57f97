import picomatch from 'picomatch';
import { isTooComplex } from '../../globs';
import { InputError } from '../workspace/fileErrors';

/** A tree that patterns are held against. */
export interface GlobbedTree {
  /** Files and folders, by their paths, in the order in which they are found. */
  readonly entries: readonly { readonly path: string; readonly isDirectory: boolean }[];
  isDirectory(path: string): boolean;
}

/**
 * What patterns find in a tree, names with a dot before them included. A pattern that names a folder means all
 * that is in it; one that begins with `!` takes away from what those before it find.
 *
 * Source: `globby` 11, with which Backstage's actions find files.
 */
export function globPaths(
  patterns: readonly string[],
  tree: GlobbedTree,
  options: { readonly onlyFiles: boolean },
): readonly string[] {
  const found = new Set<string>();
  for (const [index, pattern] of patterns.entries()) {
    if (pattern.startsWith('!')) continue;
    const matches = matcher(pattern, tree);
    const ignored = patterns
      .slice(index)
      .filter(other => other.startsWith('!'))
      .map(other => matcher(other.slice(1), tree));
    for (const { path, isDirectory } of tree.entries) {
      if (isDirectory && options.onlyFiles) continue;
      if (matches(path) && !ignored.some(isIgnored => isIgnored(path))) found.add(path);
    }
  }
  return [...found];
}

function matcher(pattern: string, tree: GlobbedTree): (path: string) => boolean {
  if (isTooComplex(pattern)) throw new InputError(`The pattern ${pattern} is too complex`);
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const isFolder = plain === '.' || plain === '' || tree.isDirectory(plain);
  if (isFolder) {
    const prefix = plain === '.' || plain === '' ? '' : `${plain}/`;
    return path => path.startsWith(prefix);
  }
  const matches = picomatch(pattern, { dot: true });
  // What a pattern looks for lies below where it begins to be one.
  const { base, isGlob } = picomatch.scan(pattern);
  return path => !(isGlob && path === base) && matches(path);
}
