import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { test } from '../support/portalPage';

// The focus stays with its item when another one appears or disappears above it, and so does a click.

const system = 'shop';
const owner = 'crew';
const org = documents(
  aDescriptor('system:shop', { owner }),
  aDescriptor('group:crew'),
  aDescriptor('group:deck'),
  aDescriptor('api:orders', { owner }),
);
const files = {
  'org.yaml': org,
  'b.yaml': aComponent('bar', { owner, system }),
  'c.yaml': aComponent('cellar', {
    owner,
    system,
    consumesApis: ['no-1'],
    dependsOn: ['component:no-2'],
  }),
};

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('a:focus')?.textContent?.trim());

test('keeps the focus on an entity of a card', async ({ open }) => {
  const { page, write } = await open({
    page: { page: 'entity', entityRef: 'system:default/shop' },
    files,
  });
  const card = page.getByRole('region', { name: 'Has components' });
  const link = (name: string) => card.getByRole('rowheader', { name }).getByRole('link');
  await link('cellar').focus();
  await write('a.yaml', aComponent('attic', { owner, system }));
  await link('attic').waitFor();
  expect(await focused(page)).toBe('cellar');
});

test('keeps the focus on a problem', async ({ open }) => {
  const { page, write } = await open({
    page: { page: 'entity', entityRef: 'component:default/cellar', tab: 'problems' },
    files,
  });
  const problem = (name: string) => page.locator('.problem', { hasText: name });
  await problem('no-1').waitFor();
  await problem('no-2').waitFor();
  const order = await page.locator('.problem').allInnerTexts();
  const isFirst = (order[0] ?? '').includes('no-1');
  const [gone, kept] = isFirst ? (['no-1', 'no-2'] as const) : (['no-2', 'no-1'] as const);
  await problem(kept).getByRole('link').first().focus();
  const left = gone === 'no-1' ? { dependsOn: [`component:${kept}`] } : { consumesApis: [kept] };
  await write('c.yaml', aComponent('cellar', { owner, system, ...left }));
  await problem(gone).waitFor({ state: 'detached' });
  expect(await focused(page)).toContain(kept);
});

test('keeps the focus on an owner of the chart', async ({ open }) => {
  const { page, write } = await open({ page: { page: 'organization' }, files });
  const row = (name: string) =>
    page.getByRole('table').getByRole('rowheader', { name }).getByRole('link');
  await row('crew').focus();
  const many = ['d', 'e', 'f', 'g', 'h'].map(name => aComponent(name, { owner: 'deck' }));
  await write('d.yaml', documents(...many));
  await row('deck').waitFor();
  expect(await focused(page)).toBe('crew');
});
