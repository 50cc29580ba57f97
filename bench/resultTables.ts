/* Tables that benchmarks write into docs/performance.md. */

/**
 * The page with these paragraphs between its markers of this name.
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

/** Seconds, or milliseconds where they are few. */
export function time(seconds: number): string {
  return seconds < 0.2 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toPrecision(2)} s`;
}

/** A number with commas between its thousands. */
export function thousands(count: string): string {
  return count.replace(/(?=(\d{3})+$)\B/g, ',');
}

/** A table as prettier formats it, the first row as its heading, all columns but the first and the last to the right. */
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
