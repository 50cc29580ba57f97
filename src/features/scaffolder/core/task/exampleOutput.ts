import type { ScaffolderAction, ScaffolderActionContext } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/**
 * Example output of an action that a dry run skips. Source: `generateExampleOutput` of
 * `plugins/scaffolder-backend`.
 * @param schema - of the output, if known
 */
export function exampleOutput(schema: JsonObject | undefined): JsonObject {
  const example = schema === undefined ? {} : exampleOf(schema);
  return isRecord(example) ? example : {};
}

/** Outputs example values for an action that doesn't run. */
export function outputExample(
  { schema }: Pick<ScaffolderAction, 'schema'>,
  { output }: Pick<ScaffolderActionContext, 'output'>,
): void {
  for (const [name, value] of Object.entries(exampleOutput(schema?.output))) output(name, value);
}

function exampleOf(schema: JsonObject): JsonValue {
  const { examples, type, properties, items } = schema;
  if (Array.isArray(examples)) return examples[0] ?? null;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(isRecord(properties) ? properties : {}).map(([key, property]) => [
          key,
          exampleOf(isRecord(property) ? property : {}),
        ]),
      );
    case 'array': {
      const [item] = [items].flat();
      return isRecord(item) ? [exampleOf(item)] : [];
    }
    case 'string':
      return '<example>';
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return '<unknown>';
  }
}
