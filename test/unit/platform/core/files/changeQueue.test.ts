import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../src/base';
import { ChangeQueue } from '../../../../../src/platform/core/files';
import type { Clock, FileChange } from '../../../../../src/platform/core/ports';

/** A clock that the test advances. */
class ManualClock implements Clock {
  #now = 0;
  #sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }
  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(new Error('aborted'));
      signal?.addEventListener('abort', onAbort);
      const wake = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      this.#sleepers.push({ at: this.#now + milliseconds, wake });
    });
  }
  yield(): Promise<void> {
    return Promise.resolve();
  }
  async pass(milliseconds: number): Promise<void> {
    await flush();
    this.#now += milliseconds;
    const due = this.#sleepers.filter(({ at }) => at <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    for (const { wake } of due) wake();
    await flush();
  }
}

const flush = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

function createQueue(apply?: () => Promise<void>) {
  const clock = new ManualClock();
  const batches: string[][] = [];
  const queue = new ChangeQueue({
    clock,
    logger: silentLogger,
    few: { quiet: 100, longest: 1000 },
    many: { quiet: 500, longest: 5000 },
    manyFiles: 50,
    apply: async changes => {
      batches.push(changes.map(({ type, uri }) => `${type} ${uri}`));
      await apply?.();
    },
  });
  const add = (text: string): void => {
    const [type, uri] = text.split(' ') as [FileChange['type'], string];
    queue.add([{ type, uri }]);
  };
  return { clock, batches, queue, add };
}

it('applies changes once after a quiet period', async () => {
  const { clock, batches, add } = createQueue();
  add('changed a');
  await clock.pass(60);
  add('changed a');
  add('created b');
  await clock.pass(60);
  expect(batches).toEqual([]);
  await clock.pass(40);
  expect(batches).toEqual([['changed a', 'created b']]);
});

it('applies a thousand files as one batch, even if reported in parts', async () => {
  const { clock, batches, queue } = createQueue();
  for (let first = 0; first < 1000; first += 100) {
    queue.add(
      Array.from({ length: 100 }, (_, index) => ({
        type: 'changed' as const,
        uri: `file:///${first + index}`,
      })),
    );
    await clock.pass(200);
  }
  await clock.pass(300);
  expect(batches.map(batch => batch.length)).toEqual([1000]);
});

it('applies changes after a time limit if they never stop', async () => {
  const { clock, batches, add } = createQueue();
  for (let time = 0; time < 1000; time += 50) {
    add('changed a');
    await clock.pass(50);
  }
  expect(batches).toEqual([['changed a']]);
});

it('collects changes while a batch is applied', async () => {
  let finish = (): void => {};
  const { clock, batches, add } = createQueue(() => new Promise(resolve => (finish = resolve)));
  add('changed a');
  await clock.pass(100);
  add('changed b');
  await clock.pass(100);
  expect(batches).toEqual([['changed a']]);
  finish();
  await clock.pass(100);
  expect(batches).toEqual([['changed a'], ['changed b']]);
});

it.each([
  [['deleted a', 'created a'], 'changed a'],
  [['created a', 'changed a'], 'created a'],
  [['changed a', 'deleted a'], 'deleted a'],
  [['created a', 'deleted a'], 'deleted a'],
  [['deleted a', 'changed a'], 'changed a'],
])('merges %j to %s', async (changes, expected) => {
  const { clock, batches, add } = createQueue();
  changes.forEach(add);
  await clock.pass(100);
  expect(batches).toEqual([[expected]]);
});

it('continues after a failed batch', async () => {
  const { clock, batches, add } = createQueue(() => Promise.reject(new Error('unreadable')));
  add('changed a');
  await clock.pass(100);
  add('changed b');
  await clock.pass(100);
  expect(batches).toEqual([['changed a'], ['changed b']]);
});

it('is idle when all changes are applied', async () => {
  const { clock, batches, queue, add } = createQueue();
  add('changed a');
  const idle = queue.whenIdle().then(() => batches.length);
  await clock.pass(100);
  expect(await idle).toBe(1);
});

it('does not apply changes that were taken', async () => {
  const { clock, batches, queue, add } = createQueue();
  add('changed a');
  expect(queue.take()).toEqual([{ type: 'changed', uri: 'a' }]);
  await clock.pass(100);
  expect(batches).toEqual([]);
});

it('drops pending changes when it is disposed', async () => {
  const { clock, batches, queue, add } = createQueue();
  add('changed a');
  queue.dispose();
  add('changed b');
  await clock.pass(100);
  expect(batches).toEqual([]);
});
