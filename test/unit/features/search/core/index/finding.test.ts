import { describe, expect, it } from 'vitest';
import { anIndexOf, aQuery, ask, found, putDocument } from '../../../../../support/searchIndex';

describe('matches of words', () => {
  const services = anIndexOf([
    { id: 'order-service', names: ['order-service'], title: 'Orders' },
    { id: 'paymentService', text: 'Takes the money' },
    { id: 'fleet', names: ['FleetTracker'], title: 'Fleet of 3 ferries' },
    { id: 'cafe', title: 'Café Zürich' },
  ]);
  it.each([
    ['a name', 'order-service', ['order-service']],
    ['a part of it', 'service', ['order-service', 'paymentService']],
    ['a beginning of it', 'ord', ['order-service']],
    ['a name without separators', 'orderservice', ['order-service']],
    ['a name with other separators', 'order_service', ['order-service']],
    ['a name with additional separators', 'payment-service', ['paymentService']],
    ['a name in capitals within', 'fleettracker', ['fleet']],
    ['a word of its capitals', 'tracker', ['fleet']],
    ['its words with a space', 'fleet tracker', ['fleet']],
    ['words of several fields', 'payment money', ['paymentService']],
    ['a word without its diacritics', 'cafe zurich', ['cafe']],
    ['a word with them', 'café', ['cafe']],
    ['the singular of a plural', 'ferry', ['fleet']],
    ['not the middle of a word', 'rvice', []],
  ])('%s', (_, query, expected) => {
    expect([...found(services, query)].sort()).toEqual(expected);
  });
});

describe('matches beyond words', () => {
  const index = anIndexOf([
    { id: 'tide-ui', ref: 'component:default/tide-ui', isEntity: true, names: ['tide-ui'] },
    { id: 'tide-api', ref: 'api:default/tide', isEntity: true, names: ['tide'] },
    { id: 'gate', keywords: ['C#'] },
    { id: 'crane', keywords: ['c++', 'c'] },
    { id: 'van', text: 'Shows all stops of a van' },
    { id: 'on-call', text: 'Who is there at night' },
  ]);
  it.each([
    ['a ref', 'component:default/tide-ui', ['tide-ui']],
    ['the beginning of a ref', 'api:default/t', ['tide-api']],
    ['no part of a ref', 'default', []],
    ['a word with its sign', 'c#', ['gate']],
    ['signs', 'c++', ['crane']],
    ['without stop words', 'stops of the van', ['van']],
    ['stop words without other words', 'on', ['on-call']],
    ['stop words with a phrase of signs', 'on "!"', ['on-call']],
  ])('%s', (_, query, expected) => {
    expect(found(index, query)).toEqual(expected);
  });
});

describe('hashes and ids', () => {
  const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  const index = anIndexOf([
    { id: 'commit', text: 'Since a1b2c3d4e5f6 it is so.' },
    { id: 'release', names: ['release-0f1e2d3c4b5a'] },
    { id: 'image', text: `It is shop@sha256:${digest}` },
    { id: 'tenant', text: 'Of 6ba7b810-9dad-11d1-80b4-00c04fd430c8 alone' },
  ]);
  it.each([
    ['in a text', 'a1b2c3d4e5f6 ', ['commit']],
    ['by their beginning', 'a1b2c3d', ['commit']],
    ['in a name', 'release-0f1e2d3c4b5a ', ['release']],
    ['in a phrase', '"since a1b2c3d4e5f6"', ['commit']],
    ['longer than words are kept', `${digest} `, ['image']],
    ['with hyphens', '6ba7b810-9dad-11d1-80b4-00c04fd430c8 ', ['tenant']],
  ])('%s', (_, query, expected) => {
    expect(found(index, query)).toEqual(expected);
  });
});

describe('misspelled words', () => {
  const index = anIndexOf([
    { id: 'payments-service' },
    { id: 'forecast' },
    { id: 'kubernetes-cluster' },
    { id: 'v1234' },
    { id: 'tax', title: 'TaxPage' },
    { id: 'crew', text: 'The crew has a pager.' },
  ]);
  it.each([
    ['one letter left out', 'forcast', ['forecast']],
    ['two swapped letters', 'foercast', ['forecast']],
    ['another first letter', 'dorecast', ['forecast']],
    ['a first letter left out', 'orecast', ['forecast']],
    ['two edits in a long word', 'kuberntes-clustre', ['kubernetes-cluster']],
    ['two edits are too many in a short one', 'fxrecxst', ['forecast']],
    ['not in three letters', 'pai', []],
    ['a misspelled beginning', 'forcas', ['forecast']],
    ['a misspelled beginning of a word that others follow', 'paymnt service', ['payments-service']],
    ['exact matches before similar ones', 'pager', ['crew', 'tax']],
    ['not another number', '1235', []],
  ])('%s', (_, query, expected) => {
    expect(found(index, query)).toEqual(expected);
  });

  it('are not searched if the exact word is frequent', () => {
    const words = Array.from({ length: 10 }, (_, at) => ({ id: `form-${at}` }));
    expect(ask(anIndexOf([...words, { id: 'from' }]), 'form').total).toBe(10);
  });
});

describe('phrases and exclusions', () => {
  const index = anIndexOf([
    { id: 'a', text: 'Open the sea valve, then the other one.' },
    { id: 'b', text: 'The valve of the sea is open.' },
    { id: 'c', names: ['sea-valve'], keywords: ['openly'] },
    { id: 'd', title: 'Sea', names: ['valve'] },
  ]);
  it.each([
    ['words that stand side by side, in order', '"sea valve"', ['c', 'a']],
    ['that and words', '"sea valve" open ', ['c', 'a']],
    ['no beginnings of words', '"sea valv"', []],
    ['two of them', '"the sea" "is open"', ['b']],
    ['a word taken away', 'valve -sea', []],
    ['a word that is written as one', 'sea -sea-valve', ['d', 'b']],
    ['a phrase taken away', 'valve -"the sea"', ['d', 'c']],
    ['only an excluded word', '-open', ['c', 'd']],
  ])('%s', (_, query, expected) => {
    expect(found(index, query)).toEqual(expected);
  });
});

describe('phrases with compound words', () => {
  const index = anIndexOf([
    { id: 'a', text: 'Call payment-service now, or call the paymentService twice.' },
    {
      id: 'b',
      names: ['put into s3 buckets'],
      text: 'Open the sea and then the valve, with c# and c.',
    },
    {
      id: 'c',
      text: 'It was paymentservice paymentservice again, and payment-service payment-service on.',
    },
    { id: 'd', text: 'Roll release v2 a1b2c3d4e5f6 out' },
  ]);
  it.each([
    ['between others', '"call paymentservice now"', ['a']],
    ['in other words', '"the paymentservice twice"', ['a']],
    ['by its parts', '"call payment service now"', ['a']],
    ['at the beginning', '"paymentservice now"', ['a']],
    ['at the end', '"call paymentservice"', ['a']],
    ['of letters and digits', '"into s3 buckets"', ['b']],
    ['several', '"release v2 a1b2c3d4e5f6 out"', ['d']],
    ['that is there twice', '"was paymentservice paymentservice again"', ['c']],
    ['that is there twice, in parts', '"and paymentservice paymentservice on"', ['c']],
    ['not a word further on', '"call paymentservice twice"', []],
    ['not another word that is there twice', '"open the valve"', []],
    ['not a part followed by another word', '"call payment now"', []],
    ['words with signs', '"with c# and"', ['b']],
  ])('%s', (_, query, expected) => {
    expect(found(index, query)).toEqual(expected);
  });
  it('can be excluded', () => {
    expect(found(index, 'out -"release v2 a1b2c3d4e5f6 out"')).toEqual([]);
  });
});

it('matches the last word of an unfinished phrase as a prefix', () => {
  const index = anIndexOf([
    { id: 'a', text: 'Open the sea valve' },
    { id: 'b', text: 'valve sea' },
  ]);
  expect([found(index, '"sea val'), found(index, '"sea val"')]).toEqual([['a'], []]);
});

it('yields more often for a phrase prefix of very many words', () => {
  const text = Array.from({ length: 200 }, (_, at) => `a${at.toString(36)}`).join(' ');
  const index = anIndexOf(Array.from({ length: 200 }, (_, at) => ({ id: `${at}`, text })));
  const stopsOf = (query: string): number => {
    const steps = index.search({
      query: aQuery(query),
      preferences: { mine: [], starred: [], recent: [] },
      limit: 1,
      offset: 0,
      withFacets: false,
    });
    let stops = 0;
    while (!steps.next().done) stops++;
    return stops;
  };
  expect(stopsOf('"a')).toBeGreaterThan(stopsOf('"a1"'));
});

describe('filters', () => {
  const index = anIndexOf([
    {
      id: 'pay',
      ref: 'component:default/pay',
      isEntity: true,
      facets: { kind: ['component'], owner: ['group:default/payments'], tag: ['go', 'rest'] },
    },
    {
      id: 'park',
      ref: 'component:default/park',
      isEntity: true,
      facets: { kind: ['component'], owner: ['group:default/fleet'], tag: ['go'] },
    },
    { id: 'api', facets: { kind: ['api'], owner: ['group:default/payments-desk'] } },
    { id: 'people/payments', ref: 'group:default/payments', isEntity: true, title: 'Money People' },
    {
      id: 'people/fleet',
      ref: 'group:default/fleet',
      isEntity: true,
      title: 'Fleet',
      names: ['fleet'],
    },
  ]);
  const entities = anIndexOf([
    { id: 'pay', facets: { owner: ['group:default/payments'] } },
    {
      id: 'people/payments',
      ref: 'group:default/payments',
      isEntity: true,
      names: ['payments'],
      title: 'Money People',
    },
  ]);
  it.each([
    ['a value', 'kind:api', ['api']],
    ['several values of a field', 'tag:rest kind:api kind:component', ['pay']],
    ['of two fields', 'kind:component tag:go owner:fleet', ['park']],
    ['an owner by name', 'owner:payments', ['pay']],
    ['by ref', 'owner:group:default/payments-desk', ['api']],
    ['by ref without its kind', 'owner:default/payments', ['pay']],
    ['the beginning of a value, where none is the same', 'owner:pay', ['pay', 'api']],
    ['a type of documents', 'in:people', ['people/fleet', 'people/payments']],
    ['a value that nothing has', 'kind:nothing', []],
    ['a value taken away', 'kind:component -tag:rest', ['park']],
    ['a value begun', 'kind:component tag:re', ['pay']],
    ['the beginning of a value taken away', 'kind:component -tag:re', ['park', 'pay']],
    ['words and filters', 'pay kind:component', ['pay']],
    ['entities of the user', 'owner:me', ['park']],
  ])('%s', (_, query, expected) => {
    const preferences = { mine: ['group:default/fleet'], starred: [], recent: [] };
    expect(found(index, query, { preferences })).toEqual(expected);
  });
  it.each(['owner:money', 'owner:people'])('match an owner by a word of its title: %s', query => {
    expect(found(entities, query)).toEqual(['pay']);
  });
  it('return all matches, preferred ones first, then by title', () => {
    const preferences = { mine: [], starred: ['component:default/pay'], recent: [] };
    expect(found(index, 'kind:component', { preferences })).toEqual(['pay', 'park']);
  });
});

describe('empty query', () => {
  const index = anIndexOf(
    ['a', 'b', 'c', 'd', 'e'].map(id => ({
      id,
      ref: `component:default/${id}`,
      isEntity: true,
      facets: { owner: [id > 'c' ? 'group:default/mine' : 'group:default/other'] },
    })),
  );
  it('returns recent, starred and own entities', () => {
    const preferences = {
      mine: ['group:default/mine'],
      starred: ['component:default/a'],
      recent: ['component:default/c', 'component:default/e'],
    };
    expect(found(index, '', { preferences })).toEqual(['c', 'e', 'a', 'd']);
  });
  it.each(['!?', '"--"', '"!? …"', '"--'])(
    'finds nothing for text without letters and digits: %s',
    query => {
      const preferences = { mine: [], starred: ['component:default/a'], recent: [] };
      expect(found(index, query, { preferences })).toEqual([]);
    },
  );
});

it('matches parts of words in languages without spaces', () => {
  const index = anIndexOf([
    { id: 'a', title: '支付服务', text: '处理所有支付' },
    { id: 'b', title: '订单服务' },
    { id: 'c', title: 'สวัสดีครับ' },
  ]);
  expect(['支付', '服务', '订', 'สวัสดี', '支服'].map(query => found(index, query))).toEqual([
    ['a'],
    ['a', 'b'],
    ['b'],
    ['c'],
    [],
  ]);
});

it('counts facet values of all results', () => {
  const index = anIndexOf([
    { id: 'a', text: 'ferry', facets: { kind: ['api'], tag: ['go', 'rest'] } },
    { id: 'b', text: 'ferry', facets: { kind: ['component'], tag: ['go'] } },
    { id: 'docs/c', text: 'ferry' },
    { id: 'd', facets: { kind: ['api'] } },
  ]);
  expect(ask(index, 'ferry', { withFacets: true, limit: 1 })).toMatchObject({
    total: 3,
    facets: {
      in: [
        { value: 'catalog', count: 2 },
        { value: 'docs', count: 1 },
      ],
      kind: [
        { value: 'api', count: 1 },
        { value: 'component', count: 1 },
      ],
      tag: [
        { value: 'go', count: 2 },
        { value: 'rest', count: 1 },
      ],
    },
  });
});

it('truncates long titles and names', () => {
  const long = `${'ferry '.repeat(100_000)}harbour`;
  const index = anIndexOf([{ id: 'a', title: long, names: [long] }]);
  expect(found(index, 'harbour')).toEqual([]);
  const [hit] = ask(index, 'ferry').hits;
  expect([hit?.title.text.length, hit?.document.names?.[0]?.length]).toEqual([1000, 1000]);
});

it('returns pages of results', () => {
  const index = anIndexOf(Array.from({ length: 250 }, (_, at) => ({ id: `ferry-${at}` })));
  const all = found(index, 'ferry', { limit: 250 });
  const pages = Array.from({ length: 5 }, (_, page) =>
    found(index, 'ferry', { limit: 50, offset: page * 50 }),
  );
  expect(new Set(all).size).toBe(250);
  expect(pages.flat()).toEqual(all);
});

it('suggests values by prefixes of their words, ordered by count', () => {
  const index = anIndexOf([
    { id: 'a', facets: { tag: ['data-store', 'go'], owner: ['group:default/data'] } },
    { id: 'b', facets: { tag: ['store'] } },
    { id: 'c', facets: { tag: ['store', 'restored'] } },
  ]);
  expect(index.values('tag', 'st', 10)).toEqual([
    { value: 'store', count: 2 },
    { value: 'data-store', count: 1 },
  ]);
  expect(index.values('owner', 'dat', 10)).toEqual([{ value: 'group:default/data', count: 1 }]);
});

it('ignores documents that are removed during a search', () => {
  const index = anIndexOf(Array.from({ length: 30 }, (_, at) => ({ id: `ferry-${at}` })));
  const steps = index.search({
    query: {
      words: ['ferry'],
      phrases: [],
      excludedWords: [],
      excludedPhrases: [],
      filters: [],
      isUnfinished: true,
    },
    preferences: { mine: [], starred: [], recent: [] },
    limit: 50,
    offset: 0,
    withFacets: false,
  });
  steps.next();
  index.clear();
  putDocument(index, { id: 'ferry-new' });
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(step.value.hits.map(({ document }) => document.id)).toEqual(['ferry-new']);
});

describe('counts of an empty query', () => {
  it('suggests a few documents and counts all by type', () => {
    const index = anIndexOf([
      { id: 'catalog/a', ref: 'component:default/a', isEntity: true },
      { id: 'catalog/b', ref: 'component:default/b', isEntity: true },
      { id: 'docs/c' },
      { id: 'docs/d' },
    ]);
    const { total, facets } = ask(index, '', {
      withFacets: true,
      preferences: { mine: [], starred: ['component:default/a'], recent: [] },
    });
    expect(total).toBeLessThan(4);
    expect(facets.in).toEqual([
      { value: 'catalog', count: 2 },
      { value: 'docs', count: 2 },
    ]);
  });
});

describe('query without complete matches', () => {
  const index = anIndexOf([
    { id: 'docs/create', title: 'Create a service', text: 'Run the template' },
    { id: 'docs/branch', title: 'Branches', text: 'Create a new branch' },
    { id: 'docs/service', title: 'Services', text: 'Every service has an owner' },
    { id: 'catalog/tide', facets: { kind: ['api'] }, title: 'Tide service' },
  ]);
  const partial = (query: string): unknown => {
    const { hits, ignored } = ask(index, query);
    return [hits.map(({ document }) => document.id.replace(/^\w+\//, '')), ignored];
  };

  it('returns the best partial matches and the ignored words', () => {
    expect(partial('how do I create a new service')).toEqual([['create'], ['new']]);
    expect(partial('create service Zeppelin ')).toEqual([['create'], ['zeppelin']]);
  });

  it('does not report ignored stop words', () => {
    expect(partial('how to create a service ')).toEqual([['create'], []]);
  });

  it('still applies filters, phrases and excluded words', () => {
    expect(partial('create service kind:api')).toEqual([['tide'], ['create']]);
    expect(partial('zeppelin "new branch" ')).toEqual([['branch'], ['zeppelin']]);
    expect(partial('zeppelin service "airship" ')).toEqual([[], []]);
    expect(partial('create new service -service ')).toEqual([['branch'], ['service']]);
    expect(partial('create zeppelin kind:group')).toEqual([[], []]);
  });

  it('matches only whole words', () => {
    expect(partial('zeppelin ')).toEqual([[], []]);
    expect(partial('tide-zeppelin ')).toEqual([[], []]);
    expect(partial('tide-zeppelin create ')).toEqual([['create', 'branch'], ['tide-zeppelin']]);
  });

  it('ignores no words if a document has all of them', () => {
    expect(partial('new branch')).toEqual([['branch'], []]);
  });
});
