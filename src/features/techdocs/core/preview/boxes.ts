import type { MarkdownIt } from 'markdown-it';
import {
  type BoxMarker,
  markerPatterns,
  nameOfBox,
  readAdmonition,
  readDetails,
} from '../markdown/blocks/markers';
import { addLine, endOfBody, interrupting, markerLine, readBody } from './bodies';

type BlockRule = Parameters<MarkdownIt['block']['ruler']['push']>[1];

interface BoxKind {
  readonly name: string;
  readonly pattern: string;
  readonly read: (found: RegExpExecArray) => BoxMarker;
  readonly tag: string;
  readonly attributesOf: (marker: BoxMarker) => [name: string, value: string][];
  readonly title: {
    readonly type: string;
    readonly tag: string;
    readonly attrs: readonly (readonly [string, string])[];
  };
}

const kinds: readonly BoxKind[] = [
  {
    name: 'callboard_admonition',
    pattern: markerPatterns.admonition,
    read: readAdmonition,
    tag: 'div',
    attributesOf: ({ classes }) => [['class', `admonition ${classes}`]],
    title: { type: 'paragraph', tag: 'p', attrs: [['class', 'admonition-title']] },
  },
  {
    name: 'callboard_details',
    pattern: markerPatterns.details,
    read: readDetails,
    tag: 'details',
    attributesOf: ({ classes, isOpen }) => [
      ['class', `callboard-details ${classes}`.trimEnd()],
      ...(isOpen ? [['open', ''] satisfies [string, string]] : []),
    ],
    title: { type: 'callboard_summary', tag: 'summary', attrs: [] },
  },
];

/** `!!! note` and `??? note`, with what is indented below. */
export function useBoxes(md: MarkdownIt): void {
  for (const kind of kinds) {
    md.block.ruler.before('fence', kind.name, ruleOf(kind), interrupting);
  }
}

function ruleOf({ name, pattern, read, tag, attributesOf, title }: BoxKind): BlockRule {
  const marker = new RegExp(`^${pattern}$`, 'u');
  return (state, line, _end, silent) => {
    const found = marker.exec(markerLine(state, line) ?? '');
    if (!found) return false;
    const end = endOfBody(state, line);
    const opened = read(found);
    const { classes, titleGroup } = opened;
    // Exclamations are no boxes.
    if (end === line + 1 && titleGroup === undefined) return false;
    if (silent) return true;
    const box = state.push(`${name}_open`, tag, 1);
    box.attrs = attributesOf(opened);
    box.map = [line, end];
    const text = titleGroup === undefined ? nameOfBox(classes) : (found[titleGroup] ?? '');
    if (text !== '' || tag === 'details') addLine(state, { ...title, text, line });
    readBody(state, line, end);
    state.push(`${name}_close`, tag, -1);
    state.line = end;
    return true;
  };
}
