import { afterAll, test as base } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import {
  openCallboard,
  type OpenCallboardOptions,
  type OpenedCallboard,
  type WindowContent,
} from './openCallboard';

/**
 * A browser test: opens windows through `open` and closes them after the test. If the test fails, keeps a screenshot of
 * each window in out/e2e, beside the log of its server, which is named after the test that started it.
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
      // vitest's own onTestFailed runs later, when the windows are closed.
      if (task.result?.state === 'fail') await keepPicture(callboard, `${name}-${index + 1}`);
      await callboard.close();
    }
  },
});

/**
 * Browser tests that share one window, because opening a window takes longer than most tests. Each test starts with its
 * own folder, and without editors, messages and prompts of earlier tests. Tests reset their filters and groupings. After
 * a failure, the next test opens a new window.
 *
 * @param options.isKept - whether a test continues in the state of the one before instead
 */
export function testInOneWindow(common: OpenCallboardOptions = {}, { isKept = false } = {}) {
  let opened: OpenedCallboard | undefined;
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = undefined;
    await closing?.close();
  };
  afterAll(close);
  return base.extend<{
    open: (content?: WindowContent) => Promise<OpenedCallboard>;
    callboard: OpenedCallboard;
  }>({
    open: async ({ task }, use) => {
      const name = nameOf(task);
      await use(async (content = {}) => {
        const { folder, write, ...others } = common;
        const usual = content.folder || content.write ? {} : { folder, write };
        const options = { ...others, ...usual, ...content };
        if (opened) await opened.startAfresh(options);
        else opened = await openCallboard(name, options);
        return opened;
      });
      if (task.result?.state !== 'fail') return;
      if (opened) await keepPicture(opened, name);
      await close();
    },
    callboard: async ({ open }, use) => use(isKept && opened ? opened : await open()),
  });
}

const nameOf = (task: { readonly name: string }): string =>
  task.name.replace(/[^\w-]+/g, '-').slice(0, 80);

async function keepPicture({ workbench }: OpenedCallboard, name: string): Promise<void> {
  const picture = inProject('out', 'e2e', `${name}.png`);
  // A closed window has no screenshot, but must be closed as well.
  const hasPicture = await workbench.screenshot(picture).then(
    () => true,
    () => false,
  );
  if (hasPicture) console.log(`The window when the test failed: ${picture}`);
}
