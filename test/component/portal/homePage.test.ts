import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { aDescriptor } from '../../support/descriptors';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';

const me = 'user:default/bruno.capstan';

test('renders accessibly in all themes', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' }, user: me });
  await page.getByText('Components without docs').waitFor();
  await page.screenshot({ path: inProject('out', 'component', 'home.png') });
  expect(await violationsInThemes(page)).toEqual([]);
});

test('finds an entity by a few letters and opens it by keyboard', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  await page.getByRole('combobox', { name: 'Find an entity' }).focus();
  await page.keyboard.type('booking serv');
  await page.getByRole('option', { name: /^Booking Service/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking Service');
});

test('opens the typed entity when Enter precedes the results', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  const box = page.getByRole('combobox', { name: 'Find an entity' });
  await box.fill('booking');
  await page.getByRole('option', { name: /^Booking Service/ }).waitFor();
  await box.evaluate((input: HTMLInputElement) => {
    input.value = 'booking serv';
    input.dispatchEvent(new Event('input'));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
  });
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking Service');
});

test('updates search results with the catalog and keeps the selection', async ({ open }) => {
  const { page, write } = await open({ page: { page: 'home' }, files: {} });
  await page.getByRole('combobox', { name: 'Find an entity' }).fill('ferry');
  await page.getByRole('option', { name: 'No matching entities' }).waitFor();
  await write('catalog-info.yaml', aDescriptor('component:ferry-two'));
  await page.getByRole('option', { name: 'ferry-two' }).waitFor();
  await write('other.yaml', aDescriptor('component:ferry'));
  await page.getByRole('option', { name: /^ferry Component/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('h1').textContent()).toContain('ferry-two');
});

test('links each health figure to the entities it counts', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  const health = page.getByRole('region', { name: 'Catalog Health' });
  const counted = await health.getByText(/^\d+ of 21$/).textContent();
  const missing = Number.parseInt(counted ?? '', 10);
  await health.getByRole('link', { name: 'Components without docs' }).click();
  await page.getByRole('heading', { name: `Components (${missing}) · Without Docs` }).waitFor();
});

test("links a system's entity count to its entities", async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  const number = page.getByRole('link', { name: /^Booking: \d+ entities$/ });
  const text = (await number.textContent()) ?? '';
  await number.click();
  await page
    .getByRole('heading', { name: `Entities (${Number.parseInt(text, 10)}) · Booking` })
    .waitFor();
});

test('offers to set the user only while it is unknown', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'home' } });
  await page.getByRole('link', { name: 'Set Your User…' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { command: 'callboard.setUser' } });
  const known = await open({ page: { page: 'home' }, user: me });
  await known.page.getByRole('heading', { name: 'Needs Attention' }).waitFor();
  expect(await known.page.getByText('Set your user').count()).toBe(0);
});

test('hides empty cards', async ({ open }) => {
  const { page } = await open({
    page: { page: 'home' },
    files: { 'a.yaml': aDescriptor('system:a') },
  });
  await page.getByRole('heading', { name: 'Catalog Health' }).waitFor();
  const titles = await page.locator('.home-page .card h2').allTextContents();
  expect(titles.map(title => title.trim())).toEqual(['Systems', 'Catalog Health']);
});

test('moves, hides, shows and resets cards', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  const titles = (): Promise<string[]> => page.locator('.home-page .card h2').allTextContents();
  await expect.poll(titles).toContain('Catalog Health');
  const before = (await titles()).map(title => title.trim());
  await page.getByRole('button', { name: 'Arrange Cards' }).click();
  await page.getByRole('button', { name: 'Move Forward: Catalog Health' }).click();
  await expect
    .poll(async () => (await titles()).map(title => title.trim()).indexOf('Catalog Health'))
    .toBe(before.indexOf('Catalog Health') - 1);
  await page.getByRole('button', { name: 'Hide: Catalog Health' }).click();
  await expect.poll(titles).not.toContain('Catalog Health');
  await page.getByRole('button', { name: 'Catalog Health', exact: true }).click();
  await expect
    .poll(async () => (await titles()).map(title => title.trim()))
    .toContain('Catalog Health');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(async () => (await titles()).map(title => title.trim())).toEqual(before);
});

test('offers to import projects in a workspace without entities', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'home' }, files: { 'README.md': '# None' } });
  await page.getByText('No entities found in this workspace.').waitFor();
  await page.getByRole('link', { name: 'Find Projects to Import' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { command: 'callboard.import' } });
});
