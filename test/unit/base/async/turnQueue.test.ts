import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TurnQueue } from '../../../../src/base';

let clock = 0;
let started: string[] = [];

beforeEach(() => {
  [clock, started] = [0, []];
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A task that takes 5 ms, of which 8 ms hold two. */
function task(name: string): () => string {
  return () => {
    started.push(name);
    clock += 5;
    return name;
  };
}

it('runs tasks within the time budget at once and the rest later, in order', async () => {
  const turns = new TurnQueue();
  const results = ['a', 'b', 'c', 'd', 'e'].map(name => turns.run(task(name)));
  expect(results.slice(0, 2)).toEqual(['a', 'b']);
  expect(started).toEqual(['a', 'b']);
  vi.advanceTimersToNextTimer();
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  results.push(turns.run(task('f')));
  vi.advanceTimersToNextTimer();
  expect(await Promise.all(results.map(async result => result))).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
  ]);
});

it('runs a task at once after an idle turn', () => {
  const turns = new TurnQueue();
  void turns.run(task('a'));
  void turns.run(task('b'));
  vi.runAllTimers();
  expect(turns.run(task('c'))).toBe('c');
});

it('forwards errors of delayed tasks', async () => {
  const turns = new TurnQueue();
  void turns.run(task('a'));
  void turns.run(task('b'));
  const failing = turns.run(() => {
    throw new TypeError('No');
  });
  vi.runAllTimers();
  await expect(failing).rejects.toThrow(TypeError);
});
