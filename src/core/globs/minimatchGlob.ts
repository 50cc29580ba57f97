import type { StepBudget } from '../patterns';
import { expandBraces } from './braces';
import { literalName, MinimatchName } from './minimatchName';
import type { MeteredPattern } from './stepMeter';

export interface MinimatchOptions {
  /** Whether upper and lower case are alike. */
  readonly ignoreCase?: boolean;
  /** Whether wildcards match names that start with a dot. */
  readonly dots?: boolean;
  /** Whether a `!` before the pattern negates it, and a `#` makes it a comment. */
  readonly negation?: boolean;
}

/** A part of a pattern between two slashes. */
type Part = string | MinimatchName | typeof ANY_FOLDERS;

const ANY_FOLDERS = Symbol('**');
const MAX_LENGTH = 4096;

/**
 * Pattern as minimatch understands it, with which Backstage matches rules and files.
 *
 * Source: minimatch 11; NOTICE has its license.
 */
export class MinimatchGlob implements MeteredPattern {
  readonly text: string;
  readonly #rows: readonly (readonly Part[])[];
  readonly #isNegated: boolean;
  readonly #isComment: boolean;
  readonly #dots: boolean;

  /** @throws Error if the pattern is larger than any that somebody would write */
  constructor(
    text: string,
    { ignoreCase = false, dots = false, negation = false }: MinimatchOptions = {},
  ) {
    if (text.length > MAX_LENGTH) throw new RangeError('The pattern is too long');
    const marks = negation ? text.search(/[^!]|$/) : 0;
    this.text = text;
    this.#isComment = negation && text.startsWith('#');
    this.#isNegated = marks % 2 === 1;
    this.#dots = dots;
    const glob = text.slice(marks);
    const names = new Map<string, MinimatchName>();
    const readPart = (part: string): Part => {
      if (part === '**') return ANY_FOLDERS;
      const literal = part === '' ? '' : literalName(part);
      const hasCases = ignoreCase && part.toUpperCase() !== part.toLowerCase();
      if (literal !== undefined && !hasCases) return literal;
      let name = names.get(part);
      if (!name) {
        name = new MinimatchName(part, { ignoreCase, dots });
        names.set(part, name);
      }
      return name;
    };
    this.#rows = [...new Set(glob === '' ? [] : expandBraces(glob))].map(alternative =>
      withoutParents(alternative.split(/\/+/)).map(readPart),
    );
  }

  matches(path: string, budget: StepBudget): boolean {
    if (this.#isComment) return false;
    // A pattern of `!` alone matches all but nothing.
    if (this.#rows.length === 0) return (path === '') !== this.#isNegated;
    const names = path.split(/\/+/);
    const search = { names, budget, dots: this.#dots };
    return this.#rows.some(row => matchesRow(row, search)) !== this.#isNegated;
  }
}

/** Parts without `..` and the name before it, and without a `**` that follows another. */
function withoutParents(parts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const part of parts) {
    const previous = kept.at(-1);
    if (part === '**' && previous === '**') continue;
    const isName = previous !== undefined && !['', '.', '..', '**'].includes(previous);
    if (part === '..' && isName) kept.pop();
    else kept.push(part);
  }
  return kept.length ? kept : [''];
}

interface Search {
  readonly names: readonly string[];
  readonly budget: StepBudget;
  readonly dots: boolean;
}

function matchesRow(row: readonly Part[], search: Search): boolean {
  const { names } = search;
  const first = row.indexOf(ANY_FOLDERS);
  if (first < 0) return matchesToEnd(row, 0, search);
  const last = row.lastIndexOf(ANY_FOLDERS);
  const tail = row.slice(last + 1);
  if (!matchesAt(row.slice(0, first), 0, search)) return false;
  let end = names.length - tail.length;
  if (tail.length > 0) {
    if (end < first) return false;
    if (!matchesToEnd(tail, end, search)) {
      // A path may end with a slash.
      if (names.at(-1) !== '' || end === first) return false;
      end--;
      if (!matchesToEnd(tail, end, search)) return false;
    }
  }
  if (first === last) {
    return (tail.length > 0 || end > first) && areFolders(names.slice(first, end), search);
  }
  return matchesBetween(row.slice(first + 1, last), { start: first, end }, search);
}

/** Whether the parts, with `**` around them, match some of the names from one index to another. */
function matchesBetween(
  parts: readonly Part[],
  { start, end }: { start: number; end: number },
  search: Search,
): boolean {
  const { names } = search;
  const sections = sectionsOf(parts);
  let needed = sections.reduce((sum, section) => sum + section.length, 0);
  /** Indexes at which the sections so far can end. */
  let reached = new Set([start]);
  for (const section of sections) {
    const next = new Set<number>();
    let isOpen = false;
    for (let at = start; at <= end - needed; at++) {
      isOpen ||= reached.has(at);
      if (isOpen && matchesAt(section, at, search)) next.add(at + section.length);
      isOpen &&= isFolder(names[at] ?? '', search);
    }
    needed -= section.length;
    reached = next;
  }
  // Stars at the end of a path match something.
  const hasTail = end < names.length;
  return [...reached].some(at => (hasTail || at < end) && areFolders(names.slice(at, end), search));
}

function sectionsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const sections: Part[][] = [[]];
  for (const part of parts) {
    if (part === ANY_FOLDERS) sections.push([]);
    else sections.at(-1)?.push(part);
  }
  return sections;
}

/** Whether the parts match the names from an index on, to the last one or to a slash at the end. */
function matchesToEnd(parts: readonly Part[], start: number, search: Search): boolean {
  const { names } = search;
  const left = names.length - start - parts.length;
  return (left === 0 || (left === 1 && names.at(-1) === '')) && matchesAt(parts, start, search);
}

function matchesAt(parts: readonly Part[], start: number, search: Search): boolean {
  const { names, budget } = search;
  return (
    start + parts.length <= names.length &&
    parts.every((part, index) => matchesName(part, names[start + index] ?? '', budget))
  );
}

function matchesName(part: Part, name: string, budget: StepBudget): boolean {
  budget.left--;
  if (typeof part === 'string') return part === name;
  return part instanceof MinimatchName && name !== '' && part.matches(name, budget);
}

function areFolders(names: readonly string[], search: Search): boolean {
  return names.every(name => isFolder(name, search));
}

/** Whether `**` matches the name. */
function isFolder(name: string, { dots }: Search): boolean {
  return name !== '.' && name !== '..' && (dots || !name.startsWith('.'));
}
