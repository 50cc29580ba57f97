import { expect, it } from 'vitest';
import type { SearchCollator } from '../../../../../../src/api';
import { Emitter } from '../../../../../../src/base';
import { waitForTurn } from '../../../../../../src/features/search/core/indexing/searchIndexer';
import type { Clock } from '../../../../../../src/platform/core/ports';
import { NotesCollator } from '../../../../../support/searching';
import { TestClock } from '../../../../../support/testClock';

/** Waits until other pending tasks have run. */
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

class PatientClock extends TestClock {
  override delay(_milliseconds?: number, signal?: AbortSignal): Promise<void> {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }
}

function collator(id: string, weight: number, concurrency = 1): SearchCollator {
  return Object.assign(new NotesCollator({}, id), { weight, concurrency });
}

function waiting(collators: readonly SearchCollator[], clock: Clock) {
  const progressed = new Emitter<void>();
  const stopped = new AbortController();
  const followers = new Map(collators.map(one => [one, { isComplete: false }]));
  const begun: string[] = [];
  for (const one of collators) {
    const deps = { followers, clock, onDidProgress: progressed.event, signal: stopped.signal };
    void waitForTurn(one, deps).then(() => begun.push(one.id));
  }
  const complete = async (id: string): Promise<readonly string[]> => {
    for (const [{ id: other }, follower] of followers) if (other === id) follower.isComplete = true;
    progressed.fire();
    await turn();
    return begun.splice(0);
  };
  const stop = async (): Promise<readonly string[]> => {
    stopped.abort();
    await turn();
    return begun.splice(0);
  };
  return { complete, stop };
}

const all = [
  collator('catalog', 1),
  collator('people', 1),
  collator('docs', 0.85, 16),
  collator('apis', 0.85),
  collator('rest', 0.1),
];

it('collators are read in order of weight, after reads of other threads', async () => {
  const { complete, stop } = waiting(all, new PatientClock());
  expect(await complete('catalog')).toEqual(['catalog', 'people', 'docs']);
  expect(await complete('people')).toEqual([]);
  expect(await complete('docs')).toEqual(['apis']);
  expect(await stop()).toEqual(['rest']);
});

it("collators don't wait without a limit", async () => {
  const { complete } = waiting(all, new TestClock());
  expect(await complete('nothing')).toEqual(['catalog', 'people', 'docs', 'apis', 'rest']);
});
