import { isRecord } from '../../base';
import type { JsonObject, JsonValue } from '../entity';

/** Maximum nesting of untrusted JSON: deeper values could exhaust the stack of recursive functions. */
export const MAX_JSON_NESTING = 200;

/** Whether a value can be serialized as JSON and nests at most {@link MAX_JSON_NESTING} levels. */
export function isJsonValue(value: unknown): value is JsonValue {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_JSON_NESTING) return false;
    const below: unknown[] = [];
    for (const one of level) {
      if (Array.isArray(one) || isRecord(one)) {
        for (const part of Object.values(one)) below.push(part);
      } else if (!isJsonScalar(one)) return false;
    }
    level = below;
  }
  return true;
}

function isJsonScalar(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

/** Returns the object at a key; empty if there is none. */
export function recordAt(value: JsonObject, key: string): JsonObject {
  const child = value[key];
  return isRecord(child) ? child : {};
}

/** Converts a value as JSON serialization does: NaN and infinite numbers become null, and so does undefined. */
export function plainJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null)) as JsonValue;
}

/** Converts an object like {@link plainJson}; empty for other values. */
export function jsonRecord(value: unknown): JsonObject {
  const json = plainJson(value);
  return isRecord(json) ? json : {};
}

/** Returns a copy with the keys of all objects sorted. */
export function withSortedKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withSortedKeys(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Resolves a JSON pointer that starts with `#`; undefined if it doesn't lead to an object.
 *
 * @param ref - the `$ref` of a schema
 */
export function referredRecord(
  ref: JsonValue | undefined,
  root: JsonValue,
): JsonObject | undefined {
  if (typeof ref !== 'string' || !/^#(?:\/|%2f|$)/i.test(ref)) return undefined;
  let target: unknown = root;
  try {
    for (const segment of decodeURIComponent(ref.slice(1)).split('/').slice(1)) {
      const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) {
        return undefined;
      }
      target = Reflect.get(target, key);
    }
  } catch {
    // Invalid percent-encoding, such as `%`.
    return undefined;
  }
  return isRecord(target) ? (target as JsonObject) : undefined;
}
