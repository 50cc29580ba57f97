import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../../../../../src/api';
import {
  DefaultSearchIndex,
  type IndexedSource,
  type SearchIndex,
} from '../../../../../../src/features/search/core';
import { longRun } from '../../../../../support/longRun';
import { anIndexOf, ask, found } from '../../../../../support/searchIndex';

const WORDS = 'ferry harbour orders orderService pier-crew Café payments gate ferries 渡轮'.split(
  ' ',
);
const QUERIES = [
  'ferry',
  'o',
  'ordrs',
  'orderservice',
  '"ferry harbour"',
  'cafe -gate',
  '',
  'tag:go',
];
const preferences = { mine: [], starred: ['component:default/ferry'], recent: [] };

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 });
const facets = fc.record({ tag: fc.subarray(['go', 'rust']) });
const documents: fc.Arbitrary<readonly SearchDocument[]> = fc
  .array(fc.record({ words, text: words, facets }), { maxLength: 3 })
  .map(all =>
    all.map(({ words: name, text, facets: own }, at) => ({
      id: `${at}`,
      title: name.join(' '),
      names: name.slice(0, 1),
      text: text.join(' '),
      ref: `component:default/${name[0] ?? ''}`.toLowerCase(),
      isEntity: true,
      facets: own,
    })),
  );
const source: fc.Arbitrary<IndexedSource> = fc.record({
  type: fc.constantFrom('catalog', 'docs'),
  id: fc.constantFrom('a', 'b', 'c', '__proto__'),
  stamp: fc.constantFrom('1', undefined),
  documents,
});
const change = fc.oneof(
  { weight: 6, arbitrary: source.map(put => ({ type: 'put' as const, put })) },
  { weight: 1, arbitrary: fc.subarray(['a', 'b']).map(ids => ({ type: 'retain' as const, ids })) },
  { weight: 1, arbitrary: fc.constant({ type: 'save' as const }) },
);

function answersOf(index: SearchIndex): unknown {
  const answers = QUERIES.map(query => {
    const { hits, ...rest } = ask(index, query, { preferences, withFacets: true });
    const rounded = hits.map(({ score, ...hit }) => ({ ...hit, score: score.toFixed(9) }));
    return { query, ...rest, hits: rounded };
  });
  const stamps = ['catalog', 'docs'].map(type => new Map([...index.stamps(type)].sort()));
  return { answers, stamps, statistics: index.statistics, tags: index.values('tag', '', 10) };
}

describe('changing search index', () => {
  it('answers like a rebuilt and like a loaded index', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), changes => {
        const index = new DefaultSearchIndex();
        const kept = new Map<string, IndexedSource>();
        for (const one of changes) {
          if (one.type === 'save') index.save();
          else if (one.type === 'retain') {
            index.retain('catalog', new Set(one.ids));
            for (const [key, { type, id }] of kept) {
              if (type === 'catalog' && !one.ids.some(other => other === id)) kept.delete(key);
            }
          } else {
            index.put(one.put);
            const key = `${one.put.type}/${one.put.id}`;
            if (one.put.documents.length || one.put.stamp !== undefined) kept.set(key, one.put);
            else kept.delete(key);
          }
        }
        const rebuilt = new DefaultSearchIndex();
        for (const one of kept.values()) rebuilt.put(one);
        const expected = answersOf(rebuilt);
        expect(answersOf(index)).toEqual(expected);
        const loaded = new DefaultSearchIndex();
        expect(loaded.load(index.save())).toBe(true);
        expect(answersOf(loaded)).toEqual(expected);
      }),
      longRun({ runs: 10, seed: 20261125 }),
    );
  });

  it('can be changed after loading', () => {
    const index = anIndexOf([{ id: 'ferry' }, { id: 'harbour' }]);
    index.load(index.save());
    index.put({
      type: 'catalog',
      id: 'ferry',
      stamp: '2',
      documents: [{ id: 'x', title: 'Pier' }],
    });
    expect(['ferry', 'pier', 'harbour'].map(query => found(index, query))).toEqual([
      [],
      ['x'],
      ['harbour'],
    ]);
  });

  it('compacts itself after most documents were removed', () => {
    const index = new DefaultSearchIndex();
    for (let round = 0; round < 30; round++) {
      const documents = Array.from({ length: 200 }, (_, at) => ({
        id: `${at}`,
        title: `ferry ${at} of ${round}`,
      }));
      index.put({ type: 'docs', id: 'page', stamp: `${round}`, documents });
    }
    expect(index.save().length).toBeLessThan(60_000);
    expect(ask(index, 'ferry').total).toBe(200);
  });

  it('yields while it compacts and while it adds many documents', () => {
    const index = new DefaultSearchIndex();
    const documents = Array.from({ length: 3000 }, (_, at) => ({ id: `${at}`, title: `a${at}` }));
    const page = { type: 'docs', id: 'page', stamp: '1', documents };
    expect([...index.putting(page)].length).toBeGreaterThanOrEqual(3000);
    const others = documents.map(({ id }) => ({
      ...page,
      id,
      documents: [{ id, title: 'ferry' }],
    }));
    for (const other of others.slice(0, 200)) index.put(other);
    // Most documents are removed: the rest is copied, source by source.
    expect([...index.putting({ ...page, documents: [] })].length).toBeGreaterThanOrEqual(200);
    expect(ask(index, 'ferry').total).toBe(200);
    expect(ask(index, 'a1').total).toBe(0);
  });
});

it('keeps stamps of empty sources, also after loading', () => {
  const index = new DefaultSearchIndex();
  const empty = { type: 'apis', id: 'a', documents: [] };
  index.put({ ...empty, stamp: '1' });
  index.put({ ...empty, id: 'b', stamp: '2', documents: [{ id: 'b', title: 'ferry' }] });
  const loaded = new DefaultSearchIndex();
  expect(loaded.load(index.save())).toBe(true);
  expect([...loaded.stamps('apis')]).toEqual([...['a', 'b'].map((id, at) => [id, `${at + 1}`])]);
  loaded.put({ ...empty, stamp: undefined });
  expect([[...loaded.stamps('apis').keys()], ask(loaded, 'ferry').total]).toEqual([['b'], 1]);
});

describe('loaded index data', () => {
  const bytes = anIndexOf([
    { id: 'ferry', text: 'To the harbour', facets: { tag: ['go'] } },
    { id: 'docs/pier', text: 'At the harbour' },
  ]).save();

  it('is rejected if it is invalid or empty', () => {
    const index = new DefaultSearchIndex();
    const others = [
      bytes.subarray(0, bytes.length - 4),
      new Uint8Array(),
      new TextEncoder().encode('{"not":"an index"}'),
    ];
    expect(others.map(other => index.load(other))).toEqual([false, false, false]);
    expect(index.statistics).toEqual({ sources: 0, documents: 0 });
    expect(found(index, 'ferry')).toEqual([]);
  });

  it('can be at any position in memory', () => {
    for (const shifted of [new Uint8Array(bytes.length + 3), Buffer.alloc(bytes.length + 3)]) {
      shifted.set(bytes, 3);
      const index = new DefaultSearchIndex();
      expect(index.load(shifted.subarray(3))).toBe(true);
      expect(found(index, 'harbour')).toEqual(['docs/pier', 'ferry']);
    }
  });
});

describe('unusual words', () => {
  it('are found like others', () => {
    const index = anIndexOf([
      {
        id: '__proto__',
        title: 'constructor',
        names: ['__proto__'],
        keywords: ['toString'],
        facets: { tag: ['__proto__'] },
      },
    ]);
    const queries = ['__proto__', 'constructor', 'tostring', 'tag:__proto__', 'hasOwnProperty'];
    expect(queries.map(query => ask(index, query, { withFacets: true }).total)).toEqual([
      1, 1, 1, 1, 0,
    ]);
  });

  it("don't slow down a search", () => {
    const index = anIndexOf([
      { id: 'a', text: 'ab'.repeat(200_000) },
      { id: 'b', text: 'x '.repeat(50_000) },
    ]);
    const queries = [
      'a'.repeat(10_000),
      'x '.repeat(500),
      `"${'x '.repeat(300)}"`,
      '(a+)+$',
      '\ud800',
    ];
    expect(queries.map(query => ask(index, query).total >= 0)).not.toContain(false);
  });
});
