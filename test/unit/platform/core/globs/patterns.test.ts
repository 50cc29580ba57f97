import { describe, expect, it } from 'vitest';
import { Glob, isPattern, isTooComplex } from '../../../../../src/platform/core/globs';

describe('target of a Location', () => {
  it.each([
    ['services/*/catalog-info.yaml'],
    ['**/catalog-info.{yaml,yml}'],
    ['**/+(catalog-info|entities).yaml'],
    ['team-+([[:digit:]])/*.yaml'],
    ['!(node_modules)/catalog-info.yaml'],
    ['../*/*/*/*/catalog-info.yaml'],
  ])('is a supported pattern: %s', target => {
    expect([isPattern(target), isTooComplex(target)]).toEqual([true, false]);
  });

  it('is not a pattern without wildcards, however long it is', () => {
    const target = 'a/'.repeat(5000);
    expect([isPattern(target), isTooComplex(target)]).toEqual([false, false]);
  });
});

it("matches + literally, as Backstage's globs do", () => {
  expect(new Glob('[a-c]+.yaml').test('a+.yaml')).toBe(true);
  expect(new Glob('@(a+)+b').test(`${'a'.repeat(40)}X`)).toBe(false);
  expect(new Glob('{a,aa}+b').test(`${'a'.repeat(40)}X`)).toBe(false);
});
