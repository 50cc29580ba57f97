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
