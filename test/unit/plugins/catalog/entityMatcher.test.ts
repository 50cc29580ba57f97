import { describe, expect, it } from 'vitest';
import { matchEntities } from '../../../../src/plugins/catalog';
import { anEntity, InMemoryCatalog } from '../../../support/inMemoryCatalog';

const entities = new InMemoryCatalog({
  entities: [
    anEntity('API:pay', { owner: 'team-a' }),
    anEntity('Component:pay', { owner: 'team-a' }, { title: 'Payments' }),
    anEntity('Component:pay-gateway', { owner: 'team-b' }, { tags: ['go'] }),
    anEntity('Component:old-pay', { owner: 'team-b' }),
    anEntity('Component:repay', { owner: 'team-b' }),
    anEntity('Component:shop', { owner: 'user:jane' }, { tags: ['java', 'pay'] }),
    anEntity('Component:parking-yard', { owner: 'team-c' }),
    anEntity('Component:desk', {}, { description: 'Where guests pay.' }),
  ],
}).getEntities();

function find(query: string, options: { limit?: number; preferred?: string[] } = {}): string[] {
  return matchEntities({ entities, query, limit: 10, ...options }).map(
    ({ kind, metadata }) => `${kind}:${metadata.name}`,
  );
}

describe('matchEntities', () => {
  it('ranks name and title, then words of them, then other fields, then the rest', () => {
    expect(find('pay')).toEqual([
      'API:pay',
      'Component:pay',
      'Component:pay-gateway',
      'Component:old-pay',
      'Component:repay',
      'Component:shop',
      'Component:desk',
      'Component:parking-yard',
    ]);
  });

  it.each<[string, string[]]>([
    ['PAYMENTS', ['Component:pay']],
    ['component:default/shop', ['Component:shop']],
    ['user:jane', ['Component:shop']],
    ['java', ['Component:shop']],
    ['pay go', ['Component:pay-gateway']],
    ['gateway pay', ['Component:pay-gateway']],
    ['team-c', ['Component:parking-yard']],
    ['pgt', ['Component:pay-gateway']],
    ['xyz', []],
  ])('%s', (query, expected) => {
    expect(find(query)).toEqual(expected);
  });

  it('gives all in order without a query, preferred ones first', () => {
    expect(
      find('', { preferred: ['component:default/shop', 'api:default/pay'] }).slice(0, 3),
    ).toEqual(['Component:shop', 'API:pay', 'Component:desk']);
  });

  it('lets being preferred decide among equals only', () => {
    expect(find('pay', { preferred: ['component:default/pay'] })[0]).toBe('Component:pay');
    expect(find('pay', { preferred: ['component:default/shop'] })[0]).toBe('API:pay');
  });

  it('stops at the limit', () => {
    expect(find('', { limit: 2 })).toEqual(['API:pay', 'Component:desk']);
  });
});
