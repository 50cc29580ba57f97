import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/** Inputs of steps fit the schemas of their actions: these only say so to the compiler. */
export function textOf(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** @param fallback - what it is where the step does not say */
export function flagOf(input: JsonObject, name: string, fallback: boolean): boolean {
  const value = input[name];
  return typeof value === 'boolean' ? value : fallback;
}

export function textsOf(input: JsonObject, name: string): readonly string[] | undefined {
  const value = input[name];
  if (!Array.isArray(value)) return undefined;
  return value.filter(item => typeof item === 'string');
}

export function recordsOf(input: JsonObject, name: string): readonly JsonObject[] {
  const value = input[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function recordOf(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name];
  return isObject(value) ? value : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return isRecord(value);
}

/** What is defined of some values, for a request. */
export function definedOf(values: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) object[name] = value;
  }
  return object;
}
