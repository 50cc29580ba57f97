import { ownValue } from '../data/record';

/**
 * Translates a message into the user's language; `{0}`, `{1}` … are replaced with the arguments. In
 * the editor, `vscode.l10n.t`.
 */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface DisplayLanguage {
  /** A BCP 47 tag, such as `pt-BR`. */
  readonly locale: string;
  /** Translations by English message, as in VS Code's bundles; missing ones stay English. */
  readonly texts: Readonly<Record<string, string>>;
}

const ENGLISH: DisplayLanguage = { locale: 'en', texts: {} };

/** One per process, as the editor's display language is. */
let display = ENGLISH;
let plurals: Intl.PluralRules | undefined;
let numbers: Intl.NumberFormat | undefined;

/** Sets the language of `translate`, `translateCount` and `formatNumber` in this process. */
export function setDisplayLanguage(language: DisplayLanguage): void {
  // Browsers and editors may report names that aren't BCP 47 tags, such as "C".
  const locale = isLocale(language.locale) ? language.locale : ENGLISH.locale;
  display = { locale, texts: language.texts };
  plurals = undefined;
  numbers = undefined;
}

/** Translates a message into the display language. */
export const translate: Translate = (message, ...args) =>
  english(ownValue(display.texts, message) ?? message, ...args);

export interface PluralForms {
  /** The message for one thing; `{0}` is the count. */
  readonly one: string;
  /** The message for any other number of things. */
  readonly other: string;
}

/**
 * Translates a message that contains a count, with the plural rules of the display language. A translation has further
 * forms as messages of their own, such as `{0} files/few`.
 *
 * @param args - from `{1}`
 */
export function translateCount(
  count: number,
  { one, other }: PluralForms,
  ...args: (string | number)[]
): string {
  const values = [formatNumber(count), ...args];
  const translated = ownValue(display.texts, other);
  // An untranslated message follows the rules of English.
  if (translated === undefined) return english(count === 1 ? one : other, ...values);
  plurals ??= new Intl.PluralRules(display.locale);
  const category = plurals.select(count);
  const form = category === 'one' ? one : `${other}/${category}`;
  return english(ownValue(display.texts, form) ?? translated, ...values);
}

/** Formats a number for the display language, such as `1,234`. */
export function formatNumber(value: number): string {
  numbers ??= new Intl.NumberFormat(display.locale);
  return numbers.format(value);
}

/** Formats a list for the display language, such as `a, b and c`. */
export function formatList(items: readonly string[], type: 'and' | 'or'): string {
  const list = type === 'and' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat(display.locale, { type: list }).format(items);
}

/** Returns messages as written in the code, in English. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? placeholder : String(value);
  });

/**
 * Creates a translator.
 *
 * @param texts - translations by English message; missing ones stay English
 */
export function translator(texts: Readonly<Record<string, string>>): Translate {
  return (message, ...args) => english(ownValue(texts, message) ?? message, ...args);
}

function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length > 0;
  } catch {
    // Not a language tag.
    return false;
  }
}
