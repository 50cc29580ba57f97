import { isRecord } from '../../base';
import type { JsonObject, JsonValue } from '../entity';

/** The nesting that JSON of others may have: deeper values exhaust the stack of what walks through them. */
export const MAX_JSON_NESTING = 200;

/** Whether a value can be written as JSON, and nests no deeper than {@link MAX_JSON_NESTING} levels. */
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

/** The object at a key; empty where there is none. */
export function recordAt(value: JsonObject, key: string): JsonObject {
  const child = value[key];
  return isRecord(child) ? child : {};
}

/** Value as it is once it was written as JSON: numbers that are none are null, and nothing is undefined. */
export function plainJson(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null)) as JsonValue;
}

/** The same of an object; empty for anything else. */
export function jsonRecord(value: unknown): JsonObject {
  const json = plainJson(value);
  return isRecord(json) ? json : {};
}

/** Value with the keys of its objects in order. */
export function withSortedKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withSortedKeys(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The object that a JSON pointer with `#` before it leads to; undefined where that is nothing.
 *
 * @param ref - as in the `$ref` of a schema
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
    // What no text comes of, such as `%`.
    return undefined;
  }
  return isRecord(target) ? (target as JsonObject) : undefined;
}
