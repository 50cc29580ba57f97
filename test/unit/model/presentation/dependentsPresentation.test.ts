import { expect, it } from 'vitest';
import { dependentsSummary } from '../../../../src/model/presentation';

it.each([
  [8, ['a', 'b', 'c', 'd', 'e'], '8 entities of 5 owners'],
  [3, ['a'], '3 entities of 1 owner'],
  [1, ['a'], '1 entity of 1 owner'],
  [1, ['a', 'b'], '1 entity of 2 owners'],
  [3, ['a', undefined], '3 entities of 1 owner'],
  [1, [undefined], '1 entity without an owner'],
  [2, [undefined], '2 entities without an owner'],
])('%i dependents of %j: %s', (count, ownerRefs, expected) => {
  const owners = ownerRefs.map(ownerRef => ({ ownerRef }));
  const entities = Array.from({ length: count });
  expect(dependentsSummary({ entities, owners })).toBe(expected);
});
