import { expect, test } from 'vitest';
import { lazyService, onDemand } from '../../../../src/base';

test('loads once for all callers', async () => {
  let loads = 0;
  const get = onDemand(async () => ++loads);
  expect(loads).toBe(0);
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(await get()).toBe(1);
});

test('loads again after a failure', async () => {
  let loads = 0;
  const get = onDemand(async () => {
    if (++loads === 1) throw new Error('no such file');
    return loads;
  });
  await expect(Promise.all([get(), get()])).rejects.toThrow('no such file');
  expect(await get()).toBe(2);
});

class Counter {
  #count = 0;

  async add(more: number): Promise<number> {
    this.#count += more;
    return this.#count;
  }

  reset(): void {
    this.#count = 0;
  }
}

test('forwards asynchronous methods to a service that is loaded on the first call', async () => {
  let loads = 0;
  const load = onDemand(async () => {
    loads++;
    return new Counter();
  });
  let resets = 0;
  const counter = lazyService(load, { reset: () => resets++, name: 'lazy' });
  counter.reset();
  expect([resets, counter.name, loads]).toEqual([1, 'lazy', 0]);
  expect(await counter.add(2)).toBe(2);
  expect(await counter.add(3)).toBe(5);
  expect(loads).toBe(1);
});

test('resolves to a lazy service without loading it', async () => {
  const counter = lazyService<Counter>(() => Promise.reject(new Error('loaded')));
  expect(await Promise.resolve(counter)).toBe(counter);
  await expect(counter.add(1)).rejects.toThrow('loaded');
});
