import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/callboardTest';
import type { Workbench } from '../support/workbench';

test('an import is dropped half-way without a trace, done, and taken back in one step', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open({ folder: 'test/host/import/workspace' });
  const { page } = workbench;
  const files = ['orders', 'web'].map(name => join(folder, name, 'catalog-info.yaml'));
  const written = () => files.map(file => existsSync(file));
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Groups/).waitFor();

  await askUpToPreview(workbench);
  await workbench.tab('Import 2 descriptors').waitFor();
  expect(written()).toEqual([false, false]);
  await workbench.pressOnRow('Escape');
  await workbench.tab('Import 2 descriptors').waitFor({ state: 'detached' });
  expect(written()).toEqual([false, false]);
  // That drafts are made is told only where it takes long, and then for a moment.
  await expect.poll(() => workbench.notifications.count()).toBe(0);

  await askUpToPreview(workbench);
  await workbench.pressOnRow('Enter', 'Write 2 files');
  await workbench.treeItem('Components, 2 entities, 1 warning').waitFor();
  await expect.poll(written).toEqual([true, true]);
  await expect.poll(() => readFileSync(files[0] ?? '', 'utf8')).toContain('owner: sales');
  // The preview is gone, and the first file is there to be looked at.
  await workbench.tab('Import 2 descriptors').waitFor({ state: 'detached' });
  await workbench.tab('catalog-info.yaml').waitFor();

  await workbench.focusEditor();
  await page.keyboard.press('Control+Z');
  await expect.poll(written).toEqual([false, false]);
  await workbench.treeItem(/^Components/).waitFor({ state: 'detached' });
});

/** Takes every step of Import… as it is offered, up to the question whether to write. */
async function askUpToPreview(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Callboard: Import…');
  // Folders are ticked, and none of them is the one that Enter is about.
  await workbench.quickInputRows.filter({ hasText: 'orders' }).first().waitFor();
  await workbench.pressOnRow('Enter');
  await workbench.pressOnRow('Enter', 'By version');
  await workbench.pressOnRow('Enter', 'Decide later');
  await workbench.quickInputRows.filter({ hasText: 'Write 2 files' }).waitFor();
}
