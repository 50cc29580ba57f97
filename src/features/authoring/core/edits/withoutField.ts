import { isRecord } from '../../../../base';

/** A value that lacks the field at a path of keys and indices; all else is as it was. */
export function withoutField(
  value: unknown,
  [key, ...rest]: readonly (string | number)[],
): unknown {
  if (typeof key === 'number') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.map((item, index) => (index === key ? withoutField(item, rest) : item));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length
      ? entries.map(([name, below]) => [name, name === key ? withoutField(below, rest) : below])
      : entries.filter(([name]) => name !== key),
  );
}
