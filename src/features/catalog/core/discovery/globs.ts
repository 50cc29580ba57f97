import { PicomatchGlob, StepMeter } from '../../../../platform/core/globs';

/** Tests a path, relative to the globs' folder, with its last segment. */
export type GlobMatcher = (path: string, name: string) => boolean;

/**
 * Matches paths against any of the globs. Most paths are decided by name; only the others are
 * matched against compiled globs.
 *
 * @param onTooComplex - called with each glob that is too large or takes too long; it matches
 * nothing
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

/** Maximum number of characters of all compiled globs. */
const MAX_CHARACTERS = 100_000;

function compiled(
  glob: string,
  onTooComplex: ((glob: string) => void) | undefined,
): readonly PicomatchGlob[] {
  try {
    return [new PicomatchGlob(glob)];
  } catch {
    // Too large: `onTooComplex` reports it.
    onTooComplex?.(glob);
    return [];
  }
}

/** Globs such as `**\/node_modules`, which match a name in any folder. */
const ANY_FOLDER_AND_NAME = /^\*\*\/(\w[\w.-]*|\.\w[\w.-]*)$/;
/** Globs such as `**\/*.{yaml,yml}`, which match extensions in any folder. */
const ANY_FOLDER_AND_EXTENSION = /^\*\*\/\*\.(?:\w+|\{\w+(?:,\w+)+\})$/;

/** Returns lists of texts, one text of each occurs in every match of the glob; empty unless the glob is simple. */
function neededTexts(glob: string): readonly (readonly string[])[] {
  if (!PLAIN_GLOB.test(glob)) return [];
  const parts = glob.match(/\{[^}]*\}|[\w.-]*\w[\w.-]*/g) ?? [];
  return parts.map(part => (part.startsWith('{') ? part.slice(1, -1).split(',') : [part]));
}

const PLAIN_GLOB = /^(?:[\w*?/.-]|\{[\w-]+(?:,[\w-]+)+\})+$/;

/**
 * Returns the possible endings of all matches, such as `.yaml` and `.yml` for `**\/*.{yaml,yml}`;
 * undefined unless the glob is simple.
 */
function endingsOf(glob: string): readonly string[] | undefined {
  const [, one, several] = /^[\w*/.-]*?(?:(\.\w+)|\.\{(\w+(?:,\w+)+)\})$/.exec(glob) ?? [];
  if (one !== undefined) return [one];
  return several?.split(',').map(ending => `.${ending}`);
}
