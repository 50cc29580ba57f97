import type { TableEntry } from './tableEntry';

export type ExportFormat = 'csv' | 'json' | 'markdown';

type Value = string | number;

const columns: readonly {
  readonly title: string;
  readonly of: (entry: TableEntry) => Value | readonly string[] | undefined;
}[] = [
  { title: 'ref', of: ({ ref }) => ref },
  { title: 'kind', of: ({ kind }) => kind },
  { title: 'namespace', of: ({ namespace }) => namespace },
  { title: 'name', of: ({ name }) => name },
  { title: 'title', of: ({ title }) => title },
  { title: 'type', of: ({ type }) => type },
  { title: 'lifecycle', of: ({ lifecycle }) => lifecycle },
  { title: 'owner', of: ({ owners }) => owners },
  { title: 'system', of: ({ system }) => system },
  { title: 'description', of: ({ description }) => description },
  { title: 'tags', of: ({ tags }) => tags },
  { title: 'problems', of: ({ problems }) => problems },
];

const writers: Readonly<
  Record<ExportFormat, (rows: readonly TableEntry[]) => Generator<void, string>>
> = { csv: toCsv, json: toJson, markdown: toMarkdown };

/** Exports rows for other programs, with untranslated column names. */
export function* exportRows(
  rows: readonly TableEntry[],
  format: ExportFormat,
): Generator<void, string> {
  return yield* writers[format](rows);
}

/** Formats rows as CSV (RFC 4180) with a header. */
function* toCsv(rows: readonly TableEntry[]): Generator<void, string> {
  const lines = [columns.map(({ title }) => title).join(',')];
  for (const entry of rows) {
    lines.push(
      columns
        .map(({ of }) => {
          const value = of(entry) ?? '';
          return csvField(isList(value) ? value.join(' ') : String(value));
        })
        .join(','),
    );
    yield;
  }
  return `${lines.join('\r\n')}\r\n`;
}

function isList(value: Value | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}

/**
 * Escapes a CSV field. A text that a spreadsheet would run as a formula gets an apostrophe in
 * front, because descriptors are untrusted (OWASP, "CSV Injection").
 */
export function csvField(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function* toJson(rows: readonly TableEntry[]): Generator<void, string> {
  const items: string[] = [];
  for (const entry of rows) {
    const fields = columns.map(({ title, of }) => [title, of(entry)] as const);
    items.push(JSON.stringify(Object.fromEntries(fields)));
    yield;
  }
  return items.length ? `[\n  ${items.join(',\n  ')}\n]\n` : '[]\n';
}

/** Columns of a Markdown table, which people read. */
const markdownColumns = ['ref', 'title', 'type', 'lifecycle', 'owner', 'system', 'description'];

function* toMarkdown(rows: readonly TableEntry[]): Generator<void, string> {
  const shown = columns.filter(({ title }) => markdownColumns.includes(title));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [line(shown.map(({ title }) => title)), line(shown.map(() => '---'))];
  for (const entry of rows) {
    lines.push(
      line(
        shown.map(({ of }) => {
          const value = of(entry) ?? '';
          return markdownCell(isList(value) ? value.join(', ') : String(value));
        }),
      ),
    );
    yield;
  }
  return `${lines.join('\n')}\n`;
}

/** Escapes a cell of a Markdown table, because descriptors are untrusted. */
function markdownCell(value: string): string {
  return value.replace(/[\\|`*_[\]<>!&]/g, character => `\\${character}`).replace(/\s+/g, ' ');
}
