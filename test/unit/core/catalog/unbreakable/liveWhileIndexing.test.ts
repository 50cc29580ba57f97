import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentOf } from '../../../../support/catalogHistory';
import { longRun } from '../../../../support/longRun';
import { allThatIsKnown, RestlessWorkspace, steps } from './restlessWorkspace';

/*
 * Whatever happens to the files, settings and folders of a workspace, also while it is being read,
 * and however late, often or disorderly it is told: in the end the catalog is the one that a start
 * on the final files gives, and whoever followed its events knows it as it is.
 */

it.each([
  { changes: 'as they come', isMerging: false },
  { changes: 'that were merged', isMerging: true },
])('ends with the catalog of a cold start, told of changes $changes', async ({ isMerging }) => {
  await fc.assert(
    fc.asyncProperty(steps, async history => {
      const workspace = new RestlessWorkspace(isMerging);
      const { engine, known } = workspace;
      await workspace.live(history);
      expect(workspace.failures).toEqual([]);
      expect(engine.status).toBe('ready');
      expect(contentOf(engine)).toEqual(contentOf(await workspace.coldStart()));
      expect(known).toEqual(allThatIsKnown(engine));
    }),
    longRun({ runs: 30, seed: 20261124 }),
  );
});
