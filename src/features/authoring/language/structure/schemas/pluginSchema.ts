import written from '../../../../../../media/schemas/plugin.json';
import type { JsonSchema } from './jsonSchema';

const { definitions: named, ...schema } = written as unknown as JsonSchema & {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
};
const definitions = new Map(Object.entries(named));

/** Schema of `.callboard/plugin.yaml`, which `npm run manifest` writes. Problems are reported by the plugins themselves. */
export const pluginSchema: JsonSchema = documented(schema, []);

/**
 * Replaces references by what they refer to, and says of each field whether it is required.
 *
 * @param around - references that are being replaced: a value that contains itself can be any JSON
 */
function documented({ $ref, ...own }: JsonSchema, around: readonly string[]): JsonSchema {
  if ($ref !== undefined) {
    const target = definitions.get($ref.replace('#/definitions/', ''));
    return target && !around.includes($ref)
      ? documented({ ...target, ...own }, [...around, $ref])
      : own;
  }
  const { properties, items, allOf, anyOf, oneOf, ...rest } = own;
  const { additionalProperties: others } = rest;
  const all = (schemas: readonly JsonSchema[]): JsonSchema[] =>
    schemas.map(part => documented(part, around));
  return {
    ...rest,
    ...(properties && { properties: documentedFields(properties, rest.required ?? [], around) }),
    ...(items && { items: documented(items, around) }),
    ...(typeof others === 'object' && { additionalProperties: documented(others, around) }),
    ...(allOf && { allOf: all(allOf) }),
    ...(anyOf && { anyOf: all(anyOf) }),
    ...(oneOf && { oneOf: all(oneOf) }),
  };
}

function documentedFields(
  properties: NonNullable<JsonSchema['properties']>,
  required: readonly string[],
  around: readonly string[],
): NonNullable<JsonSchema['properties']> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, written]) => {
      const field = documented(written, around);
      const text = field.description ?? field.allOf?.[0]?.description ?? 'Type of the content.';
      const omitted = text.includes('Default: ') ? '' : ' Default: none.';
      const markdownDescription = text + (required.includes(name) ? ' Required.' : omitted);
      return [name, { ...field, markdownDescription }];
    }),
  );
}
