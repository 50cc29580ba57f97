import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';

test('shows an OpenAPI definition accessibly in all themes', async ({ open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: 'api:default/booking-api', tab: 'api' },
  });
  await page.getByRole('treeitem', { name: '/bookings' }).first().click();
  await page.getByRole('heading', { name: 'Request Body' }).waitFor();
  await page.locator('.token').first().waitFor();
  const picture = inProject('out', 'component', 'api.png');
  await page.screenshot({ path: picture, fullPage: true });
  expect(await violationsInThemes(page)).toEqual([]);
});

test('opens an operation by keyboard and follows it to its line', async ({ open }) => {
  const { page, calls } = await open({
    page: { page: 'entity', entityRef: 'api:default/booking-api', tab: 'api' },
  });
  const tree = page.getByRole('tree', { name: 'Operations' });
  await tree.getByRole('treeitem').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const operation = tree.getByRole('treeitem', { expanded: true }).first();
  await operation.getByRole('heading', { name: 'Responses' }).waitFor();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({
      target: { type: 'source', file: 'file:///work/booking/apis/openapi.yaml' },
    });
});

test("selects and reveals the operation in the page's anchor", async ({ open }) => {
  const { page } = await open({
    page: {
      page: 'entity',
      entityRef: 'api:default/booking-api',
      tab: 'api',
      anchor: '/delete /bookings/{number}',
    },
    viewport: { width: 1200, height: 500 },
  });
  const tree = page.getByRole('tree', { name: 'Operations' });
  const item = tree.getByRole('treeitem', { selected: true }).first();
  await item.getByRole('heading', { name: 'Responses' }).waitFor();
  expect(await item.locator('.tree-row').first().textContent()).toMatch(/DELETE.*bookings/s);
  await expect.poll(async () => (await item.boundingBox())?.y).toBeLessThan(500);
});

test('filters operations by text', async ({ open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: 'api:default/booking-api', tab: 'api' },
  });
  await page.getByRole('searchbox', { name: 'Filter' }).first().fill('cancel delete');
  const tree = page.getByRole('tree', { name: 'Operations' });
  await expect.poll(() => tree.getByRole('treeitem').count()).toBe(1);
  expect(await tree.textContent()).toContain('/bookings/{number}');
});

test.for([
  ['fares-api', 'OpenAPI 3.1.0', '/quotes'],
  ['checkout-trpc', 'tRPC', 'holdSeats'],
  ['timetable-api', 'GraphQL', 'QUERY'],
  ['timetable-mcp', 'Model Context Protocol', 'https://mcp.example.com/timetable/v1'],
  ['vessel-positions', 'Protocol Buffers', 'RPC'],
  ['sailing-events', 'AsyncAPI 3.0.0', 'publishSailings'],
] as const)('shows the operations of %s', async ([name, format, operation], { open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: `api:default/${name}`, tab: 'api' },
  });
  await page.getByText(format).first().waitFor();
  await page.getByRole('tree').first().getByText(operation).first().waitFor();
  expect(await page.locator('.problem').count()).toBe(0);
  await page.screenshot({ path: inProject('out', 'component', `${name}.png`), fullPage: true });
});

test('reports a problem of a definition and links to its position', async ({ open }) => {
  const { page, calls } = await open({
    files: {
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: orders }
spec:
  type: openapi
  lifecycle: production
  owner: me
  definition: |
    openapi: 3.1.0
    info: { title: Orders, version: '1' }
    paths:
      /orders:
        get:
          sumary: All of them
`,
    },
    page: { page: 'entity', entityRef: 'api:default/orders', tab: 'api' },
  });
  await page.getByText('The property "sumary" is not expected here').click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { range: { start: { line: 13, character: 10 } } } });
});
