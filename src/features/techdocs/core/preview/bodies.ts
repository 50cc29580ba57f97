import type { StateBlock } from 'markdown-it';

/** How far what belongs to a marker is indented below it. */
const INDENT = 4;

/**
 * What a line says that may be a marker. In lists, people indent by as much as TechDocs wants, which may be a little
 * more than the margin that is meant here.
 */
export function markerLine(state: StateBlock, line: number): string | undefined {
  if (line >= state.lineMax) return undefined;
  const indent = indentOf(state, line) - state.blkIndent;
  if (indent < 0 || indent > (state.level > 0 ? INDENT - 1 : 0)) return undefined;
  const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(from, state.eMarks[line]);
}

/** Behind the last line that is indented below a marker; the line below it where there is none. */
export function endOfBody(state: StateBlock, marker: number): number {
  let end = marker + 1;
  for (let line = end; line < state.lineMax; line++) {
    if (state.isEmpty(line)) continue;
    if (indentOf(state, line) < indentOf(state, marker) + INDENT) break;
    end = line + 1;
  }
  return end;
}

/** Reads what is below a marker as if it were not indented. */
export function readBody(state: StateBlock, marker: number, end: number): void {
  const { blkIndent, lineMax, parentType } = state;
  state.blkIndent = indentOf(state, marker) + INDENT;
  state.lineMax = end;
  state.parentType = 'root';
  state.md.block.tokenize(state, marker + 1, end);
  Object.assign(state, { blkIndent, lineMax, parentType });
}

const indentOf = (state: StateBlock, line: number): number => state.sCount[line] ?? 0;

/** A line of text in an element of its own. */
export function addLine(state: StateBlock, { type, tag, attrs, text, line }: LineOfText): void {
  const open = state.push(`${type}_open`, tag, 1);
  open.attrs = attrs.map(([name, value]) => [name, value]);
  open.map = [line, line + 1];
  const inline = state.push('inline', '', 0);
  inline.content = text;
  inline.map = [line, line + 1];
  inline.children = [];
  state.push(`${type}_close`, tag, -1);
}

interface LineOfText {
  readonly type: string;
  readonly tag: string;
  readonly attrs: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly line: number;
}

/** Where a marker may stand: below a line of text, too, as in TechDocs. */
export const interrupting = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
