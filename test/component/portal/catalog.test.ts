import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const themes = ['dark', 'light', 'contrast'] as const;

test.for(themes)('shows the components of the demo (%s)', async (theme, { open }) => {
  const { page } = await open({
    page: { page: 'catalog' },
    theme,
    user: 'user:default/nell.foghorn',
  });
  await page.getByRole('grid', { name: /All Components \(\d+\)/ }).waitFor();
  await page
    .getByRole('row', { name: /Booking Service/ })
    .first()
    .waitFor();
  await page.screenshot({ path: `out/component/catalog-${theme}.png` });
  expect(await violationsOf(page)).toEqual([]);
});
