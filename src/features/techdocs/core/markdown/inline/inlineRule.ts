import type { PageContext } from '../pageContext';
import type { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';
import type { WorkBudget } from '../text/workBudget';

/** What a rule found: that part of the text becomes a node. */
export interface InlineMatch {
  readonly from: number;
  readonly to: number;
  /** An element, or a text that later rules do not see. */
  readonly node: Element | string;
}

/** A rule looked, and there is nothing: the search goes on there. */
export interface NoMatch {
  readonly continueAt: number;
}

export interface InlineContext {
  readonly page: PageContext;
  readonly budget: WorkBudget;
  /** What the placeholders in a text stand for, as text. */
  readonly plainText: (text: string) => string;
  /** What the placeholders in a piece of HTML stand for, as HTML. */
  readonly htmlText: (text: string) => string;
}

/**
 * A rule of the inline parser. Rules are run one after the other, each over the whole text, as in
 * Python-Markdown: what one found is a placeholder to those after it.
 */
export interface InlineRule {
  /** Where it is worth to look: global. */
  readonly trigger: RegExp;
  /** Not within elements of this name. */
  readonly notWithin?: string;
  /**
   * @param before - the character before `at`, as the text is by now: the end of a placeholder
   * where something was found there
   */
  match(
    text: SourceText,
    at: number,
    before: string,
    context: InlineContext,
  ): InlineMatch | NoMatch | undefined;
}

export const wordCharacter = /[\p{L}\p{N}_]/u;

/** As Python's `\w`. Of an astral character, its first half counts. */
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
