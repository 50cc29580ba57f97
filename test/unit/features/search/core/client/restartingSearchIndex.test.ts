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

describe('restarting search index', () => {
  it('runs in a thread and ends it', async () => {
    const { index, threads } = openIndex();
    await index.put([aSource('docs', 'a', 'Apple')]);
    expect(await index.statistics()).toEqual({ sources: 1, documents: 1 });
    expect(index.isInProcess).toBe(false);
    index.dispose();
    expect(threads.map(({ isDisposed }) => isDisposed)).toEqual([true]);
    await expect(index.statistics()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('starts another empty thread after a crash', async () => {
    const { index, threads, warnings, losses } = openIndex();
    await index.setWeights({ docs: 2 });
    await index.put([aSource('docs', 'a', 'Apple')]);
    const asking = index.statistics();
    threads[0]?.die();
    expect(await asking).toEqual({ sources: 0, documents: 0 });
    expect(threads).toHaveLength(2);
    expect(losses()).toBe(1);
    expect(index.isInProcess).toBe(false);
    expect(threads[1]?.messages).toContainEqual({
      id: expect.any(Number),
      method: 'setWeights',
      args: [{ docs: 2 }],
    });
    expect(warnings).toEqual(['The search thread has ended: It fell']);
  });

  it('runs in process after a second crash', async () => {
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

  it('fails after two threads ran out of memory, until it is cleared', async () => {
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

  it('runs in process if no thread can be started', async () => {
    const { index, warnings } = openIndex(async () => {
      throw new Error('no more');
    });
    expect(await index.statistics()).toEqual({ sources: 0, documents: 0 });
    expect(index.isInProcess).toBe(true);
    expect(warnings).toEqual(["Can't start a search thread: no more"]);
  });
});
