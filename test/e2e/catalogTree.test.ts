import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test as testWithWindows, testInOneWindow } from '../support/callboardTest';
import type { Workbench } from '../support/workbench';

const test = testInOneWindow({ folder: 'test/e2e/workspaces/harbour' });

test('the tree is filtered while typing, and the filter is kept, shown and cleared', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const input = workbench.quickInput.locator('input').first();

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.pressSequentially('crane');
  await workbench.quickInput.getByText('3 of 7 entities').waitFor();
  // Few results come unfolded.
  await workbench.treeItem(/^Crane Control/).waitFor();
  await workbench.treeItem(/^Crane API/).waitFor();
  await workbench.pressOnRow('Escape');
  await workbench.treeItem(/^Domains/).waitFor();
  await expect.poll(() => rows(workbench)).toHaveLength(6);

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.fill('kind:component owner:quay');
  await workbench.pressOnRow('Enter');
  await workbench.sideBar.getByText('1 of 7: kind:component owner:quay').waitFor();
  await expect
    .poll(() => rows(workbench))
    .toEqual(['Components, 1 entity', 'Crane Control, Component, service, owned by Quay Team']);

  // The filter outlives the window.
  await workbench.reload('kind:component owner:quay');
  await openCatalog(workbench);
  await workbench.sideBar.getByText('1 of 7: kind:component owner:quay').waitFor();
  // The buttons of a view show when the pointer is on it.
  await workbench.view('Catalog').hover();
  await workbench.sideBar.getByRole('button', { name: 'Clear Catalog Filter' }).click();
  await workbench.treeItem(/^Domains/).waitFor();

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.fill('no such thing');
  await workbench.pressOnRow('Enter');
  await workbench.sideBar.getByText('No entity matches the filter.').waitFor();
  await workbench.sideBar.locator('.title', { hasText: '(no such thing)' }).first().waitFor();
  await workbench.sideBar.getByRole('button', { name: 'Clear Filter', exact: true }).click();
  await workbench.treeItem(/^Domains/).waitFor();
});

test('values to filter by are picked, and the tree is grouped by owner and by domain', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await pick(workbench, 'Callboard: Filter Catalog by…', 'Tag');
  const tag = workbench.quickInputRows.filter({ hasText: 'rust' });
  await tag.click();
  await tag.locator('[aria-checked="true"], input:checked').first().waitFor();
  await page.keyboard.press('Enter');
  await workbench.sideBar.getByText('1 of 7: tag:rust').waitFor();
  await workbench.runCommand('Callboard: Clear Catalog Filter');

  await pick(workbench, 'Callboard: Group Catalog by…', 'Owner');
  await workbench.treeItem(/^No owner/).waitFor();
  await expect
    .poll(() => rows(workbench))
    .toEqual([
      'nobody, 1 entity, not in the catalog, 1 warning',
      'Quay Team, 4 entities',
      'No owner, 1 entity',
      'With errors, 1 descriptor, 1 error',
    ]);

  await pick(workbench, 'Callboard: Group Catalog by…', 'System and domain');
  await workbench.expand(workbench.treeItem(/^Cargo/));
  await workbench.expand(workbench.treeItem(/^cranes/));
  await workbench.treeItem(/^Crane Control/).waitFor();

  await pick(workbench, 'Callboard: Group Catalog by…', 'Kind');
  await workbench.treeItem(/^Domains/).waitFor();
});

test('an entity is starred, and found again by its star', async ({ callboard: { workbench } }) => {
  await openCatalog(workbench);

  await workbench.expand(workbench.treeItem(/^Components/));
  const crane = workbench.treeItem(/^Crane Control/);
  await workbench.pressRowButton(crane, 'Star');
  await workbench
    .treeItem('Crane Control, Component, service, owned by Quay Team, starred')
    .waitFor();

  await workbench.runCommand('Callboard: Show Only Starred (Toggle)');
  await workbench.sideBar.getByText('1 of 7: is:starred').waitFor();
  await workbench.pressRowButton(crane, 'Unstar');
  await workbench.sideBar.getByText('No entity matches the filter.').waitFor();
  await workbench.runCommand('Callboard: Clear Catalog Filter');
  await workbench.treeItem(/^Domains/).waitFor();
});

test('any entity is a few letters away, and so is what depends on it', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.choose('jolly', 'user:default/jolly');
  await workbench.tab('org.yaml').waitFor();
  await expectSelected(page, 'jolly');

  // Who types fast is not made to wait for the rows.
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.quickInput.locator('input').first().fill('crane-api');
  await page.keyboard.press('Enter');
  await expectSelected(page, 'crane-api');

  // In a descriptor, the command is about the entity at the cursor.
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.choose('crane-control', 'component:default/crane-control');
  await expectSelected(page, 'crane-control');
  const title = 'Dependents of Crane Control: 2 entities of 2 owners';
  await ask(workbench, 'Callboard: Show Dependents', title);
  await workbench.choose('tide', 'tide-clock');
  await expectSelected(page, 'tide-clock');

  // Without an entity in front, the command asks for one.
  await workbench.runCommand('View: Close All Editors');
  await workbench.tab('services.yaml').waitFor({ state: 'detached' });
  await ask(workbench, 'Callboard: Show Dependents', 'Show Dependents of an Entity');
  await workbench.choose('crane-control');
  await workbench.quickInput.getByText(title, { exact: true }).waitFor();
  await workbench.choose('Graph', 'Show Dependents in Graph');
  const portal = workbench.webview();
  await portal
    .getByRole('complementary', { name: 'Dependents' })
    .getByText('2 entities of 2 owners')
    .waitFor();

  // On the page of an entity, the command is about that entity.
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('crane-control', 'component:default/crane-control');
  await portal.getByRole('heading', { level: 1, name: 'Crane Control' }).waitFor();
  await portal.getByText('2 entities of 2 owners').waitFor();
  await ask(workbench, 'Callboard: Show Dependents', title);
  await workbench.pressOnRow('Escape');
  await workbench.runCommand('View: Close All Editors');

  // What is asked for in vain is told.
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.type('no such thing', { expectRow: 'No entity matches' });
  await workbench.pressOnRow('Escape');
});

test('the keyboard alone opens, copies and opens to the side', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await focusTree(workbench);
  await page.keyboard.press('Home');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'Components' }).waitFor();
  await unfoldByKey(workbench, /^Components/);
  await workbench.treeItem(/^Crane Control/).waitFor();
  await page.keyboard.press('ArrowDown');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'Crane' }).waitFor();
  await page.keyboard.press('Control+C');
  await page.locator('.statusbar', { hasText: 'Copied component:default/crane-control' }).waitFor();
  await page.keyboard.press('Enter');
  await workbench.tab('services.yaml').waitFor();
  await expectSelected(page, 'crane-control');

  // The message of the first copy may still be in the status bar: the clipboard tells.
  await focusTree(workbench);
  await page.keyboard.press('Control+C');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('component:default/crane-control');

  // Keys are about the row with the focus, and leave the selection as it was.
  await workbench.sideBar.locator('.monaco-list-row.selected', { hasText: 'Crane' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'tide-clock' }).waitFor();
  await page.keyboard.press('Control+C');
  await page.locator('.statusbar', { hasText: 'Copied component:default/tide-clock' }).waitFor();
  await workbench.sideBar.locator('.monaco-list-row.selected', { hasText: 'Crane' }).waitFor();
  await expect.poll(() => workbench.sideBar.locator('.monaco-list-row.selected').count()).toBe(1);

  await page.keyboard.press('Control+Enter');
  await page.locator('.editor-group-container').nth(1).waitFor();
  await expectSelected(page, 'tide-clock');
  await workbench.runCommand('View: Close All Editors');
  await page.locator('.editor-group-container').nth(1).waitFor({ state: 'detached' });
});

test('a descriptor cannot put a command behind a message', async ({
  callboard: { workbench, folder },
}) => {
  await openCatalog(workbench);
  const file = join(folder!, 'bait.yaml');
  writeFileSync(
    file,
    `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: bait, title: '[Bait](command:workbench.action.closeWindow)' }
spec: { owner: quay }
`,
  );
  await workbench.treeItem('Systems, 2 entities').waitFor();

  await ask(workbench, 'Callboard: Show Dependents', 'Show Dependents of an Entity');
  await workbench.choose('bait', 'system:default/bait');
  const message = workbench.notifications.filter({ hasText: 'Nothing depends on [Bait]' });
  await message.waitFor();
  expect(await message.locator('a[href]').count()).toBe(0);

  rmSync(file);
  await workbench.treeItem('Systems, 1 entity').waitFor();
});

test('the catalog is browsed: unfold, read, open, look where it leads', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await expect
    .poll(() => rows(workbench, '[aria-level="1"]'))
    .toEqual([
      'Components, 2 entities, 1 with errors, 1 error, 1 warning',
      'APIs, 1 entity',
      'Systems, 1 entity',
      'Domains, 1 entity',
      'Groups, 1 entity',
      'Users, 1 entity',
    ]);
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench.treeItem('Crane Control, Component, service, owned by Quay Team').waitFor();
  await workbench.treeItem('broken-buoy, Component, has errors, not in the catalog').waitFor();

  // What an entity relates to, what is missing included.
  await workbench.expand(workbench.treeItem(/^tide-clock/));
  await workbench.treeItem('Owned by nobody, not in the catalog').waitFor();
  await workbench.expand(workbench.treeItem('Depends on Crane Control'));
  await workbench
    .treeItem('Crane Control, Component, service, owned by Quay Team')
    .nth(1)
    .waitFor();

  // A click opens the descriptor at the name.
  await workbench.treeItem(/^tide-clock/).click();
  await workbench.tab('services.yaml').waitFor();
  await expectSelected(page, 'tide-clock');

  // So it does for what failed, where the reason is in the tooltip as well.
  const broken = workbench.treeItem(/^broken-buoy/);
  await broken.click();
  await workbench.tab('broken.yaml').waitFor();
  // From elsewhere: the pointer that rests after a click asks for nothing.
  await page.mouse.move(900, 400);
  await workbench.hoverOver(broken, 'because the descriptor has errors');
});

test('the tree follows what is typed and what changes on disk', async ({
  callboard: { workbench, folder },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench
    .treeItem(/^Crane Control/)
    .first()
    .click();
  await workbench.tab('services.yaml').waitFor();
  await expectSelected(page, 'crane-control');
  await page.keyboard.type('crane-two');
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.type('crane-two', { expectRow: 'component:default/crane-two' });
  await workbench.pressOnRow('Escape');
  await workbench.expand(workbench.treeItem(/^tide-clock/));
  await workbench.treeItem('Depends on crane-control, not in the catalog').waitFor();

  const file = join(folder!, 'org.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('title: Quay Team', 'title: Night Shift'));
  await workbench
    .treeItem(/owned by Night Shift/)
    .first()
    .waitFor();
});

testWithWindows('without a folder or an entity, the view says what to do', async ({ open }) => {
  const { workbench: empty } = await open();
  await empty.openContainer('Callboard');
  await empty.sideBar.getByRole('button', { name: 'Open Folder' }).waitFor();

  const { workbench } = await open({ folder: 'test/e2e/workspaces/nothing', trust: 'restricted' });
  await workbench.openContainer('Callboard');
  await workbench.sideBar.getByText('No file in this workspace describes an entity yet.').waitFor();
  await workbench.sideBar.getByText('This workspace is in Restricted Mode.').waitFor();
  await workbench.sideBar.getByRole('button', { name: 'Create catalog-info.yaml' }).click();
  await workbench.focusedEditor('kind: Component').waitFor();
  await workbench.page.keyboard.press('Control+S');
  await workbench.treeItem('Components, 1 entity').waitFor();
});

async function openCatalog(workbench: Workbench): Promise<void> {
  await workbench.openContainer('Callboard');
  await workbench.sideBar.getByRole('treeitem').first().waitFor();
}

/** Runs a command that asks something; until it does, the palette would take what is typed. */
async function ask(workbench: Workbench, command: string, title: string): Promise<void> {
  await workbench.runCommand(command);
  await workbench.quickInput.getByText(title, { exact: true }).waitFor();
}

async function focusTree(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Callboard: Focus on Catalog View');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.sideBar.locator('.monaco-list:focus').waitFor();
}

/** Unfolds the row with the focus. A tree that is just being refreshed may drop the key. */
async function unfoldByKey(workbench: Workbench, name: RegExp): Promise<void> {
  const row = workbench.treeItem(name);
  await expect
    .poll(async () => {
      const isUnfolded = (await row.getAttribute('aria-expanded')) === 'true';
      if (!isUnfolded) await workbench.page.keyboard.press('ArrowRight');
      return isUnfolded;
    })
    .toBe(true);
}

/** What a screen reader says of the rows of the tree, from the top. */
async function rows(workbench: Workbench, which = '*'): Promise<(string | null)[]> {
  return workbench.sideBar
    .getByRole('treeitem')
    .and(workbench.page.locator(which))
    .evaluateAll(items => items.map(item => item.getAttribute('aria-label')));
}

async function pick(workbench: Workbench, command: string, choice: string): Promise<void> {
  await workbench.runCommand(command);
  await workbench.quickInputRows.filter({ hasText: choice }).first().waitFor();
  await workbench.choose(choice);
}

/** Expects a text to be selected in the active editor, as copying tells; the clipboard takes its time. */
async function expectSelected(page: Page, text: string): Promise<void> {
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+C');
      return page.evaluate(() => navigator.clipboard.readText());
    })
    .toBe(text);
}
