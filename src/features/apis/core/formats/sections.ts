import type { CardContent, CardTreeItem } from '../../../../api';
import type { Place } from '../document/placedNode';

export type Section = Extract<CardContent, { type: 'sections' }>['sections'][number];

/** Returns undefined if there are no items. */
export function treeSection(
  title: string,
  items: readonly CardTreeItem[],
  description?: string,
): Section | undefined {
  if (!items.length && description === undefined) return undefined;
  return {
    title,
    ...(description !== undefined && { description }),
    content: { type: 'tree', label: title, items },
  };
}

const MOST_TEXT = 4000;

export function textSection(text: string | undefined): Section | undefined {
  if (!text?.trim()) return undefined;
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text.trim();
  return { content: { type: 'text', text: shown } };
}

/** Returns undefined if there are no sections. */
export function sectionsContent(
  sections: readonly (Section | undefined)[],
): CardContent | undefined {
  const filled = sections.filter(section => section !== undefined);
  return filled.length ? { type: 'sections', sections: filled } : undefined;
}

/** A word, a quoted text or a single character of a programming language. */
export interface CodeToken {
  readonly type: 'word' | 'text' | 'sign';
  readonly text: string;
  readonly place: Place;
}

const token =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|([\w$][\w$.]*)|("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|(=>|[^\s\w])/g;

/** Tokenizes a language with braces and C-style comments; skips comments. */
export function* codeTokens(text: string): Generator<CodeToken> {
  for (const match of text.matchAll(token)) {
    const [all, word, quoted, sign] = match;
    const place = { start: match.index, end: match.index + all.length };
    if (word !== undefined) yield { type: 'word', text: word, place };
    else if (quoted !== undefined) yield { type: 'text', text: quoted, place };
    else if (sign !== undefined) yield { type: 'sign', text: sign, place };
  }
}
