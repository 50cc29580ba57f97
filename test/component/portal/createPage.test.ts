import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { aDescriptor, documents } from '../../support/descriptors';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';

function aTemplate(name: string, title: string, type: string, tags: readonly string[]): string {
  return `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: ${name}
  title: ${title}
  description: Makes ${title} with docs and tests.
  tags: [${tags.join(', ')}]
spec:
  type: ${type}
  owner: crew
  steps: []
`;
}

const files = {
  'org.yaml': aDescriptor('group:crew', {}, { title: 'The Crew' }),
  'templates.yaml': documents(
    aTemplate('go', 'Go Service', 'service', ['recommended', 'go']),
    aTemplate('rust', 'Rust Service', 'service', ['rust']),
    aTemplate('site', 'Web Site', 'website', ['react']),
  ),
};

const titlesOf = (page: Page): Promise<string[]> =>
  page.locator('.create-category h2, .create-card h3').allTextContents();

test('lists templates by category accessibly', async ({ open }) => {
  const { page } = await open({ page: { page: 'create' }, files });
  await page.getByRole('heading', { name: 'Go Service' }).waitFor();
  expect(await titlesOf(page)).toEqual([
    'service',
    'Go Service',
    'Rust Service',
    'website',
    'Web Site',
  ]);
  const card = page.getByRole('article', { name: 'Go Service' });
  await card.getByRole('link', { name: 'The Crew' }).waitFor();
  await card.getByText('recommended').waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
});

test('filters by text and category and restores the filters on return', async ({ open }) => {
  const { page } = await open({ page: { page: 'create' }, files });
  await page.getByRole('searchbox', { name: 'Filter templates' }).fill('crew rust');
  await expect.poll(() => titlesOf(page)).toEqual(['service', 'Rust Service']);
  await page.getByRole('combobox', { name: 'Category' }).selectOption('website');
  await page.getByText('No templates match.').waitFor();
  await page.getByText('Clear Filters').click();
  await expect.poll(async () => (await titlesOf(page)).length).toBe(5);
  await page.getByRole('combobox', { name: 'Category' }).selectOption('website');
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect.poll(() => titlesOf(page)).toEqual(['website', 'Web Site']);
});

test('starts a template, stars it and opens the import by keyboard', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'create' }, files });
  const followed = async (): Promise<unknown> =>
    (await calls()).filter(({ method }) => method === 'portal/follow').at(-1)?.params;
  await page.getByRole('button', { name: 'Star Web Site' }).focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await titlesOf(page)).slice(0, 2))
    .toEqual(['Starred', 'Web Site']);
  await page.getByRole('link', { name: 'Choose Go Service' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(followed).toMatchObject({
    target: { command: 'callboard.templates.start', arguments: ['template:default/go'] },
  });
  await page.getByRole('link', { name: 'Register Existing Component' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(followed).toMatchObject({ target: { command: 'callboard.import' } });
});

test('opens the APIs page with the number of components of each', async ({ open }) => {
  const { page } = await open({
    page: { page: 'home' },
    files: {
      'a.yaml': documents(
        aDescriptor('api:orders', { type: 'openapi', lifecycle: 'production', owner: 'crew' }),
        aDescriptor('component:shop', { providesApis: ['orders'] }),
        aDescriptor('component:cart', { consumesApis: ['orders'] }),
        aDescriptor('component:till', { consumesApis: ['orders'] }),
      ),
    },
  });
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const tab = pages.getByRole('button', { name: 'APIs' });
  await tab.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'All APIs (1)' }).waitFor();
  expect(await tab.getAttribute('aria-current')).toBe('page');
  const cells = page.getByRole('row', { name: /orders/ }).getByRole('gridcell');
  expect((await cells.allTextContents()).map(text => text.trim())).toEqual(
    expect.arrayContaining(['openapi', 'production', '1', '2']),
  );
  expect(await violationsInThemes(page)).toEqual([]);
});
