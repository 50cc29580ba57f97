import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { InputError } from '../forgeFiles';

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

/**
 * Source: `assertValidTargetPath` of the module for GitHub 0.10, message included.
 *
 * @throws InputError for a path that leads out of a repository
 */
export function checkPathInRepository(path: string, name: string): void {
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new InputError(
      `Invalid ${name} '${path}': must be a relative path within the target repository, without '..' segments`,
    );
  }
}

/** What a step wants to have taken away, by its paths in the repository. */
export function pathsToDelete(input: JsonObject, target: string | undefined): readonly string[] {
  return (textsOf(input, 'filesToDelete') ?? []).map(path => {
    checkPathInRepository(path, 'filesToDelete entry');
    return [...(target ?? '').split('/'), ...path.split('/')]
      .filter(segment => segment !== '' && segment !== '.')
      .join('/');
  });
}
