import { expect, it } from 'vitest';
import { parseQuery } from '../../../../../../src/features/search/core';
import {
  filterText,
  withFilterToggled,
  withoutFilters,
} from '../../../../../../src/features/search/core/pages/resultViews';

it.each([
  ['', 'kind', 'api', 'kind:api'],
  ['pay', 'kind', 'api', 'kind:api pay'],
  ['kind:api pay', 'kind', 'api', 'pay'],
  ['pay KIND:Api more kind:api', 'kind', 'api', 'pay more'],
  ['pay -kind:api', 'kind', 'api', 'pay'],
  ['-kind:api,component pay', 'kind', 'api', '-kind:component pay'],
  ['kind:api', 'kind', 'component', 'kind:api,component'],
  ['owner:group:default/crew', 'owner', 'group:default/crew', ''],
  ['owner:crew x', 'owner', 'group:default/crew', 'x'],
  ['', 'owner', 'user:default/jane doe', 'owner:"user:jane doe"'],
  ['', 'owner', '__proto__', 'owner:__proto__'],
] as const)('%j with %s %j toggled is %j', (query, field, value, expected) => {
  expect(withFilterToggled(query, field, value)).toBe(expected);
});

it('formats and removes filters', () => {
  const query = 'owner:group:default/crew pay -tag:"a b" kind:api';
  const { filters } = parseQuery(query);
  expect(filters.map(filterText)).toEqual(['owner:crew', '-tag:"a b"', 'kind:api']);
  expect(withoutFilters(query, filters)).toBe('pay');
});

it('ends for a query with very many filters', () => {
  const query = 'kind:x,'.repeat(140);
  const { filters } = parseQuery(query);
  expect(withoutFilters(query, filters)).not.toContain('x');
});
