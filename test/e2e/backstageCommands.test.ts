import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { startBackstage } from '../support/backstageServer';
import { test } from '../support/callboardTest';
import { aComponent } from '../support/descriptors';
import { servedComponent, StandInBackstage } from '../support/standInBackstage';
import { PATIENCE } from '../support/workbench';

/** The entity as it was fetched from GitHub before it was renamed. */
const OLD = {
  ...servedComponent('pier-old'),
  metadata: {
    ...servedComponent('pier-old').metadata,
    annotations: {
      'backstage.io/managed-by-location':
        'url:https://github.com/acme/pier/blob/main/catalog-info.yaml',
    },
  },
};

const files: Readonly<Record<string, string>> = {
  'catalog-info.yaml': aComponent('pier'),
  '.git/config': '[remote "origin"]\n  url = https://github.com/acme/pier.git\n',
  '.git/HEAD': 'ref: refs/heads/feature/names\n',
};

function write(folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

test('opens entities that only a Backstage has', async ({ open }) => {
  const names = ['pier-bell', 'pier-clock'];
  const acme = await startBackstage({
    name: 'names',
    files: { 'all.yaml': names.map(name => aComponent(name)).join('---\n') },
  });
  const silent = await new StandInBackstage([servedComponent('lost')]).listen();
  onTestFinished(async () => {
    await acme.kill();
    silent.close();
  });
  const { workbench } = await open({
    write,
    settings: {
      'callboard.catalog.sources': [
        { type: 'backstage', url: acme.url, name: 'Acme', hold: 'referenced' },
        { type: 'backstage', url: silent.url, name: 'Old Town', hold: 'referenced' },
      ],
    },
  });
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.openView('Sources');
  await workbench.treeItem(/^Acme, Backstage, /).waitFor();
  await workbench.treeItem(/^Old Town, Backstage, /).waitFor();
  // It delays every later request.
  silent.fault = ({ url }) => url.searchParams.has('fullTextFilterTerm');
  await workbench.runCommand('Callboard: Go to Entity…');
  await workbench.quickInput.getByText('Go to Entity', { exact: true }).waitFor();
  const input = workbench.quickInput.locator('input').first();
  await input.fill('pier');
  const row = (text: string) => workbench.quickInput.getByRole('option').filter({ hasText: text });
  await row('component:default/pier-clock').waitFor();
  // Below the local results, under the name of its source.
  await workbench.quickInput.getByText('on Acme', { exact: true }).waitFor();
  const shown = await workbench.quickInputRows.allInnerTexts();
  expect(shown.map(text => /default\/([\w-]+)/.exec(text)?.[1])).toEqual([
    'pier',
    'pier-bell',
    'pier-clock',
  ]);
  await workbench.screenshot(inProject('out', 'e2e', 'backstage-names.png'));
  await input.press('ArrowDown');
  await input.press('ArrowDown');
  await input.press('Enter');
  const portal = workbench.webview();
  await portal.getByRole('heading', { level: 1, name: 'pier-clock' }).waitFor();

  // A reference to an entity that only the other one has doesn't wait for it either.
  await workbench.openFile('catalog-info.yaml');
  await workbench.focusEditor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  dependsOn:\n    - pier-b');
  const offered = page.locator('.suggest-widget').getByText('component:pier-bell').first();
  // A late result is there on the next request.
  const ask = async (): Promise<boolean> => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Space');
    return offered.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(ask).toBe(true);
  await workbench.screenshot(inProject('out', 'e2e', 'backstage-completion.png'));
  await page.keyboard.press('Escape');

  // A fetched entity is found among the local ones; an unknown ref is reported.
  await workbench.runCommand('Callboard: Go to Entity…');
  await input.fill('component:default/pier-rope');
  await row('Find component:default/pier-rope').waitFor();
  await input.press('Enter');
  await portal.getByText('component:default/pier-rope is not in the catalog.').waitFor();
});

test('validates, registers and unregisters descriptors on a Backstage', async ({ open }) => {
  let buoys = aComponent('buoy');
  const web = createServer((request, response) => {
    const isThere = request.url === '/buoys.yaml';
    response.writeHead(isThere ? 200 : 404).end(isThere ? buoys : '');
  });
  await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  const [acme, town] = await Promise.all([
    startBackstage({
      name: 'commands',
      files: { 'all.yaml': aComponent('configured') },
      reads: [host],
      keepsOrphans: true,
    }),
    new StandInBackstage([OLD]).listen(),
  ]);
  onTestFinished(async () => {
    await acme.kill();
    web.close();
    town.close();
  });
  const { workbench } = await open({
    write,
    viewport: { width: 1280, height: 900 },
    settings: {
      'callboard.catalog.sources': [
        { type: 'backstage', url: acme.url, name: 'Acme', color: 'blue' },
        { type: 'backstage', url: town.url, name: 'Old Town', color: 'purple' },
      ],
    },
  });
  const { page } = workbench;
  const { keyboard } = page;
  const shot = (name: string): Promise<void> =>
    workbench.screenshot(inProject('out', 'e2e', `backstage-${name}.png`));
  const notification = (text: string | RegExp) =>
    workbench.notifications.filter({ hasText: text }).first();
  const dialog = page.locator('.monaco-dialog-box');
  await workbench.openContainer('Callboard');
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench.treeItem(/^configured, Component.*from Acme/).waitFor();
  await workbench.treeItem(/^pier-old, Component.*from Old Town/).waitFor();

  // The page shows the other name, with its actions.
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('pier', 'pier');
  const portal = workbench.webview();
  await portal.getByText('Registered under another name in Old Town').waitFor();
  await shot('renamed');

  // The editor's text is validated, saved or not.
  await workbench.openFile('catalog-info.yaml');
  await workbench.runCommand('Callboard: Validate with Backstage');
  await workbench.pressOnRow('Enter', 'Acme');
  await notification('Acme found no problems in the entity.').waitFor();
  await workbench.focusEditor();
  await keyboard.press('Control+End');
  await keyboard.type('  dependsOn: [nowhere]\n');
  await workbench.runCommand('Callboard: Validate with Backstage');
  await workbench.pressOnRow('Enter', 'Acme');
  await notification(
    /Acme reported: .*Entity reference "nowhere" had missing or empty kind/,
  ).waitFor();
  await shot('objection');

  // The effect of a registration is shown before it.
  await workbench.runCommand('Callboard: Register in Backstage');
  await workbench.pressOnRow('Enter', 'Acme');
  const input = workbench.quickInput.locator('input').first();
  const register = async (address: string): Promise<void> => {
    await expect.poll(() => input.inputValue()).toContain('github.com/acme/pier');
    await input.fill(address);
    await keyboard.press('Enter');
  };
  await register(`http://${host}/nothing.yaml`);
  await notification(/Acme can't register this location: .*Unable to read url/).waitFor();
  await workbench.runCommand('Callboard: Register in Backstage');
  await workbench.pressOnRow('Enter', 'Acme');
  await register(`http://${host}/buoys.yaml`);
  await dialog.filter({ hasText: '• component:default/buoy' }).waitFor();
  await shot('register');
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await notification(/buoys.yaml is registered in Acme/).waitFor();
  await workbench.treeItem(/^buoy, Component.*from Acme/).waitFor();

  await workbench.runCommand('Callboard: Register in Backstage');
  await workbench.pressOnRow('Enter', 'Acme');
  await register(`http://${host}/buoys.yaml`);
  await notification('This location is already registered in Acme.').waitFor();

  // A renamed entity is an orphan after a refresh and can be deleted.
  const choose = (row: RegExp, item: string, shown: Locator): Promise<void> =>
    // VS Code passes no argument for a row that is redrawn while its menu is open: the command then
    // asks for the entity.
    workbench.untilShown(shown, async () => {
      if (await workbench.quickInput.isVisible()) await keyboard.press('Escape');
      await workbench.chooseFromMenu(workbench.treeItem(row), item, 'Backstage');
    });
  buoys = aComponent('lantern');
  const refreshes = dialog.filter({ hasText: 'Refresh component:default/buoy in Acme?' });
  await choose(/^buoy, Component/, 'Refresh in Backstage', refreshes);
  await dialog.getByRole('button', { name: 'Refresh', exact: true }).click();
  await notification(
    /Acme has updated component|component:default\/buoy is an orphan in Acme/,
  ).waitFor();
  // The server may have processed either one first.
  const lantern = workbench.treeItem(/^lantern, Component.*from Acme/);
  await expect
    .poll(
      async () => {
        await workbench.runCommand('Callboard: Refresh All Sources');
        return lantern.count();
      },
      { timeout: PATIENCE, interval: 2000 },
    )
    .toBe(1);
  // It becomes an orphan when the server has stitched it again.
  const buoy = `${acme.url}/api/catalog/entities/by-name/component/default/buoy`;
  await expect
    .poll(async () => (await (await fetch(buoy)).text()).includes('backstage.io/orphan'))
    .toBe(true);
  const deletes = dialog.filter({ hasText: 'Delete component:default/buoy from Acme?' });
  await choose(/^buoy, Component/, 'Unregister from Backstage…', deletes);
  await shot('orphan');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await workbench.treeItem(/^buoy, Component/).waitFor({ state: 'detached' });

  // A registered location can be removed; a configured one can't.
  const unregisters = dialog.filter({ hasText: 'Unregister this location from Acme?' });
  await choose(/^lantern, Component/, 'Unregister from Backstage…', unregisters);
  await dialog.filter({ hasText: '• component:default/lantern' }).waitFor();
  await shot('unregister');
  await dialog.getByRole('button', { name: 'Unregister', exact: true }).click();
  await workbench.treeItem(/^lantern, Component/).waitFor({ state: 'detached' });
  const refusal = notification(/can't be unregistered\. It comes from .*all\.yaml/);
  await choose(/^configured, Component/, 'Unregister from Backstage…', refusal);
});
