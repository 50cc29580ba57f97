import { hashText } from '../../../../base';
import type { JsonValue } from '../../../../model';

/** Texts of more code units than this are kept out of memory, as large API definitions. */
const LONG_TEXT = 8 * 1024;

/** As much of them stays, for those who show the beginning. */
const KEPT = 1024;

/**
 * The value with its long texts shortened: to their beginning, and a last line that says how much is
 * missing and, by a hash, of what, so that two entities that differ in it are told apart. The value
 * itself where nothing in it is long.
 */
export function withShortTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.length > LONG_TEXT ? shortened(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(withShortTexts);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let short = value;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const shortItem = withShortTexts(item);
    if (shortItem === item) continue;
    if (short === value) short = { ...value };
    short[key] = shortItem;
  }
  return short;
}

function shortened(text: string): string {
  // Not between the halves of a pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
  return `${text.slice(0, end)}\n… (${text.length - end} more characters, ${hashText(text)})`;
}
