import { expect, it } from 'vitest';
import {
  packRelations,
  unpackRelations,
} from '../../../../../../src/features/backstage/core/catalog/packedRelations';

it('gives relations back, whatever they are called and lead to', () => {
  const relations = [
    { type: 'ownedBy', targetRef: 'group:default/team-a' },
    { type: 'parentOf', targetRef: 'group:default/a b' },
    { type: 'A', targetRef: 'component:default/b' },
    { type: 'likes most', targetRef: 'user:default/x:y' },
  ];
  expect(
    [relations, [], relations.slice(2)].map(some => unpackRelations(packRelations(some))),
  ).toEqual([relations, [], relations.slice(2)]);
});
