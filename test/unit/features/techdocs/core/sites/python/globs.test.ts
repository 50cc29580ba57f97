import { expect, it } from 'vitest';
import {
  fnmatch,
  globSource,
} from '../../../../../../../src/features/techdocs/core/sites/python/globs';

it('converts unclosed brackets in linear time', () => {
  const source = globSource('['.repeat(200_000), { any: '.*', one: '.' });
  expect(source).toBe('\\['.repeat(200_000));
});

it.each([
  ['[ab]c', 'ac', true],
  ['[!a]c', 'ac', false],
  ['[]]c', ']c', true],
  ['[a]b[', 'ab[', true],
  ['[]', '[]', true],
  ['[!]', '[!]', true],
  ['[^a]', 'a', true],
])('matches %s like Python: %s', (glob, text, isMatch) => {
  expect(fnmatch(glob)(text)).toBe(isMatch);
});
