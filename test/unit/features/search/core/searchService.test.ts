import { describe, expect, it, onTestFinished } from 'vitest';
import type { SearchCollator, SearchDocument, SearchResults } from '../../../../../src/api';
import { Emitter, Registry, silentLogger } from '../../../../../src/base';
import { DefaultSearchService, type IndexQuery } from '../../../../../src/features/search/core';
import { InProcessSearchIndex } from '../../../../../src/features/search/core/client/inProcessSearchIndex';
import { EntitySearch } from '../../../../../src/features/search/core/entities';
import { anEntity, InMemoryCatalog } from '../../../../support/inMemoryCatalog';
import { PlainSearchIndex } from '../../../../support/plainSearchIndex';
import { aDocument, type Notes, NotesCollator } from '../../../../support/searching';
import { TestClock } from '../../../../support/testClock';

const { signal } = new AbortController();

/** Records its requests. */
class RecordingIndex extends PlainSearchIndex {
  readonly queries: IndexQuery[] = [];
  override search(query: IndexQuery): ReturnType<PlainSearchIndex['search']> {
    this.queries.push(query);
    return super.search(query);
  }
}

/** Returns its documents when it is released. */
class HeldCollator extends NotesCollator {
  #go = new Emitter<void>();
  #isHeld = true;
  #document: (title: string) => SearchDocument;

  constructor(notes: Notes, id = 'notes', document: (title: string) => SearchDocument = aDocument) {
    super(notes, id);
    this.#document = document;
  }

  override async collate(source: string): Promise<readonly SearchDocument[]> {
    const documents = await super.collate(source);
    if (this.#isHeld) await new Promise<void>(resolve => this.#go.event(resolve));
    return documents.map(({ title }) => this.#document(title));
  }

  go(): void {
    this.#isHeld = false;
    this.#go.fire();
  }
}

function openSearch(collators: readonly SearchCollator[] = []) {
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('component:default/shop', {}, { title: 'The shop' }),
      anEntity('api:default/shop-api'),
      anEntity('user:default/shopper'),
    ],
  });
  const registry = new Registry<SearchCollator>();
  for (const collator of collators) registry.add(collator);
  const plain = new RecordingIndex();
  const errors: string[] = [];
  const search = new DefaultSearchService({
    catalog,
    collators: registry,
    entitySearch: new EntitySearch(catalog),
    identity: { getOwnershipRefs: () => ['user:default/me'] },
    recent: { viewed: () => ['api:default/a', 'api:default/b'], edited: () => ['api:default/a'] },
    starred: { all: () => ['api:default/c'] },
    index: new InProcessSearchIndex(plain),
    clock: new TestClock(),
    logger: { ...silentLogger, error: message => void errors.push(message) },
  });
  onTestFinished(() => search.dispose());
  const find = (
    query: string,
    more: { limit?: number; offset?: number } = {},
  ): Promise<SearchResults> => search.find({ query, limit: 10, ...more }, signal);
  return { search, plain, registry, find, errors };
}

const shown = ({ results }: SearchResults): readonly string[] =>
  results.map(({ type, title }) => `${type}: ${title.text}`);

describe('search service', () => {
  it('returns results of the index with details of the collator', async () => {
    const notes = new NotesCollator({ a: ['Apple'], b: ['Pear'] });
    const { search, find, plain } = openSearch([notes]);
    await search.whenReady(signal);
    const { tookMs, ...answer } = await find('apple');
    expect(answer).toEqual({
      results: [
        {
          type: 'notes',
          title: { text: 'Apple', marks: [] },
          snippet: undefined,
          path: [],
          ref: undefined,
          facets: {},
          icon: 'note',
          score: 1,
          location: { file: 'file:///work/Apple.md' },
          target: { type: 'source', file: 'file:///work/Apple.md' },
        },
      ],
      total: 1,
      facets: {},
      ignored: [],
      isPartial: false,
    });
    expect(tookMs).toBeGreaterThan(0);
    expect(plain.queries.at(-1)?.preferences).toEqual({
      mine: ['user:default/me'],
      starred: ['api:default/c'],
      recent: ['api:default/a', 'api:default/b'],
    });
  });

  it('returns pages of results', async () => {
    const { search, find } = openSearch([new NotesCollator({ a: ['1', '2', '3'] })]);
    await search.whenReady(signal);
    const answers = await Promise.all([find('', { limit: 2 }), find('', { limit: 2, offset: 2 })]);
    expect(answers.map(answer => [shown(answer), answer.total])).toEqual([
      [['notes: 1', 'notes: 2'], 3],
      [['notes: 3'], 3],
    ]);
  });

  it('returns current locations of documents', async () => {
    class MovingCollator extends NotesCollator {
      locate({ title }: SearchDocument): { file: string } | undefined {
        if (title === 'bad') throw new Error('no');
        return title === 'moved' ? { file: 'file:///work/elsewhere.md' } : undefined;
      }
    }
    const { search, find, errors } = openSearch([
      new MovingCollator({ a: ['moved', 'stayed', 'bad'] }),
    ]);
    await search.whenReady(signal);
    for (const query of ['', 'bad']) await find(query);
    const { results } = await find('');
    expect(results.map(({ location }) => location?.file)).toEqual([
      'file:///work/elsewhere.md',
      'file:///work/stayed.md',
      'file:///work/bad.md',
    ]);
    expect(errors).toEqual(['Can\'t locate results of "notes": no']);
  });

  it('locates slow results only on request', async () => {
    const located: string[] = [];
    class SlowCollator extends NotesCollator {
      readonly locatesOnDemand = true;
      override collate(source: string): readonly SearchDocument[] {
        return source === 'bare'
          ? [{ id: 'bare', title: 'bare' }]
          : [aDocument('kept'), { id: 'far', title: 'far', ref: 'component:default/shop' }];
      }
      async locate({ title }: SearchDocument): Promise<{ file: string }> {
        located.push(title);
        return { file: `file:///work/found/${title}.md` };
      }
    }
    const { search, find } = openSearch([new SlowCollator({ a: [], bare: [] })]);
    await search.whenReady(signal);
    const { results } = await find('');
    // The last one could not be opened otherwise.
    expect(located).toEqual(['bare']);
    expect(
      results.map(({ location, isPlacePending, target }) => [
        location?.file,
        isPlacePending,
        target.type,
      ]),
    ).toEqual([
      ['file:///work/kept.md', true, 'source'],
      ['file:///work/catalog-info.yaml', true, 'source'],
      ['file:///work/found/bare.md', undefined, 'source'],
    ]);
    const places = await Promise.all(results.map(result => search.locate(result, signal)));
    expect(places.map(place => place?.file)).toEqual([
      ...['kept', 'far', 'bare'].map(name => `file:///work/found/${name}.md`),
    ]);
    const { results: all } = await search.find({ query: '', limit: 10, withPlaces: true }, signal);
    expect(all.map(({ location, isPlacePending }) => [location?.file, isPlacePending])).toEqual(
      ['kept', 'far', 'bare'].map(name => [`file:///work/found/${name}.md`, undefined]),
    );
  });

  it('opens the entity of a document without a location', async () => {
    const bare = (title: string): SearchDocument => ({
      id: title,
      title,
      ...(title !== 'nowhere' && { ref: 'component:default/shop' }),
    });
    const notes = new HeldCollator({ a: ['shop', 'nowhere'] }, 'notes', bare);
    notes.go();
    const { search, find } = openSearch([notes]);
    await search.whenReady(signal);
    expect((await find('')).results.map(({ target }) => target)).toEqual([
      { type: 'entity', entityRef: 'component:default/shop' },
    ]);
  });

  it('rejects an aborted search', async () => {
    const { search } = openSearch();
    const abort = new AbortController();
    const searching = search.find({ query: 'a', limit: 1 }, abort.signal);
    abort.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    await expect(search.find({ query: 'a', limit: 1 }, abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('completes filters from the index', async () => {
    const document = (title: string): SearchDocument =>
      aDocument(title, { facets: { tag: ['java'] } });
    const notes = new HeldCollator({ a: ['Apple'] }, 'notes', document);
    notes.go();
    const { search } = openSearch([notes]);
    await search.whenReady(signal);
    const labels = async (query: string): Promise<readonly string[]> =>
      (await search.complete(query, query.length, signal)).map(({ label }) => label);
    expect([await labels('tag:j'), await labels('in:')]).toEqual([
      ['java'],
      [expect.stringContaining('notes')],
    ]);
  });
});

describe('search before the index is ready', () => {
  it('answers by entity names first, and only by the index later', async () => {
    const shop = (title: string): SearchDocument =>
      aDocument(title, { ref: 'component:default/shop' });
    const catalog = new HeldCollator({ a: ['Shop of the index'] }, 'catalog', shop);
    const people = new HeldCollator({ a: [] }, 'people');
    const { search, find } = openSearch([catalog, people]);
    const first = await find('shop');
    expect([shown(first), first.total, first.isPartial]).toEqual([
      ['catalog: The shop', 'people: shopper', 'catalog: shop-api'],
      3,
      true,
    ]);
    const scores = first.results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    people.go();
    catalog.go();
    await search.whenReady(signal);
    const last = await find('shop');
    expect([shown(last), last.total, last.isPartial]).toEqual([
      ['catalog: Shop of the index'],
      1,
      false,
    ]);
  });

  it('ranks names before indexed results of other types', async () => {
    const docs = new NotesCollator({ a: ['How to shop'] }, 'docs');
    const { find, search } = openSearch([docs, new HeldCollator({ a: [] }, 'catalog')]);
    await find('');
    await new Promise<void>(resolve => {
      const listening = search.onDidChange(() => {
        if (!docs.requests.includes('a')) return;
        listening.dispose();
        resolve();
      });
    });
    const all = ['catalog: The shop', 'people: shopper', 'catalog: shop-api', 'docs: How to shop'];
    const answer = await find('shop');
    expect([shown(answer), answer.total]).toEqual([all, 4]);
    const scores = answer.results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const page = await find('shop', { limit: 2, offset: 2 });
    expect([shown(page), page.total]).toEqual([all.slice(2), 4]);
  });

  it.each([
    ['kind:api', ['catalog: shop-api']],
    ['-kind:api shop', ['catalog: The shop', 'people: shopper']],
    ['in:people', ['people: shopper']],
    // Unknown by names alone.
    ['owner:me', []],
    ['"the shop"', []],
    ['shop -api', []],
  ])('answers %s', async (query, expected) => {
    const { find } = openSearch([
      new HeldCollator({ a: [] }, 'catalog'),
      new HeldCollator({ a: [] }, 'people'),
    ]);
    expect(shown(await find(query))).toEqual(expected);
  });
});
