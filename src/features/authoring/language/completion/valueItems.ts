import {
  type CompletionItem,
  CompletionItemKind,
  type MarkupContent,
} from 'vscode-languageserver-types';
import type { CompletionItems } from '../languageProvider';
import { type CompletionPlace, valueEdit } from './completionPlace';

/** A value that may be meant, and what is said of it. */
export interface OfferedValue {
  readonly value: string;
  readonly detail?: string | undefined;
  readonly documentation?: MarkupContent | undefined;
  readonly kind?: CompletionItemKind;
  /** Of what is written, where that is more than the value. */
  readonly changes?: Pick<CompletionItem, 'command' | 'insertTextFormat' | 'insertTextMode'> & {
    readonly newText?: string;
  };
}

/** What nobody picks from a list: the longest names and keys are shorter, and on one line. */
const NOT_PICKED = /^.{320}|[\p{Cc}\u2028\u2029]/u;

/** Those that fit what is typed: the better they fit the further up, then in the order given. */
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

/** Asks for what comes next once the item is written; the server leaves it out for editors without the command. */
export const SUGGEST_NEXT = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

/** How well a text fits what is typed, the best first. */
const TIER = { start: 0, word: 1, inside: 2, letters: 3 } as const;

/**
 * How well a text fits what is typed, both lower-cased: 0 where it begins with it, up to 3 where it has
 * its letters in the same order; undefined where it does not fit. Nothing typed fits all.
 */
export function tierOf(typed: string, text: string): number | undefined {
  if (typed === '') return TIER.start;
  const at = text.indexOf(typed);
  if (at === 0) return TIER.start;
  if (at > 0 && startsWord(typed, text, at)) return TIER.word;
  // One letter is in the middle of nearly everything.
  if (at > 0 && typed.length > 1) return TIER.inside;
  return hasLetters(typed, text) ? TIER.letters : undefined;
}

function startsWord(typed: string, text: string, first: number): boolean {
  for (let at = first; at > 0; at = text.indexOf(typed, at + 1)) {
    if ('-_./: '.includes(text.charAt(at - 1))) return true;
  }
  return false;
}

/** The first letter must begin a word: elsewhere, nearly everything would fit two letters. */
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

/** As many as are shown at a time; nobody looks further, and types on. */
export const MAX_ITEMS = 200;

/** Puts items in the order of a list: editors sort by this text. */
export function sortTextOf(index: number): string {
  return String(index).padStart(4, '0');
}
