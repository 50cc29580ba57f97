import {
  type CompletionItem,
  CompletionItemKind,
  type MarkupContent,
} from 'vscode-languageserver-types';
import type { CompletionItems } from '../languageProvider';
import { type CompletionPlace, valueEdit } from './completionPlace';
import { MAX_ITEMS, sortTextOf, tierOf } from './matching';

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
