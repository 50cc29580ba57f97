import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema',
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['owner', 'lifecycle'],
      properties: {
        owner: { type: 'string', minLength: 1 },
        lifecycle: { type: 'string' },
        zones: { type: 'array', items: { type: 'string' } },
        size: { type: 'string' },
        tier: { type: 'string', enum: ['1', '2'] },
      },
    },
  },
};
const relations = [
  { field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' },
];
const options = {
  options: {
    customKinds: [
      { kind: 'Cluster', apiVersions: ['acme.example/v1'], schema: 'cluster.json', relations },
    ],
  },
};
const files = {
  'cluster.json': JSON.stringify(schema),
  'org.yaml': documents(
    aDescriptor('group:team'),
    aComponent('other', { lifecycle: 'production' }),
  ),
};
const cluster = (spec: string): string =>
  `apiVersion: acme.example/v1\nkind: Cluster\nmetadata:\n  name: blue\nspec:\n${spec}`;

describe('Code actions for a custom kind with a schema', () => {
  it.each([
    [
      'Add spec.owner: team',
      '<|>  lifecycle: production # l\n',
      '  lifecycle: production # l\n  owner: team\n',
    ],
    [
      'Set spec.owner to team',
      '  owner:<|>\n  lifecycle: production\n',
      '  owner: team\n  lifecycle: production\n',
    ],
    [
      'Make spec.zones a list',
      '  owner: team\n  lifecycle: production\n  zones: a<|>\n',
      '  owner: team\n  lifecycle: production\n  zones:\n    - a\n',
    ],
    [
      'Convert to text: "3"',
      '  owner: team\n  lifecycle: production\n  size: 3<|>\n',
      '  owner: team\n  lifecycle: production\n  size: "3"\n',
    ],
  ])('%s', async (title, before, after) => {
    // The problem of a missing field is at its parent.
    const marked = before.startsWith('<|>')
      ? cluster(before.slice(3)).replace('spec:', 'spec<|>:')
      : cluster(before);
    const actions = await offered({ files, text: marked, options });
    expect(actions.codes).toEqual(['invalid-spec']);
    expect(actions.text(title)).toBe(cluster(after));
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('offer text only where the schema accepts it', async () => {
    const text = (tier: string): string =>
      cluster(`  owner: team\n  lifecycle: production\n  tier: ${tier}<|>\n`);
    const allowed = await offered({ files, text: text('1'), options });
    expect(await allowed.codesAfter('Convert to text: "1"')).toEqual([]);
    const other = await offered({ files, text: text('3'), options });
    expect(other.titles).not.toContain('Convert to text: "3"');
  });
});
