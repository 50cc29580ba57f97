import { mkdirSync } from 'node:fs';
import type { FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import { generateOrganisation } from '../../bench/organisation';
import { violationsOf } from '../component/support/axe';
import { test } from '../support/callboardTest';
import { aComponent, aDescriptor, documents } from '../support/descriptors';
import type { OpenCallboardOptions } from '../support/openCallboard';
import { byKeyboard, byMouse, type Person } from '../support/people';
import { writeFiles } from '../support/writeFiles';

// What people come to a portal for, in a window of which each theme and each device has its turn.

interface Catalog {
  readonly name: string;
  readonly options: OpenCallboardOptions;
  readonly checkout: {
    readonly title: string;
    readonly owner: string;
    /** Its dependents, with their owners. */
    readonly broken: readonly string[];
  };
  readonly api: {
    readonly title: string;
    readonly consumers: readonly string[];
  };
  readonly withoutDocs: readonly string[];
  readonly looks?: Journey['looks'];
}

const catalogs: readonly Catalog[] = [
  {
    name: 'the demo',
    looks: expectAccessible,
    options: { folder: 'demo', settings: { 'callboard.user': 'bruno.capstan' } },
    checkout: {
      title: 'Checkout procedures',
      owner: 'Booking',
      broken: ['Welcome', 'skerry-line.example.com'],
    },
    api: {
      title: 'Timetable API',
      consumers: ['Booking Service', 'Timetable MCP Server', 'skerry-line.example.com'],
    },
    withoutDocs: ['fare-rules', 'Ticket Mailer'],
  },
  {
    name: 'ten thousand entities',
    options: { write: writeLargeOrganisation, settings: { 'callboard.user': 'ada' } },
    checkout: {
      title: 'Checkout',
      owner: 'till-crew',
      broken: ['shop-crew', 'shop-front', 'receipts', 'receipt-mailer'],
    },
    api: { title: 'till-api', consumers: ['receipts', 'shop-front'] },
    withoutDocs: ['Checkout', 'till-0000', 'till-0750', 'till-1499'],
  },
];

/** Has a team of which there is hardly a larger one, among ten thousand entities with all their names. */
function writeLargeOrganisation(folder: string): void {
  mkdirSync(folder, { recursive: true });
  generateOrganisation(folder, { entities: 8_500, decoys: 500 });
  const tills = Array.from({ length: 1_500 }, (_, index) => `till-${`${index}`.padStart(4, '0')}`);
  const docs = { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } };
  const owner = 'till-crew';
  writeFiles(folder, {
    'tills/mkdocs.yml': 'site_name: Tills\n',
    'tills/docs/index.md': '# Tills\n',
    'tills/org.yaml': documents(
      aDescriptor('group:till-crew'),
      aDescriptor('group:shop-crew'),
      aDescriptor('user:ada', { memberOf: ['till-crew'] }),
    ),
    'tills/checkout.yaml': documents(
      aDescriptor(
        'component:checkout',
        { owner, providesApis: ['till-api'] },
        { title: 'Checkout' },
      ),
      aDescriptor('api:till-api', { owner }),
      aComponent('shop-front', { owner: 'shop-crew', consumesApis: ['till-api'] }),
      aComponent('receipts', {
        owner: 'shop-crew',
        dependsOn: ['component:checkout'],
        consumesApis: ['till-api'],
      }),
      aComponent('receipt-mailer', { owner: 'shop-crew', dependsOn: ['component:receipts'] }),
    ),
    'tills/tills.yaml': documents(
      ...tills.map((name, index) =>
        aDescriptor(`component:${name}`, { owner }, index % 750 && index < 1_499 ? docs : {}),
      ),
    ),
  });
}

type Device = 'mouse' | 'keyboard';

/** As the list of themes calls them and as pages are told, with the device that each has in each catalog. */
const themes: readonly (readonly [theme: string, told: string, devices: readonly Device[]])[] = [
  ['Dark Modern', 'vscode-dark', ['mouse', 'keyboard']],
  ['Light Modern', 'vscode-light', ['keyboard', 'mouse']],
  ['Dark High Contrast', 'vscode-high-contrast', ['mouse', 'keyboard']],
];

test.for(catalogs.map((catalog, index) => [catalog.name, catalog, index] as const))(
  'what people come for is found in %s, in all themes',
  async ([, catalog, index], { open }) => {
    const { workbench } = await open({
      ...catalog.options,
      viewport: { width: 1440, height: 900 },
    });
    await workbench.runCommand('Callboard: Open Portal');
    const page = workbench.webview();
    await tab(page, 'Home').waitFor();
    for (const [theme, told, devices] of themes) {
      await workbench.chooseTheme(theme);
      await page.locator(`body.${told}`).waitFor();
      const person = devices[index] === 'mouse' ? byMouse() : byKeyboard(workbench.page);
      const journey = { page, person, looks: catalog.looks ?? (async () => {}) };
      await whoOwnsCheckout(journey, catalog.checkout);
      await whoConsumesTheApi(journey, catalog.api);
      await whatOfMineLacksDocs(journey, catalog.withoutDocs);
      await person.use(tab(page, 'Home'));
    }
  },
);

interface Journey {
  readonly page: FrameLocator;
  readonly person: Person;
  /** Looks at the page on the way. */
  readonly looks: (page: FrameLocator) => Promise<void>;
}

async function whoOwnsCheckout(
  { page, person, looks }: Journey,
  { title, owner, broken }: Catalog['checkout'],
): Promise<void> {
  await person.write(page.getByRole('combobox', { name: 'Find an entity' }), 'checkout');
  await person.take(page.getByRole('option', { name: new RegExp(`^${title}\\b`) }).first());
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await looks(page);
  await page.locator('.entity-facts').getByRole('link', { name: owner }).first().waitFor();

  await person.use(page.getByRole('link', { name: 'Open the Graph' }));
  await person.use(page.getByRole('button', { name: 'Dependents', exact: true }));
  const dependents = page.getByRole('complementary', { name: 'Dependents' });
  for (const name of broken) await dependents.getByRole('link', { name, exact: true }).waitFor();
  await looks(page);
  await person.use(dependents.getByRole('link', { name: broken[0] ?? '' }));
  await page.getByRole('heading', { level: 1, name: broken[0] ?? '' }).waitFor();
}

async function whoConsumesTheApi(
  { page, person, looks }: Journey,
  { title, consumers }: Catalog['api'],
): Promise<void> {
  await person.use(tab(page, 'Catalog'));
  await person.choose(page.getByRole('combobox', { name: 'Kind' }), 'APIs');
  await page.getByRole('heading', { name: /^All APIs/ }).waitFor();
  await person.write(page.getByRole('searchbox', { name: 'Filter by text' }), title);
  await page.getByRole('heading', { name: 'All APIs (1)' }).waitFor();
  await looks(page);
  await person.openFirstRow(page);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const card = page.getByRole('region', { name: 'Consumers' });
  for (const name of consumers) await card.getByRole('link', { name, exact: true }).waitFor();
}

async function whatOfMineLacksDocs(
  { page, person, looks }: Journey,
  names: readonly string[],
): Promise<void> {
  await person.use(tab(page, 'Home'));
  await person.use(page.getByRole('link', { name: 'Components with docs' }));
  await person.use(page.getByRole('checkbox', { name: 'Owned by Me' }));
  await page.getByRole('heading', { name: `Owned Components (${names.length})` }).waitFor();
  const rows = page.getByRole('rowheader');
  expect((await rows.allTextContents()).map(name => name.trim())).toEqual(names);
  await looks(page);
}

function tab(page: FrameLocator, name: string) {
  return page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name });
}

/** In the colours that the editor gives, and not only in those of component tests. */
async function expectAccessible(page: FrameLocator): Promise<void> {
  const frame = await (await page.locator('html').elementHandle())?.ownerFrame();
  if (!frame) throw new Error('The page is gone.');
  // What is on its way fades in: until then it has little contrast.
  await expect.poll(() => page.locator('.state-loading').count()).toBe(0);
  expect(await violationsOf(frame)).toEqual([]);
}
