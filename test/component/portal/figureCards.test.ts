import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';
import { showTheme } from '../support/themes';

const component = (name: string): string => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: nobody }
`;
const files = { 'a.yaml': component('orders'), 'b.yaml': component('tea') };
const figures = {
  files,
  page: { page: 'entity', entityRef: 'component:default/orders', tab: 'figures' },
  hasFigures: true,
} as const;

test('shows metrics, ratings, statuses, timelines, tables, charts and Markdown', async ({
  open,
}) => {
  const { page, calls } = await open(figures);
  const card = (type: string) => page.getByRole('region', { name: `A ${type}` });
  await card('metrics').getByText('84.2').waitFor();
  await card('metrics').getByRole('img', { name: 'Rising' }).waitFor();
  await card('rating').getByText('E', { exact: true }).waitFor();
  await card('status').getByText('Running').waitFor();
  expect(await card('timeline').locator('.event-title').allTextContents()).toEqual([
    'Deployed v1.4.2',
    'Deployed v1.4.1',
    'Deploys v1.5.0',
  ]);
  await card('table').getByRole('cell', { name: '1,204' }).waitFor();
  await page.getByRole('table', { name: 'Coverage by week' }).waitFor({ state: 'attached' });
  // Lines without a tone have their own style.
  for (const tone of ['good', 'info']) {
    expect(await card('chart').locator(`.chart-line.tone-${tone}`).count()).toBe(1);
  }
  // A value between nulls is a dot.
  expect(await card('chart').locator('.chart-dot.tone-info').count()).toBe(1);
  // Links keep the tone of a figure.
  for (const figure of ['.figure-value.tone-good', '.grade.tone-bad']) {
    const colors = await page
      .locator(`${figure}:has(> a)`)
      .evaluate(value => [value, ...value.children].map(each => getComputedStyle(each).color));
    expect(new Set(colors).size, figure).toBe(1);
  }
  await card('markdown').locator('strong', { hasText: 'Ada' }).waitFor();
  expect(await card('markdown').locator('script').count()).toBe(0);
  await card('markdown').getByRole('link', { name: 'the runbook' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { type: 'url', url: 'https://example.com/run' } });
  expect(await violationsInThemes(page)).toEqual([]);
  for (const theme of ['light', 'contrast', 'dark'] as const) {
    await showTheme(page, theme);
    const path = inProject('out', 'component', `figures-${theme}.png`);
    await page.screenshot({ path, fullPage: true });
  }
});

test("shows a plugin's column after it is selected and sorts by it", async ({ open }) => {
  const { page } = await open({ ...figures, page: { page: 'catalog' } });
  await page.getByRole('row', { name: /orders/ }).waitFor();
  expect(await page.getByText('6 letters').count()).toBe(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Letters' }).click();
  await page.getByText('6 letters').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Letters' }).getByRole('button').click();
  await expect
    .poll(() => page.locator('.grid-body .column-plugin').allTextContents())
    .toEqual([expect.stringContaining('3 letters'), expect.stringContaining('6 letters')]);
  await page.screenshot({ path: inProject('out', 'component', 'plugin-column.png') });
});
