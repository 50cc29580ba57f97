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

// What they match is what minimatch 10 says.
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
])('matches with %s what Backstage matches with it', (pattern, matches) => {
  const expression = new Glob(pattern);
  expect(TARGETS.filter(target => expression.test(target)).join(' ')).toBe(matches);
});

it('turns a pattern around at a !, where it is told to', () => {
  const matches = (pattern: string, negation: boolean): readonly string[] =>
    TARGETS.filter(target => new Glob(pattern, { negation, dots: true }).test(target));
  expect(matches('!**/a/**', true)).toEqual(['/A/c/d.yaml']);
  expect(matches('!!**/a/**', true)).toEqual(TARGETS.filter(target => target !== '/A/c/d.yaml'));
  expect(matches('!**/a/**', false)).toEqual([]);
});

it('takes upper and lower case alike, and names with a dot like others, where it is told to', () => {
  const expression = new Glob('/A/**/B.yaml', { ignoreCase: true, dots: true });
  expect(TARGETS.filter(target => expression.test(target))).toEqual([
    '/a/b.yaml',
    '/a/B.YAML',
    '/a/.h/b.yaml',
  ]);
});
