import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { snapshotIn } from '../../../../../../src/features/catalog/core/snapshot';
import { OverlayFileSystem } from '../../../../../../src/platform/core/files';
import { contentOf } from '../../../../../support/catalogHistory';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

/*
 * An editor may have another text than the disk, of the same length, when the catalog is saved or
 * started. The file's stat is the same.
 */

/** All files are old by now: a stat can't show that they changed. */
class LateClock extends TestClock {
  override now(): number {
    return 1_000_000;
  }
}

async function start(
  files: InMemoryFileSystem,
  typed: Readonly<Record<string, string>>,
  store?: InMemoryBlobStore,
): Promise<CatalogEngine> {
  const engine = new CatalogEngine({
    fileSystem: new OverlayFileSystem(files, { getText: uri => typed[uri] }),
    clock: new LateClock(),
    logger: silentLogger,
    snapshot: store && snapshotIn(store, '1'),
  });
  engine.setRoots([root('work')]);
  await engine.refresh();
  return engine;
}

const typed = { [at('a.yaml')]: aComponent('typed') };

it.each([
  { was: typed, is: {}, what: 'was typed and lost' },
  { was: {}, is: typed, what: 'was typed since' },
])('starts with the current texts when something $what', async texts => {
  const files = new InMemoryFileSystem({
    '/work/a.yaml': aComponent('saved'),
    '/work/b.yaml': aComponent('other'),
  });
  const store = new InMemoryBlobStore();
  await (await start(files, texts.was, store)).save();
  const warm = await start(files, texts.is, store);
  expect(contentOf(warm)).toEqual(contentOf(await start(files, texts.is)));
});
