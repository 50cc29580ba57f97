import { expect, it } from 'vitest';
import { raceAbort } from '../../../../src/base';

const never = new Promise<string>(() => {});

it('gives what comes of it, or why nothing does', async () => {
  const { signal } = new AbortController();
  expect(await raceAbort(Promise.resolve('done'), signal)).toBe('done');
  expect(await raceAbort(Promise.resolve('done'), undefined)).toBe('done');
  await expect(raceAbort(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

it('lets go of who does not wait any more, and of what fails later', async () => {
  const controller = new AbortController();
  let fail = (): void => {};
  const work = new Promise<never>((_, reject) => {
    fail = () => reject(new Error('late'));
  });
  const waiting = raceAbort(work, controller.signal);
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(raceAbort(never, controller.signal)).rejects.toThrow('gone');
  // Nobody hears of it, and so the run of the tests would.
  fail();
  await new Promise(resolve => setImmediate(resolve));
});
