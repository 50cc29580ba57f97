import type { ScaffolderAction, ScaffolderActionContext } from '../../../../api';
import type { JsonObject, JsonValue } from '../../../../model';
import { jsonRecord } from '../../../../model/json';
import { backstageActions } from '../../../templates/core';

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
    schema: { input: input && jsonRecord(input), output: output && jsonRecord(output) },
  };
}

/** One of Backstage's own actions, which runs in a dry run too. */
export function backstageAction(
  id: string,
  handler: (context: ScaffolderActionContext) => void | Promise<void>,
): ScaffolderAction {
  return {
    ...backstageSchema(id),
    supportsDryRun: true,
    handler: async context => handler(context),
  };
}
