/* Tables that benchmarks write into docs/performance.md. */

/**
 * Returns the page with these paragraphs between its markers of this name.
 *
 * @throws if it has no such markers
 */
export function replaceTables(page: string, name: string, paragraphs: readonly string[]): string {
  const [begin, end] = [`<!-- ${name}: begin -->\n`, `<!-- ${name}: end -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`There is no ${begin}`);
  return `${before}${begin}\n${paragraphs.join('\n\n')}\n\n${end}${after}`;
}

/** Formats seconds; short times as milliseconds. */
export function time(seconds: number): string {
  return seconds < 0.2 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toPrecision(2)} s`;
}

/** Formats a number with commas between the thousands. */
export function thousands(count: string): string {
  return count.replace(/(?=(\d{3})+$)\B/g, ',');
}

/** Formats a table as the formatter of the repository does. The first row is the heading; columns between the first and the last align right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(3, ...rows.map(row => row[at]?.length ?? 0)),
  );
  const isRight = (at: number): boolean => at > 0 && at < widths.length - 1;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [head, ...body] = rows.map(row =>
    line(
      row.map((text, at) =>
        isRight(at) ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0),
      ),
    ),
  );
  const rule = widths.map((width, at) =>
    isRight(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [head, line(rule), ...body].join('\n');
}
