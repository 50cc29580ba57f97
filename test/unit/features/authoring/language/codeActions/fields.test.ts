import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';

const files = {
  'org.yaml': documents(aDescriptor('group:team-a'), aDescriptor('group:team')),
  'other.yaml': aComponent('other', { owner: 'team-a', lifecycle: 'beta' }),
};

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n';

describe('Fix for a missing field', () => {
  it.each([
    [
      'spec.owner: team-a',
      `${HEAD}spec<|>:\n  type: service # t\n  lifecycle: production # l\n  dependsOn: []\n`,
      `${HEAD}spec:\n  type: service # t\n  lifecycle: production # l\n  owner: team-a\n  dependsOn: []\n`,
    ],
    [
      'spec.lifecycle: beta',
      `${HEAD}spec<|>: { type: service, owner: team-a }\n`,
      `${HEAD}spec: { type: service, lifecycle: beta, owner: team-a }\n`,
    ],
    [
      'spec.type: service',
      `# a\n${HEAD}spec<|>:\n  lifecycle: production\n  owner: team-a\n`.replaceAll('\n', '\r\n'),
      `# a\n${HEAD}spec:\n  lifecycle: production\n  owner: team-a\n  type: service\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    ],
    [
      'metadata.name: work',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata<|>:\n  title: A\nspec:\n  type: service\n  lifecycle: production\n  owner: team-a\n',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  title: A\n  name: work\nspec:\n  type: service\n  lifecycle: production\n  owner: team-a\n',
    ],
  ])('adds %s', async (added, before, after) => {
    const actions = await offered({ files, text: before });
    const title = `Add ${added}`;
    expect(actions.text(title)).toBe(after);
    expect(actions.find(title).diagnostics).toHaveLength(1);
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('adds the owner with its namespace from another namespace', async () => {
    const text = `${HEAD.replace('shop', 'shop\n  namespace: sales')}spec<|>:\n  type: service\n  lifecycle: beta\n`;
    const actions = await offered({ files, text });
    const title = 'Add spec.owner: default/team-a';
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('adds all missing fields of the document at the cursor', async () => {
    const before = documents(
      aComponent('a', { owner: 'team-a' }),
      `${HEAD}spec<|>:\n  x: 1 # one\n`,
    );
    const actions = await offered({ files, text: before });
    const title = 'Add all missing fields';
    expect(actions.text(title)).toBe(
      documents(
        aComponent('a', { owner: 'team-a' }),
        `${HEAD}spec:\n  x: 1 # one\n  type: service\n  lifecycle: beta\n  owner: team-a\n`,
      ),
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it.each(['Component', 'Resource', 'System', 'Domain', 'Group', 'User', 'Location', 'AiResource'])(
    'adds a whole spec to a %s',
    async kind => {
      const text = HEAD.replace('Component', kind).replace('metadata', 'metadata<|>');
      const atStart = await offered({ files, text: `<|>${text.replace('<|>', '')}` });
      const actions = await offered({ files, text });
      expect([...atStart.titles, ...actions.titles]).toContain('Add all missing fields');
    },
  );

  it('adds the definition of an API from a file beside it', async () => {
    const api = aDescriptor('api:a', { owner: 'team-a', definition: undefined });
    const actions = await offered({
      files: { ...files, 'openapi.yaml': 'openapi: 3.1.0' },
      text: api.replace('spec', 'spec<|>'),
    });
    expect(await actions.codesAfter('Add spec.definition')).toEqual([]);
    expect(actions.text('Add spec.definition')).toBe(
      `${api}  definition:\n    $text: ./openapi.yaml\n`,
    );
  });

  it('adds nothing without a known value', async () => {
    const api = aDescriptor('api:a', { owner: 'team-a', definition: undefined });
    const { titles } = await offered({ files, text: api.replace('spec', 'spec<|>') });
    expect(titles).toEqual(['Ignore invalid-spec on this line']);
  });
});

describe('Removal of a field that only Backstage writes', () => {
  it.each([
    [
      'metadata.uid',
      `${aComponent('a').replace('spec', '  ui<|>d: x # c\nspec')}`,
      aComponent('a'),
    ],
    [
      'metadata.etag',
      `${aComponent('a').replace('name: a', 'name: a\n  "etag<|>": x')}`,
      aComponent('a'),
    ],
    [
      'relations',
      `${aComponent('a')}<|>relations:\n  - type: ownedBy\n    targetRef: group:default/team\n`,
      aComponent('a'),
    ],
    ['status', aComponent('a').replace('spec', 'stat<|>us: {}\nspec'), aComponent('a')],
  ])('removes %s', async (field, before, after) => {
    const actions = await offered({ files, text: before });
    const title = `Remove ${field}`;
    expect(actions.find(title)).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(actions.text(title)).toBe(after);
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('keeps other unknown fields', async () => {
    const { titles } = await offered({ files, text: `${aComponent('a')}<|>mine: 1\n` });
    expect(titles.filter(title => title.startsWith('Remove'))).toEqual([]);
  });
});
