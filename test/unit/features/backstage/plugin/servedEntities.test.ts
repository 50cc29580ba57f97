import { describe, expect, it } from 'vitest';
import type { CatalogSourceInfo } from '../../../../../src/api';
import {
  isServed,
  originOf,
  refsFromLocation,
  refsOfOrigin,
  existingRefs,
  servedVersion,
} from '../../../../../src/features/backstage/plugin/servedEntities';
import { aComponent } from '../../../../support/descriptors';
import { SourceInMemory } from '../../../../support/sourceInMemory';
import { openCatalog } from '../../../../support/testCatalog';

async function open() {
  const catalog = await openCatalog({ 'a.yaml': aComponent('a', { owner: 'here' }) });
  const source = new SourceInMemory(catalog.files);
  source.put({
    'a.yaml': aComponent('a', { owner: 'there' }),
    'b.yaml': `${aComponent('b')}---\n${aComponent('c')}`,
  });
  catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  const getSourceOf = (file: string): CatalogSourceInfo | undefined =>
    catalog.engine.isOfSource(file) ? ({ id: 'acme' } as CatalogSourceInfo) : undefined;
  return { catalog: catalog.engine, sources: { getSourceOf } };
}

it("returns the source's version of an entity despite a workspace version", async () => {
  const deps = await open();
  expect(servedVersion('component:default/a', 'acme', deps)?.entity.spec?.['owner']).toBe('there');
  expect(servedVersion('component:default/a', 'other', deps)).toBeUndefined();
  expect(['a', 'b', 'x'].map(name => isServed(`component:default/${name}`, 'acme', deps))).toEqual([
    true,
    true,
    false,
  ]);
});

it('finds all entities of a source with the same origin', async () => {
  const deps = await open();
  const { entity } = servedVersion('component:default/b', 'acme', deps) ?? {};
  const annotations = Object(entity?.metadata['annotations']) as Record<string, string>;
  const origin = annotations['backstage.io/managed-by-origin-location'] ?? '';
  expect(origin).not.toBe('');
  const { signal } = new AbortController();
  expect(await refsOfOrigin(origin, { sourceId: 'acme', signal }, deps)).toEqual([
    'component:default/b',
    'component:default/c',
  ]);
  await expect(
    refsOfOrigin(origin, { sourceId: 'acme', signal: AbortSignal.abort() }, deps),
  ).rejects.toThrow('abort');
});

describe('Entities on a Backstage', () => {
  const source = { id: 'acme' } as CatalogSourceInfo;
  const location = { id: '1', type: 'url', target: 'https://a.example/b.yaml' };
  const { signal } = new AbortController();
  const refs = ['component:default/a', 'component:default/new'];

  it('come from the server first', async () => {
    const deps = await open();
    const catalog = {
      existing: async () => new Set(['component:default/new']),
      entitiesOfLocation: async () => ({ refs, total: 12 }),
    };
    const there = await existingRefs(refs, { catalog, source }, signal, deps);
    expect(there).toEqual({ refs: ['component:default/new'], more: 0, isOfCopy: false });
    const entities = await refsFromLocation(location, { catalog, source }, signal, deps);
    expect(entities).toEqual({ refs, more: 10, isOfCopy: false });
  });

  it('come from the copy if the server fails, except when aborted', async () => {
    const deps = await open();
    const fail = (): Promise<never> => Promise.reject(new Error('down'));
    const catalog = { existing: fail, entitiesOfLocation: fail };
    const there = await existingRefs(refs, { catalog, source }, signal, deps);
    expect(there).toEqual({ refs: ['component:default/a'], more: 0, isOfCopy: true });
    const { entity } = servedVersion('component:default/b', 'acme', deps) ?? {};
    const [, type = '', target = ''] =
      /^(\w+):(.*)$/.exec((entity && originOf(entity)) ?? '') ?? [];
    const own = { id: '1', type, target };
    const ofCopy = {
      refs: ['component:default/b', 'component:default/c'],
      more: 0,
      isOfCopy: true,
    };
    expect(await refsFromLocation(own, { catalog, source }, signal, deps)).toEqual(ofCopy);
    const mute = { ...catalog, entitiesOfLocation: async () => undefined };
    expect(await refsFromLocation(own, { catalog: mute, source }, signal, deps)).toEqual(ofCopy);
    const missing = AbortSignal.abort();
    for (const asked of [
      existingRefs(refs, { catalog, source }, missing, deps),
      refsFromLocation(own, { catalog, source }, missing, deps),
    ]) {
      await expect(asked).rejects.toThrow('abort');
    }
  });
});
