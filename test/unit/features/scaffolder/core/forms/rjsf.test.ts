import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getClosestMatchingOption,
  getDefaultFormState,
  retrieveSchema,
  type RJSFSchema,
  type ValidatorType,
} from '@rjsf/utils';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { isRecord } from '../../../../../../src/base';
import { withDefaults } from '../../../../../../src/features/scaffolder/core/forms/defaults';
import { FormScope } from '../../../../../../src/features/scaffolder/core/forms/formScope';
import {
  closestVariant,
  effectiveSchema,
} from '../../../../../../src/features/scaffolder/core/forms/schemas/effectiveSchema';
import type { JsonObject, JsonValue } from '../../../../../../src/model';
import { longRun } from '../../../../../support/longRun';

const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });

/** Validates values with ajv, as `@rjsf/validator-ajv8` does: a schema that can't be compiled accepts nothing. */
const validator = {
  isValid: (part: RJSFSchema, value: unknown, { definitions }: RJSFSchema): boolean => {
    const schema = { definitions, allOf: [part] };
    try {
      return ajv.validate(schema, value);
    } catch {
      return false;
    } finally {
      ajv.removeSchema(schema);
    }
  },
} as unknown as ValidatorType;

/** As Backstage's form calls it. */
const defaultsOf = (schema: JsonObject, value: JsonObject): unknown =>
  getDefaultFormState(validator, schema as RJSFSchema, value, schema as RJSFSchema, false, {
    allOf: 'populateDefaults',
  });

const scalars = { a: fc.constantFrom('x', 'y'), b: fc.constantFrom(1, 2), c: fc.boolean() };
const record = fc.record(scalars, { requiredKeys: [] });
type Name = keyof typeof scalars;

/** Schemas of fields by name. Fields of the same name have the same type, so that they can be merged. */
const fields = (depth: number): Record<string, fc.Arbitrary<JsonObject>> => {
  const ofType = (type: string, name: Name): fc.Arbitrary<JsonObject> =>
    fc.record(
      { type: fc.constant(type), default: scalars[name], const: scalars[name] },
      { requiredKeys: ['type'] },
    );
  const a = fc.oneof(
    ofType('string', 'a'),
    fc.constant<JsonObject>({ type: 'string', enum: ['x', 'y'] }),
  );
  const simple = { a, b: ofType('number', 'b'), c: ofType('boolean', 'c') };
  if (depth === 0) return simple;
  const listOf = (
    items: fc.Arbitrary<JsonObject>,
    item: fc.Arbitrary<JsonValue>,
  ): fc.Arbitrary<JsonObject> =>
    fc.record(
      {
        type: fc.constant('array'),
        items,
        minItems: fc.constantFrom(1, 2),
        uniqueItems: fc.boolean(),
        default: fc.array(item, { maxLength: 2 }),
      },
      { requiredKeys: ['type', 'items'] },
    );
  return {
    ...simple,
    d: objectOf(depth - 1),
    e: listOf(a, scalars.a),
    f: fc.constant({ $ref: '#/definitions/f' }),
    g: listOf(objectOf(depth - 1), fc.constant({})),
  };
};

const propertiesOf = (depth: number): fc.Arbitrary<JsonObject> =>
  fc.record(fields(depth), { requiredKeys: [] }).map(properties => properties as JsonObject);

/** Values that may fit the fields of these names. */
const values: fc.Arbitrary<JsonObject> = fc.record(
  {
    ...scalars,
    d: record,
    e: fc.array(scalars.a, { maxLength: 3 }),
    f: record,
    g: fc.array(record, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

function objectOf(depth: number, isRoot = false): fc.Arbitrary<JsonObject> {
  const type = fc.constant('object');
  const properties = propertiesOf(depth);
  const required = fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 });
  const plain = fc.record({ type, properties, required }, { requiredKeys: ['type', 'properties'] });
  if (depth === 0 && !isRoot) return plain;
  const part = fc.record(
    { properties: propertiesOf(0), required },
    { requiredKeys: ['properties'] },
  );
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  // Its merge of `allOf` fails for different constants and drops `allOf`.
  const merged = fc
    .array(part, { minLength: 1, maxLength: 2 })
    .map(all => JSON.parse(JSON.stringify(all, (key, one) => (key === 'const' ? undefined : one))));
  const condition = record.map(value => ({
    properties: Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, { const: one }]),
    ),
  }));
  const dependency = fc.oneof(required, part, fc.record({ oneOf: parts }));
  const common = { type, properties, required, default: record };
  // Beside `dependencies`, @rjsf/utils takes the first of `oneOf` that fits and offers no choice: here there is one.
  return fc.oneof(
    fc.record({ ...common, oneOf: parts }, { requiredKeys: ['type', 'properties'] }),
    fc.record(
      {
        ...common,
        allOf: merged,
        if: condition,
        then: part,
        else: part,
        dependencies: fc.record({ a: dependency, b: dependency }, { requiredKeys: [] }),
      },
      { requiredKeys: ['type', 'properties'] },
    ),
  );
}

/** Target of references. */
const f: JsonObject = {
  type: 'object',
  properties: { a: { type: 'string', default: 'x' }, b: { type: 'number' } },
  required: ['a'],
};

const page = objectOf(2, true).map((root): JsonObject => ({ ...root, definitions: { f } }));

const scopeOf = (root: JsonObject): FormScope =>
  new FormScope(root, { values: {}, cleared: [], variants: {} }, {} as never);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Schema with resolved references of properties and without keywords that have no effect. */
const plainSchema = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema), (key, one: JsonValue) => {
    if (isRecord(one) && one['$ref'] !== undefined) return f;
    const isEmpty = isRecord(one)
      ? Object.keys(one).length === 0
      : Array.isArray(one) && !one.length;
    if (isEmpty && (key === 'properties' || key === 'required')) return undefined;
    // The order of names and values doesn't matter.
    return Array.isArray(one) && typeof one[0] === 'string' ? one.toSorted() : one;
  });

describe('form', () => {
  // Warnings about old names and conflicting parts.
  beforeAll(() => void vi.spyOn(console, 'warn').mockReturnValue());
  afterAll(() => void vi.restoreAllMocks());

  it('has the defaults of @rjsf/utils', () => {
    fc.assert(
      fc.property(page, values, (root, value) => {
        expect(plain(withDefaults(root, value, scopeOf(root)))).toEqual(
          plain(defaultsOf(root, value)),
        );
      }),
      longRun({ runs: 50, seed: 20261130 }),
    );
  });

  it('has the effective schema of @rjsf/utils', () => {
    fc.assert(
      fc.property(page, values, (root, value) => {
        const theirs = retrieveSchema(validator, root as RJSFSchema, root as RJSFSchema, value);
        expect(plainSchema(effectiveSchema(root, value, scopeOf(root)))).toEqual(
          plainSchema(theirs),
        );
      }),
      longRun({ runs: 50, seed: 20261130 }),
    );
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['minimum', { minimum: 1 }, { minimum: 2 }],
    ['maxLength', { maxLength: 3 }, { maxLength: 2 }],
    ['uniqueItems', { uniqueItems: false }, { uniqueItems: true }],
    ['enum', { enum: ['x', 'y'] }, { enum: ['y', 'z'] }],
    ['items', { items: { minLength: 1 } }, { items: { minLength: 2 } }],
    ['items: true', { items: true }, { items: { minLength: 1 } }],
    ['items: false', { items: { minLength: 1 } }, { items: false }],
    ['additionalProperties', { additionalProperties: false }, { additionalProperties: true }],
    [
      'properties',
      { properties: { a: { minLength: 1 } } },
      { properties: { a: { maxLength: 2 }, b: {} } },
    ],
    ['properties: false', { properties: { a: { type: 'string' } } }, { properties: { a: false } }],
    ['properties: true', { properties: { a: { type: 'string' } } }, { properties: { a: true } }],
    ['title', { title: 'One' }, { title: 'Other' }],
  ])('merges %s as @rjsf/utils does', (_, one, other) => {
    for (const allOf of [
      [one, other],
      [other, one],
    ]) {
      const root: JsonObject = { allOf };
      const theirs = retrieveSchema(validator, root as RJSFSchema, root as RJSFSchema, {});
      expect(plain(effectiveSchema(root, {}, scopeOf(root)))).toEqual(plain(theirs));
    }
  });

  it('shows the variant that @rjsf/utils selects', () => {
    const variants = fc.array(objectOf(1), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(variants, values, (options, value) => {
        const root = { definitions: { f } };
        const schemas = options as RJSFSchema[];
        const theirs = getClosestMatchingOption(validator, root as RJSFSchema, value, schemas, 0);
        expect(closestVariant(options, value, scopeOf(root))).toBe(theirs);
      }),
      longRun({ runs: 50, seed: 20261130 }),
    );
  });

  const folders = process.env['CALLBOARD_TEMPLATES']?.split(':') ?? ['templates', 'demo'];
  const files = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /(^|[\\/])template\.ya?ml$/.test(name))
      .map(name => join(folder, name)),
  );
  it.each(files)('has the defaults of @rjsf/utils for %s', file => {
    const { spec } = parse(readFileSync(file, 'utf8')) as { spec?: { parameters?: JsonObject } };
    for (const parameters of [spec?.parameters ?? []].flat()) {
      const schema: JsonObject = { type: 'object', ...parameters };
      expect(plain(withDefaults(schema, {}, scopeOf(schema)))).toEqual(
        plain(defaultsOf(schema, {})),
      );
    }
  });
});
