import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { RestartingSearchIndex } from '../../../../../../src/features/search/core';
import { type Thread, ThreadMemoryError } from '../../../../../../src/platform/core/ports';
import { PlainSearchIndex } from '../../../../../support/plainSearchIndex';
import { aSource } from '../../../../../support/searching';
import { LocalThread } from '../../../../../support/threads';

function openIndex(start?: () => Promise<Thread | undefined>) {
  const threads: LocalThread[] = [];
  const warnings: string[] = [];
  const index = new RestartingSearchIndex({
    startThread:
      start ??
      (async () => {
        const thread = new LocalThread(new PlainSearchIndex());
        threads.push(thread);
        return thread;
      }),
    createIndex: async () => new PlainSearchIndex(),
    logger: { ...silentLogger, warn: message => void warnings.push(message) },
  });
  onTestFinished(() => index.dispose());
  let losses = 0;
  index.onDidLose(() => losses++);
  return { index, threads, warnings, losses: () => losses };
}

describe('An index that lasts', () => {
  it('is in a thread, and ends it', async () => {
    const { index, threads } = openIndex();
    await index.put([aSource('docs', 'a', 'Apple')]);
    expect(await index.statistics()).toEqual({ sources: 1, documents: 1 });
    expect(index.isInProcess).toBe(false);
    index.dispose();
    expect(threads.map(({ isDisposed }) => isDisposed)).toEqual([true]);
    await expect(index.statistics()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('gets another thread when the first dies, and tells that it is empty', async () => {
    const { index, threads, warnings, losses } = openIndex();
    await index.setWeights({ docs: 2 });
    await index.put([aSource('docs', 'a', 'Apple')]);
    const asking = index.statistics();
    threads[0]?.die();
    expect(await asking).toEqual({ sources: 0, documents: 0 });
    expect(threads).toHaveLength(2);
    expect(losses()).toBe(1);
    expect(index.isInProcess).toBe(false);
    expect(threads[1]?.said).toContainEqual({
      id: expect.any(Number),
      method: 'setWeights',
      args: [{ docs: 2 }],
    });
    expect(warnings).toEqual(['The search thread has ended: It fell']);
  });

  it('does without a thread when the second dies as well', async () => {
    const { index, threads, losses } = openIndex();
    for (const number of [0, 1]) {
      await index.statistics();
      threads[number]?.die();
    }
    await index.put([aSource('docs', 'a', 'Apple')]);
    expect(await index.statistics()).toEqual({ sources: 1, documents: 1 });
    expect(threads).toHaveLength(2);
    expect(losses()).toBe(2);
    expect(index.isInProcess).toBe(true);
  });

  it('is given up where both had too little memory, until it is made anew', async () => {
    const { index, threads, losses } = openIndex();
    for (const number of [0, 1]) {
      await index.statistics();
      threads[number]?.die(new ThreadMemoryError('Too much'));
    }
    await expect(index.statistics()).rejects.toThrow('Not enough memory');
    expect([index.isInProcess, index.failure?.name, losses()]).toEqual([
      false,
      'IndexMemoryError',
      2,
    ]);
    await index.clear();
    expect(await index.statistics()).toEqual({ sources: 0, documents: 0 });
    expect([index.isInProcess, index.failure, threads.length]).toEqual([false, undefined, 3]);
  });

  it('does without where none can be started', async () => {
    const { index, warnings } = openIndex(async () => {
      throw new Error('no more');
    });
    expect(await index.statistics()).toEqual({ sources: 0, documents: 0 });
    expect(index.isInProcess).toBe(true);
    expect(warnings).toEqual(["Can't start a search thread: no more"]);
  });
});
