import { isRecord } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';

/** The value if it is an object, or else an empty object. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isRecord(value) ? value : {};
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function textsOf(value: JsonValue | undefined): readonly string[] {
  return listOf(value).filter(item => typeof item === 'string');
}
