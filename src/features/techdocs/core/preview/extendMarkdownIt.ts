import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';
import { isRecord } from '../../../../base';
import {
  type BoxMarker,
  markerPatterns,
  nameOfBox,
  readAdmonition,
  readDetails,
  readTab,
} from '../markdown/blocks/markers';
import { readAlert } from '../markdown/preprocess/alerts';
import { readFenceHeader } from '../markdown/preprocess/fenceFormats';
import { readAttributeList } from '../markdown/text/attributeLists';

interface Tab {
  readonly title: string;
  readonly isSelected: boolean;
  readonly line: number;
  readonly end: number;
}

const marker = new RegExp(`^${markerPatterns.tab}$`, 'u');

/** Adds content tabs: `=== "Title"` with an indented body. */
function useTabs(md: MarkdownIt): void {
  /** Number of tab sets per rendering. */
  const sets = new WeakMap<object, number>();
  md.block.ruler.before(
    'fence',
    'callboard_tabs',
    (state, line, _end, silent) => {
      const tabs = tabsFrom(state, line);
      if (!tabs.length) return false;
      if (silent) return true;
      const rendering: unknown = state.env;
      const set = (isRecord(rendering) ? (sets.get(rendering) ?? 0) : 0) + 1;
      if (isRecord(rendering)) sets.set(rendering, set);
      addTabs(state, tabs, set);
      return true;
    },
    interrupting,
  );
}

function tabsFrom(state: StateBlock, first: number): readonly Tab[] {
  const tabs: Tab[] = [];
  for (let line = first; line < state.lineMax;) {
    const found = marker.exec(markerLine(state, line) ?? '');
    if (!found) break;
    const { beginsSet, isSelected, titleGroup } = readTab(found);
    if (beginsSet && tabs.length) break;
    const end = endOfBody(state, line);
    tabs.push({ title: found[titleGroup] ?? '', isSelected, line, end });
    line = state.skipEmptyLines(end);
  }
  return tabs;
}

/** Writes tabs in pymdownx's style that works without scripts, for any number of tabs. */
function addTabs(state: StateBlock, tabs: readonly Tab[], set: number): void {
  const selected = tabs.findLast(({ isSelected }) => isSelected) ?? tabs[0];
  const name = `__tabbed_${set}`;
  open(state, 'set', 'tabbed-set').map = [tabs[0]?.line ?? 0, tabs.at(-1)?.end ?? 0];
  for (const [index, tab] of tabs.entries()) {
    const { title: text, line, end } = tab;
    const id = `${name}_${index + 1}`;
    const input = state.push('callboard_tab_input', 'input', 0);
    input.attrs = [
      ['type', 'radio'],
      ['id', id],
      ['name', name],
      ...(tab === selected ? [['checked', 'checked'] satisfies [string, string]] : []),
    ];
    const attrs = [['for', id]] as const;
    addLine(state, { type: 'callboard_tab_label', tag: 'label', attrs, text, line });
    open(state, 'content', 'tabbed-content').map = [line, end];
    readBody(state, line, end);
    close(state, 'content');
  }
  close(state, 'set');
  state.line = tabs.at(-1)?.end ?? state.line;
}

function open(state: StateBlock, name: string, className: string): Token {
  const token = state.push(`callboard_tab_${name}_open`, 'div', 1);
  token.attrs = [['class', className]];
  return token;
}

function close(state: StateBlock, name: string): void {
  state.push(`callboard_tab_${name}_close`, 'div', -1);
}

/** Indentation of a marker's body. */
const INDENT = 4;

/**
 * Returns the text of a line that may be a marker. In lists, TechDocs' indentation may be slightly
 * larger than the list's own margin.
 */
export function markerLine(state: StateBlock, line: number): string | undefined {
  if (line >= state.lineMax) return undefined;
  const indent = indentOf(state, line) - state.blkIndent;
  if (indent < 0 || indent > (state.level > 0 ? INDENT - 1 : 0)) return undefined;
  const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(from, state.eMarks[line]);
}

/** Returns the line after a marker's indented body. */
export function endOfBody(state: StateBlock, marker: number): number {
  let end = marker + 1;
  for (let line = end; line < state.lineMax; line++) {
    if (state.isEmpty(line)) continue;
    if (indentOf(state, line) < indentOf(state, marker) + INDENT) break;
    end = line + 1;
  }
  return end;
}

/** Parses a marker's body without its indentation. */
export function readBody(state: StateBlock, marker: number, end: number): void {
  const { blkIndent, lineMax, parentType } = state;
  state.blkIndent = indentOf(state, marker) + INDENT;
  state.lineMax = end;
  state.parentType = 'root';
  state.md.block.tokenize(state, marker + 1, end);
  Object.assign(state, { blkIndent, lineMax, parentType });
}

const indentOf = (state: StateBlock, line: number): number => state.sCount[line] ?? 0;

/** Adds a line of text in its own element. */
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

/** Markers may follow a line of text, as in TechDocs. */
export const interrupting = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };

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

/** Adds boxes: `!!! note` and `??? note` with an indented body. */
function useBoxes(md: MarkdownIt): void {
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
    // Exclamation marks without a body or title are text.
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

/**
 * Adds the blocks of TechDocs to VS Code's own Markdown preview. Everything else renders as before.
 *
 * @param hasAlerts - whether GitHub's alerts are converted; called for each rendering
 */
export function extendMarkdownIt(md: MarkdownIt, hasAlerts = (): boolean => true): MarkdownIt {
  useBoxes(md);
  useTabs(md);
  useAlerts(md, hasAlerts);
  useCodeTitles(md);
  return md;
}

/** Adds GitHub's alerts (`> [!NOTE]`). */
function useAlerts(md: MarkdownIt, hasAlerts: () => boolean): void {
  md.core.ruler.after('block', 'callboard_alerts', state => {
    if (!hasAlerts()) return;
    for (let index = 0; index < state.tokens.length; index++) convert(state, index);
  });
}

function convert({ tokens, Token }: StateCore, index: number): void {
  const [quote, paragraph, text] = tokens.slice(index, index + 3);
  if (quote?.type !== 'blockquote_open' || quote.level > 0 || text?.type !== 'inline') return;
  if (paragraph?.type !== 'paragraph_open') return;
  const [first = '', ...others] = text.content.split('\n');
  const alert = readAlert(`> ${first}`);
  if (!alert) return;
  const end = tokens.findIndex(
    ({ type, level }, at) => at > index && type === 'blockquote_close' && level === quote.level,
  );
  const close = tokens[end];
  if (!close || (!others.length && end === index + 4)) return;
  for (const token of [quote, close]) token.tag = 'div';
  quote.attrJoin('class', `admonition ${alert.type}`);
  const line = quote.map?.[0] ?? 0;
  const open = new Token('paragraph_open', 'p', 1);
  open.attrSet('class', 'admonition-title');
  open.map = [line, line + 1];
  const title = new Token('inline', '', 0);
  Object.assign(title, { content: alert.title, children: [], map: [line, line + 1] });
  const heading = [open, title, new Token('paragraph_close', 'p', -1)];
  for (const token of heading) {
    token.block = true;
    token.level = token.type === 'inline' ? 2 : 1;
  }
  text.content = others.join('\n');
  for (const token of [paragraph, text]) {
    if (token.map) token.map = [token.map[0] + 1, token.map[1]];
  }
  tokens.splice(index + 1, others.length ? 0 : 3, ...heading);
}

/**
 * Adds titles of fenced code (```` ```ts title="a.ts" ````) above the code, and languages in
 * braces.
 */
function useCodeTitles(md: MarkdownIt): void {
  md.core.ruler.after('block', 'callboard_code_titles', state => {
    state.tokens = state.tokens.flatMap(token =>
      token.type === 'fence' ? titled(token, state) : [token],
    );
  });
}

function titled(fence: Token, { Token }: StateCore): readonly Token[] {
  const { language, title } = headerOf(fence);
  if (language !== undefined) fence.info = language;
  if (!title) return [fence];
  const box = new Token('callboard_code_open', 'div', 1);
  box.attrSet('class', 'callboard-code');
  const name = new Token('callboard_code_title_open', 'span', 1);
  name.attrSet('class', 'filename');
  const text = new Token('text', '', 0);
  text.content = title;
  const nameEnd = new Token('callboard_code_title_close', 'span', -1);
  const boxEnd = new Token('callboard_code_close', 'div', -1);
  box.block = boxEnd.block = true;
  return [box, name, text, nameEnd, fence, boxEnd];
}

interface CodeHeader {
  /** Undefined if it is the first word of the fence. */
  readonly language?: string | undefined;
  readonly title?: string | undefined;
}

function headerOf({ markup, info }: Token): CodeHeader {
  const header = readFenceHeader(`${markup}${info}`);
  if (!header) return {};
  const { attributes, options } = header;
  const entries = attributes === undefined ? options : readAttributeList(attributes).entries;
  const valueOf = (key: string): string | undefined => entries.find(([name]) => name === key)?.[1];
  return {
    language: attributes === undefined ? undefined : (header.language ?? valueOf('.')),
    title: valueOf('title')?.trim(),
  };
}
