import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogSourceInfo } from '../../../../../../src/api';
import { fileAddresses } from '../../../../../../src/features/backstage/core/instances';
import { findRenamed } from '../../../../../../src/features/backstage/plugin/moved/renamedEntities';
import type { Entity } from '../../../../../../src/model';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { backstageSource, catalogWith, fetchOnce } from '../../../../../support/servedCatalog';
import { servedComponent, StandInBackstage } from '../../../../../support/standInBackstage';
import { openCatalog } from '../../../../../support/testCatalog';

let server: StandInBackstage;

beforeEach(async () => {
  server = await new StandInBackstage().listen();
});

afterEach(() => server.close());

const FILE = 'url:https://github.com/acme/shop/blob/main/catalog-info.yaml';

/** An entity that the server has from an address. */
function served(
  name: string,
  location: string,
  { spec = {}, annotations = {} }: { spec?: object; annotations?: object } = {},
): Entity {
  const entity = servedComponent(name, spec);
  const { metadata } = entity;
  return {
    ...entity,
    metadata: {
      ...metadata,
      annotations: { 'backstage.io/managed-by-location': location, ...annotations },
    },
  };
}

/** Renamed entities by the workspace's files: `old → new`. */
async function found(
  workspace: Readonly<Record<string, string>>,
  branch = 'feature/names',
): Promise<readonly string[]> {
  const { source } = backstageSource({ url: server.url });
  await fetchOnce(source);
  const catalog = await catalogWith(source, {
    '.git/config': '[remote "origin"]\n  url = https://github.com/Acme/shop.git\n',
    '.git/HEAD': `ref: refs/heads/${branch}\n`,
    ...workspace,
  });
  const info = { id: source.config.id, type: 'backstage', fetchedAt: 1 } as CatalogSourceInfo;
  const failed = vi.spyOn(catalog.engine, 'getFailedEntities');
  const renamed = await findRenamed(
    {
      catalog: catalog.engine,
      sources: {
        getSources: () => [info],
        getSourceOf: file => (catalog.engine.isOfSource(file) ? info : undefined),
      },
      files: { exists: async uri => (await catalog.files.stat(uri)) !== undefined },
      findAddresses: files => fileAddresses(files, catalog.files, async () => new Map()),
    },
    new AbortController().signal,
  );
  // They are collected from all files.
  expect(failed.mock.calls.length).toBeLessThan(2);
  return renamed.map(({ oldRef, ref, isOrphan, movedFrom }) =>
    [
      `${oldRef} → ${String(ref)}`,
      ...(movedFrom === undefined ? [] : [` (from ${movedFrom})`]),
      ...(isOrphan ? [' (orphan)'] : []),
    ].join(''),
  );
}

/**
 * Renamed entities of two Backstage sources with `component:old` from the file: `id: old → new`.
 */
async function foundOfBoth(): Promise<readonly string[]> {
  server.entities = [served('old', FILE)];
  const other = await new StandInBackstage(server.entities).listen();
  const catalog = await openCatalog({
    '.git/config': '[remote "origin"]\n  url = https://github.com/Acme/shop.git\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
    'catalog-info.yaml': aComponent('new'),
  });
  const keys = ['first', 'second'];
  for (const [index, { url }] of [server, other].entries()) {
    const { source } = backstageSource({ url, key: keys[index] });
    await fetchOnce(source);
    catalog.engine.addSource(source);
  }
  other.close();
  await catalog.engine.sourcesRead();
  const infos = keys.map(id => ({ id, type: 'backstage', fetchedAt: 1 }) as CatalogSourceInfo);
  const renamed = await findRenamed(
    {
      catalog: catalog.engine,
      sources: {
        getSources: () => infos,
        getSourceOf: file => infos.find(({ id }) => file.includes(`//${id}/`)),
      },
      files: { exists: async uri => (await catalog.files.stat(uri)) !== undefined },
      findAddresses: files => fileAddresses(files, catalog.files, async () => new Map()),
    },
    new AbortController().signal,
  );
  return renamed.map(({ sourceId, oldRef, ref }) => `${sourceId}: ${oldRef} → ${String(ref)}`);
}

const OLD = 'component:default/old';
const NEW = 'component:default/new';

it('finds a renamed entity of the same file on any branch', async () => {
  server.entities = [served('old', FILE)];
  const workspace = { 'catalog-info.yaml': aComponent('new') };
  expect(await found(workspace)).toEqual([`${OLD} → ${NEW}`]);
  expect(await found(workspace, 'main')).toEqual([`${OLD} → ${NEW}`]);
});

it('finds the entity in each Backstage with the old name', async () => {
  expect(await foundOfBoth()).toEqual([`first: ${OLD} → ${NEW}`, `second: ${OLD} → ${NEW}`]);
});

it('excludes entities of the file that have the same name', async () => {
  server.entities = [served('old', FILE), served('same', FILE)];
  const text = documents(aComponent('same'), aComponent('new'));
  expect(await found({ 'catalog-info.yaml': text })).toEqual([`${OLD} → ${NEW}`]);
});

it('matches several renamed entities by similarity', async () => {
  server.entities = [
    served('a', FILE, { spec: { type: 'website' } }),
    served('b', FILE, { spec: { type: 'library' } }),
  ];
  const text = documents(
    aComponent('new-b', { type: 'library' }),
    aComponent('new-a', { type: 'website' }),
  );
  expect(await found({ 'catalog-info.yaml': text })).toEqual([
    'component:default/a → component:default/new-a',
    'component:default/b → component:default/new-b',
  ]);
});

it('reports an entity that is missing in its file', async () => {
  const annotations = { 'backstage.io/orphan': 'true' };
  server.entities = [served('old', FILE, { annotations }), served('same', FILE)];
  expect(await found({ 'catalog-info.yaml': aComponent('same') })).toEqual([
    `${OLD} → undefined (orphan)`,
  ]);
});

it.each([
  [
    'moved to another file',
    FILE,
    { 'catalog-info.yaml': aComponent('new'), 'old.yaml': aComponent('old') },
  ],
  [
    'is from another file',
    FILE.replace('main/', 'main/sub/'),
    { 'catalog-info.yaml': aComponent('new') },
  ],
  [
    'is from another repository',
    FILE.replace('shop', 'cart'),
    { 'catalog-info.yaml': aComponent('new') },
  ],
  [
    'has no page',
    'url:https://github.com/acme/shop/blob/%E0%A4%A',
    { 'catalog-info.yaml': aComponent('new') },
  ],
  ['is from an incomplete file', FILE, { 'catalog-info.yaml': `${aComponent('new')}---\n{ a: ` }],
  [
    'has another kind',
    FILE,
    { 'catalog-info.yaml': aComponent('new').replace('Component', 'Resource') },
  ],
])('finds nothing that %s', async (_, location, workspace) => {
  server.entities = [served('old', location)];
  expect((await found(workspace)).filter(line => !line.endsWith('undefined'))).toEqual([]);
});

describe('Entity in another file of the repository', () => {
  const at = (path: string, branch = 'main'): string =>
    `url:https://github.com/acme/shop/blob/${branch}/${path}`;
  /** With a title of its own. */
  const titled = (name: string, location: string, title = 'The shop'): Entity => {
    const entity = served(name, location);
    return { ...entity, metadata: { ...entity.metadata, title } };
  };
  const here = (name: string, title = 'The shop'): string =>
    aDescriptor(`component:${name}`, { owner: 'team-a' }, { title });
  const moved = `${OLD} → ${NEW} (from old/catalog-info.yaml)`;

  it.each([
    ['that was deleted', {}],
    ['with other content now', { 'old/catalog-info.yaml': aComponent('other') }],
    ['with other new entities', { 'more.yaml': here('more', 'Another') }],
  ])('is matched by equal content, from a file %s', async (_, more) => {
    server.entities = [titled('old', at('old/catalog-info.yaml'))];
    expect(await found({ 'new/catalog-info.yaml': here('new'), ...more })).toEqual([moved]);
  });

  it.each([
    ['may be from a branch with a longer name', 'release/old/catalog-info.yaml', {}],
    ['is still in its unread file', 'old.txt', { 'old.txt': here('old') }],
    ['has two candidates', 'old.yaml', { 'b.yaml': here('b') }],
    ['has different content', 'old.yaml', { 'new.yaml': here('new', 'Another') }],
    ['may be outside the sparse checkout', 'old.yaml', { '.git/info/sparse-checkout': '/*' }],
    ['may be in an incomplete file', 'old.yaml', { 'new.yaml': `${here('new')}---\n{ a: ` }],
  ])("isn't matched when it %s", async (_, path, more) => {
    const isLong = path.startsWith('release/');
    const location = isLong ? at('old/catalog-info.yaml', 'release') : at(path);
    server.entities = [titled('old', location)];
    const workspace = {
      'new.yaml': here('new'),
      ...(isLong && { 'catalog-info.yaml': aComponent('top') }),
      ...more,
    };
    expect(await found(workspace)).toEqual([]);
  });

  it('has its path shown as plain text', async () => {
    server.entities = [titled('old', at('x%0Aline%E2%80%AE%1b[31m.yaml'))];
    expect(await found({ 'new.yaml': here('new') })).toEqual([
      `${OLD} → ${NEW} (from x line [31m.yaml)`,
    ]);
  });

  it("isn't matched by the docs annotation alone", async () => {
    const annotations = { 'backstage.io/techdocs-ref': 'dir:.' };
    server.entities = [served('old', at('old/catalog-info.yaml'), { annotations })];
    const text = aDescriptor('component:new', { owner: 'team-a' }, { annotations });
    expect(await found({ 'new/catalog-info.yaml': text })).toEqual([]);
  });

  it("isn't matched with too many possible branches", async () => {
    const deep = `${'a/'.repeat(500)}old.yaml`;
    server.entities = [titled('old', at(deep, 'topic'))];
    expect(await found({ 'new.yaml': here('new') })).toEqual([]);
  });

  it("isn't matched when ambiguous or without content", async () => {
    server.entities = [titled('old', at('old.yaml')), titled('older', at('older.yaml'))];
    expect(await found({ 'new.yaml': here('new') })).toEqual([]);
    server.entities = [served('old', at('old.yaml'))];
    expect(await found({ 'new.yaml': aComponent('new') })).toEqual([]);
  });
});
