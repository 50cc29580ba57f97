/** A comment at the start of a document that names its schema. */
export interface Modeline {
  /** A path, a URL or `none`, as written. */
  readonly schema: string;
  /** Its offsets in the text. */
  readonly start: number;
  readonly end: number;
}

/** The patterns of yaml-language-server (`modelineUtil.ts`); the documented form is also supported by other tools. */
const MODELINE = /^#\s+(?:yaml-language-server\s*:|\$schema:)/;
const SCHEMA = /\$schema(?:=|:[^\S\r\n]*)(\S+)/;

/** Lines before the content: comments, blank lines, directives and the marker. */
const HEADER_LINE = /^(?:[ \t]*(?:#.*)?|%.*|---[ \t]*(?:#.*)?)(?:\r?\n|$)/;

/** The modeline of a document, and its text without it. */
export interface ReadModeline {
  readonly modeline: Modeline | undefined;
  /** The text without modelines, with the same length, so that yaml-language-server doesn't load their schemas. */
  readonly text: string;
}

export function readModeline(source: string): ReadModeline {
  let text = source;
  let modeline: Modeline | undefined;
  for (let start = 0; start < source.length;) {
    const [line] = HEADER_LINE.exec(source.slice(start, start + 4096)) ?? [''];
    if (!line) break;
    const comment = line.indexOf('#');
    const found = comment < 0 ? undefined : line.slice(comment);
    if (found !== undefined && MODELINE.test(found)) {
      modeline ??= schemaIn(found, start + comment);
      // The colon makes it a modeline.
      const colon = start + comment + found.indexOf(':');
      text = `${text.slice(0, colon)};${text.slice(colon + 1)}`;
    }
    start += line.length;
  }
  return withoutSchemaKey(text, modeline);
}

function schemaIn(comment: string, offset: number): Modeline | undefined {
  const match = SCHEMA.exec(comment);
  const schema = match?.[1];
  if (!match || schema === undefined) return undefined;
  const end = offset + match.index + match[0].length;
  return { schema, start: end - schema.length, end };
}

/** Removes a top-level `$schema` key, which yaml-language-server treats like a modeline; a comment takes precedence. */
function withoutSchemaKey(text: string, modeline: Modeline | undefined): ReadModeline {
  if (!text.includes('$schema')) return { modeline, text };
  let first = modeline;
  const without = text.replace(
    /^(["']?)\$schema(["']?[ \t]*:[ \t]+)(["']?)([^\s"'#]+)/gm,
    (
      written: string,
      ...[quote, colon, opening, schema, at]: [string, string, string, string, number]
    ) => {
      const end = at + written.length;
      first ??= { schema, start: end - schema.length, end };
      return `${quote}_schema${colon}${opening}${schema}`;
    },
  );
  return { modeline: first, text: without };
}

/** Whether a document names its schema, `none` included. */
export function namesSchema(source: string): boolean {
  return source.includes('$schema') && readModeline(source).modeline !== undefined;
}
