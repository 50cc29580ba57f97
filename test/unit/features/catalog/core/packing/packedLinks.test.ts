import { describe, expect, it } from 'vitest';
import { PackedEntity } from '../../../../../../src/features/catalog/core/packing/packedEntity';
import {
  isPackedLinks,
  packLinks,
  unpackLinks,
} from '../../../../../../src/features/catalog/core/packing/packedLinks';
import type { EntityRecord } from '../../../../../../src/features/catalog/core/records';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function packed(changes: Pick<EntityRecord, 'references' | 'emitted'>): PackedEntity {
  const entity = PackedEntity.pack({
    ref: 'component:default/shop',
    entity: { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'shop' } },
    source: { file: 'file:///work/x.yaml', document: 0, range, nameRange: range },
    isShortened: false,
    ...changes,
  });
  if (!entity) throw new Error('Cannot be packed');
  return entity;
}

function reference(
  type: string,
  inverse: string,
  targetRef: string,
): EntityRecord['references'][number] {
  return {
    field: 'spec.x',
    written: targetRef,
    targetRef,
    type,
    inverse,
    defaultKind: undefined,
    range,
  };
}

describe('where the references of an entity lead, packed', () => {
  it('is a number and a ref for a relation of Backstage, and its two types for another', () => {
    const links = packLinks(
      packed({
        references: [
          reference('ownedBy', 'ownerOf', 'group:default/team'),
          reference('mournedBy', 'mournerOf', 'user:default/guest'),
        ],
        emitted: [],
      }),
    );
    expect(links).toEqual([
      expect.any(Number),
      'group:default/team',
      ['mournedBy', 'mournerOf'],
      'user:default/guest',
    ]);
  });

  it('unpacks to the same', () => {
    const entity = packed({
      references: [
        reference('ownedBy', 'ownerOf', 'group:default/team'),
        reference('dependsOn', 'dependencyOf', 'component:default/a'),
        reference('dependsOn', 'dependencyOf', 'component:default/a'),
        reference('mournedBy', 'mournerOf', 'user:default/guest'),
      ],
      emitted: [],
    });
    const { references } = unpackLinks(packLinks(entity) ?? []);
    expect(references).toEqual(
      entity.links.references.map(({ type, inverse, targetRef }) => ({ type, inverse, targetRef })),
    );
  });

  it('is left out where a processor has emitted relations, which say more', () => {
    const emitted = [
      { sourceRef: 'component:default/shop', type: 'sells', targetRef: 'component:default/a' },
    ];
    expect(packLinks(packed({ references: [], emitted }))).toBeUndefined();
  });

  it('is nothing for an entity that refers to none', () => {
    expect(packLinks(packed({ references: [], emitted: [] }))).toEqual([]);
    expect(unpackLinks([])).toEqual({ references: [], emitted: [] });
  });

  it.each([
    ['no list', { 0: 0, 1: 'group:default/team' }],
    ['a pair without a target', [0]],
    ['a pair that there is none of', [9999, 'group:default/team']],
    ['a place between two', [0.5, 'group:default/team']],
    ['a target that is no text', [0, 7]],
    ['half a pair', [['ownedBy'], 'group:default/team']],
    ['types that are no texts', [[1, 2], 'group:default/team']],
    ['null', null],
  ])('is not %s', (_, value) => {
    expect(isPackedLinks(value)).toBe(false);
  });

  it('is what was packed', () => {
    expect(isPackedLinks([0, 'group:default/team', ['a', 'b'], 'user:default/guest'])).toBe(true);
    expect(isPackedLinks([])).toBe(true);
  });
});
