import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inspectedContentOf } from '../../../../../support/catalogHistory';
import { longRun } from '../../../../../support/longRun';
import { allThatIsKnown, RestlessWorkspace, steps } from './restlessWorkspace';

/*
 * Changes of files, settings and folders, also during a read and reported late, repeatedly or out
 * of order: in the end the catalog equals one of the final files, and a follower of its events has
 * the same state.
 */

it.each([
  { changes: 'one by one', isMerging: false, runs: 30 },
  { changes: 'that were merged', isMerging: true, runs: 30 },
])('ends with the catalog of a cold start for changes $changes', async ({ isMerging, runs }) => {
  await fc.assert(
    fc.asyncProperty(steps, async history => {
      const workspace = new RestlessWorkspace({ isMerging });
      const { engine, known } = workspace;
      await workspace.live(history);
      expect(workspace.failures).toEqual([]);
      expect(engine.status).toBe('ready');
      await workspace.forgetHistory();
      const cold = await workspace.start({ isWarm: false });
      const expected = await inspectedContentOf(cold);
      expect(await inspectedContentOf(engine)).toEqual(expected);
      expect(known).toEqual(allThatIsKnown(engine));
      // Whenever it was saved and whatever happened since.
      const warm = await workspace.start({ isWarm: true });
      expect(await inspectedContentOf(warm)).toEqual(expected);
    }),
    longRun({ runs, seed: 20261124 }),
  );
});
