import {
  type CompletionItem,
  CompletionItemKind,
  type MarkupContent,
} from 'vscode-languageserver-types';
import { translateCount } from '../../../../base';
import type { CompletionItems } from '../languageProvider';
import { type CompletionPlace, valueEdit } from './completionPlace';

/** A value to offer with its details. */
export interface OfferedValue {
  readonly value: string;
  readonly detail?: string | undefined;
  readonly documentation?: MarkupContent | undefined;
  readonly kind?: CompletionItemKind;
  /** Changes to the inserted text, if it is more than the value. */
  readonly changes?: Pick<CompletionItem, 'command' | 'insertTextFormat' | 'insertTextMode'> & {
    readonly newText?: string;
  };
}

/** Values that aren't offered: too long, or with line breaks. */
const NOT_PICKED = /^.{320}|[\p{Cc}\u2028\u2029]/u;

/** Returns items for the values that match the typed text: the best matches first, then in the given order. */
export function valueItems(
  place: CompletionPlace,
  values: Iterable<OfferedValue>,
): CompletionItems {
  const seen = new Set<string>();
  const found: { offered: OfferedValue; tier: number }[] = [];
  for (const offered of values) {
    const tier = tierOf(place.typed, offered.value.toLowerCase());
    if (tier === undefined || seen.has(offered.value) || NOT_PICKED.test(offered.value)) continue;
    seen.add(offered.value);
    found.push({ offered, tier });
  }
  const best = found.sort((a, b) => a.tier - b.tier).slice(0, MAX_ITEMS);
  return {
    items: best.map(({ offered }, index) => item(place, offered, index)),
    isIncomplete: found.length > best.length,
  };
}

function item(place: CompletionPlace, offered: OfferedValue, index: number): CompletionItem {
  const { value, detail, documentation, kind = CompletionItemKind.Value } = offered;
  const { newText, ...changes } = offered.changes ?? {};
  return {
    label: value,
    kind,
    ...(detail !== undefined && { detail }),
    ...(documentation && { documentation }),
    sortText: sortTextOf(index),
    filterText: value,
    textEdit: newText === undefined ? valueEdit(place, value) : { range: place.range, newText },
    ...changes,
  };
}

/** Triggers the next completion after an item is inserted; the server omits it for editors without the command. */
export const SUGGEST_NEXT = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

/** Ranks of matches, the best first. */
const TIER = { start: 0, word: 1, inside: 2, letters: 3 } as const;

/**
 * Returns how well a text matches the typed text, both in lowercase: 0 if it starts with it, up to 3 if it has its
 * letters in the same order; undefined if it doesn't match. An empty text matches all.
 */
export function tierOf(typed: string, text: string): number | undefined {
  if (typed === '') return TIER.start;
  const at = text.indexOf(typed);
  if (at === 0) return TIER.start;
  if (at > 0 && startsWord(typed, text, at)) return TIER.word;
  // A single letter occurs in nearly every text.
  if (at > 0 && typed.length > 1) return TIER.inside;
  return hasLetters(typed, text) ? TIER.letters : undefined;
}

function startsWord(typed: string, text: string, first: number): boolean {
  for (let at = first; at > 0; at = text.indexOf(typed, at + 1)) {
    if ('-_./: '.includes(text.charAt(at - 1))) return true;
  }
  return false;
}

/**
 * Whether a text has the letters in order. The first one must start a word: otherwise nearly every text would match.
 */
function hasLetters(typed: string, text: string): boolean {
  const first = typed.charAt(0);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (at === 0 || '-_./: '.includes(text.charAt(at - 1))) {
      let next = at;
      for (let index = 1; index < typed.length && next >= 0; index++) {
        next = text.indexOf(typed.charAt(index), next + 1);
      }
      return next >= 0;
    }
  }
  return false;
}

/** The maximum number of items; typing more finds the others. */
export const MAX_ITEMS = 200;

/** Returns the sort text of an item, by which editors keep the order. */
export function sortTextOf(index: number): string {
  return String(index).padStart(4, '0');
}

/** Returns the detail of a value that entities have. */
export function timesUsed(count: number): string {
  return translateCount(count, { one: 'Used once', other: 'Used {0} times' });
}
