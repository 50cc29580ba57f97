import type { TableEntry } from './tableEntry';

export type ExportFormat = 'csv' | 'json';

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

/** The rows as a file for other programs, in whose language the columns are named. */
export function* exportRows(
  rows: readonly TableEntry[],
  format: ExportFormat,
): Generator<void, string> {
  return format === 'csv' ? yield* toCsv(rows) : yield* toJson(rows);
}

/** As RFC 4180 describes it, with a row of titles. */
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
 * A spreadsheet takes a text for a formula that begins like one, and descriptors are written by anybody: an
 * apostrophe before it has the text shown as it is (OWASP, "CSV Injection").
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
