import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes } from '../support/axe';
import { demoFiles, test } from '../support/portalPage';

/** One page per kind and tab, with a text that it shows. */
const pages: readonly (readonly [ref: string, tab: string, text: string])[] = [
  ['component:default/booking-service', 'overview', 'Provided APIs'],
  ['component:default/booking-service', 'relations', 'Dependency of'],
  ['component:default/booking-service', 'docs', 'On this page'],
  ['component:default/booking-service', 'problems', 'No problems.'],
  ['component:default/booking-service', 'inspect', 'At the same origin'],
  ['component:default/booking-service', 'raw', 'Descriptor as Written'],
  ['api:default/booking-api', 'overview', 'Consumers'],
  ['resource:default/booking-db', 'overview', 'Dependency of components'],
  ['system:default/booking', 'overview', 'Has components'],
  ['domain:default/passenger-journey', 'overview', 'Has subdomains'],
  ['group:default/passenger-services', 'overview', 'Include Subgroups'],
  ['group:default/team-booking', 'members', 'Owned Entities'],
  ['user:default/nell.foghorn', 'overview', 'Include Groups'],
  ['location:default/skerry-line', 'overview', 'Targets'],
  ['template:default/typescript-service', 'overview', 'Type'],
  ['component:default/dangling', 'overview', "can't be found in the catalog"],
];

const dangling = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: dangling }
spec: { type: service, lifecycle: deprecated, owner: nobody }
`;

test('renders every kind and tab accessibly', { timeout: 120_000 }, async ({ open }) => {
  const { page } = await open({
    page: { page: 'home' },
    files: { ...demoFiles(), 'dangling.yaml': dangling },
  });
  for (const [entityRef, tab, text] of pages) {
    await show(page, entityRef, tab);
    await page.locator('.entity-page').getByText(text).first().waitFor();
    if (tab === 'raw') await page.locator('.token').first().waitFor();
    const name = `entity-${entityRef.replace(/\W/g, '-')}-${tab}.png`;
    await page.screenshot({ path: inProject('out', 'component', name), fullPage: true });
    expect(await violationsInThemes(page), `${entityRef} ${tab}`).toEqual([]);
  }
});

test('updates a card when a related entity changes', async ({ open }) => {
  const { page, write } = await open({
    files: {
      'a.yaml': component('shop', 'dependsOn: [component:stock]'),
      'b.yaml': component('stock'),
    },
    page: { page: 'entity', entityRef: 'component:default/stock' },
  });
  const card = page.getByRole('region', { name: 'Dependency of components' });
  await card.getByRole('link', { name: 'shop' }).waitFor();
  await write('a.yaml', component('shop'));
  await card.getByText('No component depends on it.').waitFor();
  await write('a.yaml', component('till', 'dependsOn: [component:stock]'));
  await card.getByRole('link', { name: 'till' }).waitFor();
});

test("shows the descriptor's source, copies it and opens its line", async ({ open }) => {
  const { page, calls, write } = await open({
    files: { 'a.yaml': `${component('first')}---\n${component('second')}` },
    page: { page: 'entity', entityRef: 'component:default/second', tab: 'raw' },
  });
  await page.locator('.token-string', { hasText: 'second' }).first().waitFor();
  expect((await page.locator('.code-lines').textContent())?.split('\n')[0]).toBe('6');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = (await calls()).find(({ method }) => method === 'portal/copy')?.params;
  expect(copied).toMatchObject({ text: expect.stringContaining('name: second') as unknown });
  await page.getByRole('radio', { name: 'Descriptor as Written' }).press('ArrowLeft');
  await page.locator('.token-attr', { hasText: '"relations"' }).waitFor();
  await page.getByRole('radio', { name: 'Entity as JSON' }).press('ArrowRight');
  await write('a.yaml', `${component('first')}---\n# Mine\n${component('second')}`);
  await page.locator('.token-comment', { hasText: '# Mine' }).waitFor();
  await page.getByRole('link', { name: 'Open in Editor' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({
      target: { type: 'source', file: 'file:///work/a.yaml', range: { start: { line: 8 } } },
    });
});

test('shows a text of half a megabyte without blocking the page', async ({ open }) => {
  const lines = Array.from(
    { length: 12_000 },
    (_, index) => `      line ${index}: ${'x'.repeat(28)}`,
  );
  const { page, calls } = await open({
    files: {
      'api.yaml': `apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: large }
spec:
  type: openapi
  lifecycle: production
  owner: nobody
  definition: |
${lines.join('\n')}
`,
    },
    page: { page: 'entity', entityRef: 'api:default/large' },
  });
  await page.getByRole('tab', { name: 'Raw' }).click();
  await page.getByText('line 11999').first().waitFor({ state: 'attached' });
  // Off-screen blocks aren't laid out, and nothing is highlighted.
  expect(await page.locator('.code-text .code-block').count()).toBeGreaterThan(100);
  expect(await page.locator('.token').count()).toBe(0);
  await page.getByRole('radio', { name: 'Entity as JSON' }).click();
  await page.getByText('Long lines are truncated').waitFor();
  await page.locator('.token').first().waitFor();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(async () => JSON.stringify(await calls()).length).toBeGreaterThan(400_000);
});

test("links to an entity's problems beside its name", async ({ open }) => {
  const { page } = await open({
    files: { 'a.yaml': component('shop', 'dependsOn: [component:gone]') },
    page: { page: 'entity', entityRef: 'component:default/shop' },
  });
  await page.getByRole('link', { name: '2 problems' }).click();
  await page.getByText('dangling-reference').first().waitFor();
});

function show(page: Page, entityRef: string, tab: string): Promise<void> {
  return page.evaluate(shown => window.fakeHost.notify('portal/show', shown), {
    page: 'entity',
    entityRef,
    tab,
  });
}

function component(name: string, more = ''): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: nobody${more && `, ${more}`} }
`;
}
