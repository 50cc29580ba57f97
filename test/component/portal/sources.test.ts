import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { aComponent } from '../../support/descriptors';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';

const here = {
  'shop.yaml': aComponent('shop', { type: 'service', owner: 'tills', dependsOn: ['resource:db'] }),
  'cart.yaml': aComponent('cart'),
};
const there = {
  'shop.yaml': aComponent('shop', { type: 'website', owner: 'front', system: 'trade' }),
  'basket.yaml': aComponent('basket'),
};

test('shows the changes to a source accessibly', async ({ open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: 'component:default/shop' },
    files: here,
    source: { files: there },
  });
  const card = page.getByRole('region', { name: 'Changes' });
  await card.getByText('Changes in Portal after replacing').waitFor();
  await page.locator('.source-mark', { hasText: 'Portal' }).waitFor();
  expect(await card.locator('.field').allInnerTexts()).toEqual([
    'spec.type\n−\nwebsite\n+\nservice',
    'spec.owner\n−\nfront\n+\ntills',
    'spec.system\n−\ntrade',
    'spec.dependsOn\n+\nresource:db',
    'dependsOn\n+\ndb',
    'ownedBy\n−\nfront\n+\ntills',
    'partOf\n−\ntrade',
  ]);
  await page.screenshot({
    path: inProject('out', 'component', 'sources.png'),
    fullPage: true,
  });
  expect(await violationsInThemes(page)).toEqual([]);
});

test("shows the age of a source that can't be fetched", async ({ open }) => {
  const { page } = await open({
    page: { page: 'entity', entityRef: 'component:default/shop' },
    files: here,
    source: { files: there, isOld: true },
  });
  await page.locator('.source-mark', { hasText: /^also in Portal, as of .*19(?:69|70)/ }).waitFor();
});

test('shows a renamed entity and unregisters its old name by keyboard', async ({ open }) => {
  const renamed = [
    {
      oldRef: 'component:default/basket',
      ref: 'component:default/cart',
      file: 'cart.yaml',
      sourceId: 'portal',
      isOrphan: false,
    },
  ];
  const { page, calls } = await open({
    page: { page: 'entity', entityRef: 'component:default/cart' },
    files: here,
    source: { files: there, renamed },
  });
  const card = page.getByRole('region', { name: 'Changes' });
  await card.getByText('Registered under another name in Portal').waitFor();
  await card.getByText('Unregister…').focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({
      target: {
        command: 'callboard.instances.unregister',
        arguments: [{ entityRef: 'component:default/basket', sourceId: 'portal' }],
      },
    });
  await card.getByRole('link', { name: 'basket' }).click();
  await page.getByRole('heading', { level: 1, name: 'basket' }).waitFor();
  await page.getByText('Still in Portal').waitFor();
  await page.locator('.source-mark', { hasText: 'Portal' }).waitFor();
});
