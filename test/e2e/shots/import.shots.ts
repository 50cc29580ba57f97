import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])('importing, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'test/host/import/workspace',
    theme,
    viewport: { width: 1280, height: 800 },
  });
  const picture = (name: string): Promise<void> =>
    workbench.screenshot(inProject('out', 'shots', `import-${name}-${theme}.png`));
  await workbench.openContainer('Callboard');
  await workbench.runCommand('Callboard: Import…');
  const { page } = workbench;
  await page.locator('.quick-input-list', { hasText: 'orders' }).waitFor();
  await picture('1-folders');
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-list', { hasText: 'By version' }).waitFor();
  await picture('2-lifecycle');
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-list', { hasText: 'Decide Later' }).waitFor();
  await picture('3-owner');
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-list', { hasText: 'Write 2 files' }).waitFor();
  await page.getByText('providesApis').first().waitFor();
  await workbench.settled();
  await picture('4-preview');
  await page.keyboard.press('Enter');
  await workbench.treeItem(/^Components/).waitFor();
  await workbench.settled();
  await picture('5-written');
});
