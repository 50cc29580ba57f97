import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../../src/base';
import { CatalogEngine } from '../../../../../src/features/catalog/core';
import { Inspection } from '../../../../../src/features/catalog/core/inspection';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { aTemplate } from '../../../../support/templates';
import { at, root } from '../../../../support/testCatalog';
import { TestClock } from '../../../../support/testClock';

const files = {
  '/work/template.yaml': aTemplate(),
  '/work/skeleton/a.txt': '${{ values.other }}',
};

function engineOf(
  fileSystem: InMemoryFileSystem,
  inspect?: () => Promise<readonly never[]>,
): CatalogEngine {
  const clock = new TestClock();
  const engine = new CatalogEngine({ fileSystem, clock, logger: silentLogger, inspect });
  engine.setRoots([root('work')]);
  return engine;
}

it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'inspects a change that starts %i ticks later',
  async ticks => {
    const change = { type: 'changed' as const, uri: at('a') };
    const seen: string[] = [];
    const inspection = new Inspection({
      inspect: async changes => {
        seen.push(...(changes?.files ?? []).map(({ uri }) => uri));
      },
      onError: () => undefined,
    });
    inspection.start(undefined);
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    inspection.start([change]);
    await inspection.whenDone();
    expect(seen).toEqual([change.uri]);
  },
);

describe('Catalog engine', () => {
  it('rejects whenInspected after an earlier failed inspection', async () => {
    const inspect = vi.fn(() => Promise.reject(new Error('broken')));
    const engine = engineOf(new InMemoryFileSystem({}), inspect);
    await engine.refresh();
    await vi.waitFor(() => expect(inspect).toHaveBeenCalled());
    // Unhandled rejections are reported before the next turn.
    await new Promise(setImmediate);
    await expect(engine.whenInspected()).rejects.toThrow('broken');
  });

  it('inspects everything after a failed inspection', async () => {
    let fails = true;
    const engine = engineOf(new InMemoryFileSystem(files), async () => {
      if (fails) throw new Error('once');
      return [];
    });
    await engine.refresh();
    await expect(engine.whenInspected()).rejects.toThrow('once');
    fails = false;
    await engine.applyChanges([{ type: 'changed', uri: at('x.txt') }]);
    await engine.whenInspected();
    expect(engine.getProblems({ file: at('skeleton/a.txt') })).toHaveLength(1);
  });

  it('continues an inspection after its refresh is aborted', async () => {
    const fileSystem = new InMemoryFileSystem(files);
    const engine = engineOf(fileSystem);
    const abort = new AbortController();
    await engine.refresh({ signal: abort.signal });
    abort.abort();
    await engine.whenInspected();
    expect(engine.getProblems({ file: at('skeleton/a.txt') })).toHaveLength(1);
  });
});
