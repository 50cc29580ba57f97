import type { WorkBudget } from '../text/workBudget';
import { isSpace, isWord } from './inlineRule';

/**
 * Patterns of delimiters (`*`, `_`, `^`, `~`, `=`) equivalent to pymdownx's regular expressions,
 * without deep backtracking: contents are as short as possible and end at the next delimiter.
 *
 * Guards are named after what they exclude: `S` whitespace, `D` the delimiter, `W` a word
 * character; `edge` is a word boundary that ignores underscores. They look behind (`<notS`) or
 * ahead (`notS>`).
 */
type Guard = 'notS' | 'notSD' | 'notW' | 'notD' | 'edge';

const contents = [
  /** Any text. */
  'any',
  /** Delimiters only within words, or alone between spaces. */
  'limited',
  /** One delimiter, or text with delimiters only after spaces. */
  'plain',
  /** No three delimiters in a row. */
  'noThree',
  /** One or two delimiters, or text without any. */
  'few',
  /** One delimiter, or text without whitespace. */
  'word',
  /** One or two delimiters, or text without delimiters and whitespace. */
  'fewInWord',
  /** No single delimiters. */
  'pairs',
  /** No single delimiters and no whitespace. */
  'pairsInWord',
] as const;

type ContentKind = (typeof contents)[number];

/** A number of delimiters, a guard, or a content. */
export type Step =
  | number
  | { readonly content: ContentKind }
  | { readonly guard: Guard; readonly isBehind: boolean };

/** Parses a step of the pattern tables. */
export function stepOf(word: string): Step {
  const content = contents.find(kind => kind === word);
  if (content) return { content };
  const guard = word.replace(/[<>]/, '');
  if (guard === word) return Number(word);
  return { guard: guard as Guard, isBehind: word.startsWith('<') };
}

export interface DelimiterMatch {
  readonly to: number;
  /** Ranges of the contents. */
  readonly contents: readonly (readonly [from: number, to: number])[];
}

interface Search {
  readonly text: string;
  readonly delimiter: string;
  readonly from: number;
  /** Character before `from`. */
  readonly before: string;
  readonly budget: WorkBudget;
}

export function matchDelimiters(
  steps: readonly Step[],
  search: Search,
): DelimiterMatch | undefined {
  const contents: [number, number][] = [];
  const to = matchFrom(steps, 0, search.from, search, contents);
  return to === undefined ? undefined : { to, contents };
}

function matchFrom(
  steps: readonly Step[],
  first: number,
  position: number,
  search: Search,
  contents: [number, number][],
): number | undefined {
  let at = position;
  for (let index = first; index < steps.length; index++) {
    const step = steps[index];
    if (step === undefined) break;
    if (typeof step === 'number') {
      for (let count = 0; count < step; count++) {
        if (search.text[at + count] !== search.delimiter) return undefined;
      }
      at += step;
    } else if ('guard' in step) {
      if (!holds(step.guard, step.isBehind, at, search)) return undefined;
    } else {
      const from = at;
      let end: number | undefined;
      const depth = contents.length;
      eachEnd(step.content, from, search, to => {
        contents.length = depth;
        contents.push([from, to]);
        end = matchFrom(steps, index + 1, to, search, contents);
        return end !== undefined;
      });
      return end;
    }
  }
  return at;
}

function holds(
  guard: Guard,
  isBehind: boolean,
  at: number,
  { text, delimiter, from, before }: Search,
): boolean {
  const [within, index] = !isBehind
    ? [text, at]
    : at === from
      ? [before, before.length - 1]
      : [text, at - 1];
  const character = within[index];
  if (character === undefined) return true;
  switch (guard) {
    case 'notS':
      return !isSpace(within, index);
    case 'notSD':
      return character !== delimiter && !isSpace(within, index);
    case 'notW':
      return !isWord(within, index);
    case 'notD':
      return character !== delimiter;
    case 'edge':
      return character === '_' || (character !== delimiter && !isWord(within, index));
  }
}

/** Calls `take` with each possible end of a content, nearest first, until it returns true. */
function eachEnd(
  kind: ContentKind,
  from: number,
  search: Search,
  take: (to: number) => boolean,
): void {
  const { text, delimiter } = search;
  const alone =
    kind === 'few' || kind === 'fewInWord' ? 2 : kind === 'plain' || kind === 'word' ? 1 : 0;
  for (let count = 1; count <= alone && text[from + count - 1] === delimiter; count++) {
    if (text[from + count] === delimiter && take(from + count)) return;
  }
  // Contents end only before delimiters.
  for (let at = from; ;) {
    const next = text.indexOf(delimiter, at);
    if (next === -1) {
      search.budget.spend((text.length - at) >> 6);
      return;
    }
    if (!search.budget.spend(2 + ((next - at) >> 6))) return;
    if (inWord.has(kind) && hasSpace(text, at, next)) return;
    if (next > from && take(next)) return;
    const passed = passDelimiter(kind, next, search);
    if (passed === undefined) return;
    at = passed;
  }
}

const inWord: ReadonlySet<ContentKind> = new Set(['word', 'fewInWord', 'pairsInWord']);

function hasSpace(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isSpace(text, at)) return true;
  return false;
}

/** Returns the position after delimiters that are part of a content; undefined if they can't be. */
function passDelimiter(
  kind: ContentKind,
  at: number,
  { text, delimiter }: Search,
): number | undefined {
  let end = at;
  while (text[end] === delimiter) end++;
  switch (kind) {
    case 'any':
    case 'word':
      return at + 1;
    case 'noThree':
      return text[at - 1] === delimiter && text[at - 2] === delimiter ? undefined : at + 1;
    case 'plain':
      return at > 0 && isSpace(text, at - 1) ? at + 1 : undefined;
    case 'pairs':
    case 'pairsInWord':
      return end - at >= 2 ? end : undefined;
    case 'limited': {
      if (at === 0 || end >= text.length) return undefined;
      // Between words, an underscore can't be part of the content.
      const inWords = isWord(text, at - 1) && isWord(text, end);
      return inWords || (isSpace(text, at - 1) && isSpace(text, end)) ? end : undefined;
    }
    default:
      return undefined;
  }
}
