import { expect, it } from 'vitest';
import { findCaseVariants } from '../../../../../src/core/catalog/processing/caseVariants';
import type { Entity } from '../../../../../src/model';

const withLabels = (labels: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders', labels },
});

it('finds keys that differ only in case, at the second of them', () => {
  expect(findCaseVariants(withLabels({ tier: '1', Tier: '2' }))).toEqual({
    message: "Entity has duplicate keys that vary only in casing, 'metadata.labels.tier'",
    path: ['metadata', 'labels', 'Tier'],
  });
});

it('counts strings in lists as keys', () => {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'orders' },
    spec: { languages: ['java'], 'languages.Java': 'yes' },
  };
  expect(findCaseVariants(entity)?.path).toEqual(['spec', 'languages.Java']);
});

it('has nothing against keys that differ in more', () => {
  expect(findCaseVariants(withLabels({ tier: '1', tiers: '1' }))).toBeUndefined();
});
