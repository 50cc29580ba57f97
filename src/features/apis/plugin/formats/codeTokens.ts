import type { Place } from '../document/placedNode';

/** A word, a text in quotes or a single character of a programming language. */
export interface CodeToken {
  readonly type: 'word' | 'text' | 'sign';
  readonly text: string;
  readonly place: Place;
}

const token =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|([\w$][\w$.]*)|("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|(=>|[^\s\w])/g;

/** The tokens of languages with braces and C's comments, which are left out. */
export function* codeTokens(text: string): Generator<CodeToken> {
  for (const match of text.matchAll(token)) {
    const [all, word, quoted, sign] = match;
    const place = { start: match.index, end: match.index + all.length };
    if (word !== undefined) yield { type: 'word', text: word, place };
    else if (quoted !== undefined) yield { type: 'text', text: quoted, place };
    else if (sign !== undefined) yield { type: 'sign', text: sign, place };
  }
}
