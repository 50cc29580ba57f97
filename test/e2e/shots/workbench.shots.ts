import { onTestFinished } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { freePort } from '../../support/gitServer';
import { themes, type Theme } from '../../support/openCallboard';
import { servedComponent, StandInBackstage } from '../../support/standInBackstage';
import type { Workbench } from '../../support/workbench';

const names = Object.keys(themes) as Theme[];

/** Returns a function that takes a picture of the window, after its animations have ended. */
function camera(workbench: Workbench, theme: Theme): (name: string) => Promise<void> {
  return async name => {
    await workbench.settled();
    await workbench.page.evaluate(() => {
      const ending = document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
      // An animation may be canceled.
      return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined);
    });
    await workbench.screenshot(inProject('out', 'shots', `workbench-${name}-${theme}.png`));
  };
}

test.for(names)('the command palette, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 900, height: 1800 },
  });
  const picture = camera(workbench, theme);
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Systems/).waitFor();
  await workbench.openQuickAccess(['F1'], '>');
  await workbench.type('>Callboard: ', { expectRow: 'Callboard: ' });
  await picture('palette');
  const last = workbench.quickInputRows.filter({ hasText: 'Toggle Starred Filter' });
  while (!(await last.isVisible())) await workbench.page.keyboard.press('PageDown');
  await picture('palette-end');
});

test.for(names)('the menus of an entity, %s', async (theme, { open }) => {
  const staging = await new StandInBackstage([servedComponent('lost')]).listen();
  onTestFinished(() => staging.close());
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1000, height: 800 },
    settings: {
      'callboard.catalog.sources': [{ type: 'backstage', url: staging.url, name: 'Staging' }],
    },
  });
  const { page } = workbench;
  const picture = camera(workbench, theme);
  await workbench.openContainer('Callboard');
  await workbench.expand(workbench.treeItem(/^Components/));
  // The first one is in the workspace, the second one in the Backstage.
  for (const entity of ['Booking Service', 'lost']) {
    const name = `menu-${entity.toLowerCase().replaceAll(' ', '-')}`;
    const row = workbench.treeItem(new RegExp(`^${entity},`)).first();
    const items = page.locator('.monaco-menu').first().getByRole('menuitem');
    await workbench.untilShown(items.first(), () => row.click({ button: 'right' }));
    await picture(name);
    const submenus = await items.and(page.locator('[aria-haspopup="true"]')).allInnerTexts();
    for (const submenu of submenus.map(text => text.trim())) {
      const shown = page.locator('.monaco-submenu').getByRole('menuitem').first();
      await workbench.untilShown(shown, async () => {
        await items.first().hover();
        await page.getByRole('menuitem', { name: submenu, exact: true }).hover();
      });
      await picture(`${name}-${submenu.toLowerCase().replaceAll(' ', '-')}`);
      await items.first().hover();
      await shown.waitFor({ state: 'hidden' });
    }
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
  }
});

test.for(names)('the settings, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1280, height: 2000 },
    settings: { 'workbench.editor.useModal': 'off' },
  });
  const { page } = workbench;
  const picture = camera(workbench, theme);
  await page.keyboard.press('Control+,');
  const editor = page.locator('.settings-editor');
  await editor.waitFor();
  await editor.locator('.settings-header .monaco-editor').first().click();
  await page.keyboard.type('@ext:callboard.callboard');
  await editor.getByText('Callboard ›').first().waitFor();
  const groups = [
    'Catalog',
    'Sources',
    'Backstage',
    'Problems',
    'Portal',
    'Docs',
    'Templates',
    'YAML',
    'Plugins',
  ];
  for (const group of groups) {
    const row = editor.getByRole('treeitem', { name: new RegExp(`^${group}, group`) });
    await row.click();
    await picture(`settings-${group.toLowerCase()}`);
  }
});

test.for(names)('notifications, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'test/host/extensions/workspace',
    extensions: ['troublemaker'],
    theme,
    viewport: { width: 1280, height: 800 },
    settings: {
      'callboard.catalog.sources': [
        { type: 'git', url: `http://127.0.0.1:${await freePort()}/gone.git`, name: 'Old Pier' },
      ],
    },
  });
  const picture = camera(workbench, theme);
  const shown = async (text: string, name: string): Promise<void> => {
    await workbench.notifications.filter({ hasText: text }).first().waitFor();
    await picture(`notification-${name}`);
  };
  await workbench.openContainer('Callboard');
  await shown("Can't fetch", 'source');
  await workbench.runCommand('Callboard: Show Plugins');
  await workbench.treeItem(/^Overreach/).waitFor();
  await shown('Plugin "', 'plugin');
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.runCommand('Callboard: Entity Actions');
  await workbench.choose('ferry');
  await workbench.untilPrompted('Select an action');
  await picture('entity-actions');
  await workbench.choose('Fetch Everything');
  await shown('capability', 'command');
});

test.for(names)('the Problems panel, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1280, height: 800 },
  });
  const { page } = workbench;
  const picture = camera(workbench, theme);
  await workbench.openFile('near-miss.yaml');
  await workbench.editor.locator('.squiggly-warning').first().waitFor();
  const rows = await workbench.openProblems();
  await page.getByPlaceholder('Filter (e.g. text').fill('near-miss');
  const row = rows.filter({ hasText: 'team-welcom' }).first();
  // The list looks for fixes when a row is selected, and doesn't repeat that when the file's problems are updated.
  const bulb = row.locator('.markers-panel-action-quickfix:not(.disabled)');
  await workbench.untilShown(bulb, () => row.click());
  const fixes = page.locator('.monaco-menu').first();
  await workbench.untilShown(fixes, () => bulb.click());
  await picture('problems-fixes');
  await page.keyboard.press('Escape');
  await row.dblclick();
  await workbench.focusedEditor().first().waitFor();
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  await page.locator('.monaco-hover:not(.hidden)').first().waitFor();
  await picture('problems-hover');
});
