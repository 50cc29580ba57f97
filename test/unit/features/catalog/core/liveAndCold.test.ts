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
 * Whatever happens to the files of a workspace while the catalog is open: in the end it is the
 * catalog that would have been read from the files as they are then.
 */

it.each([
  { of: 'one folder', roots: ['work'] },
  { of: 'several folders, one in another', roots: ['work', 'work/a', 'other'] },
  { of: 'several folders, the inner one first', roots: ['work/a/b', 'work'] },
])('ends with the catalog of $of that a cold start on the final files gives', async ({ roots }) => {
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
          // Asks for everything, so that whatever is remembered wrongly shows.
          contentOf(live.engine);
        }
        const cold = new TestCatalog({ roots, fileSystem: live.files });
        await cold.engine.refresh();
        const expected = await inspectedContentOf(cold.engine);
        expect(await inspectedContentOf(live.engine)).toEqual(expected);
        // A start from what was saved before all that, too.
        const warm = new TestCatalog({ roots, fileSystem: live.files, store });
        await warm.engine.refresh();
        expect(await inspectedContentOf(warm.engine)).toEqual(expected);
      },
    ),
    longRun({ runs: 15, seed: 20240607 }),
  );
});
