import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CatalogFilter,
  FacetCollector,
  type Facets,
  compileFilter,
  emptyFilter,
  formatFilter,
  isEmptyFilter,
  withFacet,
} from '../../../../../../src/features/catalog/plugin';
import { parseFilter } from '../../../../../../src/features/catalog/plugin/tree/parseFilter';
import { splitPredicates } from '../../../../../../src/model/predicates';
import { aFailedEntity, anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';

describe('parseFilter', () => {
  type Terms = CatalogFilter['excluded'];
  const terms = (parts: Partial<Terms['facets']> & Partial<Terms>): Terms => {
    const { words = [], ownedByMe = false, starred = false, predicates = [], ...facets } = parts;
    const { kind = [], type = [], owner = [], lifecycle = [], tag = [] } = facets;
    return { words, ownedByMe, starred, predicates, facets: { kind, type, owner, lifecycle, tag } };
  };
  const filter = (wanted: Parameters<typeof terms>[0], excluded = {}): CatalogFilter => ({
    ...terms(wanted),
    excluded: terms(excluded),
  });

  it.each<[string, CatalogFilter]>([
    ['', emptyFilter],
    ['  pay   api ', filter({ words: ['pay', 'api'] })],
    ['kind:api', filter({ kind: ['api'] })],
    ['KIND:API', filter({ kind: ['API'] })],
    ['kind:api,component kind:api', filter({ kind: ['api', 'component'] })],
    ['owner:user:default/jane', filter({ owner: ['user:default/jane'] })],
    ['type:"data pipeline",service', filter({ type: ['data pipeline', 'service'] })],
    ['"type:service"', filter({ words: ['type:service'] })],
    ['component:default/pay', filter({ words: ['component:default/pay'] })],
    ['"two words"', filter({ words: ['two words'] })],
    ['is:mine is:Starred', filter({ ownedByMe: true, starred: true })],
    ['is:owned', filter({ ownedByMe: true })],
    ['owner:me', filter({ ownedByMe: true })],
    ['is:odd', filter({ words: ['is:odd'] })],
    ['tag:', emptyFilter],
    ['tag:"jav', filter({ tag: ['jav'] })],
    ['"" ,', filter({ words: [','] })],
    [
      'pay -kind:api,group -beta -"two words" -is:mine',
      filter(
        { words: ['pay'] },
        { kind: ['api', 'group'], words: ['beta', 'two words'], ownedByMe: true },
      ),
    ],
    ['-- -', filter({ words: ['--', '-'] })],
    [
      'pay -where:{"kind": "API"} {"spec.type": "x"}',
      filter(
        { words: ['pay'], predicates: splitPredicates('{"spec.type": "x"}').terms },
        { predicates: splitPredicates('-where:{"kind": "API"}').terms },
      ),
    ],
    ['/orders/{id}', filter({ words: ['/orders/{id}'] })],
  ])('parses %j', (text, expected) => {
    expect(parseFilter(text)).toEqual(expected);
  });

  it('parses the output of formatFilter', () => {
    const value = fc.string({ minLength: 1 }).map(text => text.replace(/["\s]+/g, ' ').trim());
    const values = fc.uniqueArray(value.filter(Boolean), { maxLength: 3 });
    const terms = fc.record({
      words: fc.array(value.filter(Boolean), { maxLength: 3 }),
      facets: fc.record({
        kind: values,
        type: values,
        owner: values,
        lifecycle: values,
        tag: values,
      }),
      ownedByMe: fc.boolean(),
      starred: fc.boolean(),
    });
    const predicates = fc.constantFrom('', 'where:{"a": "b c"}', '{"kind": {"$in": ["}"]}}');
    fc.assert(
      fc.property(terms, terms, predicates, (wanted, excluded, text) => {
        const { terms: predicates } = splitPredicates(text);
        const original = { ...wanted, predicates, excluded: { ...excluded, predicates: [] } };
        expect(parseFilter(formatFilter(original))).toEqual(original);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const once = formatFilter(parseFilter(text));
        expect(formatFilter(parseFilter(once))).toBe(once);
      }),
    );
  });
});

describe('isEmptyFilter', () => {
  it('checks every part of a filter', () => {
    expect(isEmptyFilter(emptyFilter)).toBe(true);
    expect(isEmptyFilter(withFacet(emptyFilter, 'tag', ['x']))).toBe(false);
    expect(isEmptyFilter({ ...emptyFilter, starred: true })).toBe(false);
    expect(isEmptyFilter({ ...emptyFilter, words: ['x'] })).toBe(false);
  });
});

describe('FacetCollector', () => {
  it('counts values regardless of case', () => {
    const catalog = new InMemoryCatalog({
      entities: [
        anEntity('Component:a', { type: 'service', owner: 'team-a' }, { tags: ['java', 'java'] }),
        anEntity('Component:b', { type: 'Service', owner: 'user:jane' }, { tags: ['go'] }),
        anEntity('API:c', { type: 7, owner: 'ops/team-b', lifecycle: ' ' }, { tags: 'none' }),
      ],
    });
    const facets = facetsOf(catalog);
    expect(Object.fromEntries(Object.entries(facets).map(([k, v]) => [k, [...v]]))).toEqual({
      kind: [
        ['API', 1],
        ['Component', 2],
      ],
      type: [['service', 2]],
      owner: [
        ['ops/team-b', 1],
        ['team-a', 1],
        ['user:jane', 1],
      ],
      lifecycle: [],
      tag: [
        ['java', 1],
        ['go', 1],
      ],
    });
  });
});

describe('compileFilter', () => {
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity(
        'Component:orders',
        { type: 'service', lifecycle: 'production', owner: 'team-a' },
        {
          title: 'Order Desk',
          description: 'Takes what customers want.',
          tags: ['java'],
        },
      ),
      anEntity('Component:web', { type: 'website', owner: 'user:jane' }, { tags: ['javascript'] }),
      anEntity('API:orders', { type: 'openapi', owner: 'group:ops/team-a' }),
      anEntity('Group:team-a', { type: 'team' }),
    ],
  });
  const matching = (text: string, mine: readonly string[] = []): string[] => {
    const compiled = compileFilter(parseFilter(text), {
      facets: facetsOf(catalog),
      ownershipRefs: mine,
      isStarred: ref => ref === 'api:default/orders',
    });
    return catalog
      .getEntities()
      .filter(entity => compiled.matches(entity))
      .map(({ kind, metadata }) => `${kind}:${metadata.name}`);
  };

  it.each<[string, string[]]>([
    ['kind:component', ['Component:orders', 'Component:web']],
    ['kind:api,group', ['API:orders', 'Group:team-a']],
    ['kind:component type:website', ['Component:web']],
    ['lifecycle:PRODUCTION', ['Component:orders']],
    // An existing value matches exactly, any other as a prefix.
    ['tag:java', ['Component:orders']],
    ['tag:jav', ['Component:orders', 'Component:web']],
    ['owner:team-a', ['Component:orders']],
    ['owner:group:default/team-a', ['Component:orders']],
    ['owner:ops/team-a', ['API:orders']],
    ['owner:user:jane', ['Component:web']],
    ['is:starred', ['API:orders']],
    ['is:starred kind:component', []],
    ['customers', ['Component:orders']],
    ['DESK order', ['Component:orders']],
    ['orders api:', ['API:orders']],
    ['team-a', ['API:orders', 'Component:orders', 'Group:team-a']],
    ['nowhere', []],
    ['-kind:api,group', ['Component:orders', 'Component:web']],
    ['kind:component -customers', ['Component:web']],
    ['-tag:java -kind:group', ['API:orders', 'Component:web']],
    ['orders -is:starred', ['Component:orders']],
    ['"customers want"', ['Component:orders']],
    ['where:{"spec.lifecycle": {"$exists": true}}', ['Component:orders']],
    ['kind:api,component -where:{"kind": "api"}', ['Component:orders', 'Component:web']],
    // While it is typed, it isn't used.
    ['kind:api where:{"kind": "Gro', ['API:orders']],
  ])('%s', (text, expected) => {
    expect(matching(text)).toEqual(expected);
  });

  it('matches entities owned by me or my groups with is:mine', () => {
    expect(matching('is:mine', ['user:default/jane', 'group:default/team-a'])).toEqual([
      'Component:orders',
      'Component:web',
    ]);
    expect(matching('is:mine')).toEqual([]);
  });

  it('matches failed entities by their readable parts', () => {
    const failed = aFailedEntity({ kind: 'API', name: 'broken', file: 'file:///work/pay.yaml' });
    const finds = (text: string): boolean =>
      compileFilter(parseFilter(text), {
        facets: facetsOf(catalog),
        ownershipRefs: [],
        isStarred: () => true,
      }).matchesFailed(failed);
    expect(['kind:api', 'broken', 'pay.yaml', ''].map(finds)).toEqual([true, true, true, true]);
    expect(['-kind:group', '-tag:java', '-is:starred', '-other'].map(finds)).toEqual(
      Array(4).fill(true),
    );
    expect(
      ['kind:group', 'tag:java', 'is:mine', 'is:starred', 'no', '-kind:api'].map(finds),
    ).toEqual(Array(6).fill(false));
  });
});

function facetsOf(catalog: InMemoryCatalog): Facets {
  const collector = new FacetCollector();
  for (const entity of catalog.getEntities()) collector.add(entity);
  return collector.facets;
}
