import type { TextEdit } from '../../../../api';
import { LineIndex } from '../../../../base';

/** One change of a text, by offsets; an empty stretch inserts. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with edits that do not overlap; of two at the same place, the first comes first. */
export function applyOffsetEdits(text: string, edits: readonly OffsetEdit[]): string {
  let result = '';
  let at = 0;
  // The sort is stable.
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The same edits as an editor takes them. */
export function toTextEdits(text: string, edits: readonly OffsetEdit[]): readonly TextEdit[] {
  const lines = new LineIndex(text);
  return edits.map(({ start, end, text: newText }) => ({
    range: lines.rangeAt(start, end),
    newText,
  }));
}

/** The smallest single edit that makes one text of another; undefined where they are the same. */
export function replacement(text: string, wanted: string): OffsetEdit | undefined {
  if (text === wanted) return undefined;
  const shorter = Math.min(wanted.length, text.length);
  let start = 0;
  while (start < shorter && wanted[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && wanted.at(-1 - end) === text.at(-1 - end)) end++;
  return { start, end: text.length - end, text: wanted.slice(start, wanted.length - end) };
}

/** The line end that a text uses, for lines that are added to it. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
