import type { ScaffolderAction, ScaffolderActionContext } from '../../../../api';
import type { JsonObject, JsonValue } from '../../../../model';
import { jsonRecord } from '../../../../model/json';
import { backstageActions } from '../../../templates/core';

/** Inputs already match the schema of their action. These functions narrow the type for the compiler. */
export function textInput(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagInput(input: JsonObject, name: string): boolean {
  return input[name] === true;
}

export function listInput(input: JsonObject, name: string): readonly JsonValue[] | undefined {
  const value = input[name];
  // Expressions that render nothing leave a hole in the list, which most array functions skip.
  return Array.isArray(value) ? [...value] : undefined;
}

/**
 * Paths of a list.
 * @throws TypeError with Node's message for an entry that rendered nothing
 */
export function pathsInput(input: JsonObject, name: string): readonly string[] {
  return (listInput(input, name) ?? []).map((path: unknown) => {
    if (typeof path === 'string') return path;
    throw new TypeError('The "paths[1]" argument must be of type string. Received undefined');
  });
}

/** The id and schemas of one of Backstage's own actions. */
export function backstageSchema(id: string): Pick<ScaffolderAction, 'id' | 'schema'> {
  const { input, output } = backstageActions.get(id) ?? {};
  return {
    id,
    schema: { input: input && jsonRecord(input), output: output && jsonRecord(output) },
  };
}

/** One of Backstage's own actions. It runs in dry runs, too. */
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
