import { expect, it, onTestFinished, vi } from 'vitest';
import type { Uri } from 'vscode';
import type { CatalogStatus } from '../../../../../src/api';
import { Emitter, silentLogger } from '../../../../../src/base';
import { createSearchIndex } from '../../../../../src/features/search/core';
import { EntitySearch } from '../../../../../src/features/search/core/entities';
import { lazySearch } from '../../../../../src/features/search/vscode';
import { entityOf } from '../../../../support/entityOf';
import { InMemoryCatalog } from '../../../../support/inMemoryCatalog';
import { inMemoryState } from '../../../../support/inMemoryState';
import { NotesCollator } from '../../../../support/searching';
import { TestClock } from '../../../../support/testClock';
import { LocalThread } from '../../../../support/threads';

vi.mock('vscode', () => ({ Uri: { joinPath: () => 'file:///extension/dist/searchWorker.mjs' } }));

it('starts no thread and indexes nothing before the first search', async () => {
  const status = new Emitter<CatalogStatus>();
  const catalog = Object.assign(new InMemoryCatalog({ entities: [entityOf('Component:shop')] }), {
    onDidChangeStatus: status.event,
  });
  const startThread = vi.fn(async () => new LocalThread(await createSearchIndex()));
  const search = lazySearch({
    catalog,
    entitySearch: new EntitySearch(catalog),
    identity: { getOwnershipRefs: () => [] },
    recent: { edited: () => [], viewed: () => [] },
    starred: { all: () => [] },
    state: inMemoryState(),
    clock: new TestClock(),
    logger: silentLogger,
    extensionUri: {} as Uri,
    platform: { startThread },
    store: undefined,
    version: '1',
  });
  onTestFinished(() => search.dispose());
  const notes = new NotesCollator({ a: ['One'] });
  search.addCollator(notes);

  status.fire('ready');
  await import('../../../../../src/features/search/vscode/openSearch');
  await new Promise(setImmediate);
  expect([search.state, startThread.mock.calls, notes.requests]).toEqual([
    { type: 'asleep' },
    [],
    [],
  ]);

  await search.whenReady(new AbortController().signal);
  expect(startThread).toHaveBeenCalledOnce();
  expect(notes.requests).toEqual(['sources', 'a']);
});
