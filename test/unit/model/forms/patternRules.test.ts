import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../../../src/model/forms';

const NAME = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';

describe('broken rules of a pattern', () => {
  it('are allowed characters, at the start, at the end or anywhere', () => {
    const all = ['a-z', '0-9', '-'];
    expect(brokenRules(NAME, 'My service')).toEqual([
      { type: 'characters', allowed: all },
      { type: 'start', allowed: ['a-z'] },
    ]);
    expect(brokenRules(NAME, 'shop-')).toEqual([{ type: 'end', allowed: ['a-z', '0-9'] }]);
    expect(brokenRules(String.raw`^\d+(?:\.\d+)?$`, 'x')).toEqual([
      { type: 'characters', allowed: ['0-9', '.'] },
      { type: 'start', allowed: ['0-9'] },
      { type: 'end', allowed: ['0-9'] },
    ]);
  });

  it.each([
    ['^[a-z]{2,5}$', 'A', [{ type: 'characters', allowed: ['a-z'] }]],
    ['^[a-z]+?$', 'A', [{ type: 'characters', allowed: ['a-z'] }]],
    ['^a{0,1}b1', 'c', [{ type: 'start', allowed: ['a', 'b'] }]],
    ['^a{2}b', 'c', [{ type: 'start', allowed: ['a'] }]],
    [
      String.raw`^[\w\-]+$`,
      '!',
      [{ type: 'characters', allowed: ['a-z', 'A-Z', '0-9', '_', '-'] }],
    ],
    [String.raw`^[\p{L}]$`, '1', []],
    [String.raw`^a\b$`, '1', []],
    ['^a{2', 'b', []],
  ])('of %s, which %s breaks', (pattern, text, expected) => {
    expect(brokenRules(pattern, text)).toEqual(expected);
  });

  it('are a literal prefix', () => {
    const prefix = { type: 'prefix', allowed: ['https://'] };
    expect(brokenRules('^https://', 'http://a')).toEqual([prefix]);
    expect(brokenRules(String.raw`^https:\/\/[a-z]+$`, 'a')).toEqual([prefix]);
    expect(brokenRules('^(?:https)?://', 'a')).toEqual([{ type: 'start', allowed: ['h', ':'] }]);
  });

  it.each([
    ['another rule is broken', NAME, 'a--b'],
    ['it is not anchored', '[a-z]+', '1'],
    ['it has alternatives', '^(a|b)$', 'c'],
    ['it has a negated class', '^[^a]$', 'a'],
    ['it looks ahead', '^(?!a)b$', 'c'],
    ['it is invalid', '^[a-z', '1'],
    ['its groups are too deep', `^${'('.repeat(30)}a${')'.repeat(30)}$`, 'b'],
    ['the text is empty', NAME, ''],
  ])('are empty if %s', (_, pattern, text) => {
    expect(brokenRules(pattern, text)).toEqual([]);
  });
});
