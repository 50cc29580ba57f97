import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { testInOneWindow } from '../support/callboardTest';
import { aComponent } from '../support/descriptors';
import { TestRepository } from '../support/gitRepository';
import { GitHttpServer } from '../support/gitServer';
import { InputCounter } from '../support/inputCounter';
import type { Workbench } from '../support/workbench';

// Journeys in the packed window, with the clicks and keys that `docs/design/journeys.md` promises. Each begins on Home.

const test = testInOneWindow({
  folder: 'demo',
  viewport: { width: 1280, height: 800 },
  settings: { 'callboard.portal.openOnStartup': true, 'callboard.user': 'bruno.capstan' },
});

interface Journey {
  readonly name: string;
  readonly mouse: Way;
  readonly keyboard?: Way;
}

/** @param world.address - clone URL of a repository */
type Way = (workbench: Workbench, world: { readonly address: string }) => Promise<void>;

const journeys: readonly Journey[] = [
  {
    name: 'Owner and impact of an entity',
    async mouse(workbench) {
      const page = workbench.webview();
      await page.getByRole('combobox', { name: 'Find an entity' }).click();
      await workbench.page.keyboard.type('checkout');
      await page.getByRole('option', { name: /^Checkout procedures/ }).click();
      await showsImpact(workbench);
    },
    async keyboard(workbench) {
      await search(workbench, 'checkout proc', 'Checkout procedures');
      await showsImpact(workbench);
    },
  },
  {
    name: 'Consumers of an API',
    async mouse(workbench) {
      await openPage(workbench, 'APIs');
      const row = workbench.webview().getByRole('rowheader', { name: 'Timetable API' });
      await row.getByRole('link').first().click();
      await showsConsumers(workbench);
    },
    async keyboard(workbench) {
      await search(workbench, 'timetable api', 'Timetable API');
      await showsConsumers(workbench);
    },
  },
  {
    name: 'My components without docs',
    async mouse(workbench) {
      const page = workbench.webview();
      await page.getByRole('link', { name: 'Components without docs' }).click();
      await page.getByRole('checkbox', { name: 'Owned by Me' }).click();
      await showsMissingDocs(workbench);
    },
    async keyboard(workbench) {
      const page = workbench.webview();
      await page.getByRole('combobox', { name: 'Find an entity' }).focus();
      await tabTo(workbench.page, page.getByRole('link', { name: 'Components without docs' }));
      await workbench.page.keyboard.press('Enter');
      await tabTo(workbench.page, page.getByRole('checkbox', { name: 'Owned by Me' }));
      await workbench.page.keyboard.press('Space');
      await showsMissingDocs(workbench);
    },
  },
  {
    name: 'Read a page of docs and edit it',
    async mouse(workbench) {
      await openPage(workbench, 'Docs');
      const page = workbench.webview();
      await page.getByRole('heading', { name: 'Crew Handbook' }).getByRole('link').click();
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await workbench.focusedEditor('Welcome aboard').waitFor();
    },
    async keyboard(workbench) {
      await search(workbench, 'welcome aboard', 'Welcome aboard');
      const page = workbench.webview();
      await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
      await workbench.page.keyboard.press('e');
      await workbench.focusedEditor('Welcome aboard').waitFor();
    },
  },
  {
    name: 'From a phrase to its heading',
    async mouse(workbench) {
      await openPage(workbench, 'Search');
      const page = workbench.webview();
      await page.locator('.search-query input:focus').waitFor();
      await workbench.page.keyboard.type('"six letters"');
      await page.getByRole('link', { name: 'Numbers worth knowing' }).click();
      await showsPhrase(workbench);
    },
    async keyboard(workbench) {
      await search(workbench, '"six letters"', 'Numbers worth knowing');
      await showsPhrase(workbench);
    },
  },
  {
    name: 'Wrong owner',
    async mouse(workbench) {
      await workbench.webview().getByRole('link', { name: 'dangling-reference' }).click();
      const problem = workbench.treeItem(/^warning, .*team-welcom,/);
      await problem.hover();
      await problem.getByRole('button', { name: 'Fix…' }).click();
      await choose(workbench, 'Change to "team-welcome"');
      await workbench.treeItem(/team-welcom,/).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'Scaffold and open',
    async mouse(workbench) {
      const page = workbench.webview();
      const { keyboard } = workbench.page;
      await page.getByRole('link', { name: 'Website' }).click();
      await page.getByLabel('Name').and(page.locator(':focus')).waitFor();
      await keyboard.type('pier');
      await page.getByLabel('Description').click();
      await keyboard.type('Piers');
      await page.getByRole('combobox', { name: 'Owner' }).click();
      await page.getByRole('option', { name: /^Welcome/ }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Review' }).last().click();
      await page.getByRole('navigation', { name: 'Files' }).waitFor();
      await page.getByRole('main').getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('link', { name: 'pier', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'pier' }).waitFor();
    },
    async keyboard(workbench) {
      const page = workbench.webview();
      const { keyboard } = workbench.page;
      await openPalette(workbench);
      await keyboard.type('create from');
      await focusedRow(workbench, 'Callboard: Create from Template…');
      await keyboard.press('Enter');
      await workbench.quickInputRows.filter({ hasText: 'Sailing report' }).waitFor();
      await keyboard.type('website');
      await focusedRow(workbench, 'Website');
      await keyboard.press('Enter');
      await page.getByLabel('Name').and(page.locator(':focus')).waitFor();
      await keyboard.type('pier');
      await keyboard.press('Tab');
      await keyboard.type('Piers');
      await keyboard.press('Tab');
      await keyboard.type('welcome');
      await page.getByRole('option', { name: /^Welcome/ }).waitFor();
      await keyboard.press('Enter');
      await page.getByRole('option', { name: /^Welcome/ }).waitFor({ state: 'detached' });
      await keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Content' }).waitFor();
      await tabTo(workbench.page, page.getByLabel('Title'));
      await keyboard.press('Enter');
      await page.getByRole('navigation', { name: 'Files' }).waitFor();
      await keyboard.press('Control+Enter');
      const created = page.getByRole('link', { name: 'pier', exact: true });
      await page.getByRole('status').getByText('Completed').waitFor();
      await tabTo(workbench.page, created);
      await keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'pier' }).waitFor();
    },
  },
  {
    name: 'Add a git source',
    async mouse(workbench, { address }) {
      await openPage(workbench, 'Create');
      await workbench.webview().getByRole('link', { name: 'Add Source…' }).click();
      await workbench.quickInput.locator('input:focus').waitFor();
      await paste(workbench, address);
      await choose(workbench, 'Git Repository');
      await choose(workbench, 'All Except Users, Groups and Templates');
      await choose(workbench, 'Workspace Settings');
      await workbench.treeItem(/^pier, git repository, 1 entity/).waitFor();
    },
    async keyboard(workbench, { address }) {
      const { keyboard } = workbench.page;
      await openPalette(workbench);
      await keyboard.type('add source');
      await focusedRow(workbench, 'Callboard: Add Source…');
      await keyboard.press('Enter');
      await workbench.quickInput.filter({ hasText: 'Add Source' }).waitFor();
      await paste(workbench, address);
      for (const row of ['Git Repository', 'All Except Users', 'User Settings']) {
        await focusedRow(workbench, row);
        await keyboard.press('Enter');
      }
      await workbench.treeItem(/^pier, git repository, 1 entity/).waitFor();
    },
  },
  {
    name: 'Import existing repositories',
    async mouse(workbench) {
      await openPage(workbench, 'Create');
      await workbench.webview().getByRole('link', { name: 'Register Existing Component' }).click();
      await choose(workbench, 'fleet/deck-gateway');
      await workbench.quickInput.getByRole('button', { name: 'OK' }).click();
      await choose(workbench, 'By version');
      await choose(workbench, 'Decide Later');
      await choose(workbench, 'Write 1 file');
      await workbench.tab('catalog-info.yaml').waitFor();
    },
    async keyboard(workbench) {
      const { keyboard } = workbench.page;
      await openPalette(workbench);
      await keyboard.type('callboard: import');
      await focusedRow(workbench, 'Callboard: Import…');
      await keyboard.press('Enter');
      await workbench.quickInputRows.filter({ hasText: 'fleet/deck-gateway' }).waitFor();
      await keyboard.press('ArrowDown');
      await focusedRow(workbench, 'booking/services/booking-service');
      for (let down = 1; down <= 3; down++) await keyboard.press('ArrowDown');
      await focusedRow(workbench, 'fleet/deck-gateway');
      await keyboard.press('Space');
      await keyboard.press('Enter');
      for (const row of ['By version', 'Decide Later', 'Write 1 file']) {
        await focusedRow(workbench, row);
        await keyboard.press('Enter');
      }
      await workbench.tab('catalog-info.yaml').waitFor();
    },
  },
  {
    name: 'Rename a team',
    async mouse(workbench) {
      const { keyboard } = workbench.page;
      await workbench.expand(workbench.treeItem(/^Groups/));
      await workbench.treeItem(/^Welcome, Group/).click();
      await workbench.page.locator('.monaco-editor.focused').waitFor();
      // The lenses show that the language server runs.
      await workbench.editor.locator('.codelens-decoration:visible').first().waitFor();
      await keyboard.press('F2');
      await workbench.page.locator('.rename-box input:focus').waitFor();
      await keyboard.type('hosts');
      await keyboard.press('Enter');
      await workbench.page.getByRole('button', { name: 'Apply', exact: true }).click();
      await workbench.focusedEditor('name: hosts').waitFor();
    },
    async keyboard(workbench) {
      const page = workbench.webview();
      const { keyboard } = workbench.page;
      await search(workbench, 'welcome', 'Welcome');
      await page.getByRole('heading', { level: 1, name: 'Welcome' }).waitFor();
      await keyboard.press('F2');
      await workbench.quickInput.getByText('Rename team-welcome').waitFor();
      await keyboard.type('hosts');
      await keyboard.press('Enter');
      await workbench.quickInput.getByText('Team on GitHub').waitFor();
      await keyboard.press('Enter');
      await page.getByText('group:default/hosts').first().waitFor();
    },
  },
];

const promised = promisedCounts();
let address = '';

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-journeys-'));
  new TestRepository(join(folder, 'pier')).commit({
    'catalog-info.yaml': aComponent('lighthouse'),
  });
  const server = await GitHttpServer.start(folder);
  address = server.url('pier/.git');
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
});

for (const { name, ...devices } of journeys) {
  for (const device of ['mouse', 'keyboard'] as const) {
    const act = devices[device];
    if (!act) continue;
    test(`${name}, by ${device}`, async ({ callboard: { workbench } }) => {
      await workbench.runCommand('Callboard: Open Portal');
      await workbench.webview().getByRole('link', { name: 'Components without docs' }).waitFor();
      const counter = await InputCounter.of(workbench.page);
      const counts = await counter.count(() => act(workbench, { address }));
      await workbench.screenshot(
        inProject('out', 'e2e', `journey-${name.replaceAll(' ', '-')}-${device}.png`),
      );
      const unsaved = workbench.page.locator('.tabs-container .tab.dirty');
      if (await unsaved.count()) {
        // The next test replaces what is on disk, and waits until the catalog has it.
        await workbench.runCommand('File: Save All');
        await unsaved.first().waitFor({ state: 'detached' });
      }
      expect(counts).toEqual(promised.get(`${name}, ${device}`));
    });
  }
}

/** Reads rows `| journey | clicks and keys by mouse | keys by keyboard | …` of the table. */
function promisedCounts(): ReadonlyMap<string, unknown> {
  const text = readFileSync(inProject('docs', 'design', 'journeys.md'), 'utf8');
  const counts = new Map<string, unknown>();
  for (const line of text.split('\n')) {
    const [, name = '', mouse = '', keyboard = ''] = line.split('|').map(cell => cell.trim());
    for (const [device, cell] of Object.entries({ mouse, keyboard })) {
      const [, clicks = '0'] = /(\d+) clicks?/.exec(cell) ?? [];
      const [, keys = '0'] = /(\d+) keys?/.exec(cell) ?? [];
      counts.set(`${name}, ${device}`, { clicks: Number(clicks), keys: Number(keys) });
    }
  }
  return counts;
}

/** Clicks on a row of the list below the input field. */
async function choose({ quickInputRows }: Workbench, text: string): Promise<void> {
  await quickInputRows.filter({ hasText: text }).first().click();
}

/** Waits until Enter would choose a row. */
async function focusedRow({ quickInput }: Workbench, text: string): Promise<void> {
  await quickInput.locator('.monaco-list-row.focused').filter({ hasText: text }).waitFor();
}

/** A webview that had the focus before the palette could take it from the prompt of a command: see `openQuickAccess`. */
async function openPalette(workbench: Workbench): Promise<void> {
  await workbench.leaveWebview();
  await workbench.page.keyboard.press('F1');
  await workbench.quickInput.locator('input:focus').waitFor();
}

async function paste({ page }: Workbench, text: string): Promise<void> {
  await page.evaluate(copied => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}

async function openPage(workbench: Workbench, name: string): Promise<void> {
  const pages = workbench.webview().getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name, exact: true }).click();
}

/** Finds something from anywhere with Search…, and opens the first result. */
async function search(workbench: Workbench, text: string, row: string): Promise<void> {
  const { page, quickInput } = workbench;
  await page.keyboard.press('Shift+Alt+S');
  await quickInput.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  await focusedRow(workbench, row);
  // Until all results are there, the list is built again.
  await quickInput.locator('.monaco-progress-container.active').waitFor({ state: 'detached' });
  await focusedRow(workbench, row);
  await page.keyboard.press('Enter');
}

async function tabTo(
  { keyboard }: Page,
  target: ReturnType<ReturnType<Workbench['webview']>['getByRole']>,
): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate(element => element.matches(':focus'))) return;
    await keyboard.press('Tab');
  }
  throw new Error('Not reached with Tab.');
}

async function showsImpact(workbench: Workbench): Promise<void> {
  const page = workbench.webview();
  await page.getByRole('heading', { level: 1, name: 'Checkout procedures' }).waitFor();
  await page.locator('.entity-facts').getByRole('link', { name: 'Booking' }).first().waitFor();
  await page.getByRole('region', { name: 'Impact' }).getByText('Owners to Notify').waitFor();
}

async function showsConsumers(workbench: Workbench): Promise<void> {
  const card = workbench.webview().getByRole('region', { name: 'Consumers' });
  await card.getByRole('link', { name: 'Booking Service', exact: true }).waitFor();
}

async function showsMissingDocs(workbench: Workbench): Promise<void> {
  const page = workbench.webview();
  await page.getByRole('heading', { name: /^Components \(2\)/ }).waitFor();
  await page.getByRole('rowheader', { name: 'fare-rules' }).waitFor();
}

/** Whether the page shows the heading, and marks it and the words. */
async function showsPhrase(workbench: Workbench): Promise<void> {
  const page = workbench.webview();
  await page.locator('.is-found', { hasText: 'Numbers worth knowing' }).waitFor();
  const marked = () =>
    page
      .locator('html')
      .evaluate(() =>
        [...(CSS.highlights.get('docs-search') ?? [])].map(range => (range as Range).toString()),
      );
  await expect.poll(marked).toContain('six letters');
}
