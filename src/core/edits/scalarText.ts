import { parseDocument, Scalar } from 'yaml';

export type ScalarStyle = Scalar.Type | undefined;

/**
 * A string as YAML, in the style of the scalar that it replaces where that style can hold it: plain
 * text that would be read as something else gets double quotes.
 */
export function scalarText(value: string, style: ScalarStyle): string {
  if (style === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  if (style === Scalar.QUOTE_SINGLE && /^[\x20-\x7e\u00a0-\ufefe]*$/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return isPlain(value) ? value : JSON.stringify(value);
}

/**
 * Whether a text without quotes is read as itself, in block and flow collections, by parsers of
 * YAML 1.2 and of 1.1, for which `on` and `2020-01-01` are no strings.
 */
function isPlain(value: string): boolean {
  if (!/^[\p{L}\p{N}_./$](?:[^\p{Cc},[\]{}#&*!|>'"%@`]*[^\s:,[\]{}#&*!|>'"%@`])?$/u.test(value)) {
    return false;
  }
  return (['1.1', '1.2'] as const).every(version => {
    const document = parseDocument(`[${value}]`, { version, logLevel: 'silent' });
    if (document.errors.length) return false;
    const items: unknown = document.toJS();
    return Array.isArray(items) && items.length === 1 && items[0] === value;
  });
}
