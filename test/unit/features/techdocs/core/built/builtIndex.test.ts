import { expect, it } from 'vitest';
import { readBuiltIndex } from '../../../../../../src/features/techdocs/core/built';

const { signal } = new AbortController();

it('readBuiltIndex yields while it reads a large index', async () => {
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  const text = '<b>&amp;</b>'.repeat(8000);
  const docs = Array.from({ length: 100 }, (_, at) => ({ location: `${at}/`, title: 'T', text }));
  const sections = await readBuiltIndex({ docs }, signal);
  clearInterval(turning);
  expect(sections).toHaveLength(100);
  expect(turns).toBeGreaterThan(2);
});

it.each([undefined, 3, [], { docs: {} }])(
  'readBuiltIndex returns undefined for %j',
  async value => {
    expect(await readBuiltIndex(value, signal)).toBeUndefined();
  },
);
