import { describe, expect, it } from 'vitest';
import { meanOf, scoreCase } from '../../../../bench/search-quality/scoring';
import type { QualityCase } from '../../../../bench/search-quality/types';

function score(one: Partial<QualityCase>, found: string): [number, number] {
  const { reciprocalRank, recall } = scoreCase(
    { query: 'q', why: '', expected: ['a', 'b'], ...one },
    found.split(''),
  );
  return [reciprocalRank, recall];
}

describe('score of a query', () => {
  it('depends on the rank of the first expected answer and on recall', () => {
    expect(score({}, 'ab')).toEqual([1, 1]);
    expect(score({}, 'xxbx')).toEqual([1 / 3, 0.5]);
    expect(score({}, 'xyz')).toEqual([0, 0]);
    expect(score({}, '')).toEqual([0, 0]);
  });

  it('ignores results after the tenth', () => {
    expect(score({}, 'xxxxxxxxxa')).toEqual([1 / 10, 0.5]);
    expect(score({}, 'xxxxxxxxxxa')).toEqual([0, 0]);
  });

  it('requires at most ten of many expected answers', () => {
    const expected = 'abcdefghijklmno'.split('');
    expect(score({ expected }, 'fghijklmno')).toEqual([1, 1]);
    expect(score({ expected }, 'abcdexxxxx')).toEqual([1, 0.5]);
  });

  it('counts an answer under any of its names once', () => {
    expect(score({ expected: [['a', 'A'], 'b'] }, 'xAab')).toEqual([1 / 2, 1]);
  });

  it('counts from an answer that is out of order', () => {
    const order = ['a', 'b'];
    expect(score({ order }, 'ab')).toEqual([1, 1]);
    expect(score({ order }, 'bxa')).toEqual([1 / 3, 1]);
    expect(score({ order: ['a', 'z'], expected: ['a'] }, 'za')).toEqual([1 / 2, 1]);
    expect(score({ order }, 'b')).toEqual([0, 0.5]);
    expect(score({ order }, 'a')).toEqual([1, 0.5]);
  });

  it('is zero if an excluded answer is shown', () => {
    expect(score({ never: ['z'] }, 'abz')).toEqual([0, 1]);
  });

  it('has a mean', () => {
    const scores = [
      { reciprocalRank: 1, recall: 1 },
      { reciprocalRank: 0.5, recall: 0 },
    ];
    expect(meanOf(scores)).toEqual({ cases: 2, reciprocalRank: 0.75, recall: 0.5 });
    expect(meanOf([])).toEqual({ cases: 0, reciprocalRank: 0, recall: 0 });
  });
});
