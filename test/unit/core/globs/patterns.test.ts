import { describe, expect, it } from 'vitest';
import { globExpression, isTooComplex } from '../../../../src/core/globs';

describe('whether a pattern could take for ever to match', () => {
  it.each([
    ['services/*/catalog-info.yaml'],
    ['**/catalog-info.{yaml,yml}'],
    ['**/+(catalog-info|entities).yaml'],
    ['team-+([0-9])/*.yaml'],
    ['team-+([[:digit:]])/*.yaml'],
    ['+(ab|ac|b)/catalog-info.yaml'],
    ['!(node_modules)/catalog-info.yaml'],
    ['a-?(b)-?(c)/@(d|e)?(f).yaml'],
    ['../*/*/*/*/catalog-info.yaml'],
  ])('does not say so of %s', pattern => {
    expect(isTooComplex(pattern)).toBe(false);
  });

  it.each([
    ['what has wildcards in it again and again', '*(*a)b'],
    ['what has wildcards at its end again and again', '+(a*)b'],
    ['the same in two ways', '*([a-b]|a)c'],
    ['the same in two ways, of which one has brackets', '+(a|[a])b'],
    ['the same in upper and lower case', '+(a|A)b'],
    ['what begins with the other', '+({a,aa})b'],
    ['what begins with the other, in a group of its own', '+(@(a|aa))b'],
    ['anything but something, again and again', '+(!(b))c'],
    ['the same many times, or not', `${'?(a)'.repeat(25)}b`],
    ['the same many times, or not, as regular expressions have it', `${'@(a)?'.repeat(25)}b`],
    ['anything but something, many times', `${'!(b)'.repeat(8)}c`],
    ['anything but a path, many times', `${'!(b/c)/'.repeat(8)}d`],
    ['what is escaped between wildcards', `${'*\\a'.repeat(8)}b`],
    ['what has no end', '+(a'],
  ])('says so of %s: %s', (_, pattern) => {
    expect(isTooComplex(pattern)).toBe(true);
  });

  it('takes a + for itself, as the globs of a Backstage do', () => {
    const started = performance.now();
    expect(globExpression('[a-c]+.yaml').test('a+.yaml')).toBe(true);
    expect(globExpression('@(a+)+b').test(`${'a'.repeat(40)}X`)).toBe(false);
    expect(globExpression('{a,aa}+b').test(`${'a'.repeat(40)}X`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
