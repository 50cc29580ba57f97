import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { aComponent } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { freePort, GitHttpServer } from '../../support/gitServer';
import { themes, type Theme } from '../../support/openCallboard';

// The pictures that docs/design/review.md judges: every page at three widths, and the views in a narrow side bar.

const widths = [900, 1280, 1920];

test.for(Object.keys(themes) as Theme[])('every page, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: process.env.CALLBOARD_SHOTS_FOLDER ?? 'demo',
    theme,
    viewport: { width: 1280, height: 800 },
    settings: {
      'callboard.user': 'bruno.capstan',
      'window.commandCenter': false,
      'workbench.editor.useModal': 'off',
    },
  });
  const page = workbench.webview();
  /** Waits until the window has drawn what it knows. */
  const twoFrames = (): Promise<unknown> =>
    workbench.page.evaluate(
      () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  const shot = async (name: string): Promise<void> => {
    for (const width of widths) {
      await workbench.page.setViewportSize({ width, height: 800 });
      // A pointed-at element has its own hover.
      await workbench.page.mouse.move(width / 2, 5);
      await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
      await page.getByText('Laying out').waitFor({ state: 'detached' });
      await twoFrames();
      await workbench.screenshot(inProject('out', 'shots', `review-${name}-${width}-${theme}.png`));
    }
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
  };
  const goTo = (name: string): Promise<void> =>
    page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('button', { name, exact: true })
      .click();

  await workbench.runCommand('Callboard: Open Portal');
  await page.getByRole('link', { name: 'Components without docs' }).waitFor();
  await workbench.runCommand('View: Close Primary Side Bar');
  await shot('home');
  await goTo('Catalog');
  await page.getByRole('rowheader').first().waitFor();
  await shot('catalog');
  await goTo('APIs');
  await page.getByRole('rowheader', { name: 'Timetable API' }).waitFor();
  await shot('apis');
  await goTo('Graph');
  await page.locator('.graph-page .graph-canvas').waitFor();
  await shot('graph');
  await goTo('Organization');
  await page.getByRole('treeitem').first().waitFor();
  await shot('organization');
  await goTo('Docs');
  await page.getByRole('heading', { name: 'Crew Handbook' }).waitFor();
  await shot('docs');
  await page.getByRole('heading', { name: 'Crew Handbook' }).getByRole('link').click();
  await page.locator('callboard-docs-article img[src]').waitFor();
  await shot('reader');
  await goTo('Search');
  await page.getByRole('combobox', { name: 'Search everything' }).fill('booking');
  await page.getByText(/results in \d+ ms$/).waitFor();
  await shot('search');

  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('booking-service');
  await page.getByRole('heading', { level: 1, name: 'Booking Service' }).waitFor();
  await page.locator('.graph-card canvas').waitFor();
  await shot('entity');
  const tabs = await page.getByRole('tab').evaluateAll(all => all.map(tab => tab.dataset['tab']));
  for (const tab of tabs.slice(1)) {
    await page.locator(`[data-tab="${tab}"]`).click();
    await page.locator(`[data-tab="${tab}"][aria-selected=true]`).waitFor();
    await shot(`entity-${tab}`);
  }
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('lost-property');
  await page.getByRole('heading', { level: 1, name: 'Lost Property' }).waitFor();
  await page.locator('[data-tab=problems]').click();
  await shot('entity-problems');

  await goTo('Create');
  const choose = page.getByRole('link', { name: 'Choose Website' });
  await choose.waitFor();
  await shot('create');
  await choose.click();
  await page.getByLabel('Name').waitFor();
  await page.getByLabel('Name').fill('departures');
  await shot('form');
  await page.getByLabel('Description').fill('Shows when boats leave.');
  await page.getByRole('combobox', { name: 'Owner' }).fill('team-timetable');
  await page
    .getByRole('option', { name: /team-timetable/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Content' }).waitFor();
  await shot('form-2');
  await page.getByRole('button', { name: 'Review' }).last().click();
  await page.getByRole('navigation', { name: 'Files' }).waitFor();
  await shot('template-review');
  await page.getByRole('main').getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('status').getByText('Completed').waitFor();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await shot('run');

  await workbench.openWalkthrough('Get Started with Callboard');
  await workbench.page.locator('.step-title', { hasText: 'Open the portal' }).click();
  await shot('walkthrough');
  await workbench.page.keyboard.press('Control+,');
  const editor = workbench.page.locator('.settings-editor');
  await editor.waitFor();
  await editor.locator('.settings-header .monaco-editor').first().click();
  await workbench.page.keyboard.type('@ext:callboard.callboard');
  await editor.getByText('Callboard ›').first().waitFor();
  await shot('settings');
});

test.for(Object.keys(themes) as Theme[])('a narrow side bar, %s', async (theme, { open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  new TestRepository(join(folder, 'lights')).commit({
    'catalog-info.yaml': aComponent('pharos', { owner: 'fleet' }),
  });
  const server = await GitHttpServer.start(folder);
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1000, height: 2000 },
    settings: {
      'callboard.user': 'bruno.capstan',
      'callboard.catalog.sources': [
        { type: 'git', url: server.url('lights/.git'), name: 'Lights of the Northern Coast' },
        { type: 'git', url: `http://127.0.0.1:${await freePort()}/gone.git`, name: 'Old Pier' },
      ],
    },
  });
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.runCommand('Callboard: Show Plugins');
  await workbench.runCommand('Callboard: Show Template Runs');
  for (const name of ['Catalog', 'Docs', 'Templates', 'Catalog Health', 'Sources', 'Plugins']) {
    await workbench.openView(name);
  }
  await workbench.treeItem(/^Old Pier, git repository, fetch failed/).waitFor();
  await workbench.expand(workbench.view('Catalog').getByRole('treeitem', { name: /^Components/ }));
  await workbench.expand(workbench.treeItem(/^Booking Service,/).first());
  const problems = await workbench.openView('Catalog Health');
  await workbench.expand(problems.getByRole('treeitem').first());
  const docs = await workbench.openView('Docs');
  await workbench.expand(docs.getByRole('treeitem').first());
  await workbench.expand(workbench.treeItem(/^Old Pier/));
  const box = await workbench.sideBar.boundingBox();
  if (!box) throw new Error('There is no side bar');
  await page.mouse.move(box.x + box.width, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, 400, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(900, 20);
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.settled();
  await workbench.screenshot(inProject('out', 'shots', `review-side-bar-${theme}.png`));
});
