import picomatch from 'picomatch';

/** Whether a path, relative to the folder that the globs are for, is among what they name. */
export type GlobMatcher = (path: string, name: string) => boolean;

/**
 * Matches paths against any of the globs. Nearly all paths of a workspace are told apart by their
 * name alone; only what that leaves open is given to the globs themselves.
 */
export function globMatcher(globs: readonly string[]): GlobMatcher {
  const names = new Set<string>();
  const others: string[] = [];
  for (const glob of globs) {
    if (glob.trim() === '') continue;
    const name = ANY_FOLDER_AND_NAME.exec(glob)?.[1];
    if (name === undefined) others.push(glob);
    else names.add(name);
  }
  if (!others.length) return (_, name) => names.has(name);
  const matches = picomatch(others, { dot: true });
  const endings = others.map(endingsOf);
  if (!endings.every(list => list !== undefined)) {
    return (path, name) => names.has(name) || matches(path);
  }
  const needed = [...new Set(endings.flat())];
  return (path, name) =>
    names.has(name) || (needed.some(ending => name.endsWith(ending)) && matches(path));
}

/** Such as `**\/node_modules`: whatever has that name, wherever it is. */
const ANY_FOLDER_AND_NAME = /^\*\*\/(\w[\w.-]*|\.\w[\w.-]*)$/;

/**
 * One of which every match of the glob ends with, as those of `**\/*.{yaml,yml}` end with `.yaml` or
 * `.yml`; undefined where the glob is not so plain that this is certain.
 */
function endingsOf(glob: string): readonly string[] | undefined {
  const [, one, several] = /^[\w*/.-]*?(?:(\.\w+)|\.\{(\w+(?:,\w+)+)\})$/.exec(glob) ?? [];
  if (one !== undefined) return [one];
  return several?.split(',').map(ending => `.${ending}`);
}
