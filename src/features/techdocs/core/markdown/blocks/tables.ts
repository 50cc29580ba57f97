import { withoutTrailing } from '../../../../../base';
import type { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';
import type { WorkBudget } from '../text/workBudget';
import type { BlockRule } from './blockParser';

interface Table {
  readonly columns: readonly string[];
  /** Whether the first row has a border, so that pipes at the ends aren't separators. */
  readonly bordered: boolean;
}

/** Whether a row ends with an unescaped pipe. */
function endsWithBorder(text: string): boolean {
  if (!text.endsWith('|')) return false;
  let backslashes = 0;
  while (text[text.length - 2 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 0;
}

function trimSpaces(text: SourceText): SourceText {
  let from = 0;
  let to = text.length;
  while (from < to && text.text[from] === ' ') from++;
  while (to > from && text.text[to - 1] === ' ') to--;
  return text.slice(from, to);
}

function splitRow(row: SourceText, bordered: boolean): SourceText[] {
  let cells = row;
  if (bordered) {
    if (cells.text.startsWith('|')) cells = cells.slice(1);
    if (endsWithBorder(cells.text)) cells = cells.slice(0, cells.length - 1);
  }
  const separators = separatorsIn(cells.text);
  const parts: SourceText[] = [];
  let from = 0;
  for (const at of separators) {
    parts.push(cells.slice(from, at));
    from = at + 1;
  }
  parts.push(cells.slice(from));
  return parts;
}

const interesting = /(\\\\)|(\\`+)|(`+)|(\\\|)|(\|)/g;

interface Ticks {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly escaped: number;
}

/** Returns the pipes that separate cells: neither in code nor escaped. */
function separatorsIn(row: string): number[] {
  const pipes: number[] = [];
  const ticks: Ticks[] = [];
  for (const found of row.matchAll(interesting)) {
    const [, , escapedTicks, plainTicks, , pipe] = found;
    if (escapedTicks !== undefined) {
      const to = found.index + escapedTicks.length - 1;
      ticks.push({ from: found.index, to, length: escapedTicks.length - 1, escaped: 1 });
    } else if (plainTicks !== undefined) {
      const to = found.index + plainTicks.length - 1;
      ticks.push({ from: found.index, to, length: plainTicks.length, escaped: 0 });
    } else if (pipe !== undefined) pipes.push(found.index);
  }
  if (ticks.length === 0) return pipes;
  const regions = codeRegions(ticks);
  let region = 0;
  return pipes.filter(pipe => {
    while (region < regions.length && (regions[region]?.to ?? 0) < pipe) region++;
    const at = regions[region];
    return !at || pipe < at.from;
  });
}

function codeRegions(ticks: readonly Ticks[]): { from: number; to: number }[] {
  const indexesByLength = new Map<number, number[]>();
  for (const [index, { length }] of ticks.entries()) {
    const indexes = indexesByLength.get(length);
    if (indexes) indexes.push(index);
    else indexesByLength.set(length, [index]);
  }
  const seen = new Map<number, number>();
  const regions: { from: number; to: number }[] = [];
  for (let index = 0; index < ticks.length; index++) {
    const opening = ticks[index];
    if (!opening) break;
    const length = opening.length - opening.escaped;
    const indexes = length > 0 ? (indexesByLength.get(length) ?? []) : [];
    let next = seen.get(length) ?? 0;
    while (next < indexes.length && (indexes[next] ?? 0) <= index) next++;
    seen.set(length, next);
    const closing = ticks[indexes[next] ?? -1];
    if (!closing) continue;
    regions.push({ from: opening.from, to: closing.to });
    index = indexes[next] ?? index;
  }
  return regions;
}

const separatorCharacters = /^[|:\- ]*$/;

function findTable(block: SourceText): Table | undefined {
  const newline = block.text.indexOf('\n');
  if (newline === -1) return undefined;
  const header = trimSpaces(block.slice(0, newline));
  const bordered = header.text.startsWith('|') || endsWithBorder(header.text);
  if (!bordered && !header.text.includes('|')) return undefined;
  const columns = splitRow(header, bordered).length;
  if (columns === 1) {
    if (!bordered) return undefined;
    const rows = block.text.slice(newline + 1).split('\n');
    const all = rows.every(row => {
      const trimmed = withoutTrailing(row, ' ').replace(/^ +/, '');
      return trimmed.startsWith('|') || endsWithBorder(trimmed);
    });
    if (!all) return undefined;
  }
  const second = block.text.indexOf('\n', newline + 1);
  const line = trimSpaces(block.slice(newline + 1, second === -1 ? block.length : second));
  const cells = splitRow(line, bordered).map(cell => cell.text);
  if (cells.length !== columns || !separatorCharacters.test(cells.join(''))) return undefined;
  return { columns: cells, bordered };
}

function alignmentOf(column: string): string | undefined {
  const text = column.trim();
  const left = text.startsWith(':');
  const right = text.endsWith(':');
  if (left && right) return 'center';
  if (left) return 'left';
  return right ? 'right' : undefined;
}

interface RowOptions {
  readonly bordered: boolean;
  readonly useAttribute: boolean;
  /** Budget for missing cells of a row. */
  readonly budget: WorkBudget;
}

function addRow(
  row: SourceText,
  into: Element,
  alignments: readonly (string | undefined)[],
  { bordered, useAttribute, budget }: RowOptions,
): void {
  const line = into.add('tr');
  line.from = row.offsetAt(0);
  line.to = row.end;
  const cells = splitRow(row, bordered);
  const lacking = Math.max(0, alignments.length - cells.length);
  const isFilled = budget.spend(lacking);
  for (const [index, alignment] of alignments.entries()) {
    if (index >= cells.length && !isFilled) break;
    const cell = line.add(into.tag === 'thead' ? 'th' : 'td');
    const text = cells[index];
    if (text) cell.text = trimSpaces(text);
    if (alignment === undefined) continue;
    if (useAttribute) cell.set('align', alignment);
    else cell.set('style', `text-align: ${alignment};`);
  }
}

export function tableRule({ useAttribute }: { readonly useAttribute: boolean }): BlockRule {
  return (block, parent, { page }) => {
    const found = findTable(block);
    if (!found) return false;
    const [header, , ...rows] = block.lines();
    const alignments = found.columns.map(alignmentOf);
    const table = parent.add('table');
    table.from = block.offsetAt(0);
    table.to = block.end;
    const how = { bordered: found.bordered, useAttribute, budget: page.cellBudget };
    if (header) addRow(trimSpaces(header), table.add('thead'), alignments, how);
    const body = table.add('tbody');
    if (rows.length === 0) {
      const line = body.add('tr');
      for (let index = 0; index < alignments.length; index++) line.add('td');
    }
    for (const row of rows) addRow(trimSpaces(row), body, alignments, how);
    return true;
  };
}
