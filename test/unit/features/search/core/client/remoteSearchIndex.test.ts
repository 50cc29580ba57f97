import { describe, expect, it, onTestFinished } from 'vitest';
import { RemoteSearchIndex } from '../../../../../../src/features/search/core/client/remoteSearchIndex';
import { PlainSearchIndex } from '../../../../../support/plainSearchIndex';
import { aDocument, aQuery, aSource } from '../../../../../support/searching';
import { LocalThread } from '../../../../../support/threads';

const { signal } = new AbortController();

function openIndex(plain = new PlainSearchIndex()) {
  const thread = new LocalThread(plain);
  const index = new RemoteSearchIndex(thread);
  onTestFinished(() => index.dispose());
  return { index, plain, thread };
}

describe('search index in a worker', () => {
  it('supports all operations of an index', async () => {
    const { index, plain } = openIndex();
    const source = { ...aSource('docs', 'a', 'Apple'), stamp: '1' };
    await index.put([source, aSource('docs', 'b', 'Pear'), aSource('apis', 'c', 'Plum')]);
    await index.setWeights({ docs: 2 });
    await index.retain('docs', new Set(['a']));
    expect(plain.weights).toEqual({ docs: 2 });
    expect(await index.stamps('docs')).toEqual(new Map([['a', '1']]));
    expect(await index.statistics()).toEqual({ sources: 2, documents: 2 });
    expect(await index.values('in', '', 10)).toEqual([
      { value: 'docs', count: 1 },
      { value: 'apis', count: 1 },
    ]);
    const answer = await index.search(aQuery('a'), signal);
    expect(answer).toEqual({
      hits: [
        {
          type: 'docs',
          source: 'a',
          document: aDocument('Apple'),
          score: 2,
          title: { text: 'Apple', marks: [] },
          snippet: undefined,
        },
      ],
      total: 1,
      facets: {},
      ignored: [],
    });
    const bytes = await index.save();
    await index.clear();
    expect(await index.statistics()).toEqual({ sources: 0, documents: 0 });
    expect(await index.load(bytes)).toBe(true);
    expect(await index.statistics()).toEqual({ sources: 2, documents: 2 });
    expect(await index.load(new Uint8Array(3))).toBe(false);
  });

  it('transfers large buffers', async () => {
    const { index, plain } = openIndex();
    plain.put(aSource('docs', 'a', 'Apple'.repeat(100_000)));
    const bytes = await index.save();
    expect(await index.load(bytes)).toBe(true);
    expect(bytes.byteLength).toBe(0);
  });

  it('stops an aborted search', async () => {
    class EndlessIndex extends PlainSearchIndex {
      override *search(): ReturnType<PlainSearchIndex['search']> {
        for (;;) yield;
      }
    }
    const { index, thread } = openIndex(new EndlessIndex());
    const abort = new AbortController();
    const searching = index.search(aQuery('a'), abort.signal);
    abort.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    expect(thread.messages).toEqual([
      { id: 1, method: 'search', args: [aQuery('a')] },
      { cancel: 1 },
    ]);
    // Later requests would wait for it.
    await index.clear();
    expect(thread.messages).toContainEqual({ id: 1, failure: expect.any(String) });
  });

  it("rejects values that can't be cloned", async () => {
    const { index } = openIndex();
    const odd = { ...aSource('docs', 'a', 'Apple'), odd: () => 'no data' };
    await expect(index.put([odd])).rejects.toThrow('could not be cloned');
    expect(await index.statistics()).toEqual({ sources: 0, documents: 0 });
  });

  it('rejects requests after its thread has ended', async () => {
    const { index, thread } = openIndex();
    const ended: string[] = [];
    index.onDidEnd(({ message }) => ended.push(message));
    const asking = index.statistics();
    thread.die();
    await expect(asking).rejects.toMatchObject({ name: 'IndexLostError', message: 'It fell' });
    await expect(index.clear()).rejects.toMatchObject({ name: 'IndexLostError' });
    expect(ended).toEqual(['It fell']);
  });
});
