import { LineIndex, type Range } from '../../../../base';

export interface NavAddition {
  readonly range: Range;
  /** The same in offsets. */
  readonly at: { readonly start: number; readonly end: number };
  readonly text: string;
}

/**
 * A last entry for the list of a navigation, written as the others are.
 *
 * @param nav - the place of the list
 */
export function navAddition(text: string, nav: Range, path: string): NavAddition | undefined {
  const lines = new LineIndex(text);
  const offsetAt = ({ line, character }: Range['start']): number =>
    lines.offsetOfLine(line) + character;
  const start = offsetAt(nav.start);
  const list = text.slice(start, offsetAt(nav.end)).trimEnd();
  const entry = /^[\w./-]+$/.test(path) && !/^[-.]/.test(path) ? path : JSON.stringify(path);
  if (list.startsWith('[')) {
    if (!list.endsWith(']')) return undefined;
    const inner = list.slice(1, -1).trimEnd();
    const at = start + 1 + inner.length;
    const separator = inner.trim() === '' ? '' : inner.endsWith(',') ? ' ' : ', ';
    return {
      range: lines.rangeAt(at, at),
      at: { start: at, end: at },
      text: `${separator}${entry}`,
    };
  }
  if (!list.startsWith('-')) return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  if (indent.trim() !== '') return undefined;
  const dash = /^-[ \t]*/.exec(list)?.[0] ?? '- ';
  const at = start + list.length;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    range: lines.rangeAt(at, at),
    at: { start: at, end: at },
    text: `${newline}${indent}${dash}${entry}`,
  };
}
