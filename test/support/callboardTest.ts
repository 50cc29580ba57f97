import { inProject } from '../../scripts/lib/project.mjs';
import { test as base } from 'vitest';
import { openCallboard, type OpenCallboardOptions, type OpenedCallboard } from './openCallboard';

/**
 * A browser test: opens windows through `open`, which are closed after the test. Of a failed test
 * a picture of each window and the log of its server are kept in out/e2e.
 */
export const test = base.extend<{
  open: (options?: OpenCallboardOptions) => Promise<OpenedCallboard>;
}>({
  open: async ({ task }, use) => {
    const name = task.name.replace(/[^\w-]+/g, '-').slice(0, 80);
    const opened: OpenedCallboard[] = [];
    await use(async options => {
      const callboard = await openCallboard(`${name}-${opened.length + 1}`, options);
      opened.push(callboard);
      return callboard;
    });
    for (const [index, { workbench, close }] of opened.entries()) {
      // vitest's own onTestFailed comes after this, when the windows are gone.
      if (task.result?.state === 'fail') {
        const picture = inProject('out', 'e2e', `${name}-${index + 1}.png`);
        // A window that is gone has no picture, and is to be closed all the same.
        const hasPicture = await workbench.screenshot(picture).then(
          () => true,
          () => false,
        );
        if (hasPicture) console.log(`The window when the test failed: ${picture}`);
      }
      await close();
    }
  },
});
