import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine, type CatalogWorkers } from '../../../../../../src/features/catalog/core';
import { contentOf } from '../../../../../support/catalogHistory';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { eager } from '../../../../../support/eagerWorkers';
import { type Fate, FatefulPool } from '../../../../../support/fatefulPool';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { longRun } from '../../../../../support/longRun';
import { root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

const COUNT = 300;

function manyFiles(): InMemoryFileSystem {
  const files = new InMemoryFileSystem({
    '/work/all.yaml': aLocation('all', './*/x.yaml', './text.txt'),
    '/work/text.txt': aDescriptor('api:text', { definition: { $text: './definition.txt' } }),
    '/work/definition.txt': 'openapi: 3.0.0',
    '/work/broken.yaml': aComponent('broken').replace('spec:', 'spec: ['),
  });
  for (let i = 0; i < COUNT; i++) files.write(`/work/${i}/x.yaml`, aComponent(`c${i % 290}`));
  return files;
}

async function opened(
  files: InMemoryFileSystem,
  pool?: FatefulPool,
  eagerness: Partial<CatalogWorkers> = eager.ingesting,
): Promise<CatalogEngine> {
  const engine = new CatalogEngine({
    fileSystem: files,
    clock: new TestClock(),
    logger: silentLogger,
    ...(pool && { workers: { pool, canRead: () => true, ...eagerness } }),
  });
  engine.setRoots([root('work')]);
  await engine.refresh();
  return engine;
}

it.each([
  ['fetch', eager.fetching],
  ['ingest', eager.ingesting],
])('workers that %s, and die, lie or cannot be had, leave no trace', async (_, eagerness) => {
  const files = manyFiles();
  const expected = contentOf(await opened(files));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Fate>('done', 'unavailable', 'error', 'lie', 'too few'), {
        minLength: 1,
        maxLength: 12,
      }),
      async fates => {
        const pool = new FatefulPool(files, fates);
        expect(contentOf(await opened(files, pool, eagerness))).toEqual(expected);
        expect(pool.jobs).toBeGreaterThan(0);
      },
    ),
    longRun({ runs: 3, seed: 20261127 }),
  );
});

it.each(['crashed', 'timeout'] as const)(
  'of a batch that workers %s of, the others are read when they are tried alone',
  async reason => {
    const files = manyFiles();
    const expected = contentOf(await opened(files));
    for (let place = 0; place < 5; place++) {
      const fates: Fate[] = Array.from({ length: 1000 }, (_, i) => (i === place ? reason : 'done'));
      const pool = new FatefulPool(files, fates);
      expect(contentOf(await opened(files, pool))).toEqual(expected);
    }
  },
);

it('files that workers die of, each by itself, are problems of their own', async () => {
  const files = manyFiles();
  const engine = await opened(files, new FatefulPool(files, ['crashed']));
  expect(engine.status).toBe('ready');
  const unread = engine.getProblems().filter(({ code }) => code === 'file-not-read');
  expect(unread.length).toBeGreaterThan(COUNT / 2);
  expect(new Set(unread.map(({ file }) => file)).size).toBe(unread.length);
});

it('files that workers die of while they fetch them are read without them', async () => {
  const files = manyFiles();
  const pool = new FatefulPool(files, ['crashed']);
  const engine = await opened(files, pool, eager.fetching);
  expect(contentOf(engine)).toEqual(contentOf(await opened(files)));
  expect(pool.jobs).toBeGreaterThan(0);
});
