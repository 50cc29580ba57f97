import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inspectedContentOf } from '../../../../../support/catalogHistory';
import type { Fate } from '../../../../../support/fatefulPool';
import { longRun } from '../../../../../support/longRun';
import { allThatIsKnown, RestlessWorkspace, steps } from './restlessWorkspace';

/*
 * Whatever happens to the files, settings and folders of a workspace, also while it is being read,
 * and however late, often or disorderly it is told: in the end the catalog is the one that a start
 * on the final files gives, and whoever followed its events knows it as it is.
 */

/** Not those that cost a file its content. */
const fates = fc.array(
  fc.constantFrom<Fate>('done', 'done', 'done', 'unavailable', 'error', 'lie'),
  { minLength: 1, maxLength: 6 },
);

it.each([
  { changes: 'as they come', isMerging: false, hasWorkers: false, runs: 30 },
  { changes: 'that were merged', isMerging: true, hasWorkers: false, runs: 30 },
  { changes: 'while workers read', isMerging: true, hasWorkers: true, runs: 8 },
])(
  'ends with the catalog of a cold start, told of changes $changes',
  async ({ isMerging, hasWorkers, runs }) => {
    await fc.assert(
      fc.asyncProperty(steps, fates, async (history, fates) => {
        const workspace = new RestlessWorkspace({ isMerging, ...(hasWorkers && { fates }) });
        const { engine, known } = workspace;
        await workspace.live(history);
        expect(workspace.failures).toEqual([]);
        expect(engine.status).toBe('ready');
        await workspace.forgetHistory();
        const cold = await workspace.start({ isWarm: false });
        const expected = await inspectedContentOf(cold);
        expect(await inspectedContentOf(engine)).toEqual(expected);
        expect(known).toEqual(allThatIsKnown(engine));
        // Whenever it was saved, and whatever happened since.
        const warm = await workspace.start({ isWarm: true });
        expect(await inspectedContentOf(warm)).toEqual(expected);
      }),
      longRun({ runs, seed: 20261124 }),
    );
  },
);
