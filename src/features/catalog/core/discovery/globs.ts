import { PicomatchGlob, StepMeter } from '../../../../platform/core/globs';

/** Whether a path, relative to the folder that the globs are for, is among what they name. */
export type GlobMatcher = (path: string, name: string) => boolean;

/**
 * Matches paths against any of the globs. Nearly all paths of a workspace are told apart by their
 * name alone; only what that leaves open is given to the globs themselves.
 *
 * @param onTooComplex - called with each glob that is too large, or that takes too long to match: it matches nothing
 */
export function globMatcher(
  globs: readonly string[],
  onTooComplex?: (glob: string) => void,
): GlobMatcher {
  const names = new Set<string>();
  const extensions = new Set<string>();
  const others: PicomatchGlob[] = [];
  let room = MAX_CHARACTERS;
  for (const glob of globs) {
    if (glob.trim() === '') continue;
    const name = ANY_FOLDER_AND_NAME.exec(glob)?.[1];
    const own = ANY_FOLDER_AND_EXTENSION.test(glob) ? endingsOf(glob) : undefined;
    if (name !== undefined) names.add(name);
    else if (own) for (const extension of own) extensions.add(extension);
    else if ((room -= glob.length) < 0) onTooComplex?.(glob);
    else others.push(...compiled(glob, onTooComplex));
  }
  const isNamed = (name: string): boolean =>
    names.has(name) || [...extensions].some(extension => name.endsWith(extension));
  if (!others.length) return (_, name) => isNamed(name);
  const meter = new StepMeter(onTooComplex);
  const filters = others.map(glob => ({
    glob,
    needed: neededTexts(glob.text),
    endings: endingsOf(glob.text),
  }));
  return (path, name) =>
    isNamed(name) ||
    filters.some(({ glob, needed, endings }) => {
      if (glob.text === path) return true;
      if (!needed.every(texts => texts.some(text => path.includes(text)))) return false;
      if (endings && !endings.some(ending => name.endsWith(ending))) return false;
      return meter.matches(glob, path);
    });
}

/** The maximum number of characters of all globs that have to be compiled. */
const MAX_CHARACTERS = 100_000;

function compiled(
  glob: string,
  onTooComplex: ((glob: string) => void) | undefined,
): readonly PicomatchGlob[] {
  try {
    return [new PicomatchGlob(glob)];
  } catch {
    onTooComplex?.(glob);
    return [];
  }
}

/** Such as `**\/node_modules`: whatever has that name, wherever it is. */
const ANY_FOLDER_AND_NAME = /^\*\*\/(\w[\w.-]*|\.\w[\w.-]*)$/;
/** Such as `**\/*.{yaml,yml}`: whatever has such an extension, wherever it is. */
const ANY_FOLDER_AND_EXTENSION = /^\*\*\/\*\.(?:\w+|\{\w+(?:,\w+)+\})$/;

/**
 * Texts of every path that a glob matches, one of each list; none where the glob is not so plain that this is certain.
 */
function neededTexts(glob: string): readonly (readonly string[])[] {
  if (!PLAIN_GLOB.test(glob)) return [];
  const parts = glob.match(/\{[^}]*\}|[\w.-]*\w[\w.-]*/g) ?? [];
  return parts.map(part => (part.startsWith('{') ? part.slice(1, -1).split(',') : [part]));
}

const PLAIN_GLOB = /^(?:[\w*?/.-]|\{[\w-]+(?:,[\w-]+)+\})+$/;

/**
 * One of which every match of the glob ends with, as those of `**\/*.{yaml,yml}` end with `.yaml` or
 * `.yml`; undefined where the glob is not so plain that this is certain.
 */
function endingsOf(glob: string): readonly string[] | undefined {
  const [, one, several] = /^[\w*/.-]*?(?:(\.\w+)|\.\{(\w+(?:,\w+)+)\})$/.exec(glob) ?? [];
  if (one !== undefined) return [one];
  return several?.split(',').map(ending => `.${ending}`);
}
