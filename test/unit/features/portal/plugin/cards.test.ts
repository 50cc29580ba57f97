import { describe, expect, it } from 'vitest';
import type { CardContent, EntityCard } from '../../../../../src/api';
import { english, silentLogger } from '../../../../../src/base';
import { builtinCards } from '../../../../../src/features/portal/plugin';
import { TechDocsSites } from '../../../../../src/features/techdocs/core';
import { openBackstage } from '../../../../support/backstageCatalog';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../support/descriptors';
import { fileUri, InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { openCatalog, type TestCatalog } from '../../../../support/testCatalog';
import { TestClock } from '../../../../support/testClock';

const everything = {
  'org.yaml': documents(
    aDescriptor('group:root', { children: ['team'], profile: { email: 'root@example.com' } }),
    aDescriptor('group:team', { parent: 'root', members: ['ann'] }),
    aDescriptor('group:empty'),
    aDescriptor('user:ann', { memberOf: ['team'], profile: { displayName: 'Ann Lee' } }),
    aDescriptor('user:bob', { memberOf: ['root'] }),
  ),
  'catalog-info.yaml': documents(
    aDescriptor('domain:sales'),
    aDescriptor('domain:returns', { subdomainOf: 'sales' }),
    aDescriptor('system:shop', { domain: 'sales' }),
    aDescriptor('system:bare'),
    aDescriptor('resource:db', { system: 'shop', dependsOn: ['resource:disk'] }),
    aDescriptor('resource:disk'),
    aDescriptor('api:orders', { system: 'shop' }),
    aDescriptor('api:lonely'),
    aComponent('front', {
      system: 'shop',
      providesApis: ['orders'],
      dependsOn: ['component:back', 'resource:db'],
    }),
    aComponent('back', { system: 'shop', consumesApis: ['orders'], subcomponentOf: 'front' }),
  ),
};

/** The content of an entity's card, or undefined without the card. */
async function shown(
  catalog: Pick<TestCatalog, 'engine' | 'files'>,
  ref: string,
  id: string,
  anchor?: string,
): Promise<CardContent | undefined> {
  const { engine, files } = catalog;
  const cards: readonly EntityCard[] = builtinCards({
    catalog: engine,
    files,
    techdocs: new TechDocsSites({
      fileSystem: files,
      clock: new TestClock(),
      logger: silentLogger,
      catalog: engine,
      environment: () => new Map(),
    }),
    translate: english,
    filePath: uri => uri.replace('file:///work/', ''),
  });
  const entity = engine.getEntityByRef(ref);
  const card = cards.find(candidate => candidate.id === `portal.${id}`);
  if (!entity || !card) throw new Error(`There is no ${ref}, or no card ${id}`);
  if (card.isShownFor && !card.isShownFor(entity)) return undefined;
  return card.load(entity, {
    signal: new AbortController().signal,
    ...(anchor !== undefined && { anchor }),
  });
}

describe('Relation cards', () => {
  it.each([
    [
      'has-components',
      'system:default/shop',
      ['component:default/back', 'component:default/front'],
    ],
    ['has-apis', 'system:default/shop', ['api:default/orders']],
    ['has-resources', 'system:default/shop', ['resource:default/db']],
    ['has-systems', 'domain:default/sales', ['system:default/shop']],
    ['has-subdomains', 'domain:default/sales', ['domain:default/returns']],
    ['has-subcomponents', 'component:default/front', ['component:default/back']],
    ['provided-apis', 'component:default/front', ['api:default/orders']],
    ['consumed-apis', 'component:default/back', ['api:default/orders']],
    ['providing-components', 'api:default/orders', ['component:default/front']],
    ['consuming-components', 'api:default/orders', ['component:default/back']],
    ['depends-on-components', 'component:default/front', ['component:default/back']],
    ['depends-on-resources', 'component:default/front', ['resource:default/db']],
    ['dependency-of-components', 'resource:default/db', ['component:default/front']],
    ['dependency-of-resources', 'resource:default/disk', ['resource:default/db']],
  ])('%s of %s', async (id, ref, entityRefs) => {
    const catalog = await openCatalog(everything);
    expect(await shown(catalog, ref, id)).toMatchObject({ type: 'entities', entityRefs });
  });

  it.each([
    ['has-components', 'system:default/bare', 'No component is part of this system'],
    ['has-systems', 'domain:default/returns', 'No system is part of this domain'],
    ['provided-apis', 'component:default/back', 'This component does not provide any APIs.'],
    ['consumed-apis', 'component:default/front', 'This component does not consume any APIs.'],
    ['providing-components', 'api:default/lonely', 'No component provides this API.'],
    ['consuming-components', 'api:default/lonely', 'No component consumes this API.'],
  ])('%s of %s reports that there are none', async (id, ref, empty) => {
    const catalog = await openCatalog(everything);
    expect(await shown(catalog, ref, id)).toMatchObject({ entityRefs: [], empty });
  });

  it.each([
    ['has-resources', 'system:default/bare'],
    ['has-components', 'component:default/front'],
    ['depends-on-components', 'component:default/back'],
    ['providing-components', 'component:default/front'],
  ])("%s isn't shown for %s", async (id, ref) => {
    expect(await shown(await openCatalog(everything), ref, id)).toBeUndefined();
  });

  it('shows all entities without another page for them', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `part-${index}`);
    const catalog = await openCatalog({
      'a.yaml': documents(
        aDescriptor('system:shop'),
        ...names.map(name => aComponent(name, { system: 'shop' })),
      ),
    });
    const content = await shown(catalog, 'system:default/shop', 'has-components');
    expect(content).not.toHaveProperty('more');
    expect(content?.type === 'entities' && content.entityRefs).toHaveLength(130);
  });
});

it('groups all relations by type', async () => {
  const content = await shown(
    await openCatalog(everything),
    'component:default/back',
    'all-relations',
  );
  expect(content?.type === 'sections' && content.sections.map(({ title }) => title)).toEqual([
    'Owned by',
    'Part of',
    'Consumes API',
    'Dependency of',
  ]);
});

describe('People cards', () => {
  it('lists members of a group, directly or with subgroups', async () => {
    const catalog = await openCatalog(everything);
    expect(await shown(catalog, 'group:default/root', 'members')).toMatchObject({
      type: 'choices',
      choices: [
        { content: { entityRefs: ['user:default/bob'] } },
        { content: { entityRefs: ['user:default/bob', 'user:default/ann'] } },
      ],
    });
    expect(await shown(catalog, 'group:default/team', 'members')).toMatchObject({
      entityRefs: ['user:default/ann'],
    });
    expect(await shown(catalog, 'group:default/empty', 'members')).toMatchObject({
      entityRefs: [],
      empty: 'This group has no members.',
    });
  });

  it('counts owned entities by kind and type with links', async () => {
    const content = await shown(await openCatalog(everything), 'group:default/team', 'ownership');
    expect(
      content?.type === 'bars' && content.bars.map(({ label, value }) => [label, value]),
    ).toEqual([
      ['Components: service', 2],
      ['APIs: openapi', 2],
      ['Resources: database', 2],
      ['Systems', 2],
      ['Domains', 2],
    ]);
    expect(content?.type === 'bars' && content.bars[0]?.target).toEqual({
      type: 'page',
      page: {
        page: 'catalog',
        query: {
          kind: 'component',
          facets: { owner: ['group:default/team'], type: ['service'] },
        },
      },
    });
  });

  it("counts the entities of a user's groups first", async () => {
    const content = await shown(await openCatalog(everything), 'user:default/ann', 'ownership');
    expect(content).toMatchObject({
      choices: [
        { id: 'all', content: { bars: [{ value: 2 }, {}, {}, {}, {}] } },
        { id: 'direct', content: { bars: [] } },
      ],
    });
  });

  it('visits cyclic groups once', async () => {
    const catalog = await openCatalog({
      'a.yaml': documents(
        aDescriptor('group:a', { children: ['b'] }),
        aDescriptor('group:b', { children: ['a'], members: ['ann'] }),
        aDescriptor('user:ann'),
      ),
    });
    expect(await shown(catalog, 'group:default/a', 'members')).toMatchObject({
      choices: [{}, { content: { entityRefs: ['user:default/ann'] } }],
    });
  });

  it.each([
    ['https://example.com/ann.png', undefined],
    ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['data:text/html,x', undefined],
  ])('shows only embedded pictures: %s', async (picture, expected) => {
    const profile = { displayName: 'Ann', email: 'ann@example.com', picture };
    const catalog = await openCatalog({ 'a.yaml': aDescriptor('user:ann', { profile }) });
    const content = await shown(catalog, 'user:default/ann', 'profile');
    expect(content?.type === 'profile' && content.picture).toBe(expected);
  });
});

describe('Warning cards', () => {
  it('lists missing relation targets', async () => {
    const catalog = await openCatalog({
      'a.yaml': documents(
        aComponent('a', { dependsOn: ['resource:gone'], system: 'b' }),
        aDescriptor('system:b'),
        aDescriptor('group:team'),
      ),
    });
    expect(await shown(catalog, 'component:default/a', 'relation-warning')).toMatchObject({
      type: 'message',
      text: "This entity has relations to other entities, which can't be found in the catalog.",
      entityRefs: ['resource:default/gone'],
    });
    expect(await shown(catalog, 'group:default/team', 'relation-warning')).toBeUndefined();
  });

  it('shows orphans and processing errors in Backstage mode', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml':
        'catalog: { orphanStrategy: keep, locations: [{ type: file, target: ./all.yaml }] }',
      '/work/all.yaml': aLocation('all', './a.yaml', './b.yaml'),
      '/work/a.yaml': aComponent('a'),
      '/work/b.yaml': aComponent('b'),
    });
    const engine = await openBackstage(files, { configs: [fileUri('/work/app-config.yaml')] });
    const catalog = { engine, files };
    expect(await shown(catalog, 'component:default/a', 'orphan-warning')).toBeUndefined();
    expect(await shown(catalog, 'component:default/a', 'processing-errors')).toBeUndefined();
    files.write('/work/a.yaml', aComponent('a', { owner: 1 }));
    files.write('/work/all.yaml', aLocation('all', './a.yaml'));
    const changes = ['/work/a.yaml', '/work/all.yaml'].map(path => fileUri(path));
    await engine.applyChanges(changes.map(uri => ({ type: 'changed', uri })));
    expect(await shown(catalog, 'component:default/b', 'orphan-warning')).toMatchObject({
      type: 'message',
      text: expect.stringContaining('not referenced by any location') as unknown,
    });
    expect(await shown(catalog, 'component:default/a', 'processing-errors')).toMatchObject({
      type: 'message',
      tone: 'bad',
      detail: expect.stringContaining('/spec/owner must be string') as unknown,
    });
  });
});

describe('Docs card', () => {
  const docs = (ref: string): string =>
    aDescriptor('component:a', {}, { annotations: { 'backstage.io/techdocs-ref': ref } });

  it.each([
    ['a mkdocs.yml', { 'mkdocs.yml': 'site_name: a' }],
    ['a docs folder', { 'docs/index.md': '# a' }],
  ])('shows existing docs: %s', async (_, files) => {
    const catalog = await openCatalog({ 'catalog-info.yaml': docs('dir:.'), ...files });
    expect(await shown(catalog, 'component:default/a', 'docs')).toEqual({
      type: 'docs',
      site: 'file:///work',
    });
  });

  it('reports docs that are missing or elsewhere', async () => {
    const missing = await openCatalog({ 'catalog-info.yaml': docs('dir:.') });
    expect(await shown(missing, 'component:default/a', 'docs')).toMatchObject({
      sections: [{ content: { type: 'message', tone: 'warning' } }, {}],
    });
    const away = await openCatalog({ 'catalog-info.yaml': docs('url:https://example.com/docs/') });
    expect(await shown(away, 'component:default/a', 'docs')).toMatchObject({
      sections: [{ content: { type: 'message', tone: 'good' } }, {}],
    });
  });

  it('uses the docs of another entity, with their start page', async () => {
    const catalog = await openCatalog({
      'a/catalog-info.yaml': docs('dir:.'),
      'a/mkdocs.yml': 'site_name: a',
      'a/docs/index.md': '# First',
      'a/docs/part/one.md': '# Part',
      'b.yaml': aDescriptor(
        'component:b',
        {},
        {
          annotations: {
            'backstage.io/techdocs-entity': 'component:default/a',
            'backstage.io/techdocs-entity-path': '/part/one',
          },
        },
      ),
    });
    const site = 'file:///work/a';
    const ref = 'component:default/b';
    expect(await shown(catalog, ref, 'docs')).toEqual({ type: 'docs', site, path: 'part/one.md' });
    expect(await shown(catalog, ref, 'docs', 'a%23.md#b#c')).toEqual({
      type: 'docs',
      site,
      path: 'a#.md',
      anchor: 'b#c',
    });
  });

  it.each([
    ['no docs', aComponent('a')],
    ['missing docs', docs('dir:.')],
  ])('links to a README beside the descriptor when it has %s', async (_, descriptor) => {
    const catalog = await openCatalog({
      'catalog-info.yaml': descriptor,
      'README.md': '# Read me',
    });
    const content = await shown(catalog, 'component:default/a', 'docs');
    const target = { type: 'page', page: { page: 'docs', site: 'file:///work' } };
    const message = content?.type === 'sections' ? content.sections[0]?.content : content;
    expect(message).toMatchObject({
      actions: expect.arrayContaining([{ text: 'Open README', target }]) as unknown,
    });
  });

  it('explains how to add docs', async () => {
    const catalog = await openCatalog({ 'a.yaml': aComponent('a') });
    expect(await shown(catalog, 'component:default/a', 'docs')).toMatchObject({
      type: 'message',
      text: 'This entity has no docs.',
    });
    const group = await openCatalog({ 'a.yaml': aDescriptor('group:a') });
    expect(await shown(group, 'group:default/a', 'docs')).toBeUndefined();
  });
});

it("shows an entity's document as written, with its location", async () => {
  const catalog = await openCatalog({
    'a.yaml': `${aComponent('first')}---\n# Mine\n${aComponent('second')}`,
  });
  const content = await shown(catalog, 'component:default/second', 'raw');
  const written = content?.type === 'choices' ? content.choices[0]?.content : undefined;
  if (written?.type !== 'code') throw new Error('It is no code');
  expect(written.text).toContain('# Mine\napiVersion');
  expect(written.text).not.toContain('name: first');
  const lines = aComponent('first').split('\n').length;
  expect(written.firstLine).toBe(lines);
  expect(written.source).toMatchObject({ type: 'source', file: 'file:///work/a.yaml' });
});

it('lists entities with the same origin', async () => {
  const catalog = await openCatalog({
    'all.yaml': aLocation('all', './a.yaml', './b.yaml'),
    'a.yaml': documents(aComponent('a'), aComponent('a2')),
    'b.yaml': aComponent('b'),
    'other.yaml': aComponent('other'),
  });
  expect(await shown(catalog, 'component:default/a', 'colocated')).toMatchObject({
    sections: [
      { content: { entityRefs: ['component:default/a2'] } },
      {
        content: {
          entityRefs: ['component:default/a2', 'component:default/b', 'location:default/all'],
        },
      },
    ],
  });
  expect(await shown(catalog, 'component:default/a', 'ancestry')).toMatchObject({
    items: [
      {
        label: 'Found in the workspace',
        children: [{ id: 'location:default/all', children: [{ id: 'component:default/a' }] }],
      },
    ],
  });
});
