import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compactRecord,
  packFile,
} from '../../../../../src/features/catalog/core/packing/packedFile';
import type { FileRecord } from '../../../../../src/features/catalog/core/records';
import {
  EntryWriter,
  readEntries,
} from '../../../../../src/features/catalog/core/snapshot/fileEntries';
import type { Frame } from '../../../../../src/features/catalog/core/snapshot/frames';

const range = {
  start: { line: 1, character: 2 },
  end: { line: 3, character: 4 },
};
const file = 'file:///work/x.yaml';

const RECORD: FileRecord = {
  uri: file,
  documents: 3,
  passedOver: true,
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

/** With what is behind getters in the place of the getters. */
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

/** The record as it is written down. */
function written(record: FileRecord): Frame {
  const writer = new EntryWriter();
  const stamp = { mtime: 1, size: 2, hash: 'h' };
  writer.add({ uri: file, stamp, isMeant: true, boundary: 'file:///work', record });
  const { text, parts } = writer.frame;
  return { text, bytes: Buffer.concat(parts) };
}

it('is the same record after it was written down', () => {
  const [entry] = readEntries(written(compactRecord(RECORD)));
  expect(plain(entry?.record)).toEqual(plain(RECORD));
});

it.each(['text', 'bytes'] as const)(
  'refuses %s that were damaged, or gives something of the right shape',
  part => {
    const frame = written(compactRecord(RECORD));
    const text = part === 'text' ? frame.text : Buffer.from(frame.bytes).toString();
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom('', '"', '[', '{', '0', 'null', '\n', '-1'),
        (at, other) => {
          const damaged = text.slice(0, at) + other + text.slice(at + 1);
          let entries: ReturnType<typeof readEntries>;
          try {
            entries = readEntries({
              ...frame,
              ...(part === 'text' ? { text: damaged } : { bytes: Buffer.from(damaged) }),
            });
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
            return;
          }
          for (const { record } of entries) {
            // Whatever is asked of it is answered.
            for (const { entity, ref } of record?.entities ?? []) {
              expect([ref, typeof entity.kind, typeof entity.metadata.name]).toEqual([
                expect.any(String),
                'string',
                'string',
              ]);
            }
            JSON.stringify(plain(record));
          }
        },
      ),
      { numRuns: 2000, seed: 20240607 },
    );
  },
);

it('keeps an entity that is no data as it is', () => {
  const [first] = RECORD.entities;
  if (!first) throw new Error('There is one.');
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const entity = { ...first.entity, spec: circular } as unknown as typeof first.entity;
  const compact = compactRecord({ ...RECORD, entities: [{ ...first, entity }] });
  expect(compact.entities[0]?.entity).toBe(entity);
  expect(packFile(compact)).toBeUndefined();
});

it('gives back every reference, whatever its field, its rule and its target are', () => {
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
    }),
  );
});
