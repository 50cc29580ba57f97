import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';
import type { Workbench } from '../support/workbench';

const shot = (name: string): string => inProject('out', 'e2e', `plugins-view-${name}.png`);

/** Opens the view, with all the space of the side bar. */
async function showPlugins(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Callboard: Show Plugins');
  await workbench.view('Plugins').waitFor();
  const header = workbench.view('Catalog').locator('.pane-header');
  const folded = header.and(workbench.page.locator('[aria-expanded="false"]'));
  await workbench.untilShown(folded, () => header.click());
}

test('lists the built-in plugins', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/fixtures/problems' });
  await showPlugins(workbench);
  const view = workbench.view('Plugins');
  await view.getByText('No plugins of other extensions or of this workspace.').waitFor();
  // Some start after the window, in any order.
  const builtIn = workbench.treeItem(/^Built-in, 12$/);
  await workbench.expand(builtIn);
  for (const title of ['Agents', 'Core Services', 'Templates']) {
    await view.getByRole('treeitem', { name: title, exact: true }).waitFor();
  }
});

test('names plugins that fail, and disables and enables them', async ({ open }) => {
  const { workbench } = await open({
    folder: 'test/host/extensions/workspace',
    extensions: ['troublemaker'],
  });
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('ferry');
  const card = workbench.webview().getByRole('region', { name: 'Card that throws' });
  await card.getByText('I stumbled').waitFor();

  await showPlugins(workbench);
  await workbench.treeItem('throws-in-init, Failed').waitFor();
  await workbench.treeItem('waits-for-nobody, Waiting').waitFor();
  const culprit = workbench.treeItem(/^bad-cards, (\d+ errors|Not responding)$/);
  await workbench.expand(culprit);
  await workbench.treeItem(/^I stumbled, load\(\) of Card that throws/).waitFor();
  await workbench.screenshot(shot('errors'));

  await workbench.pressRowButton(culprit, 'Disable Plugin');
  const disabled = workbench.treeItem('bad-cards, Disabled');
  await disabled.waitFor();
  await card.waitFor({ state: 'detached' });
  await workbench.pressRowButton(disabled, 'Enable Plugin');
  await card.getByText('I stumbled').waitFor();

  await workbench.chooseFromMenu(culprit, 'Reload Plugin');
  await card.getByText('I stumbled').waitFor();
  await workbench.chooseFromMenu(culprit, 'Open Manifest');
  await workbench.tab('package.json').waitFor();
});

test('asks once for a capability, and shows refused uses', async ({ open }) => {
  const { workbench } = await open({
    folder: 'test/host/extensions/workspace',
    extensions: ['troublemaker'],
  });
  await showPlugins(workbench);
  const plugin = workbench.treeItem(/^Overreach(, \d+ errors?)?$/);
  await plugin.waitFor();
  const act = async (action: string): Promise<void> => {
    await workbench.runCommand('Callboard: Entity Actions');
    await workbench.choose('ferry');
    await workbench.untilPrompted('Select an action');
    await workbench.choose(action);
  };
  const { page } = workbench;
  const dialog = page.locator('.monaco-dialog-box');
  await act('Set Owner to Nobody');
  await dialog.getByText('Allow the plugin "Overreach" to edit files?').waitFor();
  await page.screenshot({ path: shot('question') });
  await dialog.getByRole('button', { name: "Don't Allow" }).click();
  await workbench.notifications
    .filter({ hasText: 'isn\'t allowed to use the capability "edits"' })
    .waitFor();
  await act('Fetch Everything');
  await workbench.notifications
    .filter({ hasText: 'doesn\'t declare the capability "sources"' })
    .waitFor();
  await act('Set Owner to Nobody');
  expect(await dialog.count()).toBe(0);

  await workbench.expand(plugin);
  await workbench.treeItem(/^Entity provider "flood" supplies more than 100000/).waitFor();
  await workbench.expand(workbench.treeItem(/^Capabilities, 2$/));
  const edits = workbench.treeItem(/^Edit files, Not allowed$/);
  await workbench.expand(edits);
  await workbench
    .treeItem(/^Set owner to nobody, Refused/)
    .first()
    .waitFor();
  await workbench.treeItem(/^Use sources, Not declared$/).waitFor();
  await workbench.screenshot(shot('capabilities'));
  await workbench.pressRowButton(edits, 'Allow');
  await workbench.treeItem(/^Edit files, Allowed$/).waitFor();
});

test('offers commands of extensions in the menus of entities', async ({ open }) => {
  const { workbench } = await open({
    folder: 'test/host/extensions/workspace',
    extensions: ['troublemaker'],
  });
  await workbench.openContainer('Callboard');
  const hailed = workbench.notifications.filter({ hasText: 'Hail component:default/ferry' });
  await workbench.expand(workbench.treeItem(/^Components, /));
  // While a view is refreshed, VS Code passes no element to commands of its menus.
  await workbench.untilShown(hailed, () =>
    workbench.chooseFromMenu(workbench.treeItem(/^ferry, /), 'Hail the Entity', 'Plugins'),
  );
  await workbench.runCommand('Notifications: Clear All Notifications');
  await hailed.waitFor({ state: 'detached' });

  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('ferry');
  const menu = workbench.webview().getByRole('button', { name: 'Actions…' });
  await workbench.chooseFromMenu(menu, 'Hail the Entity', 'Plugins');
  await hailed.waitFor();
});
