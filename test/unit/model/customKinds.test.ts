import { describe, expect, it } from 'vitest';
import { readCustomKinds } from '../../../src/model';

const cluster = { kind: 'Cluster', apiVersions: ['example.com/v1'] };
const owner = { field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' };

describe('readCustomKinds', () => {
  it('returns no kinds for undefined', () => {
    expect(readCustomKinds(undefined)).toEqual({ kinds: [], problems: [] });
  });

  it('reads kinds with and without relations, and drops unknown keys', () => {
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
  ])('rejects %j', (value, problem) => {
    expect(readCustomKinds(value)).toEqual({ kinds: [], problems: [problem] });
  });

  it('reads the path of a schema, and accepts a kind without an invalid one', () => {
    const withSchema = { ...cluster, schema: 'schemas/cluster.json' };
    expect(readCustomKinds([withSchema])).toEqual({ kinds: [withSchema], problems: [] });
    expect(readCustomKinds([{ ...cluster, schema: {} }])).toEqual({
      kinds: [cluster],
      problems: ['[0].schema must be the path of a JSON schema such as "schemas/dataset.json"'],
    });
  });

  it('accepts a kind with its valid apiVersions', () => {
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
  ])('drops the relation %j', (relation, problem) => {
    expect(readCustomKinds([{ ...cluster, relations: [relation, owner] }])).toEqual({
      kinds: [{ ...cluster, relations: [owner] }],
      problems: [problem],
    });
  });

  it('accepts a kind without relations that are not a list', () => {
    expect(readCustomKinds([{ ...cluster, relations: {} }])).toEqual({
      kinds: [cluster],
      problems: ['[0].relations must be an array, got object'],
    });
  });
});
