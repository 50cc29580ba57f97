import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasFilter, parseQuery, withFilter } from '../../../../../../src/features/search/core';
import { aQueryText } from './queryTexts';

const fields = ['kind', 'type', 'owner', 'lifecycle', 'tag', 'system', 'in'] as const;

describe('withFilter', () => {
  it.each([
    ['', 'kind', 'api', 'kind:api '],
    ['pay', 'kind', 'api', 'kind:api pay'],
    ['"safety dri', 'tag', 'go', 'tag:go "safety dri'],
    ['owner:me pay tag:x', 'kind', 'api', 'owner:me kind:api pay tag:x'],
    ['kind:api  pay', 'kind', 'component', 'kind:api,component  pay'],
    ['pay kind:api, -x', 'kind', 'component', 'pay kind:api,component -x'],
    ['kind:API pay', 'kind', 'api', 'kind:API pay'],
    ['-kind:api pay', 'kind', 'component', '-kind:api kind:component pay'],
    ['-kind:api,user pay', 'kind', 'api', '-kind:user kind:api pay'],
    ['system:"a b', 'system', 'c', 'system:"a b",c'],
    ['tag:"a b', 'kind', 'api', 'kind:api tag:"a b'],
    ['', 'type', 'a, b', 'type:"a, b" '],
    ['x', 'owner', 'group:default/team-a', 'owner:team-a x'],
    ['x', 'owner', 'user:default/jane', 'owner:user:jane x'],
    ['x', 'owner', 'group:default/me', 'owner:group:me x'],
    ['owner:team-a x', 'owner', 'group:default/team-a', 'owner:team-a x'],
    ['x', 'system', 'system:tickets/sales', 'system:tickets/sales x'],
    ['in:doc x', 'in', 'docs', 'in:doc x'],
    ['x', 'kind', ' ', 'x'],
  ] as const)('adds to %j: %s %s', (text, field, value, expected) => {
    expect(withFilter(text, field, value, true)).toBe(expected);
  });

  it.each([
    ['kind:api pay', 'kind', 'api', 'pay'],
    ['pay kind:API', 'kind', 'api', 'pay'],
    ['kind:api,component pay', 'kind', 'api', 'kind:component pay'],
    ['a kind:api b kind:x,api c', 'kind', 'api', 'a b kind:x c'],
    ['-kind:api pay', 'kind', 'api', '-kind:api pay'],
    ['owner:GROUP:team-a x', 'owner', 'group:default/team-a', 'x'],
    ['in:techdocs x', 'in', 'docs', 'x'],
    ['system:"a b', 'system', 'a b', ''],
    ['kind:api', 'type', 'api', 'kind:api'],
  ] as const)('removes from %j: %s %s', (text, field, value, expected) => {
    expect(withFilter(text, field, value, false)).toBe(expected);
  });

  const aValue = fc.string({ unit: 'grapheme', minLength: 1 }).filter(isWritable);
  it('adds only the value to any query', () => {
    fc.assert(
      fc.property(aQueryText, fc.constantFrom(...fields), aValue, (text, field, value) => {
        const before = parseQuery(text);
        const after = parseQuery(withFilter(text, field, value, true));
        expect(hasFilter(after, field, value)).toBe(true);
        const isSame = (one: (typeof after.filters)[number]): boolean =>
          hasFilter({ filters: [{ ...one, isExcluded: false }] }, field, value);
        expect(sorted(after.filters.filter(one => !isSame(one)))).toEqual(
          sorted(before.filters.filter(one => !isSame(one))),
        );
        expect({ ...after, filters: [] }).toEqual({ ...before, filters: [] });
      }),
    );
  });

  it('removes exactly the added value', () => {
    fc.assert(
      fc.property(aQueryText, fc.constantFrom(...fields), aValue, (text, field, value) => {
        const before = parseQuery(text);
        fc.pre(![field, 'in'].some(one => before.filters.some(({ field }) => field === one)));
        const there = withFilter(text, field, value, true);
        expect(parseQuery(withFilter(there, field, value, false))).toEqual(before);
      }),
    );
  });
});

/** Whether a value can be written in a query, that is, without quotes. */
function isWritable(value: string): boolean {
  return value.replaceAll('"', '') === value && value.trim() !== '';
}

function sorted(filters: readonly { readonly field: string; readonly value: string }[]): string[] {
  return filters.map(filter => JSON.stringify(filter)).sort();
}
