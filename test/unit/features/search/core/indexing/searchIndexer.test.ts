import { describe, expect, it, onTestFinished } from 'vitest';
import type { CatalogStatus, SearchCollator, SearchDocument } from '../../../../../../src/api';
import { Emitter, Registry, silentLogger } from '../../../../../../src/base';
import {
  type IndexAnswer,
  type IndexedSource,
  IndexStore,
} from '../../../../../../src/features/search/core';
import { InProcessSearchIndex } from '../../../../../../src/features/search/core/client/inProcessSearchIndex';
import { SearchIndexer } from '../../../../../../src/features/search/core/indexing/searchIndexer';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { PlainSearchIndex } from '../../../../../support/plainSearchIndex';
import { aDocument, aQuery, aSource, NotesCollator } from '../../../../../support/searching';
import { TestClock } from '../../../../../support/testClock';

const { signal } = new AbortController();
const titles = ({ hits }: IndexAnswer): readonly string[] =>
  hits.map(({ title }) => title.text).sort();

interface Options {
  readonly collators?: readonly SearchCollator[];
  readonly blobs?: InMemoryBlobStore;
  readonly version?: string;
}

function openIndexer({ collators = [], blobs, version = '1.0.0' }: Options = {}) {
  const put: string[] = [];
  class TellingIndex extends PlainSearchIndex {
    override put(source: IndexedSource): void {
      put.push(source.id);
      super.put(source);
    }
  }
  const plain = new TellingIndex();
  const index = new InProcessSearchIndex(plain);
  const lost = new Emitter<void>();
  const registry = new Registry<SearchCollator>();
  for (const collator of collators) registry.add(collator);
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => void errors.push(message) };
  const indexer = new SearchIndexer({
    collators: registry,
    catalog: new InMemoryCatalog(),
    clock: new TestClock(),
    logger,
    index: Object.assign(index, { onDidLose: lost.event }),
    indexStore: blobs && new IndexStore({ store: blobs, version, logger }),
  });
  onTestFinished(() => indexer.dispose());
  const found = async (): Promise<readonly string[]> =>
    titles(await index.search(aQuery(''), signal));
  const ready = async (): Promise<readonly string[]> => {
    await indexer.whenReady(signal);
    return found();
  };
  return { put, indexer, index, plain, registry, errors, lost, found, ready };
}

/** Waits until other pending tasks have run. */
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Waits for an event of the indexer after which a condition holds. */
async function until(indexer: SearchIndexer, holds: () => boolean): Promise<void> {
  if (holds()) return;
  await new Promise<void>(resolve => {
    const listening = indexer.onDidChange(() => {
      if (!holds()) return;
      listening.dispose();
      resolve();
    });
  });
}

describe('search indexer with a failed index', () => {
  it('reports the failure, stops reading and rebuilds on request', async () => {
    const notes = new NotesCollator({ a: ['Apple'] });
    const { indexer, index, lost, errors, found, ready } = openIndexer({ collators: [notes] });
    await ready();
    const failed: { failure?: Error } = Object.assign(index, { failure: new Error('No memory') });
    lost.fire();
    expect([indexer.state, indexer.hasAnything, indexer.has('notes')]).toEqual([
      { type: 'failed', message: 'No memory' },
      false,
      false,
    ]);
    await expect(indexer.whenReady(signal)).rejects.toThrow('No memory');
    notes.write({ a: ['Pear'] }, 'a');
    await turn();
    expect(errors).toEqual(['No memory. Searching names only.']);
    expect(notes.requests).toEqual(['sources', 'a']);
    delete failed.failure;
    await indexer.rebuild();
    expect([indexer.state, await found()]).toEqual([{ type: 'ready' }, ['Pear']]);
  });
});

describe('search indexer', () => {
  it('sleeps until it is started', async () => {
    const notes = new NotesCollator({ a: ['Apple'] });
    const { indexer, ready } = openIndexer({ collators: [notes] });
    expect([indexer.state, notes.requests]).toEqual([{ type: 'asleep' }, []]);
    expect(await ready()).toEqual(['Apple']);
    expect([indexer.state, notes.requests]).toEqual([{ type: 'ready' }, ['sources', 'a']]);
  });

  it('waits for the catalog', async () => {
    const notes = new NotesCollator({ a: ['Apple'] });
    const statuses = new Emitter<CatalogStatus>();
    const catalog = { status: 'idle' as CatalogStatus, onDidChangeStatus: statuses.event };
    const registry = new Registry<SearchCollator>();
    registry.add(notes);
    const indexer = new SearchIndexer({
      collators: registry,
      catalog,
      clock: new TestClock(),
      logger: silentLogger,
      index: new InProcessSearchIndex(new PlainSearchIndex()),
    });
    onTestFinished(() => indexer.dispose());
    indexer.start();
    for (const status of ['indexing', 'ready'] as const) {
      expect([indexer.state, notes.requests]).toEqual([
        { type: 'indexing', done: 0, total: undefined },
        [],
      ]);
      catalog.status = status;
      statuses.fire(status);
    }
    await indexer.whenReady(signal);
    expect(notes.requests).toEqual(['sources', 'a']);
  });

  it('reads only a changed source and removes a deleted one', async () => {
    const notes = new NotesCollator({ a: ['Apple'], b: ['Pear'] });
    const { ready } = openIndexer({ collators: [notes] });
    await ready();
    notes.requests.length = 0;
    notes.write({ a: ['Apricot'], b: ['Pear'] }, 'a');
    expect(await ready()).toEqual(['Apricot', 'Pear']);
    notes.write({ b: ['Pear'] }, 'a');
    expect(await ready()).toEqual(['Pear']);
    expect(notes.requests).toEqual(['a', 'a']);
  });

  it('reads sources with changed stamps after a general change', async () => {
    const notes = new NotesCollator({ 'a#1': ['Apple'], 'b#1': ['Pear'], c: ['Plum'] });
    const { ready } = openIndexer({ collators: [notes] });
    await ready();
    notes.requests.length = 0;
    notes.write({ 'a#2': ['Apricot'], c: ['Prune'], 'd#1': ['Date'] });
    expect(await ready()).toEqual(['Apricot', 'Date', 'Prune']);
    expect(notes.requests).toEqual(['sources', 'a', 'c', 'd']);
  });

  it('does not read an empty source with the same stamp again', async () => {
    const notes = new NotesCollator({ 'a#1': [], 'b#1': ['Pear'] });
    const { ready } = openIndexer({ collators: [notes] });
    await ready();
    notes.requests.length = 0;
    notes.write({ 'a#1': [], 'b#1': ['Pear'] });
    expect(await ready()).toEqual(['Pear']);
    notes.write({ 'a#2': ['Apple'], 'b#1': ['Pear'] });
    expect(await ready()).toEqual(['Apple', 'Pear']);
    expect(notes.requests).toEqual(['sources', 'sources', 'a']);
  });

  it('reads as many sources concurrently as the collator allows, each once at a time', async () => {
    const reading: string[] = [];
    let most = 0;
    class SlowCollator extends NotesCollator {
      readonly concurrency = 3;
      override async collate(source: string): Promise<ReturnType<typeof aDocument>[]> {
        expect(reading).not.toContain(source);
        most = Math.max(most, reading.push(source));
        const documents = await super.collate(source);
        if (source === 'c' && !this.#isWritten) {
          this.#isWritten = true;
          this.write({ a: ['1'], b: ['2'], c: ['5'], d: ['4'] }, 'c');
        }
        await turn();
        reading.splice(reading.indexOf(source), 1);
        return [...documents];
      }
      #isWritten = false;
    }
    const notes = new SlowCollator({ a: ['1'], b: ['2'], c: ['3'], d: ['4'] });
    const { ready } = openIndexer({ collators: [notes] });
    expect(await ready()).toEqual(['1', '2', '4', '5']);
    expect([most, notes.requests]).toEqual([3, ['sources', 'a', 'b', 'c', 'd', 'c']]);
  });

  it.each([0, -1, Number.NaN, Infinity])(
    'reads all sources for any value of concurrency: %d',
    async concurrency => {
      const notes = Object.assign(new NotesCollator({ a: ['Apple'], b: ['Pear'] }), {
        concurrency,
      });
      const { ready } = openIndexer({ collators: [notes] });
      expect(await ready()).toEqual(['Apple', 'Pear']);
    },
  );

  it('is ready after collators have reported all changes', async () => {
    const notes = new NotesCollator({ a: ['Apple'] });
    const flush = async (): Promise<void> => {
      await turn();
      notes.write({ a: ['Apricot'] }, 'a');
    };
    const { ready } = openIndexer({ collators: [Object.assign(notes, { settle: flush })] });
    expect(await ready()).toEqual(['Apricot']);
  });

  it('follows added and removed collators', async () => {
    const { ready, registry, plain } = openIndexer();
    expect(await ready()).toEqual([]);
    const late = registry.add(new NotesCollator({ a: ['Apple'] }, 'late'));
    registry.add(Object.assign(new NotesCollator({ a: ['Pear'] }), { weight: 2 }));
    expect(await ready()).toEqual(['Apple', 'Pear']);
    expect(plain.weights).toEqual({ late: 1, notes: 2 });
    late.dispose();
    expect(await ready()).toEqual(['Pear']);
    expect(plain.weights).toEqual({ notes: 2 });
  });

  it('reports its progress', async () => {
    class WaitingCollator extends NotesCollator {
      #answer: (() => void) | undefined;
      override async collate(source: string): Promise<ReturnType<typeof aDocument>[]> {
        await new Promise<void>(resolve => (this.#answer = resolve));
        return [aDocument(source)];
      }
      go(): void {
        this.#answer?.();
      }
    }
    const notes = new WaitingCollator({ a: [], b: [] });
    const { indexer, found } = openIndexer({ collators: [notes] });
    indexer.start();
    const total = (): number | undefined =>
      indexer.state.type === 'indexing' ? indexer.state.total : undefined;
    await until(indexer, () => total() !== undefined);
    expect(indexer.state).toEqual({ type: 'indexing', done: 0, total: 2 });
    notes.go();
    while (indexer.state.type === 'indexing') {
      notes.go();
      await turn();
    }
    expect(await found()).toEqual(['a', 'b']);
  });

  it('reports a failing collator once and continues', async () => {
    class FailingCollator extends NotesCollator {
      override async collate(source: string): Promise<ReturnType<typeof aDocument>[]> {
        if (source === 'odd') return [{ id: 'odd' } as ReturnType<typeof aDocument>];
        if (source === 'bad') throw new Error('no');
        return [aDocument(source)];
      }
    }
    class SilentCollator extends NotesCollator {
      override getSources(): Promise<never> {
        return Promise.reject(new Error('nothing to tell'));
      }
    }
    const { ready, errors } = openIndexer({
      collators: [
        new FailingCollator({ bad: [], odd: [], good: [] }, 'failing'),
        new SilentCollator({}, 'silent'),
        new NotesCollator({ a: ['Apple'] }),
      ],
    });
    expect(await ready()).toEqual(['Apple', 'good']);
    expect(errors.sort()).toEqual([
      'Can\'t index all of "failing": no',
      'Can\'t index all of "silent": nothing to tell',
    ]);
  });

  it("skips only documents that can't be indexed", async () => {
    class FunctionCollator extends NotesCollator {
      override collate(source: string) {
        const [document = aDocument('')] = super.collate(source) as readonly SearchDocument[];
        if (source !== 'bad') return [document];
        return [{ ...document, own: () => {} }];
      }
    }
    const collator = new FunctionCollator({ a: ['Apple'], bad: ['Bad'], b: ['Pear'] });
    const { ready, index, errors } = openIndexer({ collators: [collator] });
    const put = index.put;
    // As for another thread.
    index.put = async sources => put(structuredClone(sources));
    expect(await ready()).toEqual(['Apple', 'Pear']);
    expect(errors).toEqual([expect.stringContaining(`Can't index all of "notes"`)]);
  });

  it('stops when it is disposed', async () => {
    let signalOfCollator: AbortSignal | undefined;
    class EndlessCollator extends NotesCollator {
      override collate(_: string, given?: AbortSignal): Promise<never> {
        signalOfCollator = given;
        return new Promise((_resolve, reject) =>
          given?.addEventListener('abort', () => reject(new Error('stopped'))),
        );
      }
    }
    const { indexer, errors } = openIndexer({ collators: [new EndlessCollator({ a: [] })] });
    const waiting = indexer.whenReady(signal);
    while (!signalOfCollator) await turn();
    indexer.dispose();
    await waiting;
    expect([signalOfCollator.aborted, errors]).toEqual([true, []]);
  });

  it('rejects an aborted wait', async () => {
    class EndlessCollator extends NotesCollator {
      override getSources(): Promise<never> {
        return new Promise(() => {});
      }
    }
    const { indexer } = openIndexer({ collators: [new EndlessCollator({})] });
    const abort = new AbortController();
    const waiting = indexer.whenReady(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('rebuilds the index on request', async () => {
    const notes = new NotesCollator({ 'a#1': ['Apple'] });
    const { indexer, ready, plain, found } = openIndexer({ collators: [notes] });
    await ready();
    plain.put(aSource('notes', 'odd', 'Odd'));
    await indexer.rebuild();
    expect(await found()).toEqual(['Apple']);
    expect(notes.requests).toEqual(['sources', 'a', 'sources', 'a']);
  });

  it('rebuilds the index when it is lost', async () => {
    const notes = new NotesCollator({ 'a#1': ['Apple'] });
    const { plain, ready, lost } = openIndexer({ collators: [notes] });
    await ready();
    plain.clear();
    lost.fire();
    expect(await ready()).toEqual(['Apple']);
  });
});

describe('saved search index', () => {
  const notes = (): NotesCollator => new NotesCollator({ 'a#1': ['Apple'], 'b#1': ['Pear'] });

  async function kept(
    collators: readonly SearchCollator[] = [notes()],
  ): Promise<InMemoryBlobStore> {
    const blobs = new InMemoryBlobStore();
    const { ready } = openIndexer({ collators, blobs });
    await ready();
    while (!blobs.blobs.size) await turn();
    return blobs;
  }

  it('is loaded at the next start, and only changed sources are read', async () => {
    const blobs = await kept();
    const later = new NotesCollator({ 'a#1': ['Apple'], 'b#2': ['Plum'] });
    const { indexer, ready, found } = openIndexer({ collators: [later], blobs });
    indexer.start();
    await until(indexer, () => indexer.has('notes'));
    expect(await found()).toEqual(['Apple', 'Pear']);
    expect(await ready()).toEqual(['Apple', 'Plum']);
    expect(later.requests).toEqual(['sources', 'b']);
  });

  it('keeps sources without stamps until their content changes', async () => {
    const blobs = await kept([new NotesCollator({ a: ['Apple'], b: ['Pear'], c: ['Fig'] })]);
    const later = new NotesCollator({ a: ['Apple'], b: ['Plum'], c: ['Fig'] });
    const { ready, put } = openIndexer({ collators: [later], blobs });
    expect(await ready()).toEqual(['Apple', 'Fig', 'Plum']);
    // The first ones were loaded.
    expect(put).toEqual(['a', 'b', 'c', 'b']);
    later.write({ a: ['Apricot'], b: ['Plum'], c: ['Fig'] }, 'a');
    await ready();
    later.write({ a: ['Apple'], b: ['Plum'], c: ['Fig'] }, 'a');
    expect(await ready()).toEqual(['Apple', 'Fig', 'Plum']);
  });

  it('drops sources of collators that no longer exist', async () => {
    const blobs = await kept([notes(), new NotesCollator({ 'c#1': ['Plum'] }, 'others')]);
    const { indexer, found } = openIndexer({ collators: [notes()], blobs });
    indexer.start();
    await until(indexer, () => indexer.has('others'));
    expect(await found()).toContain('Plum');
    while ((await found()).includes('Plum')) await turn();
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array, string?]>([
    ['was cut off', bytes => bytes.subarray(0, bytes.length - 4)],
    ['has no head', bytes => bytes.subarray(64)],
    ['is empty', () => new Uint8Array()],
    ['is something else', () => new TextEncoder().encode('[]\n[]')],
    ['is of another version', bytes => bytes, '2.0.0'],
  ])('is rebuilt if it %s', async (_, spoil, version = '1.0.0') => {
    const blobs = await kept();
    for (const [name, bytes] of blobs.blobs) blobs.blobs.set(name, spoil(bytes));
    const later = notes();
    const { ready, errors } = openIndexer({ collators: [later], blobs, version });
    expect(await ready()).toEqual(['Apple', 'Pear']);
    expect([later.requests, errors]).toEqual([['sources', 'a', 'b'], []]);
  });
});
