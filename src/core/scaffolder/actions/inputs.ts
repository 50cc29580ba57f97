import type { JsonObject, JsonValue } from '../../../model';

/** Inputs fit the schema of their action already: these only say so to the compiler. */
export function textInput(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagInput(input: JsonObject, name: string): boolean {
  return input[name] === true;
}

export function listInput(input: JsonObject, name: string): readonly JsonValue[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? value : undefined;
}

export function textsInput(input: JsonObject, name: string): readonly string[] | undefined {
  return listInput(input, name)?.filter((item): item is string => typeof item === 'string');
}
