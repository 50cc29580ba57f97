import type { MarkedText } from '../../../api';

/** In UTF-16 code units: what stands further on in a line may be cut off at its end, so that what leads up to it is. */
const MAX_LEAD = 40;
const SHORT_LEAD = 20;

/**
 * A text with its marks for a list that cannot style parts of a text: what is marked stands in ‹ ›, as far as the
 * editor does not highlight it already, which it does where all that is typed stands in the text as it is.
 */
export function matchedText({ text, marks }: MarkedText, typed: string): string {
  const wanted = typed.trim().toLowerCase();
  const found = wanted ? text.toLowerCase().indexOf(wanted) : -1;
  let end = leadUpTo(found < 0 ? (marks[0]?.[0] ?? 0) : found, text);
  let shown = end ? '… ' : '';
  for (const [from, to] of found < 0 ? joined(text, marks) : []) {
    shown += `${text.slice(end, from)}‹${text.slice(from, to)}›`;
    end = to;
  }
  return onOneLine(shown + text.slice(end));
}

/** Where a text begins in which something stands at an offset: there, or at a word before that. */
function leadUpTo(offset: number, text: string): number {
  if (offset <= MAX_LEAD) return 0;
  const from = offset - SHORT_LEAD;
  const space = text.slice(from, offset).search(/\s/);
  return space < 0 ? offset : from + space + 1;
}

/** Marks with no more than spaces between them are one. */
function joined(text: string, marks: MarkedText['marks']): MarkedText['marks'] {
  const all: [from: number, to: number][] = [];
  for (const [from, to] of marks) {
    const last = all.at(-1);
    if (last && !text.slice(last[1], from).trim()) last[1] = to;
    else all.push([from, to]);
  }
  return all;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
