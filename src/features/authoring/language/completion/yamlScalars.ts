/** Texts that mean themselves wherever a value may stand, in brackets as well. */
const PLAIN = /^[A-Za-z0-9_./$](?:[\w./$@+~-]|[:#](?=[\w./$@+~:#-]))*#?$/;

/** What YAML 1.2's core schema, or an older reader, takes for something other than a text. */
const NO_TEXT =
  /^(?:true|false|null|yes|no|on|off|y|n|[-+]?[\d_.]+(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|[\d:.-]+|\d{4}-\d\d?-\d\d?.*)$/i;

/** A text as a YAML scalar of one line, without quotes where it needs none. */
export function plainOrQuoted(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.test(text)) return text;
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : `'${quotedWithin(text, "'")}'`;
}

/** A text as it is written between quotes. */
export function quotedWithin(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text).slice(1, -1) : text.replaceAll("'", "''");
}

/** A text as it is in a snippet, where some characters begin a tab stop or end one. */
export function inSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** What a snippet leaves when nobody types in its tab stops. */
export function snippetText(snippet: string): string {
  return snippet.replace(
    /\\(.)|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}|\$\d+/g,
    (_, escaped?: string, value = '', choice = '') =>
      escaped ?? `${value}${choice}`.replace(/\\(.)/g, '$1'),
  );
}

/** A tab stop with a choice of texts, the first of which is what it begins with. */
export function snippetChoice(stop: number, texts: readonly string[]): string {
  const [only, ...others] = texts;
  if (only === undefined) return `$${stop}`;
  if (!others.length) return `\${${stop}:${inSnippet(only)}}`;
  return `\${${stop}|${texts.map(text => text.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}
