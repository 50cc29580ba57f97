import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { InputError } from '../forgeFiles';

/** Reads a text input. Inputs are valid for the action's schema; these functions narrow their types. */
export function textOf(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** @param fallback - value if the step has none */
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

/** Removes undefined values, for a request body. */
export function definedOf(values: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const object: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) object[name] = value;
  }
  return object;
}

/**
 * Rejects paths outside a repository.
 *
 * Source: `assertValidTargetPath` of the module for GitHub 0.10, including the message.
 *
 * @throws InputError
 */
export function checkPathInRepository(path: string, name: string): void {
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new InputError(
      `Invalid ${name} '${path}': must be a relative path within the target repository, without '..' segments`,
    );
  }
}

/** Returns the paths that a step deletes, relative to the repository root. */
export function pathsToDelete(input: JsonObject, target: string | undefined): readonly string[] {
  return (textsOf(input, 'filesToDelete') ?? []).map(path => {
    checkPathInRepository(path, 'filesToDelete entry');
    return [...(target ?? '').split('/'), ...path.split('/')]
      .filter(segment => segment !== '' && segment !== '.')
      .join('/');
  });
}
