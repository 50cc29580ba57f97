import { expand } from 'brace-expansion';
import { type StepBudget, StepsSpentError } from '../linearRegExp';
import { MinimatchName, type NameOptions } from './minimatchName';
import type { MeteredPattern } from './stepMeter';

export interface MinimatchOptions extends Partial<NameOptions> {
  /** Whether a leading `!` negates the pattern and a leading `#` makes it a comment. */
  readonly negation?: boolean;
}

/** A part of a pattern between two slashes. */
type Part = string | MinimatchName | typeof ANY_FOLDERS;

const ANY_FOLDERS = Symbol('**');
const MAX_LENGTH = 4096;

/** Pattern with minimatch's syntax, which Backstage uses for rules and files. */
export class MinimatchGlob implements MeteredPattern {
  readonly text: string;
  /** Parts of each alternative. */
  readonly #rows: readonly (readonly Part[])[];
  readonly #isNegated: boolean;
  readonly #isComment: boolean;
  readonly #dots: boolean;

  /** @throws RangeError if the pattern exceeds the size limit */
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
    const names = new Map<string, string | MinimatchName>();
    const readPart = (part: string): Part => {
      if (part === '**') return ANY_FOLDERS;
      let name = names.get(part);
      if (name === undefined) {
        const read = new MinimatchName(part, { ignoreCase, dots });
        names.set(part, (name = read.literal ?? read));
      }
      return name;
    };
    this.#rows = alternativesOf(text.slice(marks)).map(alternative =>
      withoutParents(alternative.split(/\/+/)).map(readPart),
    );
  }

  matches(path: string, budget: StepBudget): boolean {
    if (this.#isComment) return false;
    if (this.text === '') return path === '';
    const names = path.split(/\/+/);
    return this.#rows.some(row => this.#matchesRow(row, names, budget)) !== this.#isNegated;
  }

  /** Matches the names in one pass, tracking all reachable places of the row at once. */
  #matchesRow(row: readonly Part[], names: readonly string[], budget: StepBudget): boolean {
    let places = new Set([0]);
    for (const [index, name] of names.entries()) {
      // A path may end with a slash.
      if (name === '' && index === names.length - 1 && places.has(row.length)) return true;
      const next = new Set<number>();
      for (const place of places) {
        const part = row[place];
        if (part === ANY_FOLDERS) {
          // At the end of a pattern, `**` takes at least one name.
          if (place + 1 < row.length) places.add(place + 1);
          if (this.#isFolder(name)) next.add(place).add(place + 1);
        } else if (part instanceof MinimatchName ? part.matches(name, budget) : part === name) {
          next.add(place + 1);
        }
      }
      budget.left -= places.size - 1;
      if (budget.left < 0) throw new StepsSpentError();
      places = next;
    }
    return places.has(row.length);
  }

  /** Whether `**` matches the name. */
  #isFolder(name: string): boolean {
    return name !== '.' && name !== '..' && (this.#dots || !name.startsWith('.'));
  }
}

const MAX_ALTERNATIVES = 1000;
/** The maximum number of characters of all alternatives together. */
const MAX_CHARACTERS = 200_000;
/** Limits of the library, which leaves braces beyond them unexpanded. */
const LIMITS = { max: MAX_ALTERNATIVES + 1, maxLength: 1_000_000, maxSteps: 2_000_000 };

/** Expands the braces of a pattern, without duplicates. */
function alternativesOf(pattern: string): readonly string[] {
  if (!/\{[^{\n]*\}/.test(pattern)) return [pattern];
  // The library removes the first of two backslashes.
  const found = expand(pattern.replaceAll('\\\\', '\\\\\\\\'), LIMITS);
  const characters = found.reduce((sum, { length }) => sum + length, 0);
  if (found.length > MAX_ALTERNATIVES || characters > MAX_CHARACTERS) {
    throw new RangeError('The pattern has too many alternatives');
  }
  return [...new Set(found)];
}

/** Removes each `..` and the name before it. */
function withoutParents(parts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const part of parts) {
    const isAfterName = !['', '.', '..', '**'].includes(kept.at(-1) ?? '');
    if (part === '..' && isAfterName) kept.pop();
    else kept.push(part);
  }
  return kept.length ? kept : [''];
}
