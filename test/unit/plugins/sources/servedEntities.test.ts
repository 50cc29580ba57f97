import { expect, it } from 'vitest';
import type { CatalogSourceInfo } from '../../../../src/api';
import {
  isServed,
  refsOfOrigin,
  servedVersion,
} from '../../../../src/plugins/sources/servedEntities';
import { aComponent } from '../../../support/descriptors';
import { SourceInMemory } from '../../../support/sourceInMemory';
import { openCatalog } from '../../../support/testCatalog';

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

it('gives an entity as a source has it, also where the workspace has another version', async () => {
  const deps = await open();
  expect(servedVersion('component:default/a', 'acme', deps)?.entity.spec?.['owner']).toBe('there');
  expect(servedVersion('component:default/a', 'other', deps)).toBeUndefined();
  expect(['a', 'b', 'x'].map(name => isServed(`component:default/${name}`, 'acme', deps))).toEqual([
    true,
    true,
    false,
  ]);
});

it('finds all entities of a source that came by one origin', async () => {
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
