import { expect, it } from 'vitest';
import { Glob } from '../../../../../src/platform/core/globs';

const TARGETS = [
  '/a/b.yaml',
  '/a/ab.yaml',
  '/a/(b).yaml',
  '/a/B.YAML',
  '/a/.h/b.yaml',
  '/A/c/d.yaml',
];

// Expected matches are those of minimatch 10.
it.each<[pattern: string, matches: string]>([
  ['**/*.yaml', '/a/b.yaml /a/ab.yaml /a/(b).yaml /A/c/d.yaml'],
  ['*.yaml', ''],
  ['/a/[!a].yaml', '/a/b.yaml'],
  ['/a/[^a].yaml', '/a/b.yaml'],
  ['/a/(b).yaml', '/a/(b).yaml'],
  ['/a/@(b|ab).yaml', '/a/b.yaml /a/ab.yaml'],
  ['/a/?(a)b.yaml', '/a/b.yaml /a/ab.yaml'],
  ['/a/**.yaml', '/a/b.yaml /a/ab.yaml /a/(b).yaml'],
  ['/a**', ''],
  ['{/a/b*,/A/**}', '/a/b.yaml /A/c/d.yaml'],
  ['/a/.*/b.yaml', '/a/.h/b.yaml'],
])('matches the same paths with %s as Backstage', (pattern, matches) => {
  const expression = new Glob(pattern);
  expect(TARGETS.filter(target => expression.test(target)).join(' ')).toBe(matches);
});

it('inverts a pattern with ! if negation is enabled', () => {
  const matches = (pattern: string, negation: boolean): readonly string[] =>
    TARGETS.filter(target => new Glob(pattern, { negation, dots: true }).test(target));
  expect(matches('!**/a/**', true)).toEqual(['/A/c/d.yaml']);
  expect(matches('!!**/a/**', true)).toEqual(TARGETS.filter(target => target !== '/A/c/d.yaml'));
  expect(matches('!**/a/**', false)).toEqual([]);
});

it('ignores case and matches dotfiles if enabled', () => {
  const expression = new Glob('/A/**/B.yaml', { ignoreCase: true, dots: true });
  expect(TARGETS.filter(target => expression.test(target))).toEqual([
    '/a/b.yaml',
    '/a/B.YAML',
    '/a/.h/b.yaml',
  ]);
});
