import { expect, it } from 'vitest';
import { targetOfResult } from '../../../../../src/features/search/plugin';
import { aResult } from '../../../../support/searchResults';

const source = { type: 'source', file: 'file:///work/catalog-info.yaml' } as const;
const found = { file: 'file:///work/openapi.yaml' };
const entity = aResult('Fares').target;

it.each([
  [
    'a pending place that was found',
    { target: source, isPlacePending: true },
    found,
    { type: 'source', ...found },
  ],
  [
    'its known place if the exact one was not found',
    { target: source, isPlacePending: true },
    undefined,
    source,
  ],
  ['its known place', { target: source }, found, source],
  ['a page, whatever its place', { target: entity, isPlacePending: true }, found, entity],
])('a result opens %s', async (_, fields, location, target) => {
  const search = { locate: async () => location };
  const { signal } = new AbortController();
  expect(await targetOfResult(aResult('Fares', fields), search, signal)).toEqual(target);
});
