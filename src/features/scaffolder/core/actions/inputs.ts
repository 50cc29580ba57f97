import type { ScaffolderAction } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { backstageActions, type JsonSchema } from '../../../templates/core';

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
  // What came to nothing leaves a hole in its list, which most functions pass over.
  return Array.isArray(value) ? [...value] : undefined;
}

/**
 * Paths of a list.
 *
 * @throws TypeError for what came to nothing as it was rendered, in the words of Node
 */
export function pathsInput(input: JsonObject, name: string): readonly string[] {
  return (listInput(input, name) ?? []).map((path: unknown) => {
    if (typeof path === 'string') return path;
    throw new TypeError('The "paths[1]" argument must be of type string. Received undefined');
  });
}

/** The id of one of Backstage's own actions, with the schemas that Backstage has for it. */
export function backstageSchema(id: string): Pick<ScaffolderAction, 'id' | 'schema'> {
  const { input, output } = backstageActions.get(id) ?? {};
  return {
    id,
    schema: {
      ...(input ? { input: jsonObject(input) } : {}),
      ...(output ? { output: jsonObject(output) } : {}),
    },
  };
}

function jsonObject(schema: JsonSchema): JsonObject {
  const json: JsonValue = JSON.parse(JSON.stringify(schema)) as JsonValue;
  return isRecord(json) ? json : {};
}
