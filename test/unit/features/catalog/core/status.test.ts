import { describe, expect, it } from 'vitest';
import type { CatalogStatus } from '../../../../../src/api';
import { silentLogger } from '../../../../../src/base';
import { CatalogEngine } from '../../../../../src/features/catalog/core';
import type { Clock, FileSystem } from '../../../../../src/platform/core/ports';

describe('Catalog status', () => {
  it('is failed when the first refresh fails', async () => {
    const { engine, statuses, fail } = open();
    fail(true);
    await expect(engine.refresh()).rejects.toThrow('the clock stands');
    const signal = AbortSignal.abort();
    await expect(engine.refresh({ signal })).rejects.toThrow();
    fail(false);
    await engine.refresh();
    expect(statuses).toEqual(['indexing', 'failed', 'indexing', 'failed', 'indexing', 'ready']);
  });

  it('stays ready when a later refresh fails', async () => {
    const { engine, statuses, fail } = open();
    await engine.refresh();
    fail(true);
    await expect(engine.refresh()).rejects.toThrow();
    expect(statuses).toEqual(['indexing', 'ready', 'indexing', 'ready']);
  });
});

function open(): { engine: CatalogEngine; statuses: CatalogStatus[]; fail(on: boolean): void } {
  let failing = false;
  const fileSystem: FileSystem = {
    readFile: () => Promise.reject(new Error('no file')),
    stat: uri =>
      Promise.resolve(
        uri === 'file:///work' ? { type: 'directory', size: 0, mtime: 0 } : undefined,
      ),
    readDirectory: () => Promise.resolve([]),
    realPath: uri => Promise.resolve(uri),
  };
  const clock: Clock = {
    now: () => {
      if (failing) throw new Error('the clock stands');
      return 0;
    },
    delay: () => Promise.resolve(),
    yield: () => Promise.resolve(),
  };
  const engine = new CatalogEngine({ fileSystem, clock, logger: silentLogger });
  engine.setRoots([{ uri: 'file:///work', name: 'work' }]);
  const statuses: CatalogStatus[] = [];
  engine.onDidChangeStatus(status => statuses.push(status));
  const fail = (on: boolean): void => {
    failing = on;
  };
  return { engine, statuses, fail };
}
