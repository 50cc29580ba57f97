import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compactRecord,
  type PackedRecord,
  RecordPacker,
  RecordUnpacker,
} from '../../../../../src/features/catalog/core/packing/packedFile';
import type { FileRecord } from '../../../../../src/features/catalog/core/records';

const range = {
  start: { line: 1, character: 2 },
  end: { line: 3, character: 4 },
};
const file = 'file:///work/x.yaml';

const RECORD: FileRecord = {
  uri: file,
  documents: 3,
  hasSkippedDocuments: true,
  entities: [
    {
      ref: 'component:default/shop',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'Shop', description: 'Sells\n“things” \u2028 and more' },
        spec: { owner: 'team', nothing: null, list: [1, true] },
      },
      source: { file, document: 0, range, nameRange: range },
      references: [
        {
          field: 'spec.owner',
          written: 'team',
          targetRef: 'group:default/team',
          type: 'ownedBy',
          inverse: 'ownerOf',
          defaultKind: 'Group',
          range,
        },
        {
          field: 'spec.dependsOn[0]',
          written: 'resource:db',
          targetRef: 'resource:default/db',
          type: 'dependsOn',
          inverse: 'dependencyOf',
          defaultKind: undefined,
          range,
        },
      ],
      emitted: [{ sourceRef: 'a:b/c', type: 'sees', targetRef: 'd:e/f' }],
    },
  ],
  failed: [
    {
      kind: 'API',
      namespace: undefined,
      name: 'broken',
      source: { file, document: 1, range, nameRange: range },
    },
  ],
  problems: [
    {
      code: 'invalid-spec',
      severity: 'error',
      message: 'wrong',
      file,
      document: 1,
      range,
      entityRef: 'api:default/broken',
      related: [{ message: 'there', file, range }],
      suggestions: ['right'],
    },
    {
      code: 'file-not-read',
      severity: 'warning',
      message: 'gone',
      file,
      document: undefined,
      range,
    },
  ],
  disabledLines: new Map<number, 'all' | Set<string>>([
    [3, 'all'],
    [5, new Set(['unknown-kind'])],
  ]),
  locationTargets: [
    {
      written: './*.yaml',
      range,
      document: 2,
      entityRef: 'location:default/all',
      optional: true,
      uri: 'file:///work',
      pattern: '*.yaml',
    },
    {
      written: 'https://example.com',
      range,
      document: 2,
      entityRef: 'location:default/all',
      optional: false,
      uri: undefined,
    },
  ],
  misplaced: [
    {
      field: 'spec.owner',
      targetRef: 'component:default/shop',
      expectedKinds: ['Group', 'User'],
      defaultKind: 'Group',
      range,
      document: 0,
      entityRef: 'component:default/shop',
    },
  ],
  annotationRefs: [
    {
      key: 'backstage.io/techdocs-entity',
      targetRef: 'system:default/retail',
      range,
      document: 0,
      entityRef: 'component:default/shop',
    },
  ],
  skeletonFolders: ['file:///work/skeleton'],
  dependencies: ['file:///work/openapi.yaml'],
  sightings: [
    { uri: 'file:///work/docs', isThere: true },
    { uri: 'file:///work/mkdocs.yml', isThere: false },
  ],
};

/** Copies a record with the values of its getters. */
function plain(record: FileRecord | undefined): unknown {
  return (
    record && {
      ...record,
      entities: record.entities.map(({ ref, entity, source, references, emitted }) => ({
        ref,
        entity,
        source,
        references,
        emitted,
      })),
    }
  );
}

/** Stores records in one snapshot and restores them. */
function stored(records: readonly FileRecord[]): readonly FileRecord[] {
  const packer = new RecordPacker();
  const text = JSON.stringify(records.map(record => packer.pack(record)));
  const unpacker = new RecordUnpacker();
  return (JSON.parse(text) as PackedRecord[]).map(packed => unpacker.unpack(packed));
}

it('restores the same records after they are stored', () => {
  const other = { ...RECORD, uri: 'file:///work/y.yaml', entities: [...RECORD.entities].reverse() };
  const restored = stored([RECORD, compactRecord(other)]);
  expect(restored.map(plain)).toEqual(
    [RECORD, other].map(record => plain(withFile(record, record.uri))),
  );
});

/** Returns the record with entities of the file. */
function withFile(record: FileRecord, uri: string): FileRecord {
  const entities = record.entities.map(entity => ({
    ...entity,
    source: entity.source && { ...entity.source, file: uri },
  }));
  return { ...record, entities };
}

it("keeps an entity that can't be serialized", () => {
  const [first] = RECORD.entities;
  if (!first) throw new Error('There is one.');
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const entity = { ...first.entity, spec: circular } as unknown as typeof first.entity;
  const compact = compactRecord({ ...RECORD, entities: [{ ...first, entity }] });
  expect(compact.entities[0]?.entity).toBe(entity);
  expect(new RecordPacker().pack(compact)).toBeUndefined();
});

it('shares one empty list between records and keeps details when stored', () => {
  const empty = { ...RECORD, failed: [], problems: [], sightings: [] };
  const [restored] = stored([empty]);
  for (const record of [compactRecord(empty), restored]) {
    expect(record?.failed).toBe(record?.sightings);
    expect(record?.failed).toBe(compactRecord(empty).problems);
  }
  const [compact] = compactRecord(empty).entities;
  const [unpacked] = restored?.entities ?? [];
  expect(compact).toMatchObject({ details: { spelled: { kind: 'Component', name: 'Shop' } } });
  expect(unpacked).toEqual(compact);
});

it('restores every reference', () => {
  const [entity] = RECORD.entities;
  const site = fc.record({
    field: fc.oneof(
      fc.constantFrom('spec.owner', 'spec.dependsOn[12]', 'spec.owner[0]', 'spec.x[01]', 'spec[1]'),
      fc.string(),
    ),
    written: fc.constantFrom('team', 'group:team', 'other/team', 'a:b', ''),
    targetRef: fc.constantFrom(
      'group:default/team',
      'group:other/team',
      'user:default/team',
      'group:default/a:b',
      'group:default/team/b',
    ),
    type: fc.constantFrom('ownedBy', 'dependsOn', 'sees'),
    inverse: fc.constantFrom('ownerOf', 'dependencyOf', 'seenBy'),
    defaultKind: fc.constantFrom('Group', 'Thing', undefined),
    range: fc.constant(range),
  });
  fc.assert(
    fc.property(fc.array(site), references => {
      const record = compactRecord({
        ...RECORD,
        entities: entity ? [{ ...entity, references }] : [],
      });
      expect(record.entities[0]?.references).toEqual(references);
      expect(stored([record, record])[1]?.entities[0]?.references).toEqual(references);
    }),
  );
});
