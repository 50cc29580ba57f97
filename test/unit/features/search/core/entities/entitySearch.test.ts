import { describe, expect, it } from 'vitest';
import type { EntitySearchOptions } from '../../../../../../src/api';
import { EntitySearch } from '../../../../../../src/features/search/core/entities';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';

const catalog = new InMemoryCatalog({
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
});
const search = new EntitySearch(catalog);

function find(query: string, options: Partial<EntitySearchOptions> = {}): string[] {
  return run(search, { query, ...options });
}

function run(searched: EntitySearch, options: Partial<EntitySearchOptions>): string[] {
  const work = searched.search({ query: '', limit: 10, ...options });
  for (;;) {
    const step = work.next();
    if (step.done) return step.value.map(ref => ref.replace('default/', ''));
  }
}

describe('EntitySearch', () => {
  it('ranks name and title, then their words, then other fields, then substrings', () => {
    expect(find('pay')).toEqual([
      'component:pay',
      'api:pay',
      'component:pay-gateway',
      'component:old-pay',
      'component:repay',
      'component:shop',
      'component:desk',
      'component:parking-yard',
    ]);
  });

  it.each<[string, string[]]>([
    ['PAYMENTS', ['component:pay']],
    ['component:default/shop', ['component:shop']],
    ['user:jane', ['component:shop']],
    ['java', ['component:shop']],
    ['pay go', ['component:pay-gateway']],
    ['gateway pay', ['component:pay-gateway']],
    ['team-c', ['component:parking-yard']],
    ['pgt', ['component:pay-gateway']],
    ['xyz', []],
  ])('%s', (query, expected) => {
    expect(find(query)).toEqual(expected);
  });

  it('returns all entities in order for an empty query, preferred ones first', () => {
    expect(
      find('', { preferred: ['component:default/shop', 'api:default/pay'] }).slice(0, 3),
    ).toEqual(['component:shop', 'api:pay', 'component:desk']);
  });

  it('prefers preferred entities only among equal matches', () => {
    expect(find('pay', { preferred: ['api:default/pay'] })[0]).toBe('api:pay');
    expect(find('pay', { preferred: ['component:default/shop'] })[0]).toBe('component:pay');
  });

  it('stops at the limit', () => {
    expect(find('', { limit: 2 })).toEqual(['component:desk', 'component:old-pay']);
  });

  it('finds the same for a query typed letter by letter or at once', () => {
    const words = ['pay gateway', 'pgt', 'team-b re', 'guests', 'component:default/pay'];
    for (const query of words) {
      const typed = [...query].map((_, end) => find(query.slice(0, end + 1))).at(-1);
      expect(typed).toEqual(run(new EntitySearch(catalog), { query }));
    }
  });

  it('calls the filter for matching entities only', () => {
    const requests: string[] = [];
    const accept: EntitySearchOptions['accept'] = ({ kind, metadata }) => {
      requests.push(metadata.name);
      return kind === 'API';
    };
    expect(find('payments', { accept })).toEqual([]);
    expect(requests).toEqual(['pay']);
    expect(find('pay', { accept })).toEqual(['api:pay']);
  });

  it('follows the catalog', () => {
    const changing = new InMemoryCatalog({ entities: [anEntity('Component:zip')] });
    const searched = new EntitySearch(changing);
    expect(run(searched, { query: 'zip' })).toEqual(['component:zip']);
    changing.update({ entities: [anEntity('Component:two'), anEntity('Component:four')] });
    expect(run(searched, { query: 'zip' })).toEqual([]);
    expect(run(searched, { query: 'tw' })).toEqual(['component:two']);
  });

  it('returns the best of very many', () => {
    const entities = Array.from({ length: 5000 }, (_, index) => anEntity(`Component:c-${index}`));
    const many = new EntitySearch(new InMemoryCatalog({ entities }));
    expect(run(many, { query: 'c-499', limit: 3 })).toEqual([
      'component:c-499',
      'component:c-4990',
      'component:c-4991',
    ]);
    expect(run(many, { query: 'c', limit: 2, preferred: ['component:default/c-77'] })).toEqual([
      'component:c-77',
      'component:c-0',
    ]);
  });

  it('finds refs of many entities first, and other fields after reading them', () => {
    const entities = Array.from({ length: 600 }, (_, index) =>
      anEntity(`Component:c-${index}`, {}, { title: `Title ${index}` }),
    );
    const many = new EntitySearch(new InMemoryCatalog({ entities }));
    expect(run(many, { query: 'c-599' })).toEqual(['component:c-599']);
    expect(run(many, { query: 'title 599' })).toEqual([]);
    expect(many.isUnread).toBe(true);
    const reading = many.read();
    while (!reading.next().done);
    expect(many.isUnread).toBe(false);
    expect(run(many, { query: 'title 599' })).toEqual(['component:c-599']);
  });
});
