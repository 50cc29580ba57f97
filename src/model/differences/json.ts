import type { JsonObject, JsonValue } from '..';

/** A text that is the same for equal values, whatever the order of their keys. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, node: JsonValue) => (isObject(node) ? sorted(node) : node));
}

/** Whether two values are equal; the order of keys does not count. */
export function isEqualJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isEqualJson(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isEqualJson(a[key], b[key]))
  );
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: JsonObject): JsonObject {
  // Without a prototype, so that a key named `__proto__` is one like all others.
  const result = Object.create(null) as JsonObject;
  for (const key of Object.keys(value).sort()) result[key] = value[key] ?? null;
  return result;
}
