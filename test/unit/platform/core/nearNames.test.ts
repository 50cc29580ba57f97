import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest, nearNames } from '../../../../src/platform/core';

describe('nearNames', () => {
  it.each([
    ['a missing letter', 'Grup', ['Group', 'User'], ['Group']],
    ['an extra letter', 'Componnent', ['Component'], ['Component']],
    ['two letters that changed places', 'flie', ['file', 'url'], ['file']],
    ['another letter case', 'OWNER', ['owner'], ['owner']],
    ['a different beginning', 'entitys', ['entities'], ['entities']],
    ['three edits in twelve letters', 'consumsApi', ['consumesApis'], ['consumesApis']],
    ['more than one edit in a short name', 'tpye', ['type', 'tape', 'tips'], ['type']],
    ['more than three edits in a long name', 'a-service-of-three', ['b-services-of-four'], []],
    ['names of one or two letters', 'id', ['uid', 'ID', 'if'], ['ID']],
    ['the nearest first, then as given', 'teams', ['theme', 'teats', 'team'], ['teats', 'team']],
    ['no more than three', 'team', ['tea', 'term', 'tear', 'teem'], ['tea', 'term', 'tear']],
    ['no text at all', '', ['a'], []],
    ['a very long text', 'x'.repeat(100_000), ['x'.repeat(99_999)], []],
  ])('finds %s', (_, written, names, found) => {
    expect(nearNames(written, names)).toEqual(found);
  });

  it('compares each name once', () => {
    expect(nearNames('team', ['tea', 'tea'])).toEqual(['tea']);
  });
});

it('finds items by their names', () => {
  const refs = ['component:default/shop', 'api:default/bank'];
  expect(nearest('shpo', refs, ref => ref.slice(ref.indexOf('/') + 1))).toEqual([refs[0]]);
});

it.each([
  ['ab', 'ba', 1],
  ['abc', 'cba', 2],
  ['abcd', 'abdx', 2],
  ['', 'abc', 3],
])('counts the edits from %o to %o', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
});

it('formats suggestions as the end of a message', () => {
  expect(didYouMean([])).toBe('');
  expect(didYouMean(['a', 'b'])).toBe('. Did you mean "a" or "b"?');
});
