import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { UnreachedFiles } from '../../../../../../src/features/catalog/core/configuredBackstage/unreachedFiles';
import { TimeSlicer } from '../../../../../../src/platform/core';
import { historyOperation, historyStart, perform } from '../../../../../support/catalogHistory';
import { indexSession } from '../../../../../support/indexSession';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { longRun } from '../../../../../support/longRun';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

const world = { clock: new TestClock(), logger: silentLogger };
const roots = [root('work')];

/** Unreachable files while a server reads these files. */
async function unreachableFiles(
  unreached: UnreachedFiles,
  reached: readonly string[],
): Promise<unknown> {
  const reach = { isReached: (uri: string) => reached.includes(uri), urls: new Set<string>() };
  const files = await unreached.files(reach, new TimeSlicer(world.clock));
  return files.map(({ uri, order, record }) => [uri, order, record.problems]);
}

it('depends only on the current files, not on their history', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(historyOperation, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
      fc.subarray(['a/x.yaml', 'x.yaml', 'catalog-info.yaml', 'c/y.yml'].map(at)),
      async (batches, reached) => {
        const fileSystem = new InMemoryFileSystem();
        for (const [path, text] of Object.entries(historyStart)) {
          fileSystem.write(`/work/${path}`, text);
        }
        const session = indexSession({ aiModel: false, fileSystem });
        const live = new UnreachedFiles({ ...world, fileSystem });
        await live.refresh(roots, session, {});
        for (const operations of batches) {
          const changes = operations.flatMap(operation => perform(operation, fileSystem));
          await live.applyChanges(changes, session, {});
          await unreachableFiles(live, reached);
        }
        const cold = new UnreachedFiles({ ...world, fileSystem });
        await cold.refresh(roots, session, {});
        expect(await unreachableFiles(live, reached)).toEqual(
          await unreachableFiles(cold, reached),
        );
      },
    ),
    longRun({ runs: 20, seed: 20240607 }),
  );
});
