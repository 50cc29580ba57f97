import { expect, it } from 'vitest';
import type { CatalogStatus } from '../../../../../src/api';
import { Emitter } from '../../../../../src/base';
import { whenCatalogLoaded } from '../../../../../src/features/agents/vscode/whenCatalogLoaded';

class Reading {
  #changed = new Emitter<CatalogStatus>();
  status: CatalogStatus = 'idle';
  readonly onDidChangeStatus = this.#changed.event;

  become(status: CatalogStatus): void {
    this.status = status;
    this.#changed.fire(status);
  }
}

/** Waits with these statuses in turn, and returns the result. */
async function ending(
  [first = 'idle', ...others]: readonly CatalogStatus[],
  { patience, abort = false }: { patience?: number; abort?: boolean } = {},
): Promise<string> {
  const catalog = new Reading();
  const stopped = new AbortController();
  catalog.status = first;
  const waiting = whenCatalogLoaded(catalog, stopped.signal, patience);
  const ended = waiting.then(
    () => 'read',
    (error: unknown) => (error instanceof Error ? error.message : 'thrown'),
  );
  for (const status of others) catalog.become(status);
  if (abort) stopped.abort(new Error('aborted'));
  return ended;
}

const notRead = expect.stringContaining("isn't loaded") as unknown;

it.each([
  [['ready'], {}, 'read'],
  [['idle', 'indexing', 'ready'], {}, 'read'],
  [['indexing', 'failed'], {}, "Can't load the catalog."],
  [['indexing', 'idle'], {}, notRead],
  [['idle', 'indexing', 'idle'], {}, notRead],
  [['idle'], { patience: 0 }, notRead],
  [['idle', 'indexing'], { abort: true }, 'aborted'],
] as const)('waits for a catalog with statuses %j (%j): %s', async (states, options, expected) => {
  expect(await ending(states, options)).toEqual(expected);
});
