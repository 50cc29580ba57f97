import { expect } from 'vitest';
import { aDescriptor, documents } from '../../support/descriptors';
import { violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const themes = ['dark', 'light', 'contrast'] as const;
const group = 'group:default/shore-engineering';

test.for(themes)('shows the groups of the demo and one of them (%s)', async (theme, { open }) => {
  const { page } = await open({ page: { page: 'organisation', entityRef: group }, theme });
  await page.getByRole('heading', { name: /Shore Engineering/ }).waitFor();
  await page.getByRole('heading', { name: /Owns \(\d+\)/ }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('goes through the tree by keyboard, and says what a team owns with the groups in it', async ({
  open,
}) => {
  const { page } = await open({ page: { page: 'organisation' } });
  await page.getByText(/Groups: \d+ · People: \d+/).waitFor();
  await page.getByRole('treeitem', { name: 'Skerry Line' }).first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Owns (' }).waitFor();
  const owns = async (): Promise<number> =>
    Number(/\((\d+)\)/.exec(await page.getByRole('heading', { name: 'Owns (' }).innerText())?.[1]);
  const directly = await owns();
  await page.getByRole('radio', { name: 'With the Groups in It' }).check();
  await expect.poll(owns).toBeGreaterThan(directly);
  await page.locator('.bars').getByRole('link', { name: 'Components' }).click();
  await page.getByRole('heading', { name: /All Components \(\d+\)/ }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Owns (' }).waitFor();
});

test('shows groups that contain each other, and people without a group', async ({ open }) => {
  const { page, write } = await open({
    page: { page: 'organisation' },
    files: {
      'catalog-info.yaml': documents(
        aDescriptor('group:a', { parent: 'b' }),
        aDescriptor('group:b', { parent: 'a' }),
        aDescriptor('user:loner'),
      ),
    },
  });
  await page.getByRole('treeitem', { name: 'People without a Group' }).click();
  await page.getByRole('treeitem', { name: 'loner' }).waitFor();
  await page.getByRole('treeitem', { name: /^\s*a\b/ }).click();
  await page.getByRole('treeitem', { name: /^\s*b\b/ }).waitFor();
  await write('catalog-info.yaml', aDescriptor('user:newcomer'));
  await page.getByRole('treeitem', { name: 'newcomer' }).waitFor();
});
