import { fitText, type Paint, textWidth } from './style';

export interface TableColumn {
  readonly heading: string;
  /** The part of a long text to keep; `end` for paths, to keep the file's name. */
  readonly keep?: 'end' | undefined;
  /** Printable texts, one for each row. */
  readonly cells: readonly string[];
}

const gap = '  ';
const narrowestCell = 8;

/**
 * Returns the aligned heading and rows. If `width` is given, truncates the widest columns until a row fits, the first
 * column only as a last resort.
 */
export function tableLines(
  columns: readonly TableColumn[],
  { paint, width }: { paint: Paint; width: number | undefined },
): readonly string[] {
  const widths = fitColumns(
    columns.map(({ heading, cells }) =>
      cells.reduce((widest, cell) => Math.max(widest, textWidth(cell)), textWidth(heading)),
    ),
    width,
  );
  const row = (cellOf: (column: TableColumn) => string): string =>
    formatRow(
      columns.map(column => ({ text: cellOf(column), keep: column.keep })),
      widths,
    );
  const headings = row(({ heading }) => heading);
  const rows = columns[0]?.cells.map((_, index) => row(({ cells }) => cells[index] ?? '')) ?? [];
  return [paint('dim', headings), ...rows];
}

function formatRow(
  cells: readonly { text: string; keep: 'end' | undefined }[],
  widths: readonly number[],
): string {
  const padded = cells.map(({ text, keep }, index) => {
    const width = widths[index] ?? 0;
    const fitted = fitText(text, width, keep);
    return fitted + ' '.repeat(Math.max(0, width - textWidth(fitted)));
  });
  return `${gap}${padded.join(gap)}`.trimEnd();
}

function fitColumns(natural: readonly number[], width: number | undefined): readonly number[] {
  const widths = [...natural];
  if (width === undefined) return widths;
  let over = widths.reduce((sum, each) => sum + each + gap.length, 0) - width;
  while (over > 0) {
    const widest = Math.max(...widths.slice(1));
    const index = widest > narrowestCell ? widths.lastIndexOf(widest) : 0;
    const cut = (widths[index] ?? 0) - 1;
    if (cut < narrowestCell) break;
    widths[index] = cut;
    over--;
  }
  return widths;
}
