import { StepMeter } from '../../../../../platform/core/globs';
import { globSource, matcherOf, type TextMatcher } from '../python/globs';

/** A rule with the syntax of `.gitignore`. */
interface SpecRule {
  readonly isIncluding: boolean;
  /** Matches the path itself, or one of its folders. */
  readonly isFile: TextMatcher;
  readonly isBelow: TextMatcher;
}

export type PathSpec = readonly SpecRule[];

/**
 * Reads rules, one per line.
 *
 * Source: `GitIgnoreSpec` of Python's pathspec, which MkDocs uses for `exclude_docs`. Unlike git,
 * it can include files of an excluded folder.
 *
 * @param onDrop - called with each pattern that takes too long; it matches nothing from then on
 * @throws Error for an invalid pattern
 */
export function readPathSpec(text: string, onDrop?: (pattern: string) => void): PathSpec {
  const meter = new StepMeter(onDrop);
  const lines = text.split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/);
  return lines.flatMap(line => {
    const compiled = (source: string | undefined): TextMatcher => {
      if (source === undefined) return () => false;
      const pattern = { text: line, matches: matcherOf(`^${source}`) };
      return path => meter.matches(pattern, path);
    };
    return readRule(line).map(({ isIncluding, file, below }) => ({
      isIncluding,
      isFile: compiled(file),
      isBelow: compiled(below),
    }));
  });
}

/**
 * Whether a path matches. The last match wins; matches of the path itself win over those of a
 * folder.
 */
export function matchesSpec(path: string, spec: PathSpec): boolean {
  let isIncluded = false;
  let priority = 0;
  for (const { isIncluding, isFile, isBelow } of spec) {
    const found = isFile(path) ? 2 : isBelow(path) ? 1 : 0;
    if (found === 0 || (!isIncluding && found < priority)) continue;
    isIncluded = isIncluding;
    priority = found;
  }
  return isIncluded;
}

/** Regular expressions for paths, anchored at the start; undefined if there are none. */
interface RuleSources {
  readonly isIncluding: boolean;
  readonly file?: string | undefined;
  readonly below?: string | undefined;
}

function readRule(line: string): readonly RuleSources[] {
  let pattern = line.endsWith('\\ ') ? line.trimStart() : line.trim();
  if (pattern === '' || pattern === '/' || pattern.startsWith('#')) return [];
  const isIncluding = !pattern.startsWith('!');
  if (!isIncluding) pattern = pattern.slice(1);
  const written = pattern.split('/').filter((part, index, parts) => {
    return part !== '**' || parts[index - 1] !== '**';
  });
  const isFolder = written.at(-1) === '';
  if (written.length === 2 && written[0] === '**' && isFolder) {
    return [{ isIncluding, below: '.+\\/' }];
  }
  const [first] = written;
  const isAnywhere = written.length === 1 || (written.length === 2 && isFolder);
  const parts =
    first === ''
      ? written.slice(1)
      : isAnywhere && first !== '**'
        ? ['**', ...written]
        : [...written];
  if (!parts.length) throw new Error(`Invalid git pattern: '${line}'`);
  if (parts.length > 1 && parts.at(-1) === '') parts[parts.length - 1] = '**';
  return [ruleOf(parts, { isIncluding, isFolder, line })];
}

function ruleOf(
  parts: readonly string[],
  { isIncluding, isFolder, line }: { isIncluding: boolean; isFolder: boolean; line: string },
): RuleSources {
  let source = '';
  let needsSlash = false;
  const last = parts.length - 1;
  for (const [index, part] of parts.entries()) {
    if (part === '**') {
      if (index === last) {
        if (index === 0) return { isIncluding, file: '[^\\/]+(?:\\/.*)?$' };
        return { isIncluding, [isFolder ? 'below' : 'file']: `${source}\\/` };
      }
      source += index === 0 ? '(?:.+\\/)?' : '(?:\\/.+)?';
      needsSlash = index !== 0;
      continue;
    }
    if (needsSlash) source += '\\/';
    source += part === '*' ? '[^\\/]+' : nameSource(part, line);
    needsSlash = true;
  }
  return { isIncluding, file: `${source}$`, below: `${source}\\/` };
}

function nameSource(part: string, line: string): string {
  try {
    return globSource(part, { any: '[^\\/]*', one: '[^\\/]', escapes: true });
  } catch {
    // The error names the whole pattern instead of its part.
    throw new Error(`Invalid git pattern: '${line}'`);
  }
}

/**
 * `.*` and `/templates/`, which MkDocs excludes by default. Hand-written because it runs for every
 * file.
 */
export const DEFAULT_EXCLUDES: PathSpec = [
  {
    isIncluding: true,
    isFile: path => path[path.lastIndexOf('/') + 1] === '.',
    isBelow: path => path.startsWith('.') || path.includes('/.'),
  },
  { isIncluding: true, isFile: () => false, isBelow: path => path.startsWith('templates/') },
];
