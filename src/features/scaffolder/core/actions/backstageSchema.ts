import type { ScaffolderAction } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { backstageActions, type JsonSchema } from '../../../templates/core';

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
