import type { MarkedText } from '../../../../api';
import type { MatchedPart } from './sectionScore';

/**
 * A text, cut where its marks begin and end, and where it is longer than anybody reads in a list. Marks come from
 * whatever made the result: those that are not in the text, or not in order, are passed over.
 */
export function markedParts({ text, marks }: MarkedText, most: number): readonly MatchedPart[] {
  const end = Math.min(text.length, most);
  const parts: MatchedPart[] = [];
  let at = 0;
  const add = (to: number, isMatch: boolean): void => {
    if (to > at) parts.push({ text: text.slice(at, to), isMatch });
    at = Math.max(at, to);
  };
  for (const [from, to] of marks) {
    if (!(from >= at && to > from) || from >= end) continue;
    add(from, false);
    add(Math.min(to, end), true);
  }
  add(end, false);
  if (end < text.length) parts.push({ text: '…', isMatch: false });
  return parts;
}
