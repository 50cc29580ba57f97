import { scalarText, type ScalarStyle } from './scalarText';

/** What a field may be given: a text, or a list or a map of such values. */
export type FieldValue = string | readonly FieldValue[] | { readonly [key: string]: FieldValue };

/** A value on one line, lists and maps in brackets. */
export function flowText(value: FieldValue, style?: ScalarStyle): string {
  if (typeof value === 'string') return scalarText(value, style);
  if (isList(value)) return `[${value.map(item => flowText(item, style)).join(', ')}]`;
  const pairs = Object.entries(value).map(
    ([key, below]) => `${scalarText(key, style)}: ${flowText(below, style)}`,
  );
  return pairs.length ? `{ ${pairs.join(', ')} }` : '{}';
}

export function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
