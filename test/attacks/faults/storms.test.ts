import { expect, it } from 'vitest';
import { silentLogger } from '../../../src/base';
import { CatalogEngine } from '../../../src/features/catalog/core';
import { ChangeQueue } from '../../../src/platform/core/files';
import type { FileChange } from '../../../src/platform/core/ports';
import { contentOf } from '../../support/catalogHistory';
import { aComponent } from '../../support/descriptors';
import { InMemoryFileSystem } from '../../support/inMemoryFileSystem';
import { isLongRun } from '../../support/longRun';
import { ManualClock } from '../../support/manualClock';
import { at, root } from '../../support/testCatalog';
import { TestClock } from '../../support/testClock';

const EVENTS = isLongRun ? 10_000 : 1000;
const FILES = EVENTS / 50;

it('takes 10,000 single events in few batches and ends with the state of the files', async () => {
  const files = new InMemoryFileSystem();
  const open = (): CatalogEngine => {
    const engine = new CatalogEngine({
      fileSystem: files,
      clock: new TestClock(),
      logger: silentLogger,
    });
    engine.setRoots([root('work')]);
    return engine;
  };
  const engine = open();
  await engine.refresh();
  const clock = new ManualClock();
  let batches = 0;
  const queue = new ChangeQueue({
    clock,
    logger: silentLogger,
    few: { quiet: 100, longest: 500 },
    many: { quiet: 500, longest: 2000 },
    manyFiles: 50,
    apply: changes => {
      batches++;
      return engine.applyChanges(changes);
    },
  });
  for (let event = 0; event < EVENTS; event++) {
    const path = `${event % 7}/x${event % FILES}.yaml`;
    const isGone = event % 3 === 2;
    if (isGone) files.remove(`/work/${path}`);
    else files.write(`/work/${path}`, aComponent(`c${event % FILES}-${event}`));
    const type: FileChange['type'] = isGone ? 'deleted' : 'changed';
    queue.add([{ type, uri: at(path) }]);
    // A watcher's second.
    if (event % (EVENTS / 10) === 0) await clock.pass(100, 100);
  }
  await clock.pass(5000);
  await queue.whenIdle();
  const cold = open();
  await cold.refresh();
  expect(contentOf(engine)).toEqual(contentOf(cold));
  expect(batches).toBeLessThan(10);
  queue.dispose();
});
