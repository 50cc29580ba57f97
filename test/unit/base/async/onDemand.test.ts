import { expect, test } from 'vitest';
import { onDemand } from '../../../../src/base';

test('loads once, for all who ask', async () => {
  let loads = 0;
  const get = onDemand(async () => ++loads);
  expect(loads).toBe(0);
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(await get()).toBe(1);
});

test('tries again what could not be loaded', async () => {
  let loads = 0;
  const get = onDemand(async () => {
    if (++loads === 1) throw new Error('no such file');
    return loads;
  });
  await expect(Promise.all([get(), get()])).rejects.toThrow('no such file');
  expect(await get()).toBe(2);
});
