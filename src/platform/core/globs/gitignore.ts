import { compileNode, type PatternNode, StepsSpentError } from '../linearRegExp';
import { type MeteredPattern, StepMeter } from './stepMeter';

/** Rules of one `.gitignore` file. */
export interface IgnoreRules {
  /**
   * Returns the verdict of the last rule that names a path; undefined if none does. Rules that name a folder around the
   * path don't count: ask for that folder first.
   *
   * @param path - relative to the folder of the file, without a slash at its end
   */
  match(path: string, isFolder: boolean): 'ignored' | 'included' | undefined;
}

interface Rule extends MeteredPattern {
  readonly isNegated: boolean;
  /** Whether the rule matches folders only. */
  readonly isFolder: boolean;
  /** Whether the rule matches the last segment of a path at any depth. */
  readonly isName: boolean;
}

/** The maximum number of instructions of a rule. */
const MAX_SIZE = 10_000;
const MAX_RULE_LENGTH = 4096;
/** Steps to compile a character of a rule. */
const COMPILE_STEPS = 20;

/**
 * Parses a `.gitignore` file. Matches case-sensitively, as with `core.ignoreCase` off. Follows gitignore(5) and, where
 * that is silent, `git check-ignore`.
 *
 * @param onSkip - called with each rule that is skipped because it is too long or takes too long to match
 */
export function readIgnoreRules(text: string, onSkip?: (rule: string) => void): IgnoreRules {
  const meter = new StepMeter(rule => onSkip?.(textOf(rule)));
  const rules: Rule[] = [];
  for (const line of bytesOf(text)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split('\n')) {
    if (line.length > MAX_RULE_LENGTH) onSkip?.(textOf(line));
    else rules.push(...readRule(line));
  }
  rules.reverse();
  return {
    match(path, isFolder) {
      const bytes = bytesOf(path);
      const name = bytes.slice(bytes.lastIndexOf('/') + 1);
      const rule = rules.find(
        candidate =>
          (isFolder || !candidate.isFolder) &&
          meter.matches(candidate, candidate.isName ? name : bytes),
      );
      return rule && (rule.isNegated ? 'included' : 'ignored');
    },
  };
}

function readRule(line: string): readonly Rule[] {
  if (line.startsWith('#')) return [];
  let pattern = withoutSpaces(line.replace(/\r$/, '').replace(/\0.*/s, ''));
  const isNegated = pattern.startsWith('!');
  if (isNegated) pattern = pattern.slice(1);
  const isFolder = pattern.endsWith('/');
  if (isFolder) pattern = pattern.slice(0, -1);
  if (pattern === '') return [];
  const isName = !pattern.includes('/');
  const matches = isName ? nameTest(pattern) : pathTest(pattern.replace(/^\//, ''));
  return [{ text: line, isNegated, isFolder, isName, matches }];
}

/** Strips trailing spaces that aren't escaped. */
function withoutSpaces(rule: string): string {
  let end = rule.length;
  for (; end > 0 && rule[end - 1] === ' '; end--);
  if (end === rule.length) return rule;
  let isEscaped = false;
  for (let at = end - 1; at >= 0 && rule[at] === '\\'; at--) isEscaped = !isEscaped;
  return rule.slice(0, isEscaped ? end + 1 : end);
}

type Test = MeteredPattern['matches'];

const WILDCARD = /[*?[\\]/;

function nameTest(pattern: string): Test {
  if (!WILDCARD.test(pattern)) return name => name === pattern;
  const end = pattern.slice(1);
  if (pattern.startsWith('*') && !WILDCARD.test(end)) return name => name.endsWith(end);
  return wildcardTest(pattern, false);
}

function pathTest(pattern: string): Test {
  const start = pattern.search(WILDCARD);
  if (start < 0) return path => path === pattern;
  // The part without wildcards is compared as text; stars after it start a pattern.
  const prefix = pattern.slice(0, start);
  const rest = wildcardTest(pattern.slice(start), true);
  return (path, budget) => path.startsWith(prefix) && rest(path.slice(start), budget);
}

/** Returns a test that compiles the pattern on first use. */
function wildcardTest(pattern: string, isPath: boolean): Test {
  let test: Test | undefined;
  return (text, budget) => {
    if (!test) {
      budget.left -= pattern.length * COMPILE_STEPS;
      if (budget.left < 0) throw new StepsSpentError();
      const node = nodeOf(pattern, isPath);
      const compiled = node && compileNode(node, { maxSize: MAX_SIZE, isUnicode: false });
      test = (name, left) => compiled?.test(name, left) === true;
    }
    return test(text, budget);
  };
}

const START: PatternNode = { type: 'place', is: { at: 'start', ofLine: false } };
const END: PatternNode = { type: 'place', is: { at: 'end', ofLine: false } };

/** Parses a pattern. Returns undefined if it matches nothing. */
function nodeOf(pattern: string, isPath: boolean): PatternNode | undefined {
  const one = characters(isPath ? '[^/]' : '[^]');
  const items: PatternNode[] = [START];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '*') {
      const start = at;
      while (pattern[at + 1] === '*') at++;
      const isWhole = start === 0 || pattern[start - 1] === '/';
      const next = pattern.slice(at + 1);
      const isDeep = isPath && at > start && isWhole && /^(?:$|\/|\\\/)/.test(next);
      if (isDeep && next.startsWith('/')) {
        items.push(optional([any(characters('[^]')), literal('/')]));
        at++;
      } else items.push(any(isDeep ? characters('[^]') : one));
    } else if (character === '?') {
      items.push(one);
    } else if (character === '[') {
      const found = readClass(pattern, at);
      if (!found) return undefined;
      if (isPath) items.push(NO_SLASH);
      items.push(characters(found.source));
      at = found.end;
    } else if (character === '\\') {
      if (++at === pattern.length) return undefined;
      items.push(literal(pattern.charAt(at)));
    } else items.push(literal(character));
  }
  items.push(END);
  return { type: 'sequence', items };
}

const NO_SLASH: PatternNode = {
  type: 'look',
  item: literal('/'),
  isBehind: false,
  isWanted: false,
};

const CLASSES: ReadonlyMap<string, string> = new Map([
  ['alnum', 'a-zA-Z0-9'],
  ['alpha', 'a-zA-Z'],
  ['blank', ' \\t'],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['digit', '0-9'],
  ['graph', '!-~'],
  ['lower', 'a-z'],
  ['print', ' -~'],
  ['punct', '!-\\/:-@[-`{-~'],
  ['space', ' \\t\\n\\r'],
  ['upper', 'A-Z'],
  ['xdigit', 'a-fA-F0-9'],
]);

/** Parses the character class at a position of a pattern; undefined if it is malformed, which matches nothing. */
function readClass(
  pattern: string,
  start: number,
): { readonly source: string; readonly end: number } | undefined {
  let at = start + 1;
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  if (isNegated) at++;
  let members = '';
  let previous = '';
  for (let isFirst = true; isFirst || pattern[at] !== ']'; isFirst = false, at++) {
    let character = pattern[at];
    if (character === undefined) return undefined;
    const isRange = character === '-' && previous !== '' && !/^\]?$/.test(pattern[at + 1] ?? '');
    if (isRange) character = pattern[++at] ?? '';
    else if (character === '[' && pattern[at + 1] === ':') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) return undefined;
      if (end > at + 2 && pattern[end - 1] === ':') {
        const named = CLASSES.get(pattern.slice(at + 2, end - 1));
        if (named === undefined) return undefined;
        members += named;
        previous = '';
        at = end;
        continue;
      }
    }
    if (character === '\\') {
      character = pattern[++at];
      if (character === undefined) return undefined;
    }
    if (isRange) {
      if (previous <= character) members += `${escaped(previous)}-${escaped(character)}`;
      previous = '';
    } else {
      members += escaped(character);
      previous = character;
    }
  }
  return { source: `[${isNegated ? '^' : ''}${members}]`, end: at };
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function characters(source: string): PatternNode {
  return { type: 'character', source, flags: '' };
}

function literal(character: string): PatternNode {
  return characters(escaped(character));
}

function any(item: PatternNode): PatternNode {
  return { type: 'repetition', item, min: 0, max: Infinity };
}

function optional(items: readonly PatternNode[]): PatternNode {
  return { type: 'repetition', item: { type: 'sequence', items }, min: 0, max: 1 };
}

/** Encodes text as UTF-8 with a character for each byte: git compares bytes. */
function bytesOf(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

function textOf(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)));
}
