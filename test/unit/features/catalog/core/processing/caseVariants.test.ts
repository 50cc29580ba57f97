import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCaseVariants } from '../../../../../../src/features/catalog/core/processing/caseVariants';
import type { Entity, JsonObject, JsonValue } from '../../../../../../src/model';

const withLabels = (labels: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders', labels },
});

it('reports the second of keys that differ only in case', () => {
  expect(findCaseVariants(withLabels({ tier: '1', Tier: '2' }))).toEqual({
    message: "Entity has duplicate keys that vary only in casing, 'metadata.labels.tier'",
    path: ['metadata', 'labels', 'Tier'],
  });
});

it('treats strings in lists as keys', () => {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'orders' },
    spec: { languages: ['java'], 'languages.Java': 'yes' },
  };
  expect(findCaseVariants(entity)?.path).toEqual(['spec', 'languages.Java']);
});

it.each<[metadata: JsonObject, key: string]>([
  [{ Name: '' }, 'metadata.name'],
  [{ Namespace: 'x' }, 'metadata.namespace'],
  [{ UID: 1 }, 'metadata.uid'],
  [
    { annotations: { 'backstage.io/Managed-by-location': 'x' } },
    'metadata.annotations.backstage.io/managed-by-location',
  ],
])('includes keys that the server adds: %o', (metadata, key) => {
  const entity = withLabels({});
  const variant = { ...entity, metadata: { ...entity.metadata, ...metadata } };
  expect(findCaseVariants(variant)?.message).toContain(`'${key}'`);
});

it('accepts keys that differ in more than case', () => {
  expect(findCaseVariants(withLabels({ tier: '1', tiers: '1' }))).toBeUndefined();
});

it('finds case variants anywhere in an entity', () => {
  fc.assert(
    fc.property(specs, spec => {
      const entity: Entity = { ...withLabels({}), spec };
      const spellings = new Map<string, Set<string>>();
      for (const key of keysOf('spec', spec, new Set())) {
        const lower = key.toLowerCase();
        spellings.set(lower, (spellings.get(lower) ?? new Set()).add(key));
      }
      const varies = [...spellings.values()].some(({ size }) => size > 1);
      expect(findCaseVariants(entity) !== undefined).toBe(varies);
    }),
    { numRuns: 1000 },
  );
});

const names = fc.constantFrom('a', 'A', 'b', 'a.b', 'a.B', 'A.b', 'ς', 'Σ', 'aς', 'aΣ', 'c');
const { value: values } = fc.letrec<{ value: JsonValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    names,
    fc.array(fc.oneof(names, tie('value')), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3 }),
  ),
}));
const specs = fc.dictionary(names, values, { maxKeys: 3 });

/** Returns the paths of all keys. Strings in a list that differ only in case count once. */
function keysOf(key: string, value: JsonValue, items: Set<string>): readonly string[] {
  if (typeof value !== 'object' || value === null) return [key];
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, item]) => keysOf(`${key}.${name}`, item, items));
  }
  return value.flatMap(item => {
    const keys = keysOf(key, item, items);
    if (typeof item !== 'string') return keys;
    const itemKey = `${key}.${item}`;
    if (items.has(itemKey.toLowerCase())) return keys;
    items.add(itemKey.toLowerCase());
    return [...keys, itemKey];
  });
}
