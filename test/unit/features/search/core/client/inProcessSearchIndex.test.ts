import { describe, expect, it } from 'vitest';
import type { IndexAnswer } from '../../../../../../src/features/search/core';
import { InProcessSearchIndex } from '../../../../../../src/features/search/core/client/inProcessSearchIndex';
import { PlainSearchIndex } from '../../../../../support/plainSearchIndex';
import { aQuery, aSource } from '../../../../../support/searching';

/** An index whose searches take a given number of steps, each longer than a slice. */
class SlowIndex extends PlainSearchIndex {
  readonly steps: string[] = [];

  override *search(query: Parameters<PlainSearchIndex['search']>[0]): Generator<void, IndexAnswer> {
    for (let step = 1; step <= 3; step++) {
      this.steps.push(`${query.query.words.join(' ')} ${step}`);
      const began = performance.now();
      while (performance.now() - began < 9);
      yield;
    }
    return yield* super.search(query);
  }
}

const titles = ({ hits }: IndexAnswer): readonly string[] => hits.map(({ title }) => title.text);
const { signal } = new AbortController();

describe('search index in the same thread', () => {
  it('runs requests in order', async () => {
    const index = new InProcessSearchIndex(new PlainSearchIndex());
    const answers = await Promise.all([
      index.put([aSource('docs', 'a', 'Apple'), aSource('docs', 'b', 'Pear')]),
      index.search(aQuery('apple'), signal).then(titles),
      index.retain('docs', new Set(['b'])),
      index.search(aQuery(''), signal).then(titles),
      index.stamps('docs'),
      index.statistics(),
      index.clear(),
      index.statistics(),
    ]);
    expect(answers).toEqual([
      undefined,
      ['Apple'],
      undefined,
      ['Pear'],
      new Map([['b', undefined]]),
      { sources: 1, documents: 1 },
      undefined,
      { sources: 0, documents: 0 },
    ]);
  });

  it('runs the latest search first', async () => {
    const slow = new SlowIndex();
    const index = new InProcessSearchIndex(slow);
    const ended: string[] = [];
    const search = async (word: string): Promise<void> => {
      await index.search(aQuery(word), signal);
      ended.push(word);
    };
    await Promise.all([search('a'), search('ab')]);
    expect(ended).toEqual(['ab', 'a']);
    // The overtaken search starts again.
    expect(slow.steps).toEqual(['a 1', 'ab 1', 'ab 2', 'ab 3', 'a 1', 'a 2', 'a 3']);
  });

  it('stops an aborted search', async () => {
    const slow = new SlowIndex();
    const index = new InProcessSearchIndex(slow);
    const abort = new AbortController();
    const searching = index.search(aQuery('a'), abort.signal);
    abort.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    await index.search(aQuery('b'), signal);
    expect(slow.steps).toEqual(['a 1', 'b 1', 'b 2', 'b 3']);
    await expect(index.search(aQuery('c'), abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('runs reads before a search, and changes after it', async () => {
    const index = new InProcessSearchIndex(new SlowIndex());
    await index.put([aSource('docs', 'a', 'Apple')]);
    const ended: unknown[] = [];
    const end = async (work: Promise<unknown>): Promise<void> => void ended.push(await work);
    await Promise.all([
      end(index.search(aQuery('apple'), signal).then(titles)),
      end(index.statistics()),
    ]);
    expect(ended).toEqual([{ sources: 1, documents: 1 }, ['Apple']]);
    const answers = [
      index.search(aQuery('apple'), signal).then(titles),
      index.clear(),
      index.search(aQuery('apple'), signal).then(titles),
    ];
    expect(await Promise.all<unknown>(answers)).toEqual([['Apple'], undefined, []]);
  });

  it('forwards an error and continues', async () => {
    class FailingIndex extends PlainSearchIndex {
      override clear(): void {
        throw new Error('no');
      }
    }
    const index = new InProcessSearchIndex(new FailingIndex());
    await expect(index.clear()).rejects.toThrow('no');
    await expect(index.statistics()).resolves.toEqual({ sources: 0, documents: 0 });
  });

  it('rejects pending requests when it is closed', async () => {
    const index = new InProcessSearchIndex(new SlowIndex());
    const searching = index.search(aQuery('a'), signal);
    index.dispose();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    await expect(index.clear()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
