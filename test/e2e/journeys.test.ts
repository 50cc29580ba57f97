import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { testInOneWindow } from '../support/callboardTest';
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
  readonly mouse: (workbench: Workbench) => Promise<void>;
  readonly keyboard: (workbench: Workbench) => Promise<void>;
}

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
];

const promised = promisedCounts();

for (const { name, ...devices } of journeys) {
  for (const device of ['mouse', 'keyboard'] as const) {
    test(`${name}, by ${device}`, async ({ callboard: { workbench } }) => {
      await workbench.runCommand('Callboard: Open Portal');
      await workbench.webview().getByRole('link', { name: 'Components without docs' }).waitFor();
      const counter = await InputCounter.of(workbench.page);
      const counts = await counter.count(() => devices[device](workbench));
      await workbench.screenshot(
        inProject('out', 'e2e', `journey-${name.replaceAll(' ', '-')}-${device}.png`),
      );
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

async function openPage(workbench: Workbench, name: string): Promise<void> {
  const pages = workbench.webview().getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name, exact: true }).click();
}

/** Finds something from anywhere with Search…, and opens the first result. */
async function search({ page, quickInput }: Workbench, text: string, row: string): Promise<void> {
  await page.keyboard.press('Shift+Alt+S');
  await quickInput.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  await quickInput.locator('.monaco-list-row.focused').filter({ hasText: row }).waitFor();
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
