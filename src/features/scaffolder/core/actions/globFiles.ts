import { PicomatchGlob } from '../../../../platform/core/globs';
import { type StepBudget, StepsSpentError } from '../../../../platform/core/linearRegExp';
import { InputError } from '../../../scm/core/forgeFiles';

/** A tree to match patterns against. */
export interface GlobbedTree {
  /** Files and folders in the order in which they are found. */
  readonly entries: readonly GlobbedEntry[];
  isDirectory(path: string): boolean;
}

interface GlobbedEntry {
  readonly path: string;
  readonly isDirectory: boolean;
}

/**
 * Paths in a tree that match patterns, including dotfiles. A pattern of a folder matches everything below it. A
 * pattern with a leading `!` excludes matches of the patterns before it. Source: `globby` 11 on `fast-glob` 3,
 * which Backstage's actions use.
 * @throws InputError if matching takes too long
 */
export function globPaths(
  patterns: readonly string[],
  tree: GlobbedTree,
  options: { readonly onlyFiles: boolean },
): readonly string[] {
  const budget = { left: MAX_STEPS };
  const found = new Set<string>();
  try {
    for (const [index, pattern] of patterns.entries()) {
      if (pattern.startsWith('!')) continue;
      const finds = createMatcher(pattern, tree, budget);
      const ignores = patterns
        .slice(index)
        .filter(other => other.startsWith('!'))
        .map(other => createIgnoreMatcher(other.slice(1), tree, budget));
      for (const entry of tree.entries) {
        if (entry.isDirectory && options.onlyFiles) continue;
        if (finds(entry) && !ignores.some(isIgnored => isIgnored(entry))) found.add(entry.path);
      }
    }
  } catch (error) {
    if (!(error instanceof StepsSpentError)) throw error;
    throw new InputError(`The patterns ${patterns.join(', ')} take too long to match`);
  }
  return [...found];
}

/** Limit for all patterns and paths together, about a second. */
const MAX_STEPS = 20_000_000;
const MAX_PATTERN_LENGTH = 4096;
/** Steps per character to compile a pattern. */
const COMPILE_STEPS = 200;

type EntryTest = (entry: GlobbedEntry) => boolean;

function createMatcher(pattern: string, tree: GlobbedTree, budget: StepBudget): EntryTest {
  const tests = expandPattern(pattern, tree).map((part): EntryTest => {
    const fits = compileGlob(part, budget);
    // A pattern without wildcards matches only its exact spelling.
    if (!isDynamic(part)) return ({ path }) => path === part && fits({ path, isDirectory: false });
    // Matches lie below the part of the pattern without wildcards.
    const base = staticBaseOf(part).replace(/^\.\//, '');
    return entry => entry.path !== base && fits(entry);
  });
  return entry => tests.some(test => test(entry));
}

function createIgnoreMatcher(pattern: string, tree: GlobbedTree, budget: StepBudget): EntryTest {
  const tests = expandPattern(pattern, tree).map((part): EntryTest => {
    const fits = compileGlob(part, budget);
    if (!part.endsWith('/**') && isDynamic(part.slice(part.lastIndexOf('/') + 1))) return fits;
    // Folders that match are not searched.
    return entry =>
      fits(entry) || foldersAround(entry.path).some(path => fits({ path, isDirectory: false }));
  });
  return entry => tests.some(test => test(entry));
}

function foldersAround(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** Patterns with the alternatives in braces expanded. */
function expandPattern(pattern: string, tree: GlobbedTree): readonly string[] {
  if (pattern.length > MAX_PATTERN_LENGTH) throw tooComplex(pattern);
  const folder = pattern.replace(/^(\.\/+)+/, '').replace(/\/+$/, '');
  if (folder === '' || folder === '.') return ['**'];
  if (tree.isDirectory(folder)) return [`${folder}/**`];
  const parts = alternatives(pattern);
  if (!parts) throw tooComplex(pattern);
  return parts.filter(part => part !== '').map(part => part.replace(/(?!^)\/{2,}/g, '/'));
}

function compileGlob(pattern: string, budget: StepBudget): EntryTest {
  if ((budget.left -= pattern.length * COMPILE_STEPS) < 0) throw new StepsSpentError();
  let glob: PicomatchGlob;
  try {
    glob = new PicomatchGlob(pattern, { posix: true });
  } catch {
    // It is too large; the error for the user says so.
    throw tooComplex(pattern);
  }
  return ({ path, isDirectory }) =>
    glob.matches(path, budget) || (isDirectory && glob.matches(`${path}/`, budget));
}

/** The folder before the first segment with a wildcard. */
function staticBaseOf(pattern: string): string {
  const wildcard = /\\.|(?<glob>[*?[(]|\{[^}]*(?:,|\.\.)[^}]*\}|[!+@]\()/gs;
  let end = pattern.length;
  for (const { groups, index } of pattern.matchAll(wildcard)) {
    if (groups?.['glob'] === undefined) continue;
    end = index;
    break;
  }
  return pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', end)));
}

function tooComplex(pattern: string): InputError {
  return new InputError(`The pattern ${pattern} is too complex`);
}

/** Source: `isDynamicPattern` of `fast-glob`. */
function isDynamic(pattern: string): boolean {
  return (
    /[*?\\]|^!|\[[^[]*\]|[!*+?@]\([^(]*\)|(?:^|[^!*+?@])\([^(]*\|[^|]*\)/.test(pattern) ||
    /^[^{]*\{[^}]*(?:,|\.\.)[^}]*\}/.test(pattern)
  );
}

/** Limits of expanding braces. */
interface BraceLimits {
  /** Number of resulting patterns. */
  readonly expandBraces: number;
  /** Characters to scan. */
  readonly characters: number;
}

const DEFAULT_LIMITS: BraceLimits = { expandBraces: 1000, characters: 10_000_000 };

/**
 * Expands alternatives in braces: `a/{b,c}` to `a/b` and `a/c`. Ranges such as `{1..3}`, escaped braces and
 * braces without a comma stay.
 * @returns undefined if a limit is exceeded
 */
export function alternatives(
  pattern: string,
  limits: BraceLimits = DEFAULT_LIMITS,
): readonly string[] | undefined {
  const found: string[] = [];
  let characters = 0;
  const waiting = [pattern];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    let parts: BraceParts | undefined;
    let start = nextBrace(next, 0);
    for (; start >= 0; start = nextBrace(next, start + 1)) {
      characters += next.length;
      if (characters > limits.characters) return undefined;
      parts = parseBraces(next, start);
      if (parts) break;
    }
    if (!parts) {
      found.push(next);
    } else {
      const before = next.slice(0, start);
      const { choices, after } = parts;
      waiting.push(...choices.map(choice => `${before}${choice}${after}`).reverse());
    }
    if (found.length + waiting.length > limits.expandBraces) return undefined;
  }
  return found;
}

interface BraceParts {
  readonly choices: readonly string[];
  readonly after: string;
}

function nextBrace(pattern: string, from: number): number {
  let at = pattern.indexOf('{', from);
  while (at > 0 && pattern[at - 1] === '\\') at = pattern.indexOf('{', at + 1);
  return at;
}

/** Parts between the commas of braces, and the rest. Undefined if the braces have no comma or no end. */
function parseBraces(pattern: string, start: number): BraceParts | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === ',' && depth === 1) {
      choices.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === '}' && --depth === 0) {
      if (choices.length === 0) return undefined;
      return { choices: [...choices, pattern.slice(from, at)], after: pattern.slice(at + 1) };
    }
  }
  return undefined;
}
