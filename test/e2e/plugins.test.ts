import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';

test('Show Plugins lists the built-in plugins, and one of them opens the log', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/fixtures/problems' });
  await workbench.openContainer('Callboard');
  await workbench.runCommand('Callboard: Show Plugins');
  // Some come after the window, in whatever order they are loaded.
  const rows = async (): Promise<string[]> =>
    (await workbench.quickInputRows.allTextContents()).map(row => row.trim()).sort();
  await expect
    .poll(rows)
    .toEqual([
      'agentsactive',
      'apisactive',
      'catalog-viewsactive',
      'catalogactive',
      'coreactive',
      'docsactive',
      'importactive',
      'problemsactive',
      'scaffolderactive',
      'searchactive',
      'sourcesactive',
    ]);
  await workbench.screenshot(inProject('out', 'e2e', 'show-plugins.png'));

  await workbench.page.keyboard.press('Escape');
  const line = workbench.outputLines.filter({ hasText: 'Plugin "core": active' }).first();
  // A window that is still being put together may close its panel again.
  await workbench.untilShown(line, async () => {
    await workbench.runCommand('Callboard: Show Plugins');
    await workbench.pressOnRow('Enter', 'core');
  });
});
