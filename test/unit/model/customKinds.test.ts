import { describe, expect, it } from 'vitest';
import { readCustomKinds } from '../../../src/model';

const cluster = { kind: 'Cluster', apiVersions: ['example.com/v1'] };
const owner = { field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' };

describe('readCustomKinds', () => {
  it('reads nothing from nothing', () => {
    expect(readCustomKinds(undefined)).toEqual({ kinds: [], problems: [] });
  });

  it('reads kinds with and without relations, and drops what it does not know', () => {
    const kinds = [cluster, { ...cluster, kind: 'Environment', relations: [owner] }];
    expect(readCustomKinds([{ ...kinds[0], extra: 1 }, kinds[1]])).toEqual({ kinds, problems: [] });
  });

  it.each<[unknown, string]>([
    [null, 'must be an array, got null'],
    [{}, 'must be an array, got object'],
    [[7], '[0] must be an object, got number'],
    [
      [{ ...cluster, kind: 'my kind' }],
      '[0].kind must be a letter followed by letters and digits, at most 63 in total',
    ],
    [[{ kind: 'A' }], '[0].apiVersions must list apiVersions such as "example.com/v1"'],
    [
      [{ kind: 'A', apiVersions: [] }],
      '[0].apiVersions must list apiVersions such as "example.com/v1"',
    ],
  ])('leaves out %j', (value, problem) => {
    expect(readCustomKinds(value)).toEqual({ kinds: [], problems: [problem] });
  });

  it('reads the path of a schema, and keeps a kind whose schema is none', () => {
    const withSchema = { ...cluster, schema: 'schemas/cluster.json' };
    expect(readCustomKinds([withSchema])).toEqual({ kinds: [withSchema], problems: [] });
    expect(readCustomKinds([{ ...cluster, schema: {} }])).toEqual({
      kinds: [cluster],
      problems: ['[0].schema must be the path of a JSON schema such as "schemas/dataset.json"'],
    });
  });

  it('keeps the apiVersions that are right', () => {
    expect(readCustomKinds([{ kind: 'A', apiVersions: ['v1', 'x y', 3] }])).toEqual({
      kinds: [{ kind: 'A', apiVersions: ['v1'] }],
      problems: ['[0].apiVersions must list apiVersions such as "example.com/v1"'],
    });
  });

  it.each<[unknown, string]>([
    ['owner', '[0].relations[0] must be an object, got string'],
    [{ ...owner, field: 'owner' }, '[0].relations[0].field must be a path such as "spec.owner"'],
    [{ ...owner, type: 'owned by' }, '[0].relations[0].type must be a word such as "ownedBy"'],
    [{ ...owner, inverse: '' }, '[0].relations[0].inverse must be a word such as "ownerOf"'],
    [{ ...owner, defaultKind: 1 }, '[0].relations[0].defaultKind must be a kind'],
  ])('leaves out the relation %j', (relation, problem) => {
    expect(readCustomKinds([{ ...cluster, relations: [relation, owner] }])).toEqual({
      kinds: [{ ...cluster, relations: [owner] }],
      problems: [problem],
    });
  });

  it('keeps a kind whose relations are no list', () => {
    expect(readCustomKinds([{ ...cluster, relations: {} }])).toEqual({
      kinds: [cluster],
      problems: ['[0].relations must be an array, got object'],
    });
  });
});
