import { describe, expect, it } from 'vitest';
import { isActivated } from '../../../../../src/features/plugins/core';
import { entityOf } from '../../../../support/entityOf';
import { InMemoryCatalog } from '../../../../support/inMemoryCatalog';

const catalog = new InMemoryCatalog({
  entities: [
    entityOf('cluster:default/west'),
    entityOf('template:default/service', { steps: [{ action: 'acme:ticket' }, 'wrong'] }),
  ],
});

describe('isActivated', () => {
  it.each([
    [undefined, true],
    [[], true],
    [['onEntityKind:Cluster'], true],
    [['onEntityKind:clust'], false],
    [['onAction:acme:ticket'], true],
    [['onAction:acme:*'], true],
    [['onAction:acme'], false],
    [['onAction:other:*', 'onEntityKind:cluster'], true],
    [['onSomethingElse:1'], false],
  ])('%j: %s', (events, expected) => {
    expect(isActivated(events, catalog)).toBe(expected);
  });
});
