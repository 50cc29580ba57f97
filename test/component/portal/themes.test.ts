import { expect } from 'vitest';
import { violationsInThemes } from '../support/axe';
import { test } from '../support/portalPage';
import { themeAddress, themeOf, themeStyles } from '../support/themes';

test('reports unreadable colors of each theme', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  await page.getByText('Components without docs').waitFor();
  const unreadable = ':root { --vscode-descriptionForeground: #f8f8f8; }';
  await page.route(`**/${themeAddress('light')}`, route =>
    route.fulfill({ contentType: 'text/css', body: `${themeStyles('light')}${unreadable}` }),
  );
  const found = await violationsInThemes(page);
  expect(found.length).toBeGreaterThan(0);
  for (const violation of found) expect(violation).toMatch(/^light: color-contrast: /);
  expect(await themeOf(page)).toBe('dark');
});
