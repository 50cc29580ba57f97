import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { generateOrganization } from '../../../bench/organization';
import { removeAtEnd } from '../../../scripts/lib/processes.mjs';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { byKeyboard, byMouse, type Person } from '../../support/people';
import { violationsInThemes } from '../support/axe';
import { demoFiles, filesBelow, test } from '../support/portalPage';

// Typical journeys through the portal, with each input device.

interface Catalog {
  readonly name: string;
  readonly files: () => Readonly<Record<string, string>>;
  readonly user: string;
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
    files: demoFiles,
    user: 'user:default/bruno.capstan',
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
    files: largeOrganization,
    user: 'user:default/ada',
    checkout: {
      title: 'Checkout',
      owner: 'till-crew',
      broken: ['shop-crew', 'shop-front', 'receipts', 'receipt-mailer'],
    },
    api: { title: 'till-api', consumers: ['receipts', 'shop-front'] },
    withoutDocs: ['Checkout', 'till-0000', 'till-0750', 'till-1499'],
  },
];

/**
 * A large organization with all its names: ten thousand entities, including one very large team.
 */
function largeOrganization(): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-organization-'));
  removeAtEnd(folder);
  generateOrganization(folder, { entities: 8_500, decoys: 500 });
  const tills = Array.from({ length: 1_500 }, (_, index) => `till-${`${index}`.padStart(4, '0')}`);
  const docs = { annotations: { 'backstage.io/techdocs-ref': 'dir:.' } };
  const owner = 'till-crew';
  return {
    ...filesBelow(folder),
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
  };
}

const people: Readonly<Record<string, (page: Page) => Person>> = {
  mouse: byMouse,
  keyboard: byKeyboard,
};

test.for(
  catalogs.flatMap(catalog =>
    Object.entries(people).map(([device, as]) => [catalog.name, device, catalog, as] as const),
  ),
)('completes typical journeys in %s by %s', async ([, , catalog, as], { open }) => {
  const { page } = await open({
    page: { page: 'home' },
    files: catalog.files(),
    user: catalog.user,
    viewport: { width: 1440, height: 900 },
  });
  await page.getByRole('region', { name: 'Catalog Health' }).waitFor();
  // The page itself reads ten thousand entities.
  const reading = page.getByText('Loading the catalog…');
  await reading.waitFor({ state: 'detached', timeout: 200_000 });
  const journey = { page, person: as(page), looks: catalog.looks ?? (async () => {}) };
  await whoOwnsCheckout(journey, catalog.checkout);
  await whoConsumesTheApi(journey, catalog.api);
  await whatOfMineLacksDocs(journey, catalog.withoutDocs);
});

interface Journey {
  readonly page: Page;
  readonly person: Person;
  /** Checks the page on the way. */
  readonly looks: (page: Page) => Promise<void>;
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

  await person.use(page.getByRole('link', { name: 'Open Graph' }));
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
  await person.write(page.getByRole('combobox', { name: 'Filter by text' }), title);
  await page.getByRole('heading', { name: `APIs (1) · “${title}”` }).waitFor();
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
  await person.use(page.getByRole('link', { name: 'Components without docs' }));
  await person.use(page.getByRole('checkbox', { name: 'Owned by Me' }));
  await page
    .getByRole('heading', { name: new RegExp(`^Components \\(${names.length}\\)`) })
    .waitFor();
  const rows = page.getByRole('rowheader');
  expect((await rows.allTextContents()).map(name => name.trim())).toEqual(names);
  await looks(page);
}

function tab(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name });
}

async function expectAccessible(page: Page): Promise<void> {
  // Loading content fades in: until then it has little contrast.
  await expect.poll(() => page.locator('.state-loading').count()).toBe(0);
  expect(await violationsInThemes(page)).toEqual([]);
}
