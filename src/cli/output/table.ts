import { fitText, type Paint, textWidth } from './style';

export interface TableColumn {
  readonly heading: string;
  /** Which part of a text stays where it does not fit; of a path it is the file's name. */
  readonly keep?: 'end' | undefined;
  /** Printable, one for each row. */
  readonly cells: readonly string[];
}

const gap = '  ';
const narrowestCell = 8;

/**
 * The headings and the rows, aligned. Where `width` is given, the widest columns are cut until a row fits it, the
 * first only when nothing else can be.
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
