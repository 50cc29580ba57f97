import { expect, it } from 'vitest';
import type { JsonSchema } from '../../../../../../../src/features/authoring/language/structure/schemas/jsonSchema';
import { SchemaLibrary } from '../../../../../../../src/features/authoring/language/structure/schemas/schemaLibrary';

const library = new SchemaLibrary([]);

it.each(library.all.map(({ name }) => name))(
  'documents the purpose and default of all fields of %s',
  name => {
    const fields = fieldsOf(library.schemaOf(name) ?? {}, name);
    expect(fields.length).toBeGreaterThan(8);
    expect(
      fields.filter(
        ({ text }) =>
          !/Default: |If omitted, |Required|without its annotation|don't set it/.test(text),
      ),
    ).toEqual([]);
  },
);

function fieldsOf(schema: JsonSchema, path: string): { path: string; text: string }[] {
  const { properties = {}, items, additionalProperties, definitions = {} } = schema;
  const parts = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  const others = [items, additionalProperties, ...parts, ...Object.values(definitions)];
  return [
    ...Object.entries(properties).flatMap(([key, field]) => [
      { path: `${path}.${key}`, text: field.markdownDescription ?? '' },
      ...fieldsOf(field, `${path}.${key}`),
    ]),
    ...others.flatMap(other => (typeof other === 'object' ? fieldsOf(other, `${path}[]`) : [])),
  ];
}
