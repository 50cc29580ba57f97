import { expect, test } from 'vitest';
import { SerialQueue } from '../../../../src/base';

test('runs tasks one after the other, also after a failed task', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const task = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'first') throw new Error('no disk');
    return name;
  };
  const first = queue.run(task('first'));
  const second = queue.run(task('second'));
  expect(queue.size).toBe(2);
  await expect(first).rejects.toThrow('no disk');
  expect(await second).toBe('second');
  expect(queue.size).toBe(0);
  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('skips a task whose signal is aborted while it waits', async () => {
  const queue = new SerialQueue();
  const abort = new AbortController();
  const begun: string[] = [];
  const first = queue.run(() => void begun.push('first'));
  const second = queue.run(() => void begun.push('second'), abort.signal);
  const third = queue.run(() => void begun.push('third'));
  abort.abort(new Error('closed'));
  await first;
  await expect(second).rejects.toThrow('closed');
  await third;
  expect(begun).toEqual(['first', 'third']);
});
