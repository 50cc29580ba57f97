import { describe, expect, it } from 'vitest';
import { SchemaLibrary } from '../../../../../../../src/features/authoring/language/structure/schemas/schemaLibrary';

describe('Schema of Templates', () => {
  it.each([
    ['1.42', true],
    ['1.51', undefined],
    [undefined, undefined],
  ])('as of %s suggests fields of that release only', (release, expected) => {
    const schema = new SchemaLibrary([], release).schemaOf('kind-Template');
    const spec = schema?.properties?.['spec'];
    expect(spec).toHaveProperty('properties.steps');
    expect(spec).toMatchObject({
      properties: { formDecorators: { type: 'array' } },
    });
    const field = (spec as { properties: { formDecorators: { doNotSuggest?: boolean } } })
      .properties.formDecorators;
    expect(field.doNotSuggest).toBe(expected);
  });
});
