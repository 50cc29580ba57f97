import { expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import {
  CatalogEngine,
  type CatalogOptions,
  defaultCatalogOptions,
} from '../../../../../../src/features/catalog/core';
import { contentOf } from '../../../../../support/catalogHistory';
import { aComponent } from '../../../../../support/descriptors';
import { FatefulPool } from '../../../../../support/fatefulPool';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TamperedFileSystem } from '../../../../../support/tamperedFileSystem';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

/** Pauses of work take as long as they are held. */
class HeldClock extends TestClock {
  held: Promise<void> | undefined;

  override async yield(): Promise<void> {
    await this.held;
    await super.yield();
  }
}

const SMALL: CatalogOptions = { ...defaultCatalogOptions, maxFileSize: 10 };

it.each([
  ['ingest', { manyFiles: 4, veryManyFiles: 4, manyFolders: Infinity }],
  ['fetch', { manyFiles: 4, manyFolders: Infinity }],
])(
  'what comes late of a refresh that was given up is nothing to the catalog, where workers %s',
  async (_, eagerness) => {
    const disk = new InMemoryFileSystem();
    for (let i = 0; i < 60; i++) disk.write(`/work/a/${i}.yaml`, aComponent(`c${i}`));
    disk.write('/work/b/x.yaml', aComponent('x'));
    const files = new TamperedFileSystem(disk);
    const clock = new HeldClock(100);
    const engine = new CatalogEngine({
      fileSystem: files,
      clock,
      logger: silentLogger,
      workers: { pool: new FatefulPool(disk, ['done']), canRead: () => true, ...eagerness },
    });
    engine.setRoots([root('work')]);
    await engine.refresh();
    const expected = contentOf(engine);

    // The walk does not come to its end, and what it has found is being read.
    let letGo = (): void => {};
    const abort = new AbortController();
    let walking = (): void => {};
    const walk = new Promise<void>(resolve => (walking = resolve));
    files.before = async (operation, uri) => {
      if (operation !== 'readDirectory' || !uri.endsWith('/b')) return;
      await walk;
    };
    engine.setOptions(SMALL);
    let isHeld = false;
    const given = engine.refresh({
      signal: abort.signal,
      onProgress: () => {
        if (isHeld) return;
        isHeld = true;
        clock.held = new Promise<void>(resolve => (letGo = resolve));
      },
    });
    const outcome = given.then(
      () => 'done',
      () => 'given up',
    );
    await vi.waitFor(() => expect(isHeld).toBe(true), { timeout: 60_000 });
    abort.abort();
    clock.held = undefined;
    walking();
    expect(await outcome).toBe('given up');
    letGo();
    await new Promise(resolve => setTimeout(resolve, 50));

    files.before = undefined;
    engine.setOptions(defaultCatalogOptions);
    disk.write('/work/b/x.yaml', aComponent('x'));
    await engine.applyChanges([{ type: 'changed', uri: at('b/x.yaml') }]);
    expect(contentOf(engine)).toEqual(expected);
  },
);
