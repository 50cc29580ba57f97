import { expect, it } from 'vitest';
import { targetOfResult } from '../../../../../src/features/search/plugin';
import { aResult } from '../../../../support/searchResults';

const source = { type: 'source', file: 'file:///work/catalog-info.yaml' } as const;
const found = { file: 'file:///work/openapi.yaml' };
const entity = aResult('Fares').target;

it.each([
  [
    'where it is, which was put off',
    { target: source, isPlacePending: true },
    found,
    { type: 'source', ...found },
  ],
  [
    'where it seemed to be, where that cannot be told',
    { target: source, isPlacePending: true },
    undefined,
    source,
  ],
  ['where it was found', { target: source }, found, source],
  ['a page, whatever its place', { target: entity, isPlacePending: true }, found, entity],
])('a result opens %s', async (_, fields, location, target) => {
  const search = { locate: async () => location };
  const { signal } = new AbortController();
  expect(await targetOfResult(aResult('Fares', fields), search, signal)).toEqual(target);
});
