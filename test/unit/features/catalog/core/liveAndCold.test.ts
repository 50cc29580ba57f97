import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  contentOf,
  historyOperation,
  historyStart,
  inspectedContentOf,
  perform,
} from '../../../../support/catalogHistory';
import { InMemoryBlobStore } from '../../../../support/inMemoryBlobStore';
import { longRun } from '../../../../support/longRun';
import { TestCatalog } from '../../../../support/testCatalog';

/*
 * After any file changes in an open workspace, the catalog equals one that is read from the final
 * files.
 */

it.each([
  { of: 'one folder', roots: ['work'] },
  { of: 'nested folders', roots: ['work', 'work/a', 'other'] },
  { of: 'nested folders, inner one first', roots: ['work/a/b', 'work'] },
])('ends with the same catalog of $of as a cold start', async ({ roots }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(historyOperation, { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 8,
      }),
      async batches => {
        const live = new TestCatalog({ roots });
        for (const [file, content] of Object.entries(historyStart)) {
          live.files.write(`/work/${file}`, content);
        }
        await live.engine.refresh();
        const store = new InMemoryBlobStore();
        const earlier = new TestCatalog({ roots, fileSystem: live.files, store });
        await earlier.engine.refresh();
        await earlier.engine.save();
        for (const operations of batches) {
          await live.engine.applyChanges(
            operations.flatMap(operation => perform(operation, live.files)),
          );
          // Requests everything, so that stale caches show.
          contentOf(live.engine);
        }
        const cold = new TestCatalog({ roots, fileSystem: live.files });
        await cold.engine.refresh();
        const expected = await inspectedContentOf(cold.engine);
        expect(await inspectedContentOf(live.engine)).toEqual(expected);
        // Also a start from the state saved before the changes.
        const warm = new TestCatalog({ roots, fileSystem: live.files, store });
        await warm.engine.refresh();
        expect(await inspectedContentOf(warm.engine)).toEqual(expected);
      },
    ),
    longRun({ runs: 15, seed: 20240607 }),
  );
});
