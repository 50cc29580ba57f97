import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';

test('a person reads docs by keyboard, and sees what is typed beside', async ({ open }) => {
  const { workbench } = await open({ folder: 'demo', viewport: { width: 1600, height: 900 } });
  await workbench.runCommand('Callboard: Open Docs of a Site');
  await workbench.choose('Crew Handbook');
  const reader = workbench.webview();
  await reader.locator('callboard-docs-article h1').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'docs.png'));

  const edit = reader.getByRole('link', { name: 'Edit', exact: true });
  await edit.focus();
  await workbench.page.keyboard.press('Enter');
  await workbench.focusedEditor('Welcome aboard').waitFor();
  // The address of the file begins with `vscode-remote:` in this window, as it does on any remote machine.
  await workbench.editorAction('Preview Docs to the Side').click();
  await expect.poll(() => workbench.page.locator('iframe.webview.ready').count()).toBe(1);
  await workbench.page.keyboard.press('Control+1');
  await workbench.focusedEditor('Welcome aboard').waitFor();
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.type('\n\nWritten while you look.\n');
  const preview = workbench.webview();
  const typed = preview.getByText('Written while you look.');
  await typed.waitFor();
  // The page goes where the text goes.
  await workbench.page.keyboard.type('\nOne more.\n'.repeat(40));
  await workbench.page.keyboard.press('Control+Home');
  await expect.poll(() => preview.locator('html').evaluate(() => window.scrollY)).toBe(0);
  await workbench.page.keyboard.press('Control+End');
  await expect
    .poll(() => preview.locator('html').evaluate(() => window.scrollY))
    .toBeGreaterThan(200);
  await workbench.screenshot(inProject('out', 'e2e', 'docs-preview.png'));
});

test('rows of the Docs view are announced by their names', async ({ open }) => {
  const { workbench } = await open({ folder: 'demo' });
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Docs');
  const handbook = view.getByRole('treeitem', { name: /^Crew Handbook, / });
  await workbench.expand(handbook);
  await view.getByRole('treeitem', { name: 'Welcome aboard', exact: true }).waitFor();
});
