import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';
import { showTheme } from '../support/themes';

const files = {
  'a.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: orders }
spec: { type: service, lifecycle: production, owner: nobody }
`,
};
const orders = { page: 'entity', entityRef: 'component:default/orders' } as const;
const hostile = { files, page: orders, isHostile: true } as const;

const cardOf = (page: Page, id: string): Locator => page.locator(`[data-card="${id}"]`);
const askedOf = (page: Page, id: string): Promise<number | undefined> =>
  page.evaluate(card => window.hostile.requestCounts[card], id);

test("shows an error with the plugin's name for a failing card only", async ({ open }) => {
  const { page } = await open(hostile);
  for (const [id, text] of [
    ['throws', 'No such table'],
    ['rejects', 'No connection'],
    ['unknown', 'Can\'t show this card: unknown content type "hologram".'],
    ['nested', 'Can\'t show this card: unknown content type "pie".'],
    ['shapeless', "Can't show this card: its content isn't valid at fields[0].value."],
    ['endless', "Can't show this card: its content isn't valid."],
  ] as const) {
    await cardOf(page, id).getByText(text).waitFor();
    await cardOf(page, id).getByText('Plugin: hostile').waitFor();
  }
  for (const text of ['It acts', 'It subscribes', 'It is good'])
    await page.getByText(text).waitFor();
  await page.getByRole('heading', { name: 'About' }).waitFor();
  // A failed card can be loaded again.
  await cardOf(page, 'throws').getByRole('button', { name: 'Try Again' }).click();
  await expect.poll(() => askedOf(page, 'throws')).toBe(2);
});

test('reports a card that hangs and shows its late content', async ({ open }) => {
  const { page } = await open(hostile);
  await page.getByText('It acts').waitFor();
  const card = cardOf(page, 'hangs');
  await card.getByText('Plugin "hostile" hasn\'t responded yet.').waitFor();
  const before = (await askedOf(page, 'hangs')) ?? 0;
  await card.getByRole('button', { name: 'Try Again' }).click();
  await card.getByText('Loading…').waitFor();
  await expect.poll(() => askedOf(page, 'hangs')).toBe(before + 1);
  await page.evaluate(() => window.hostile.answer());
  await card.getByText('At last').waitFor();
  expect(await card.getByText("hasn't responded").count()).toBe(0);
});

test('reloads a visible card on its event, and keeps focus and scroll position', async ({
  open,
}) => {
  const { page } = await open(hostile);
  const card = cardOf(page, 'counts');
  await card.getByText('Asked 1').waitFor();
  const link = card.getByRole('link', { name: 'row 30' });
  await link.focus();
  const scrolled = await page.evaluate(() => document.scrollingElement?.scrollTop);
  const others = await askedOf(page, 'acts');
  await page.evaluate(() => window.hostile.fire());
  await card.getByText('Asked 2').waitFor();
  expect(await link.evaluate(element => element === document.activeElement)).toBe(true);
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(scrolled);
  expect(await askedOf(page, 'acts')).toBe(others);
  // A burst is one change, or two.
  await page.evaluate(() => {
    for (let i = 0; i < 1000; i++) window.hostile.fire();
  });
  await card.getByText('Asked 3').waitFor();
  expect(await askedOf(page, 'counts')).toBeLessThanOrEqual(4);
  // A card that was empty appears.
  await page.evaluate(() => {
    window.hostile.text = 'Here I am';
    window.hostile.fire();
  });
  await page.getByText('Here I am').waitFor();
  // A hidden card has no listeners and isn't loaded.
  expect(await page.evaluate(() => window.hostile.listeners)).toBe(1);
  await page.getByRole('button', { name: 'Graph' }).click();
  await expect.poll(() => page.evaluate(() => window.hostile.listeners)).toBe(0);
  const requests = await askedOf(page, 'counts');
  await page.evaluate(() => window.hostile.fire());
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByText('Home asked 1').waitFor();
  await page.evaluate(() => window.hostile.fire());
  await page.getByText('Home asked 2').waitFor();
  expect(await askedOf(page, 'counts')).toBe(requests);
});

test('updates the badge of a hidden tab without loading its card', async ({ open }) => {
  const { page } = await open(hostile);
  await page.getByText('It acts').waitFor();
  const before = await askedOf(page, 'acts');
  await page.evaluate(() => {
    window.hostile.badge = 7;
    window.hostile.fire();
  });
  await page.getByRole('tab', { name: 'Hidden 7' }).waitFor();
  expect(await askedOf(page, 'hidden')).toBeUndefined();
  expect(await askedOf(page, 'acts')).toBe(before);
  await page.getByRole('tab', { name: 'Hidden 7' }).click();
  await page.getByText('Behind').waitFor();
  await page.evaluate(() => {
    window.hostile.badge = undefined;
    window.hostile.fire();
  });
  await page.getByRole('tab', { name: 'Hidden', exact: true }).waitFor();
});

test('keeps the page usable while a card fires endlessly', async ({ open }) => {
  const { page } = await open(hostile);
  const card = cardOf(page, 'floods');
  await card.getByText('Flooded 3').waitFor();
  await page.getByRole('tab', { name: 'Raw' }).click();
  await page.getByRole('radio', { name: 'Descriptor as Written' }).waitFor();
});

test('distinguishes tones with enough contrast in all themes', async ({ open }) => {
  const { page } = await open({ ...hostile });
  const card = cardOf(page, 'tones');
  await card.getByText('It is bad').waitFor();
  await cardOf(page, 'hangs').getByText("hasn't responded yet").waitFor();
  for (const theme of ['light', 'contrast', 'dark'] as const) {
    await showTheme(page, theme);
    const colors = await card
      .locator('.toned')
      .evaluateAll(texts => texts.map(text => getComputedStyle(text).color));
    expect(new Set(colors).size, theme).toBe(5);
  }
  await page.screenshot({
    path: inProject('out', 'component', 'hostile.png'),
    fullPage: true,
  });
  expect(await violationsInThemes(page)).toEqual([]);
});
