import { describe, expect, it } from 'vitest';
import { anySpec, type ReadLayer, readLayer } from '../../../../src/model/layers';

const read = (value: unknown, message?: string): ReadLayer =>
  readLayer(value, { fallbackId: 'file.yaml', checkSchema: () => message });

/** `path (at): message` of each fault. */
const faults = (value: unknown, message?: string): readonly string[] =>
  read(value, message).faults.map(
    ({ path, at, message }) => `${path.join('.')} (${at}): ${message}`,
  );

const removal = { op: 'removeKind.v1', kind: 'A' };
const texts = { singular: 'a', plural: 'as', description: 'A.' };
const jsonSchema = { type: 'object', properties: { spec: {} } };
const version = (properties: unknown): readonly unknown[] => [
  { op: 'declareKindVersion.v1', kind: 'A', name: 'v1', properties },
];
const relationField = { selector: { path: 'spec.owner' }, relation: 'ownedBy' };

describe('readLayer', () => {
  it('reads a list and an object with an id', () => {
    expect(read([removal])).toEqual({
      layer: { layerId: 'file.yaml', ops: [removal] },
      paths: [[0]],
      faults: [],
    });
    expect(read({ layerId: 'acme', ops: [removal] })).toEqual({
      layer: { layerId: 'acme', ops: [removal] },
      paths: [['ops', 0]],
      faults: [],
    });
  });

  it('uses the id of the file if the id is invalid', () => {
    expect(read({ layerId: '', ops: [] }).layer.layerId).toBe('file.yaml');
  });

  it('omits invalid operations and keeps the path of each other', () => {
    const { layer, paths } = read(['text', removal, { op: 'removeKind.v1' }, removal]);
    expect(layer.ops).toEqual([removal, removal]);
    expect(paths).toEqual([[1], [3]]);
  });

  it('uses the first 10,000 operations', () => {
    const { layer, faults } = read(Array.from({ length: 10_001 }, () => removal));
    expect(layer.ops).toHaveLength(10_000);
    expect(faults.map(({ message }) => message)).toEqual([
      'Only the first 10000 operations are used',
    ]);
  });

  it.each<[unknown, string]>([
    ['text', ' (value): A layer must be a list of operations, or an object with layerId and ops'],
    [{ layerId: 7, ops: [] }, 'layerId (value): layerId must be text'],
    [{ ops: [], more: 1 }, 'more (key): "more" isn\'t a field of a layer'],
    [[7], '0 (value): An operation must be an object'],
    [[{ kind: 'A' }], '0 (value): An operation needs the field op'],
    [[{ op: 7 }], '0.op (value): Unknown op type "7"'],
    [[{ op: 'removeKind.v1' }], '0 (key): removeKind.v1 needs the field kind'],
    [[{ op: 'removeKind.v1', kind: 7 }], '0.kind (value): kind must be text'],
    [[{ ...removal, more: 1 }], '0.more (key): "more" isn\'t a field of removeKind.v1'],
    [[{ op: 'updateKind.v1', kind: 'A' }], '0 (key): updateKind.v1 needs the field properties'],
    [
      [{ op: 'updateKind.v1', kind: 'A', properties: 7 }],
      '0.properties (value): properties must be an object',
    ],
    [
      [{ op: 'declareKind.v1', kind: 'A', group: 'g', properties: { ...texts, plural: 7 } }],
      '0.properties.plural (value): plural must be text',
    ],
  ])('reports %j', (value, expected) => {
    expect(faults(value)).toEqual([expected]);
  });

  it.each<[unknown, string]>([
    [7, ' (value): relationFields must be a list'],
    [[7], '.0 (value): A relation field must be an object'],
    [[{ ...relationField, more: 1 }], '.0.more (key): "more" isn\'t a field of a relation field'],
    [
      [{ relation: 'ownedBy' }],
      '.0 (value): A relation field needs a selector with a path such as "spec.owner"',
    ],
    [
      [{ ...relationField, selector: { path: 'spec.owner', more: 1 } }],
      '.0.selector.more (key): "more" isn\'t a field of a selector',
    ],
    [
      [{ selector: { path: 'spec.owner' } }],
      '.0 (value): A relation field needs a relation such as "ownedBy"',
    ],
    [[{ ...relationField, defaultKind: 7 }], '.0.defaultKind (value): defaultKind must be text'],
    [
      [{ ...relationField, defaultNamespace: 'other' }],
      '.0.defaultNamespace (value): defaultNamespace must be default or inherit',
    ],
    [
      [{ ...relationField, allowedKinds: [7] }],
      '.0.allowedKinds (value): allowedKinds must be a list of kinds',
    ],
  ])('reports relation fields %j', (relationFields, expected) => {
    expect(faults(version({ schema: { jsonSchema }, relationFields }))).toEqual([
      `0.properties.relationFields${expected}`,
    ]);
  });

  it('keeps the valid parts of relation fields', () => {
    const valid = { ...relationField, defaultKind: 'Group', defaultNamespace: 'inherit' };
    const relationFields = [
      { ...valid, allowedKinds: ['Group', 'User'] },
      { ...relationField, defaultKind: 7, defaultNamespace: 'x', allowedKinds: 'Group' },
      { relation: 'ownedBy' },
    ];
    const { layer } = read(version({ schema: { jsonSchema }, relationFields }));
    expect(layer.ops).toMatchObject([
      {
        properties: {
          relationFields: [{ ...valid, allowedKinds: ['Group', 'User'] }, relationField],
        },
      },
    ]);
  });

  it.each<[unknown, string]>([
    [7, ' (value): schema must be an object with the field jsonSchema'],
    [{}, ' (value): schema must be an object with the field jsonSchema'],
    [{ jsonSchema: 7 }, '.jsonSchema (value): Invalid JSON schema: must be an object'],
  ])('reports the schema %j and accepts any spec', (schema, expected) => {
    const value = version({ schema });
    expect(faults(value)).toEqual([`0.properties.schema${expected}`]);
    expect(read(value).layer.ops).toMatchObject([
      { properties: { schema: { jsonSchema: anySpec } } },
    ]);
  });

  it('reports other fields of a schema', () => {
    expect(faults(version({ schema: { jsonSchema, more: 1 } }))).toEqual([
      '0.properties.schema.more (key): "more" isn\'t a field of schema',
    ]);
  });

  it('reports an invalid schema at the place in its message', () => {
    const message = 'Invalid JSON schema, error at path /anyOf/0/a~1b: must be text';
    expect(read(version({ schema: { jsonSchema } }), message).faults).toMatchObject([
      { path: [0, 'properties', 'schema', 'jsonSchema', 'anyOf', 0, 'a/b'] },
    ]);
  });

  it('omits the schema of an annotation if its values are not strings', () => {
    const properties = { description: 'A.', schema: { jsonSchema: { type: 'number' } } };
    const value = [{ op: 'declareAnnotation.v1', name: 'acme.com/a', properties }];
    expect(faults(value)).toEqual([
      '0.properties.schema.jsonSchema (value): The schema must have "type": "string" at the root, only string values are supported',
    ]);
    expect(read(value).layer.ops).toEqual([
      { op: 'declareAnnotation.v1', name: 'acme.com/a', properties: { description: 'A.' } },
    ]);
  });
});
