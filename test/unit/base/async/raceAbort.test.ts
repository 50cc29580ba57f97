import { expect, it } from 'vitest';
import { raceAbort } from '../../../../src/base';

const never = new Promise<string>(() => {});

it('returns the result or the error of the work', async () => {
  const { signal } = new AbortController();
  expect(await raceAbort(Promise.resolve('done'), signal)).toBe('done');
  expect(await raceAbort(Promise.resolve('done'), undefined)).toBe('done');
  await expect(raceAbort(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

it('rejects on abort and ignores later failures', async () => {
  const controller = new AbortController();
  let fail = (): void => {};
  const work = new Promise<never>((_, reject) => {
    fail = () => reject(new Error('late'));
  });
  const waiting = raceAbort(work, controller.signal);
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(raceAbort(never, controller.signal)).rejects.toThrow('gone');
  // An unhandled rejection would fail the test run.
  fail();
  await new Promise(resolve => setImmediate(resolve));
});
