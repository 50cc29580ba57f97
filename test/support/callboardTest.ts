import { inProject } from '../../scripts/lib/project.mjs';
import { afterAll, test as base } from 'vitest';
import { openCallboard, type OpenCallboardOptions, type OpenedCallboard } from './openCallboard';

/**
 * A browser test: opens windows through `open`, which are closed after the test. Of a failed test
 * a picture of each window is kept in out/e2e, beside the log of its server, which has the name of the test
 * that it was started for.
 */
export const test = base.extend<{
  open: (options?: OpenCallboardOptions) => Promise<OpenedCallboard>;
}>({
  open: async ({ task }, use) => {
    const name = nameOf(task);
    const opened: OpenedCallboard[] = [];
    await use(async options => {
      const callboard = await openCallboard(`${name}-${opened.length + 1}`, options);
      opened.push(callboard);
      return callboard;
    });
    for (const [index, callboard] of opened.entries()) {
      // vitest's own onTestFailed comes after this, when the windows are gone.
      if (task.result?.state === 'fail') await keepPicture(callboard, `${name}-${index + 1}`);
      await callboard.close();
    }
  },
});

/**
 * Browser tests that go through one window, one after the other, as a person does who has more than one
 * thing to do: opening it takes longer than most of them. Each leaves behind what is no matter to the next,
 * none of what it has filtered, grouped or written; where one fails, the next has a window of its own.
 */
export function testInOneWindow(options: OpenCallboardOptions) {
  return testInWindows(options, true);
}

/** The same with a window for each, where one saves files in it that the next one changes on the disk. */
export function testInOwnWindows(options: OpenCallboardOptions) {
  return testInWindows(options, false);
}

function testInWindows(options: OpenCallboardOptions, isShared: boolean) {
  let opened: OpenedCallboard | undefined;
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = undefined;
    await closing?.close();
  };
  afterAll(close);
  return base.extend<{ callboard: OpenedCallboard }>({
    callboard: async ({ task }, use) => {
      const name = nameOf(task);
      opened ??= await openCallboard(name, options);
      await use(opened);
      const hasFailed = task.result?.state === 'fail';
      if (hasFailed) await keepPicture(opened, name);
      if (hasFailed || !isShared) await close();
    },
  });
}

const nameOf = (task: { readonly name: string }): string =>
  task.name.replace(/[^\w-]+/g, '-').slice(0, 80);

async function keepPicture({ workbench }: OpenedCallboard, name: string): Promise<void> {
  const picture = inProject('out', 'e2e', `${name}.png`);
  // A window that is gone has no picture, and is to be closed all the same.
  const hasPicture = await workbench.screenshot(picture).then(
    () => true,
    () => false,
  );
  if (hasPicture) console.log(`The window when the test failed: ${picture}`);
}
