import { expect, it } from 'vitest';
import { alternatives } from '../../../../../../src/features/scaffolder/core/actions/globFiles';

it.each([
  ['a', ['a']],
  ['a/{b,c}/d', ['a/b/d', 'a/c/d']],
  ['{a,b}{c,d}', ['ac', 'ad', 'bc', 'bd']],
  ['{a,{b,c}d}', ['a', 'bd', 'cd']],
  ['{a,}', ['a', '']],
  ['{a}', ['{a}']],
  ['{a}{b,c}', ['{a}b', '{a}c']],
  ['{1..3}', ['{1..3}']],
  ['\\{a,b}', ['\\{a,b}']],
  ['{a\\,b,c}', ['a\\,b', 'c']],
  ['{a,b', ['{a,b']],
  ['a,b}', ['a,b}']],
])('%s', (pattern, expected) => {
  expect(alternatives(pattern)).toEqual(expected);
});
