import { parse } from 'yaml';
import type { SourceText } from '../text/sourceText';

export interface FrontMatter {
  readonly values: ReadonlyMap<string, unknown>;
  /** The page without it. */
  readonly body: SourceText;
}

const yamlBlock = /^-{3}[ \t]*\r?\n([^]*?\n)(?:-{3}|\.{3})[ \t]*\r?\n/;
const keyLine = /^ {0,3}([A-Za-z0-9_-]+):\s*(.*)$/;
const moreLine = /^(?: {4}|\t)\s*(.*)$/;

/** A long text between dashes is no front matter. */
const maxLength = 100_000;

/**
 * What MkDocs takes off the top of a page: YAML between dashes, else lines of `key: value`, as
 * MultiMarkdown has them.
 */
export function readFrontMatter(source: SourceText): FrontMatter {
  const { text } = source;
  if (text.startsWith('---')) {
    const found = yamlBlock.exec(text.slice(0, maxLength));
    if (found) {
      const values = readYaml(found[1] ?? '');
      if (values) return { values, body: source.slice(found[0].length).trimStart(/^\n+/) };
      return { values: new Map(), body: source };
    }
  }
  return readLines(source);
}

function readYaml(text: string): Map<string, unknown> | undefined {
  try {
    const value: unknown = parse(text, { logLevel: 'error', maxAliasCount: 100 });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(Object.entries(value));
  } catch {
    return undefined;
  }
}

function readLines(source: SourceText): FrontMatter {
  const values = new Map<string, string>();
  const { text } = source;
  let at = 0;
  let key = '';
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end).replace(/\r$/, '');
    const pair = line.trim() === '' ? null : keyLine.exec(line);
    const more = key === '' ? null : moreLine.exec(line);
    if (pair) {
      key = (pair[1] ?? '').toLowerCase();
      values.set(key, (pair[2] ?? '').trim());
    } else if (more) {
      values.set(key, `${values.get(key) ?? ''} ${(more[1] ?? '').trim()}`);
    } else {
      // A blank line ends it, and is a part of it.
      if (line.trim() === '' && values.size > 0) at = end + 1;
      break;
    }
    at = end + 1;
  }
  if (values.size === 0) return { values, body: source };
  return { values, body: source.slice(Math.min(at, text.length)).trimStart(/^\n+/) };
}
