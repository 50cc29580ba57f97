import { parseDocument } from 'yaml';

/**
 * Whether a text without quotes is read as itself, in block and flow collections, by parsers of
 * YAML 1.2 and of 1.1, for which `on` and `2020-01-01` are no strings.
 */
export function isPlainScalar(value: string): boolean {
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
