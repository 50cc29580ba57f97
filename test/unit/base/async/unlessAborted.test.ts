import { expect, it } from 'vitest';
import { unlessAborted } from '../../../../src/base';

const never = new Promise<string>(() => {});

it('gives what comes of it, or why nothing does', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve('done'), signal)).toBe('done');
  expect(await unlessAborted(Promise.resolve('done'), undefined)).toBe('done');
  await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

it('lets go of who does not wait any more, and of what fails later', async () => {
  const controller = new AbortController();
  let fail = (): void => {};
  const work = new Promise<never>((_, reject) => {
    fail = () => reject(new Error('late'));
  });
  const waiting = unlessAborted(work, controller.signal);
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(unlessAborted(never, controller.signal)).rejects.toThrow('gone');
  // Nobody hears of it, and so the run of the tests would.
  fail();
  await new Promise(resolve => setImmediate(resolve));
});
