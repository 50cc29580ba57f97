import { describe, expect, it } from 'vitest';
import { RelationPairs } from '../../../../src/model';

const pairs = new RelationPairs([
  {
    kind: 'Host',
    apiVersions: ['example.com/v1'],
    relations: [
      { field: 'spec.runs', type: 'runs', inverse: 'runsOn' },
      { field: 'spec.peers', type: 'peerOf', inverse: 'peerOf' },
    ],
  },
]);

describe('RelationPairs', () => {
  it.each([
    ['a ownedBy b', 'a ownedBy b'],
    ['a ownerOf b', 'b ownedBy a'],
    ['a hasPart b', 'b partOf a'],
    ['a hasMember b', 'b memberOf a'],
    ['a parentOf b', 'b childOf a'],
    ['a apiProvidedBy b', 'b providesApi a'],
    ['a dependencyOf b', 'b dependsOn a'],
    ['a runsOn b', 'b runs a'],
    ['a peerOf b', 'a peerOf b'],
    ['b peerOf a', 'a peerOf b'],
    ['a strangeTo b', 'a strangeTo b'],
  ])('returns %s as %s', (written, expected) => {
    const [source = '', type = '', target = ''] = written.split(' ');
    const edge = pairs.forward({ source, type, target });
    expect(`${edge.source} ${edge.type} ${edge.target}`).toBe(expected);
  });

  it('returns the inverse relation', () => {
    expect(pairs.inverseOf('ownedBy')).toBe('ownerOf');
    expect(pairs.inverseOf('ownerOf')).toBe('ownedBy');
    expect(pairs.inverseOf('strangeTo')).toBeUndefined();
  });
});
