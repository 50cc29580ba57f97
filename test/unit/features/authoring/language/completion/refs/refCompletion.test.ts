import { beforeAll, describe, expect, it } from 'vitest';
import type { SourceEntity } from '../../../../../../../src/api';
import type {
  RemoteEntities,
  PositionRequest,
} from '../../../../../../../src/features/authoring/language';
import { parseEntityRef } from '../../../../../../../src/model';
import {
  acceptedAt,
  completionsAt,
  labelsAt,
  offeredAt,
} from '../../../../../../support/completions';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../../support/languageWorkspace';

const HEAD = 'apiVersion: backstage.io/v1alpha1\n';

/** A Component with the name `mine` and some fields of its spec. */
function mine(spec: string, kind = 'Component'): string {
  return `${HEAD}kind: ${kind}\nmetadata:\n  name: mine\nspec:\n${spec}`;
}

describe('Ref completion', () => {
  let workspace: LanguageWorkspace;
  const labels = (text: string, path = 'catalog-info.yaml'): Promise<readonly string[]> =>
    labelsAt(workspace.cursor(path, text));
  const accepted = (text: string, label: string): Promise<string> =>
    acceptedAt(workspace.cursor('catalog-info.yaml', text), label);

  beforeAll(async () => {
    workspace = await openLanguageWorkspace({
      'org.yaml': documents(
        aDescriptor(
          'group:team-a',
          {},
          { title: 'The \u202eA-Team', description: 'They\n<b>plan</b>.' },
        ),
        aDescriptor('group:team-b'),
        aDescriptor('group:other/team-c'),
        aDescriptor('user:jane'),
      ),
      'shop.yaml': documents(
        aDescriptor('system:shop', { owner: 'team-b' }),
        aComponent('front', { owner: 'team-b', system: 'shop', dependsOn: ['component:basket'] }),
        aComponent('basket', { owner: 'team-b', system: 'shop' }),
        aDescriptor('resource:orders', { owner: 'team-b', system: 'shop' }),
        aDescriptor('api:orders', { owner: 'team-b', system: 'shop' }),
      ),
      'far.yaml': documents(
        aComponent('far', { owner: 'team-a' }),
        aDescriptor('component:other/away', { owner: 'default/team-a' }),
      ),
      'catalog-info.yaml': aComponent('mine'),
    });
  });

  it.each([
    ['owner: <|>', ['team-b', 'team-a', 'user:jane', 'other/team-c']],
    ['owner: te<|>', ['team-b', 'team-a', 'other/team-c']],
    ['owner: group:te<|>', ['team-b', 'team-a', 'other/team-c']],
    ['owner: user:<|>', ['user:jane']],
    ['owner: group:default/te<|>', ['team-b', 'team-a']],
    ['owner: other/<|>', ['other/team-c']],
    ['owner: oth<|>', ['other/team-c']],
    ['owner: group:oth<|>', ['other/team-c']],
    ['owner: "te<|>"', ['team-b', 'team-a', 'other/team-c']],
    ['owner: plan<|>', []],
    ['owner: a-t<|>', ['team-a']],
    ['owner:\n    te<|>', ['team-b', 'team-a', 'other/team-c']],
    ['system: <|>', ['shop']],
    ['subcomponentOf: f<|>', ['far', 'front']],
    ['providesApis: [<|>]', ['orders']],
    ['consumesApis:\n    - <|>', ['orders']],
    ['dependsOn:\n    - res<|>', ['resource:orders']],
    ['dependsOn:\n    - resource:<|>', ['resource:orders']],
    ['dependsOn: [resource:<|>]', ['resource:orders']],
    ['dependsOn: ["component:b<|>"]', ['component:basket']],
    ['owner: &us te<|>', ['team-b', 'team-a', 'other/team-c']],
    ['owner: !!str "te<|>"', ['team-b', 'team-a', 'other/team-c']],
    ['dependsOn:\n    - &it res<|>', ['resource:orders']],
    ['dependsOn: [&it resource:<|>]', ['resource:orders']],
    ['type: te<|>', []],
  ])('offers matching kinds: %s', async (field, expected) => {
    const found = await labels(mine(`  ${field}\n`));
    const refs = field.startsWith('type') ? found.filter(label => label.includes('team')) : found;
    expect(refs).toEqual(expected);
  });

  it('lists refs by closeness', async () => {
    const text = documents(
      aComponent('beside', { owner: 'team-a' }),
      mine('  owner: team-a\n  system: shop\n  dependsOn:\n    - component:<|>\n'),
    );
    await workspace.write({
      'catalog-info.yaml': documents(aComponent('beside'), aComponent('mine')),
    });

    expect(await labels(text)).toEqual([
      'component:beside',
      'component:basket',
      'component:front',
      'component:far',
      'component:other/away',
    ]);
  });

  it('omits existing items and the entity itself', async () => {
    const found = await labels(
      mine('  dependsOn:\n    - component:front\n    - component:default/Basket\n    - <|>\n'),
    );
    expect(found.filter(label => /front|basket|mine/.test(label))).toEqual([]);
  });

  it('offers the ref at the cursor', async () => {
    expect(await labels(mine('  dependsOn:\n    - component:fro<|>nt\n'))).toEqual([
      'component:front',
    ]);
  });

  it("shortens refs in the document's namespace", async () => {
    const text = `${HEAD}kind: Component\nmetadata:\n  name: x\n  namespace: other\nspec:\n  owner: team<|>\n`;
    expect(await labels(text)).toEqual(['team-c', 'default/team-b', 'default/team-a']);
  });

  it('offers refs in annotations', async () => {
    const text = `${HEAD}kind: Component\nmetadata:\n  name: x\n  annotations:\n    backstage.io/techdocs-entity: fro<|>\n`;
    expect(await labels(text)).toEqual(['component:front']);
  });

  it('offers refs for the owner of a Template', async () => {
    const text = `apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata:\n  name: t\nspec:\n  owner: team-<|>\n`;
    expect(await labels(text)).toContain('team-a');
  });

  it.each([
    ['owner: te<|>am-x', 'team-a', 'owner: team-a'],
    ['owner: "te<|>am-x"', 'team-a', 'owner: "team-a"'],
    ['owner: "te<|>', 'team-a', 'owner: "team-a"'],
    ['owner: group:default/<|>', 'team-a', 'owner: team-a'],
    ['owner: group:default/te<|> # who', 'team-a', 'owner: team-a # who'],
    ['dependsOn: [resource:<|>, a:b]', 'resource:orders', 'dependsOn: [resource:orders, a:b]'],
    ['dependsOn: <|>', 'resource:orders', 'dependsOn: [resource:orders]'],
    ['dependsOn:\n    <|>', 'resource:orders', 'dependsOn:\n    - resource:orders'],
    ['dependsOn:\n    res<|>', 'resource:orders', 'dependsOn:\n    - resource:orders'],
    [
      'dependsOn:\n    - a:b\n    <|>',
      'resource:orders',
      'dependsOn:\n    - a:b\n    - resource:orders',
    ],
    ['dependsOn:\n    - r<|>', 'resource:orders', 'dependsOn:\n    - resource:orders'],
  ])('replaces the written ref: %s', async (field, label, expected) => {
    expect(await accepted(mine(`  ${field}\n`), label)).toBe(mine(`  ${expected}\n`));
  });

  it('shows titles, kinds and descriptions', async () => {
    const items = await offeredAt(
      workspace.cursor('catalog-info.yaml', mine('  owner: team-<|>\n')),
    );
    expect(items.find(({ label }) => label === 'team-a')).toMatchObject({
      labelDetails: { detail: ' The A-Team', description: 'Group' },
      detail: 'Group · The A-Team',
      documentation: { kind: 'plaintext', value: 'They <b>plan</b>.' },
      filterText: 'team-a The A-Team group:default/team-a',
    });
  });

  it.each([
    ['an expression', mine('  owner: ${{ values.<|> }}\n')],
    ['a field of another kind', mine('  parent: <|>\n')],
    ['a file other than a descriptor', 'apiVersion: v1\nkind: Service\nspec:\n  owner: <|>\n'],
    ['a comment', mine('  owner: a # te<|>\n')],
    ['a misaligned list item', mine('  dependsOn:\n    - a:b\n      <|>\n')],
    ['an item of a field without lists', mine('  owner:\n    - <|>\n')],
    ['a block text', mine('  owner: |\n    te<|>\n')],
  ])("isn't offered in %s", async (_, text) => {
    expect(await labels(text)).toEqual([]);
  });

  it('limits the items and asks again', async () => {
    const teams = Array.from({ length: 300 }, (_, index) => aDescriptor(`group:many-${index}`));
    const { context } = await openLanguageWorkspace({ 'org.yaml': documents(...teams) });
    const all = await completionsAt({
      ...workspace.cursor('a.yaml', mine('  owner: <|>\n')),
      context,
    });
    const some = await completionsAt({
      ...workspace.cursor('a.yaml', mine('  owner: many-29<|>\n')),
      context,
    });

    expect([all.items.length, all.isIncomplete]).toEqual([200, true]);
    expect([some.items.length, some.isIncomplete]).toEqual([21, false]);
  });
});

describe('Ref completion from remote sources', () => {
  const entity = (ref: string, title?: string): SourceEntity => {
    const { kind, namespace, name } = parseEntityRef(ref);
    return { ref: ref.toLowerCase(), kind, namespace, name, title, type: undefined };
  };
  const others = [
    entity('Group:default/team-z', 'Zoo'),
    entity('Group:other/team-y'),
    entity('Component:default/zoo'),
  ];

  async function open(find: RemoteEntities['find']) {
    const workspace = await openLanguageWorkspace({
      'org.yaml': documents(aDescriptor('group:team-a'), aDescriptor('group:team-b')),
    });
    const cursor = (spec: string): PositionRequest => {
      const request = workspace.cursor('catalog-info.yaml', mine(`  ${spec}\n`));
      return { ...request, context: { ...request.context, remoteEntities: { find } } };
    };
    return cursor;
  }

  it("merges remote refs and isn't repeated when complete", async () => {
    const cursor = await open(async ({ kinds }) => ({
      entities: others
        .filter(({ kind }) => kinds?.includes(kind))
        .map(other => ({ entity: other, source: 'Acme' })),
      isComplete: true,
    }));
    expect(await labelsAt(cursor('owner: te<|>'))).toEqual([
      'team-a',
      'team-b',
      'team-z',
      'other/team-y',
    ]);
    expect(await labelsAt(cursor('owner: zoo<|>'))).toEqual(['team-z']);
    const { items, isIncomplete } = await completionsAt(cursor('owner: team-z<|>'));
    expect(isIncomplete).toBe(false);
    expect(items).toMatchObject([
      {
        label: 'team-z',
        labelDetails: { detail: ' Zoo', description: 'Group · Acme' },
        detail: 'Group · Zoo · on Acme',
      },
    ]);
    expect(await acceptedAt(cursor('dependsOn: [zo<|>]'), 'component:zoo')).toContain(
      'dependsOn: [component:zoo]',
    );
  });

  it.each([
    ['owner: <|>', { text: '', kinds: ['Group', 'User'] }],
    ['owner: user:ja<|>', { text: 'ja', kinds: ['User'] }],
    ['owner: group:other/te<|>', { text: 'te', kinds: ['Group'], namespace: 'other' }],
    ['owner: component:x<|>', undefined],
    ['dependsOn: [resource:<|>]', { text: '', kinds: ['Resource'] }],
    ['lifecycle: prod<|>', undefined],
  ])('queries by typed text and matching kinds: %s', async (spec, query) => {
    const requests: unknown[] = [];
    const cursor = await open(async each => {
      requests.push(each);
      return { entities: [], isComplete: true };
    });
    await labelsAt(cursor(spec));
    expect(requests).toEqual(query ? [query] : []);
  });

  it('asks again after more typing', async () => {
    const cursor = await open(async () => ({ entities: [], isComplete: false }));
    expect((await completionsAt(cursor('owner: te<|>'))).isIncomplete).toBe(true);
  });

  it("prefers the catalog's entity to a remote one", async () => {
    const cursor = await open(async () => ({
      entities: [{ entity: entity('Group:default/team-a', 'Another'), source: 'Acme' }],
      isComplete: true,
    }));
    expect(await offeredAt(cursor('owner: team-a<|>'))).toMatchObject([
      { label: 'team-a', labelDetails: { description: 'Group' } },
    ]);
  });

  it("returns the catalog's refs when a source fails", async () => {
    const cursor = await open(() => Promise.reject(new Error('x')));
    expect(await labelsAt(cursor('owner: te<|>'))).toEqual(['team-a', 'team-b']);
  });

  it('removes line breaks and bidirectional characters from titles', async () => {
    const cursor = await open(async () => ({
      entities: [{ entity: entity('Group:default/team-z', 'a\u202eb\nc'), source: 'Acme' }],
      isComplete: true,
    }));
    expect(await offeredAt(cursor('owner: team-z<|>'))).toMatchObject([
      { labelDetails: { detail: ' ab c' } },
    ]);
  });
});
