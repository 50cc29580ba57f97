import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';
import { manyTexts, shopDocs } from '../support/shopDocs';

const docsOf = { page: 'entity', entityRef: 'component:default/shop', tab: 'docs' } as const;

const files = shopDocs(`# Features

Text with [a link](guide/setup.md#second) and [an entity](/catalog/default/component/shop).

## Below

${manyTexts}
`);

test("shows docs on their entity's page", async ({ open }) => {
  const { page } = await open({ page: docsOf, files });
  await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await page.getByRole('navigation', { name: 'Pages of Shop' }).waitFor();
  await page.getByRole('navigation', { name: 'On this page' }).waitFor();
  // The page already names the entity.
  expect(await page.locator('.docs-entities').count()).toBe(0);
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'entity-docs.png') });
});

test('navigates between pages on the tab and stores the current page', async ({ open }) => {
  const { page, calls } = await open({ page: docsOf, files });
  const shown = async (): Promise<unknown> =>
    (await calls()).findLast(({ method }) => method === 'portal/shown')?.params;
  await expect.poll(shown).toEqual({ page: { ...docsOf, anchor: 'index.md' }, title: 'shop' });
  await page.getByRole('link', { name: 'a link' }).click();
  const second = page.getByRole('heading', { name: 'Second' });
  await expect.poll(async () => (await second.boundingBox())?.y).toBeLessThan(400);
  expect(await shown()).toMatchObject({ page: { ...docsOf, anchor: 'guide/setup.md#second' } });
  expect(await page.getByRole('tab', { name: 'Docs' }).getAttribute('aria-selected')).toBe('true');
  await page
    .getByRole('navigation', { name: 'On this page' })
    .getByRole('link', { name: 'First' })
    .click();
  await expect.poll(shown).toMatchObject({ page: { ...docsOf, anchor: 'guide/setup.md#first' } });
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
});

test('searches the docs with a key and opens the result on the tab', async ({ open }) => {
  const { page } = await open({ page: docsOf, files });
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('second');
  await page.getByRole('option', { name: /Second/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Setup', level: 1 }).waitFor();
  await page.getByRole('tab', { name: 'Docs', selected: true }).waitFor();
});

test('shows edits and keeps the scroll position', async ({ open }) => {
  const { page, write } = await open({ page: docsOf, files });
  await page.getByRole('link', { name: 'Below' }).click();
  const below = page.getByRole('heading', { name: 'Below' });
  await expect.poll(async () => (await below.boundingBox())?.y).toBeLessThan(100);
  await page.evaluate(() => window.scrollTo(0, 900));
  await write('docs/index.md', files['docs/index.md'].replace('Text with', 'A *new* text with'));
  await page.getByText('new', { exact: true }).waitFor({ state: 'attached' });
  // The catalog changes too: the docs card is rendered again.
  await write(
    'catalog-info.yaml',
    files['catalog-info.yaml'].replace('name: shop', 'name: shop\n  title: The Shop'),
  );
  await page.getByRole('heading', { name: 'The Shop', level: 1 }).waitFor({ state: 'attached' });
  await expect
    .poll(async () => {
      const requests = await page.evaluate(() => window.fakeHost.requests);
      return requests.filter(method => method === 'portal/getEntityCard').length;
    })
    .toBeGreaterThan(1);
  await write('docs/index.md', files['docs/index.md'].replace('Text with', 'A *newer* text with'));
  await page.getByText('newer', { exact: true }).waitFor({ state: 'attached' });
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - 900)).toBeLessThan(60);
});

test('syncs scrolling with the Markdown editor in both directions', async ({ open }) => {
  const { page, calls } = await open({ page: { ...docsOf, anchor: 'guide/setup.md' }, files });
  const heading = page.getByRole('heading', { name: 'Second' });
  const line = Number(await heading.getAttribute('data-line'));
  const place = { site: 'file:///work', path: 'guide/setup.md' };
  await page.evaluate(at => window.fakeHost.notify('portal/revealLine', at), { ...place, line });
  await expect.poll(async () => Math.round((await heading.boundingBox())?.y ?? 0)).toBe(45);
  await page.mouse.move(600, 400);
  // A scroll right after the editor has moved the page is an echo of that.
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, -60);
      return (await calls()).findLast(({ method }) => method === 'portal/scrolled')?.params;
    })
    .toEqual({ ...place, line: expect.any(Number) });
});

test('opens the same page in the reader', async ({ open }) => {
  const { page } = await open({ page: { ...docsOf, anchor: 'guide/setup.md' }, files });
  await page.getByRole('link', { name: 'Open in Reader' }).click();
  await page.getByRole('group', { name: 'Entities with these docs' }).waitFor();
  await page.getByRole('heading', { name: 'Setup', level: 1 }).waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Open in Reader' }).count()).toBe(0);
});

test('offers to add TechDocs and shows docs after they are added', async ({ open }) => {
  const { 'catalog-info.yaml': descriptor, 'docs/index.md': index, ...others } = files;
  const { page, write } = await open({
    page: docsOf,
    files: { 'catalog-info.yaml': descriptor.replace(/ {2}annotations:\n.*\n/, '') },
  });
  await page.getByText('This entity has no docs.').waitFor();
  await page.getByRole('link', { name: 'Add TechDocs' }).waitFor();
  const loaded = await page.evaluate(() => customElements.get('callboard-docs-page') !== undefined);
  expect(loaded, 'the reader is loaded with the first docs').toBe(false);
  await write('docs/index.md', index);
  await write('mkdocs.yml', others['mkdocs.yml']);
  await write('catalog-info.yaml', descriptor);
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
});
