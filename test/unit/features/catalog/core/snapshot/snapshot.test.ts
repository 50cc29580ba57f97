import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { TestCatalog, type TestCatalogOptions } from '../../../../../support/testCatalog';

const FILES: Readonly<Record<string, string>> = {
  'a.yaml': aComponent('a', { dependsOn: ['component:b'] }),
  'b.yaml': aComponent('b', { owner: 'nobody' }),
  'docs.yaml': aDescriptor(
    'component:docs',
    { owner: 'nobody' },
    { annotations: { 'backstage.io/techdocs-entity': 'system:nothing' } },
  ),
  'c/catalog-info.yaml': aLocation('all', '../noted.txt'),
  'noted.txt': aComponent('noted'),
  'broken.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: [\n',
  'values.yaml': 'replicas: 2\n',
  'api.yaml': aDescriptor('api:x', { definition: { $text: './text.txt' } }),
  'text.txt': 'openapi: 3.0.0\n',
};

function catalogOf(
  files: Readonly<Record<string, string>>,
  options: TestCatalogOptions = {},
): TestCatalog {
  const catalog = new TestCatalog(options);
  for (const [path, text] of Object.entries(files)) catalog.files.write(`/work/${path}`, text);
  return catalog;
}

function contentOf({ engine }: TestCatalog): unknown {
  return {
    entities: engine.getEntities(),
    problems: engine.getProblems(),
    failed: engine.getFailedEntities(),
    sources: engine.getEntityRefs().map(ref => engine.getEntitySource(ref)),
  };
}

async function saved(options: TestCatalogOptions = {}): Promise<InMemoryBlobStore> {
  const store = new InMemoryBlobStore();
  const catalog = catalogOf(FILES, { ...options, store });
  await catalog.engine.refresh();
  await catalog.engine.save();
  expect(store.blobs.size).toBe(1);
  return store;
}

describe('Warm start', () => {
  it('shows the catalog before reading descriptors and ends with the same', async () => {
    const store = await saved();
    const first = catalogOf(FILES);
    await first.engine.refresh();
    const second = catalogOf(FILES, { store });
    const shown = new Promise<readonly string[]>(resolve => {
      second.engine.onDidChange(() => resolve(Object.keys(second.files.takeReads())));
    });
    const refreshed = second.engine.refresh();
    // Only a Location's target outside discovery is read.
    expect(await shown).toEqual(['/work/noted.txt']);
    expect(second.engine.status).toBe('indexing');
    await refreshed;
    expect(second.engine.status).toBe('ready');
    expect(contentOf(second)).toEqual(contentOf(first));
  });

  it.each([
    ['changed', { 'a.yaml': aComponent('other') }],
    ['added', { 'new.yaml': aComponent('new') }],
    ['turned into a descriptor', { 'values.yaml': aComponent('valued') }],
    ['read by another file', { 'text.txt': 'openapi: 3.1.0\n' }],
    ['changed to the same size', { 'a.yaml': aComponent('z', { dependsOn: ['component:b'] }) }],
    ['added to a repository', { '.git/HEAD': 'ref: refs/heads/main\n' }],
    ['added to their own repository', { 'c/.git/HEAD': 'ref: refs/heads/main\n' }],
    ['ignored', { '.gitignore': 'b.yaml\n' }],
  ])('includes files that were %s since', async (_, changes) => {
    const store = await saved();
    const cold = catalogOf({ ...FILES, ...changes });
    await cold.engine.refresh();
    const warm = catalogOf({ ...FILES, ...changes }, { store });
    await warm.engine.refresh();
    expect(contentOf(warm)).toEqual(contentOf(cold));
  });

  it('uses display paths in many problems', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index}.yaml`, aComponent('same')]),
    );
    const cold = catalogOf(files);
    await cold.engine.refresh();
    const store = new InMemoryBlobStore();
    const first = catalogOf(files, { store });
    await first.engine.refresh();
    await first.engine.save();
    const second = catalogOf(files, { store });
    await second.engine.refresh();
    expect(second.messages()).toEqual(cold.messages());
  });

  it('drops files deleted since', async () => {
    const store = await saved();
    const { 'a.yaml': _, ...others } = FILES;
    const warm = catalogOf(others, { store });
    await warm.engine.refresh();
    expect(warm.refs()).not.toContain('component:default/a');
    expect(warm.codes('b.yaml')).toEqual(['dangling-reference']);
  });

  it('ignores settings whose refresh was canceled', async () => {
    const store = new InMemoryBlobStore();
    const first = catalogOf(FILES, { store });
    await first.engine.refresh();
    const options = { ...first.engine.options, maxFileSize: 100 };
    first.engine.setOptions(options);
    await first.engine.refresh({ signal: AbortSignal.abort() }).catch(() => {});
    await first.engine.save();
    const cold = catalogOf(FILES, { options });
    await cold.engine.refresh();
    const warm = catalogOf(FILES, { store, options });
    await warm.engine.refresh();
    expect(contentOf(warm)).toEqual(contentOf(cold));
  });

  it('reads everything when settings, folders or processors changed', async () => {
    const store = await saved();
    const reads = async (options: TestCatalogOptions, prepare?: (c: TestCatalog) => void) => {
      const catalog = catalogOf(FILES, { store, ...options });
      prepare?.(catalog);
      await catalog.engine.refresh();
      return Object.keys(catalog.files.takeReads()).includes('/work/values.yaml');
    };
    expect(await reads({ options: { maxFileSize: 1000 } })).toBe(true);
    expect(await reads({ roots: ['work', 'other'] })).toBe(true);
    expect(
      await reads({}, ({ engine }) => engine.addProcessor({ getProcessorName: () => 'p' })),
    ).toBe(true);
  });
});

describe('Damaged snapshot', () => {
  it('gives the same catalog when truncated or with a changed byte', async () => {
    const store = await saved();
    const [[name, whole] = ['', new Uint8Array()]] = [...store.blobs];
    const cold = catalogOf(FILES);
    await cold.engine.refresh();
    const expected = contentOf(cold);
    const start = async (data: Uint8Array): Promise<unknown> => {
      store.blobs.set(name, data);
      const warm = catalogOf(FILES, { store });
      await warm.engine.refresh();
      return contentOf(warm);
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        expect(await start(whole.subarray(0, at))).toEqual(expected);
        const flipped = whole.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        expect(await start(flipped)).toEqual(expected);
      }),
      { numRuns: 60, seed: 20240607 },
    );
    expect(await start(new TextEncoder().encode('{"not":"ours"}\n'))).toEqual(expected);
    expect(await start(new Uint8Array())).toEqual(expected);
  });
});
