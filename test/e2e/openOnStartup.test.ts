import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/callboardTest';
import { writeFiles } from '../support/writeFiles';

const settings = { 'callboard.portal.openOnStartup': true };

test('the Callboard view and the home page open in a window without editors', async ({ open }) => {
  const { workbench } = await open({ folder: 'demo', settings });
  await workbench
    .view('Catalog')
    .getByRole('treeitem', { name: /^Components/ })
    .waitFor();
  await workbench.webview().locator('.app-nav [aria-current=page]', { hasText: 'Home' }).waitFor();
});

test('a window with editors keeps them in front', async ({ open }) => {
  const { workbench, folder = '' } = await open({ folder: 'demo' });
  await workbench.openContainer('Callboard');
  await workbench.openFile('people.yaml');
  writeFiles(join(folder, '.vscode'), { 'settings.json': JSON.stringify(settings) });
  await workbench.reload('people.yaml');
  await workbench
    .view('Catalog')
    .getByRole('treeitem', { name: /^Components/ })
    .waitFor();
  expect(await workbench.tab('Callboard').count()).toBe(0);
});
