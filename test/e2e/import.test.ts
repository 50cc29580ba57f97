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
  await page.keyboard.press('Escape');
  await workbench.tab('Import 2 descriptors').waitFor({ state: 'detached' });
  expect(written()).toEqual([false, false]);
  // That drafts are made is told only where it takes long, and then for a moment.
  await expect.poll(() => workbench.notifications.count()).toBe(0);

  await askUpToPreview(workbench);
  await page.keyboard.press('Enter');
  await workbench.treeItem('Components, 2 entities, 1 warning').waitFor();
  expect(written()).toEqual([true, true]);
  expect(readFileSync(files[0] ?? '', 'utf8')).toContain('owner: sales');
  // The preview is gone, and the first file is there to be looked at.
  await workbench.tab('Import 2 descriptors').waitFor({ state: 'detached' });
  await workbench.tab('catalog-info.yaml').waitFor();

  await workbench.editor.click();
  await page.keyboard.press('Control+Z');
  await expect.poll(written).toEqual([false, false]);
  await workbench.treeItem(/^Components/).waitFor({ state: 'detached' });
});

/** Takes every step of Import… as it is offered, up to the question whether to write. */
async function askUpToPreview(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Callboard: Import…');
  for (const offered of ['orders', 'By version', 'Decide later']) {
    await workbench.quickInputRows.filter({ hasText: offered }).first().waitFor();
    await workbench.page.keyboard.press('Enter');
  }
  await workbench.quickInputRows.filter({ hasText: 'Write 2 files' }).waitFor();
}
