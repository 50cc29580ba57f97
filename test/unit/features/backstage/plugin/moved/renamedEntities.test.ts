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

/** As the server has it from an address. */
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

/** What is named otherwise here, by the files of the workspace: `old → new`. */
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

/** What two Backstages have that are sources, each with `component:old` from the file: `id: old → new`. */
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

it('is what the same file has under another name, on whatever branch', async () => {
  server.entities = [served('old', FILE)];
  const workspace = { 'catalog-info.yaml': aComponent('new') };
  expect(await found(workspace)).toEqual([`${OLD} → ${NEW}`]);
  expect(await found(workspace, 'main')).toEqual([`${OLD} → ${NEW}`]);
});

it('is told of each Backstage that still has it', async () => {
  expect(await foundOfBoth()).toEqual([`first: ${OLD} → ${NEW}`, `second: ${OLD} → ${NEW}`]);
});

it('is told from what stays by the entities of the file that both have', async () => {
  server.entities = [served('old', FILE), served('same', FILE)];
  const text = documents(aComponent('same'), aComponent('new'));
  expect(await found({ 'catalog-info.yaml': text })).toEqual([`${OLD} → ${NEW}`]);
});

it('is the one that is most alike, where several have other names', async () => {
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

it('is nothing where the entity is gone from its file, which is told, too', async () => {
  const annotations = { 'backstage.io/orphan': 'true' };
  server.entities = [served('old', FILE, { annotations }), served('same', FILE)];
  expect(await found({ 'catalog-info.yaml': aComponent('same') })).toEqual([
    `${OLD} → undefined (orphan)`,
  ]);
});

it.each([
  [
    'has moved to another file',
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
    'is from no page',
    'url:https://github.com/acme/shop/blob/%E0%A4%A',
    { 'catalog-info.yaml': aComponent('new') },
  ],
  [
    'is from a file that is half written',
    FILE,
    { 'catalog-info.yaml': `${aComponent('new')}---\n{ a: ` },
  ],
  [
    'is of another kind',
    FILE,
    { 'catalog-info.yaml': aComponent('new').replace('Component', 'Resource') },
  ],
])('is nothing that %s', async (_, location, workspace) => {
  server.entities = [served('old', location)];
  expect((await found(workspace)).filter(line => !line.endsWith('undefined'))).toEqual([]);
});

describe('in another file of the repository', () => {
  const at = (path: string, branch = 'main'): string =>
    `url:https://github.com/acme/shop/blob/${branch}/${path}`;
  /** Says something of itself. */
  const told = (name: string, location: string, title = 'The shop'): Entity => {
    const entity = served(name, location);
    return { ...entity, metadata: { ...entity.metadata, title } };
  };
  const here = (name: string, title = 'The shop'): string =>
    aDescriptor(`component:${name}`, { owner: 'team-a' }, { title });
  const moved = `${OLD} → ${NEW} (from old/catalog-info.yaml)`;

  it.each([
    ['that is gone', {}],
    ['that has something else by now', { 'old/catalog-info.yaml': aComponent('other') }],
    ['beside others that are new', { 'more.yaml': here('more', 'Another') }],
  ])('is what is written alike but for the name, from a file %s', async (_, more) => {
    server.entities = [told('old', at('old/catalog-info.yaml'))];
    expect(await found({ 'new/catalog-info.yaml': here('new'), ...more })).toEqual([moved]);
  });

  it.each([
    ['is from a branch whose name may be longer', 'release/old/catalog-info.yaml', {}],
    ['is still where it was, though not read', 'old.txt', { 'old.txt': here('old') }],
    ['may be two', 'old.yaml', { 'b.yaml': here('b') }],
    ['is not alike', 'old.yaml', { 'new.yaml': here('new', 'Another') }],
    ['may be in a part that is not checked out', 'old.yaml', { '.git/info/sparse-checkout': '/*' }],
    [
      'may be in a file that is half written',
      'old.yaml',
      { 'new.yaml': `${here('new')}---\n{ a: ` },
    ],
  ])('is nothing that %s', async (_, path, more) => {
    const isLong = path.startsWith('release/');
    const location = isLong ? at('old/catalog-info.yaml', 'release') : at(path);
    server.entities = [told('old', location)];
    const workspace = {
      'new.yaml': here('new'),
      ...(isLong && { 'catalog-info.yaml': aComponent('top') }),
      ...more,
    };
    expect(await found(workspace)).toEqual([]);
  });

  it('is from a path that is shown as text', async () => {
    server.entities = [told('old', at('x%0Aline%E2%80%AE%1b[31m.yaml'))];
    expect(await found({ 'new.yaml': here('new') })).toEqual([
      `${OLD} → ${NEW} (from x line [31m.yaml)`,
    ]);
  });

  it('is nothing that has no more to say of itself than where its docs are', async () => {
    const annotations = { 'backstage.io/techdocs-ref': 'dir:.' };
    server.entities = [served('old', at('old/catalog-info.yaml'), { annotations })];
    const text = aDescriptor('component:new', { owner: 'team-a' }, { annotations });
    expect(await found({ 'new/catalog-info.yaml': text })).toEqual([]);
  });

  it('is nothing whose place would have to be looked for in very many', async () => {
    const deep = `${'a/'.repeat(500)}old.yaml`;
    server.entities = [told('old', at(deep, 'topic'))];
    expect(await found({ 'new.yaml': here('new') })).toEqual([]);
  });

  it('is nothing that two of a Backstage may have become, or that says nothing of itself', async () => {
    server.entities = [told('old', at('old.yaml')), told('older', at('older.yaml'))];
    expect(await found({ 'new.yaml': here('new') })).toEqual([]);
    server.entities = [served('old', at('old.yaml'))];
    expect(await found({ 'new.yaml': aComponent('new') })).toEqual([]);
  });
});
