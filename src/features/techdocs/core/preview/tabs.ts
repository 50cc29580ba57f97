import type { MarkdownIt, StateBlock } from 'markdown-it';
import { isRecord } from '../../../../base';
import { markerPatterns, readTab } from '../markdown/blocks/markers';
import { addLine, endOfBody, interrupting, markerLine, readBody } from './bodies';

interface Tab {
  readonly title: string;
  readonly isSelected: boolean;
  readonly line: number;
  readonly end: number;
}

const marker = new RegExp(`^${markerPatterns.tab}$`, 'u');

/** `=== "Title"`, with what is indented below, and those that follow. */
export function useTabs(md: MarkdownIt): void {
  /** How many sets each rendering has. */
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

/** In the arrangement of pymdownx that needs no script and no limit to how many there are: open by style alone. */
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

type Token = ReturnType<StateBlock['push']>;
