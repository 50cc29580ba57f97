import type { PageContext } from '../pageContext';
import type { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';
import type { WorkBudget } from '../text/workBudget';

/** A match of a rule: a part of the text becomes a node. */
export interface InlineMatch {
  readonly from: number;
  readonly to: number;
  /** An element, or text that later rules skip. */
  readonly node: Element | string;
}

/** Tells that nothing matches before a position. */
export interface NoMatch {
  readonly continueAt: number;
}

export interface InlineContext {
  readonly page: PageContext;
  readonly budget: WorkBudget;
  /** Replaces placeholders in a text with their plain text. */
  readonly plainText: (text: string) => string;
  /** Replaces placeholders in HTML with their HTML. */
  readonly htmlText: (text: string) => string;
}

/**
 * A rule of the inline parser. Rules run one after the other over the whole text, like in
 * Python-Markdown. Earlier matches are placeholders to later rules.
 */
export interface InlineRule {
  /** Global expression for candidate positions. */
  readonly trigger: RegExp;
  /** Element within which the rule doesn't apply. */
  readonly notWithin?: string;
  /**
   * @param before - character before `at` in the current text: the end of a placeholder after an
   *   earlier match
   */
  match(
    text: SourceText,
    at: number,
    before: string,
    context: InlineContext,
  ): InlineMatch | NoMatch | undefined;
}

export const wordCharacter = /[\p{L}\p{N}_]/u;

/** Like Python's `\w`. For an astral character, its first half counts. */
export function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  if (code < 128) return asciiWord[code] === true;
  if (code >= 0xdc00 && code <= 0xdfff && at > 0) {
    return wordCharacter.test(text.slice(at - 1, at + 1));
  }
  return wordCharacter.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

const asciiWord = Array.from({ length: 128 }, (_, code) => /\w/.test(String.fromCharCode(code)));

export function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 32 || (code >= 9 && code <= 13)) return true;
  return code >= 128 && /\s/.test(text.charAt(at));
}
