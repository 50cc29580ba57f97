import { describe, expect, it } from 'vitest';
import { SizedCache } from '../../../../src/base';

describe('SizedCache', () => {
  it('evicts the least recently used entry first', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map(key => cache.get(key))).toEqual(['A', undefined, 'C']);
  });

  it('counts a replaced entry once', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    for (const value of ['1', '2', '3']) cache.set('b', value, 6);
    expect(['a', 'b'].map(key => cache.get(key))).toEqual(['A', '3']);
  });

  it('skips an entry larger than the limit and has room afterwards', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 11);
    expect(cache.get('a')).toBeUndefined();
    cache.set('b', 'B', 10);
    expect(cache.get('b')).toBe('B');
  });

  it('stays within its limit however many entries are added', () => {
    const cache = new SizedCache<string>(100);
    for (let key = 0; key < 10_000; key++) cache.set(String(key), 'x', 10);
    const kept = Array.from({ length: 10_000 }, (_, key) => cache.get(String(key)));
    expect(kept.filter(value => value !== undefined)).toHaveLength(10);
  });
});
