import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../src/base';
import { DefaultSearchIndex, RestartingSearchIndex } from '../../src/features/search/core';
import { loadThreads } from '../../src/platform/node';
import { builtWorker } from '../support/builtProgram';
import { aQuery, aSource } from '../support/searching';

it('returns the same results in a thread as in process', async () => {
  const script = await builtWorker('searchWorker');
  const { NodeThread } = await loadThreads();
  const here = new RestartingSearchIndex({
    startThread: undefined,
    createIndex: async () => new DefaultSearchIndex(),
    logger: silentLogger,
  });
  const there = new RestartingSearchIndex({
    startThread: async () => new NodeThread(script),
    createIndex: () => Promise.reject(new Error('It must not run on this thread')),
    logger: silentLogger,
  });
  const { signal } = new AbortController();
  const answers = await Promise.all(
    [here, there].map(async index => {
      onTestFinished(() => index.dispose());
      await index.put([
        aSource('docs', 'a', 'Rotate the keys', 'Lose the keys'),
        { ...aSource('apis', 'b', 'rotateKeys'), stamp: '1' },
      ]);
      const found = await index.search(aQuery('rotte key'), signal);
      const bytes = await index.save();
      await index.clear();
      const isLoaded = await index.load(bytes);
      return {
        found,
        isLoaded,
        stamps: await index.stamps('apis'),
        count: await index.statistics(),
      };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[1]).toMatchObject({ isLoaded: true, count: { documents: 3 } });
  expect(answers[1]?.found.total).toBeGreaterThan(0);
});
