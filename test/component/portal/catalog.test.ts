import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { violationsInThemes, violationsOf } from '../support/axe';
import { manyEntities } from '../support/manyEntities';
import { test } from '../support/portalPage';
import { showTheme } from '../support/themes';

const few = {
  'catalog-info.yaml': documents(
    aComponent('orders', { owner: 'shop' }),
    aComponent('cart', { owner: 'shop', type: 'website' }),
    aComponent('ledger', { owner: 'money' }),
    aDescriptor('group:shop'),
    aDescriptor('group:money'),
  ),
};

test('leads from the number of descriptors with errors to their problems', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'catalog' } });
  await page.getByRole('link', { name: /^\d+ with errors/ }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({
      target: { command: 'callboard.problems.show', arguments: [{ failed: 'component' }] },
    });
});

test('leaves out columns that do not fit, unless the user chose them', async ({ open }) => {
  const { page } = await open({
    page: { page: 'catalog' },
    viewport: { width: 900, height: 800 },
  });
  const grid = page.locator('.catalog-grid');
  const columns = (): Promise<readonly string[]> =>
    page.getByRole('columnheader').evaluateAll(all => all.map(one => one.textContent.trim()));
  await page.getByRole('columnheader', { name: 'Name' }).waitFor();
  expect(await columns()).toEqual(['Name', 'System', 'Owner', 'Type', 'Lifecycle', 'Actions']);
  expect(await grid.evaluate(one => one.scrollWidth - one.clientWidth)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('columnheader', { name: 'Tags' }).waitFor();
  await page.setViewportSize({ width: 900, height: 800 });
  await page.getByRole('columnheader', { name: 'Tags' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Description' }).check();
  await page.getByRole('columnheader', { name: 'Description' }).waitFor();
});

test("shows the demo's components accessibly in all themes", async ({ open }) => {
  const user = 'user:default/nell.foghorn';
  const { page } = await open({ page: { page: 'catalog' }, user });
  await page.getByRole('grid', { name: /All Components \(\d+\)/ }).waitFor();
  await page
    .getByRole('row', { name: /Booking Service/ })
    .first()
    .waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  const scheme = () => page.evaluate(() => getComputedStyle(document.body).colorScheme);
  expect(await scheme()).toBe('dark');
  await showTheme(page, 'light');
  expect(await scheme()).toBe('normal');
  await showTheme(page, 'contrast');
  expect(await scheme()).toBe('dark');
  await page.getByRole('checkbox', { name: 'Owned by Me' }).check();
  await page.getByRole('heading', { name: /Owned Components \(\d+\)/ }).waitFor();
  for (const menu of ['Columns', 'Export', 'Views']) {
    await page.getByRole('button', { name: menu, exact: true }).click();
    expect(await violationsInThemes(page), menu).toEqual([]);
  }
  const filter = page.getByRole('combobox', { name: 'Filter by text' });
  await filter.fill('nothing has these words');
  await page.getByText('No Components match the filters.').waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
});

test('filters by a predicate and reports an invalid one', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  await page.getByRole('heading', { name: 'All Components (3)' }).waitFor();
  const filter = page.getByRole('combobox', { name: 'Filter by text' });
  await filter.fill('where:{"spec.type": {"$in": ["website"]}}');
  await expect.poll(() => titles(page)).toEqual(['cart']);
  await filter.fill('orders where:{"$or": []}');
  await page.getByText('The predicate is ignored: Unknown operator "$or".').waitFor();
  expect(await filter.getAttribute('aria-invalid')).toBe('true');
  expect(await titles(page)).toEqual(['orders']);
  expect(await violationsInThemes(page)).toEqual([]);
});

test('completes fields, operators and values of a predicate', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  await page.getByRole('heading', { name: 'All Components (3)' }).waitFor();
  const filter = page.getByRole('combobox', { name: 'Filter by text' });
  const options = page.locator('callboard-catalog-text').getByRole('option');
  await filter.fill('where:{"spec.ty');
  await options.filter({ hasText: 'spec.type' }).waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  await filter.press('Enter');
  await expect.poll(() => filter.inputValue()).toBe('where:{"spec.type": ');
  await options.filter({ hasText: 'website' }).waitFor();
  await options.filter({ hasText: 'website' }).click();
  await expect.poll(() => filter.inputValue()).toBe('where:{"spec.type": "website"');
  await filter.press('End');
  await filter.pressSequentially('}');
  await expect.poll(() => titles(page)).toEqual(['cart']);
  expect(await options.count()).toBe(0);
  // Escape closes the list first, then clears the filter.
  await filter.fill('where:{"kind": "api", "met');
  await options.first().waitFor();
  await filter.press('Escape');
  await expect.poll(() => options.count()).toBe(0);
  await filter.press('Escape');
  await expect.poll(() => filter.inputValue()).toBe('');
  await expect.poll(() => titles(page)).toEqual(['cart', 'ledger', 'orders']);
});

test('filters by values with counts and clears the filters', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  await page.getByRole('heading', { name: 'All Components (3)' }).waitFor();
  await page.getByRole('checkbox', { name: 'shop 2' }).check();
  await expect.poll(() => titles(page)).toEqual(['cart', 'orders']);
  await page.getByRole('checkbox', { name: 'service 1' }).check();
  await expect.poll(() => titles(page)).toEqual(['orders']);
  await page.getByRole('checkbox', { name: 'money 1' }).check();
  await expect.poll(() => titles(page)).toEqual(['ledger', 'orders']);
  await page.getByRole('button', { name: 'Owner: shop' }).click();
  await expect.poll(() => titles(page)).toEqual(['ledger']);
  await page.getByRole('button', { name: 'Clear Filters' }).click();
  await expect.poll(() => titles(page)).toEqual(['cart', 'ledger', 'orders']);
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Groups (2)' });
  await expect.poll(() => titles(page)).toEqual(['money', 'shop']);
});

test('sorts by a column and restores filter and order on return', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  await page.getByRole('button', { name: 'Type' }).click();
  await expect.poll(() => titles(page)).toEqual(['ledger', 'orders', 'cart']);
  await page.getByRole('button', { name: 'Type' }).click();
  await expect.poll(() => titles(page)).toEqual(['cart', 'ledger', 'orders']);
  await page.getByRole('combobox', { name: 'Filter by text' }).fill('service');
  await expect.poll(() => titles(page)).toEqual(['ledger', 'orders']);
  await page.getByRole('link', { name: 'orders', exact: true }).click();
  await page.getByRole('heading', { name: 'orders', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.poll(() => titles(page)).toEqual(['ledger', 'orders']);
  const sorted = page.getByRole('columnheader', { name: 'Type' });
  await expect.poll(() => sorted.getAttribute('aria-sort')).toBe('descending');
});

test('remembers selected columns and queries by column names', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Lifecycle' }).uncheck();
  await page.getByRole('checkbox', { name: 'Namespace' }).check();
  await page.keyboard.press('Escape');
  await expect
    .poll(() => page.getByRole('columnheader').allInnerTexts())
    .toEqual(['Name', 'Namespace', 'System', 'Owner', 'Type', 'Description', 'Tags', 'Actions']);
  await page.getByRole('checkbox', { name: 'shop 2' }).check();
  await expect.poll(() => titles(page)).toEqual(['cart', 'orders']);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('textbox', { name: 'View name' }).fill('The shop');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Rename The shop' }).click();
  await page.getByRole('textbox', { name: 'New name for The shop' }).fill('Ours');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Ours', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear Filters' }).click();
  await expect.poll(async () => (await titles(page)).length).toBe(3);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Ours', exact: true }).click();
  await expect.poll(() => titles(page)).toEqual(['cart', 'orders']);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Delete Ours' }).click();
  await page.getByText('No saved views.').waitFor();
});

test('exports the filtered entities as CSV', async ({ open }) => {
  const { page, calls } = await open({
    page: { page: 'catalog', query: { kind: 'component', facets: { type: ['website'] } } },
    files: few,
  });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Export as CSV…' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/save')?.params)
    .toMatchObject({
      name: 'component.csv',
      content: expect.stringMatching(/^ref,[^\n]+\r\ncomponent:default\/cart,[^\n]+\r\n$/),
    });
});

test('fits menus and filters into a narrow window', async ({ open }) => {
  const viewport = { width: 500, height: 700 };
  const { page } = await open({ page: { page: 'catalog' }, files: few, viewport });
  for (const menu of ['Views', 'Columns', 'Export']) {
    await page.getByRole('button', { name: menu, exact: true }).click();
    const box = await page.getByRole('group', { name: menu }).boundingBox();
    expect(box?.x, menu).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0), menu).toBeLessThanOrEqual(viewport.width);
  }
  const edit = await page.getByRole('link', { name: 'Edit cart' }).boundingBox();
  expect((edit?.x ?? Infinity) + (edit?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('checkbox', { name: 'shop 2' }).check();
  await expect.poll(() => titles(page)).toEqual(['cart', 'orders']);
});

test('stars an entity, opens its source and opens it to the side', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'catalog' }, files: few });
  await page.getByRole('button', { name: 'Star cart' }).click();
  await page.getByRole('checkbox', { name: 'Starred 1' }).check();
  await expect.poll(() => titles(page)).toEqual(['cart']);
  await page.getByRole('link', { name: 'Edit cart' }).click();
  await page.getByRole('button', { name: 'Open cart to the Side' }).click();
  await expect
    .poll(async () => (await calls()).filter(({ method }) => method === 'portal/follow'))
    .toMatchObject([
      { params: { target: { type: 'source', file: 'file:///work/catalog-info.yaml' } } },
      { params: { target: { entityRef: 'component:default/cart' }, toSide: true } },
    ]);
});

test('shows the filters in the title', async ({ open }) => {
  const query = {
    kind: 'component',
    only: ['withoutDocs'],
    facets: { type: ['service'] },
  } as const;
  const { page } = await open({ page: { page: 'catalog', query }, files: few });
  await page.getByRole('heading', { name: 'Components (2) · Without Docs · service' }).waitFor();
  await page.getByRole('button', { name: 'Without Docs' }).click();
  await page.getByRole('button', { name: 'Type: service' }).click();
  await page.getByRole('heading', { name: 'All Components (3)' }).waitFor();
});

test('shows the actions of the hovered or focused row', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  const opacity = (name: string): Promise<string> =>
    page
      .getByRole('row', { name })
      .locator('.column-actions')
      .evaluate(actions => getComputedStyle(actions).opacity);
  const cart = page.getByRole('link', { name: 'cart', exact: true });
  await cart.waitFor();
  expect(await opacity('cart')).toBe('0');
  await cart.hover();
  await expect.poll(() => opacity('cart')).toBe('1');
  await page.getByRole('link', { name: 'orders', exact: true }).focus();
  await expect.poll(() => opacity('orders')).toBe('1');
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Edit orders');
});

test('resizes columns by mouse and keyboard and remembers the widths', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: few });
  const widthOf = async (name: string): Promise<number> =>
    (await page.getByRole('columnheader', { name }).boundingBox())?.width ?? 0;
  const before = await widthOf('Name');
  const edge = await page.locator('.column-name > .grid-resize').boundingBox();
  const [x, y] = [(edge?.x ?? 0) + 6, (edge?.y ?? 0) + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 3 });
  await page.mouse.up();
  expect(await widthOf('Name')).toBeCloseTo(before + 60, 0);
  const type = await widthOf('Type');
  await page.getByRole('button', { name: 'Type' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await widthOf('Type')).toBeCloseTo(type + 32, 0);
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Type');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('columnheader', { name: 'Type' }).waitFor();
  await expect.poll(() => widthOf('Type')).toBeCloseTo(type + 32, 0);
  expect(await widthOf('Name')).toBeCloseTo(before + 60, 0);
  await page.locator('.column-name > .grid-resize').dblclick();
  await expect.poll(() => widthOf('Name')).toBeLessThan(before);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => widthOf('Name')).toBeCloseTo(before, 0);
});

test('copies the filtered entities as Markdown and a link to them', async ({ open }) => {
  const query = { kind: 'component', facets: { type: ['website'] } };
  const { page, calls } = await open({ page: { page: 'catalog', query }, files: few });
  for (const entry of ['Copy as Markdown', 'Copy Link']) {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: entry }).click();
  }
  const copied = async (): Promise<unknown> =>
    (await calls())
      .filter(({ method }) => method.startsWith('portal/copy'))
      .map(({ params }) => params);
  await expect
    .poll(copied)
    .toEqual([
      { text: expect.stringContaining('| component:default/cart | cart | website |') as string },
      { page: { page: 'catalog', query } },
    ]);
  await page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' });
});

test('navigates ten thousand rows by keyboard', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: manyEntities(10_000) });
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.textContent?.trim());
  await page.getByRole('link', { name: 'part-00001', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('part-00002');
  await page.keyboard.press('PageDown');
  await expect.poll(focused).toMatch(/^part-000[1-4]\d$/);
  await page.keyboard.press('Control+End');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.ariaLabel))
    .toBe('Edit part-09999');
  await page.keyboard.press('Home');
  await expect.poll(focused).toBe('part-09999');
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toBe('part-09998');
  // It has no system, whose cell is a stop of its own.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(focused).toBe('team-98');
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Edit part-09998');
  await page.keyboard.press('Control+Home');
  await expect.poll(focused).toBe('part-00001');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe('Name');
  expect(await page.locator('.catalog-grid [tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'part-00001', level: 1 }).waitFor();
});

test('keeps focus and scroll position while rows are added', async ({ open }) => {
  const { page, write } = await open({ page: { page: 'catalog' }, files: manyEntities(1_000) });
  const row = page.getByRole('link', { name: 'part-00501', exact: true });
  const grid = page.locator('.catalog-grid');
  await page.getByRole('heading', { name: 'All Components (990)' }).waitFor();
  await grid.evaluate(element => (element.scrollTop = 480 * 28));
  await row.focus();
  const before = await row.boundingBox();
  await write('new/catalog-info.yaml', documents(aComponent('a-first'), aComponent('a-second')));
  await page.getByRole('heading', { name: 'All Components (992)' }).waitFor();
  await expect.poll(async () => (await row.boundingBox())?.y).toBe(before?.y);
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('part-00501');
});

test('shows the loading progress of a large catalog and can be canceled', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' }, files: manyEntities(10_000) });
  await page.getByText('Without an owner').waitFor();
  await page.evaluate(() => (window.fakeHost.slowness = 1));
  await page.getByRole('button', { name: 'Catalog', exact: true }).click();
  const bar = page.getByRole('progressbar');
  await expect.poll(() => bar.getAttribute('value').then(Number)).toBeGreaterThan(0);
  await page.getByText(/\d of 10,000/).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Loading was cancelled.').waitFor();
  await page.evaluate(() => (window.fakeHost.slowness = 0));
  await page.getByRole('button', { name: 'Try Again' }).click();
  await page.getByRole('heading', { name: 'All Components (9,900)' }).waitFor();
});

test('renders only nearby rows of twenty thousand and filters them', async ({ open }) => {
  const { page } = await open({ page: { page: 'catalog' }, files: manyEntities(20_000) });
  await page.getByRole('heading', { name: 'All Components (19,800)' }).waitFor();
  await page.locator('.catalog-grid').evaluate(grid => (grid.scrollTop = grid.scrollHeight));
  await page.getByRole('link', { name: 'part-19999', exact: true }).waitFor();
  expect(await page.locator('.grid-body > .grid-row').count()).toBeLessThan(80);
  await page.getByRole('combobox', { name: 'Filter by text' }).fill('number 1999');
  await page.getByRole('heading', { name: 'Components (12) · “number 1999”' }).waitFor();
});

async function titles(page: Page): Promise<readonly string[]> {
  return page.locator('.grid-body .column-name .entity-title').allInnerTexts();
}
