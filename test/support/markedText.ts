import { LineIndex, type Range } from '../../src/base';

/** A text without its marks, and the marked ranges. */
export interface MarkedText {
  readonly text: string;
  readonly ranges: readonly Range[];
}

/** Removes the marks from a text: each `<|…|>` encloses a range that a test expects. */
export function marked(source: string): MarkedText {
  const offsets: [number, number][] = [];
  let text = '';
  for (const part of source.split(/(<\||\|>)/)) {
    if (part === '<|') offsets.push([text.length, text.length]);
    else if (part === '|>') {
      const open = offsets.at(-1);
      if (open) open[1] = text.length;
    } else text += part;
  }
  const lines = new LineIndex(text);
  return { text, ranges: offsets.map(([start, end]) => lines.rangeAt(start, end)) };
}

/** Returns the text of a range. */
export function textAt(text: string, { start, end }: Range): string {
  const lines = new LineIndex(text);
  return text.slice(
    lines.offsetOfLine(start.line) + start.character,
    lines.offsetOfLine(end.line) + end.character,
  );
}
