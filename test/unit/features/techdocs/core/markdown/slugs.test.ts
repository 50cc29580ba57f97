import { describe, expect, it } from 'vitest';
import { UsedIds } from '../../../../../../src/features/techdocs/core/markdown/tree/tableOfContents';
import { growth, LINEAR } from '../../../../../support/growth';

const given = (wanted: readonly string[]): readonly string[] => {
  const ids = new UsedIds();
  return wanted.map(id => ids.unique(id));
};

describe('UsedIds', () => {
  it('continues the number of an id', () => {
    expect(given(['a', 'a', 'a_1', 'a_2', 'a', '', '', 'b_007', 'b_007'])).toEqual([
      'a',
      'a_1',
      'a_2',
      'a_3',
      'a_4',
      '_1',
      '_2',
      'b_007',
      'b_8',
    ]);
  });

  it('skips explicit ids', () => {
    const ids = new UsedIds();
    ids.add('a_1');
    expect([ids.unique('a'), ids.unique('a'), ids.unique('a_1')]).toEqual(['a', 'a_2', 'a_3']);
  });

  it('supports numbers that are too large for a double', () => {
    const nines = '9'.repeat(30);
    expect(given(Array.from({ length: 3 }, () => `a_${nines}`))).toEqual([
      `a_${nines}`,
      `a_1${'0'.repeat(30)}`,
      `a_1${'0'.repeat(29)}1`,
    ]);
  });

  it('takes linear time for headings with the numbers of others', async () => {
    const idsOf = (size: number) => {
      const same = Array.from({ length: size }, () => 'a');
      return given([...same, ...same.map((_id, index) => `a_${index + 1}`)]);
    };
    const ids = idsOf(1000);
    expect(new Set(ids).size).toBe(2000);
    expect(ids.at(-1)).toBe('a_1999');
    expect(await growth(idsOf, 1000)).toBeLessThan(LINEAR);
  });
});
