import { type Extensions, isOptions } from '../config';
import { Element } from '../text/element';
import { decodeEntities } from '../text/entities';
import { SourceText } from '../text/sourceText';
import { escapeMarker } from '../text/stash';
import type { WorkBudget } from '../text/workBudget';
import type { InlineRule } from './inlineRule';
import data from './keyNames.json';

/** A key of a keystroke. `name` is undefined for quoted text. */
interface Key {
  readonly name: string | undefined;
  readonly label: string;
}

/**
 * Keystrokes: `++ctrl+alt+"text"++`. Those with quoted text are read before escapes and links, the
 * others after them.
 *
 * Source: `pymdownx.keys`.
 */
export function keysRules(extensions: Extensions): {
  readonly quoted: InlineRule;
  readonly plain: InlineRule;
} {
  const keyboard = new Keyboard(extensions);
  return {
    quoted: {
      trigger: /\\+|\+\+/g,
      match(source, at, before, { budget }) {
        const { text } = source;
        if (text[at] === '\\') return escapedBackslashes(text, at);
        if (before === '\\') return { continueAt: at + 1 };
        const end = endOfKeys(text, at + 2, budget);
        if (end === undefined) return { continueAt: at + 1 };
        const parts = text
          .slice(at + 2, end)
          .split(unescapedPlus)
          .filter(part => part !== '+');
        const node = parts.some(part => quoted.test(part))
          ? keyboard.element(parts, source.offsetAt(at))
          : undefined;
        return node ? { from: at, to: end + 2, node } : { continueAt: end + 2 };
      },
    },
    plain: {
      trigger: /\+\+/g,
      match(source, at) {
        plainKeys.lastIndex = at + 2;
        const found = plainKeys.exec(source.text);
        if (!found || !source.text.startsWith('++', plainKeys.lastIndex)) {
          return { continueAt: at + 1 };
        }
        const end = plainKeys.lastIndex;
        const node = keyboard.element(found[0].split('+'), source.offsetAt(at));
        return node ? { from: at, to: end + 2, node } : { continueAt: end + 2 };
      },
    },
  };
}

const quoted = /^["']/;
const plainKeys = /[\p{L}\p{N}_-]+(?:\+[\p{L}\p{N}_-]+)*/uy;
const word = /[\p{L}\p{N}_-]+/uy;
const unescapedPlus = /(?<!\\)(?:\\\\)*(\+)/g;
const escape = /(?<!\\)(?:\\\\)*\\(.)/g;

/** Reads pairs of backslashes before a plus sign as backslashes. */
function escapedBackslashes(text: string, at: number): ReturnType<InlineRule['match']> {
  let end = at;
  while (text[end] === '\\') end++;
  const count = end - at;
  if (text[end] !== '+' || count % 2 === 1) return { continueAt: end };
  return { from: at, to: end, node: escapeMarker('\\').repeat(count / 2) };
}

/** Returns the position of the `++` that ends a keystroke. */
function endOfKeys(text: string, from: number, budget: WorkBudget): number | undefined {
  /** Positions of keys to try, the next one last. */
  const pending = [from];
  const tried = new Set<number>();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (tried.has(at) || !budget.spend(1)) continue;
    tried.add(at);
    const following: number[] = [];
    for (const end of endsOfKey(text, at, budget)) {
      if (text[end] !== '+') continue;
      if (text[end + 1] === '+') return end;
      following.push(end + 1);
    }
    pending.push(...following.reverse());
  }
  return undefined;
}

/** Returns where a key can end: a quoted one also at escaped quotes. */
function endsOfKey(text: string, at: number, budget: WorkBudget): readonly number[] {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") {
    word.lastIndex = at;
    return word.test(text) ? [word.lastIndex] : [];
  }
  const ends: number[] = [];
  let end = at + 1;
  for (; end < text.length && text[end] !== quote; end++) {
    if (text[end] === '\\' && end + 1 < text.length && text[end + 1] !== '\n') {
      end++;
      if (text[end] === quote && end > at + 1) ends.push(end + 1);
    }
  }
  if (!budget.spend(end - at)) return [];
  if (end < text.length && end > at + 1) ends.push(end + 1);
  return ends.reverse();
}

/** Names and labels of keys, and how they are shown. */
class Keyboard {
  readonly #labels: ReadonlyMap<string, string>;
  readonly #aliases = new Map(
    data.aliases.split(' ').map(alias => alias.split('=') as [string, string]),
  );
  readonly #isStrict: boolean;
  readonly #separator: string;
  readonly #classes: string;
  readonly #isCamelCase: boolean;

  constructor(extensions: Extensions) {
    const name = 'pymdownx.keys';
    this.#isStrict = extensions.flag(name, 'strict', false);
    this.#separator = extensions.text(name, 'separator', '+');
    this.#classes = extensions.text(name, 'class', 'keys');
    this.#isCamelCase = extensions.flag(name, 'camel_case', false);
    const more = extensions.option(name, 'key_map');
    const added = isOptions(more) ? Object.entries(more) : [];
    this.#labels = new Map([
      ...data.titled.split(' ').map(key => [key, titleOf(key)] as const),
      ...Object.entries(data.labels),
      ...added.map(([key, label]) => [key, labelOf(label)] as const),
    ]);
  }

  /** Returns undefined if a key is unknown. */
  element(written: readonly string[], offset: number): Element | undefined {
    const keys = written.map(key => this.#key(key));
    const element = new Element(this.#isStrict ? 'kbd' : 'span', { class: this.#classes });
    for (const [index, key] of keys.entries()) {
      if (!key) return undefined;
      if (index > 0 && this.#separator !== '') {
        element.add('span').text = SourceText.made(this.#separator, offset).asAtomic();
      }
      const kbd = element.add('kbd', key.name === undefined ? {} : { class: `key-${key.name}` });
      kbd.text = SourceText.made(key.label, offset).asAtomic();
    }
    return element;
  }

  #key(written: string): Key | undefined {
    if (quoted.test(written)) {
      const text = written.slice(1, -1).replace(escape, '$1');
      return { name: undefined, label: decodeEntities(text).trim() };
    }
    const lowered = this.#isCamelCase ? withDashes(written) : written;
    const name = this.#aliases.get(lowered) ?? lowered;
    const label = this.#labels.get(name);
    return label === undefined || label === '' ? undefined : { name, label };
  }
}

function titleOf(name: string): string {
  return name
    .split('-')
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
}

const labelOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** `PageUp` becomes `page-up`. */
function withDashes(name: string): string {
  return name.replace(/\p{Lu}/gu, (letter, at: number) => {
    const isFirst = at === 0 || name[at - 1] === '-';
    return `${isFirst ? '' : '-'}${letter.toLowerCase()}`;
  });
}
