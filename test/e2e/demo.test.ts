import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { themeClasses, themeStyles } from '../component/support/themes';
import { testInOneWindow } from '../support/callboardTest';
import type { Theme } from '../support/openCallboard';
import type { Workbench } from '../support/workbench';

// Tests of the demo in one window.

const viewport = { width: 1600, height: 900 };
/** Too low for a page of docs: content further down must be scrolled to. */
const low = { width: 1600, height: 500 };

const test = testInOneWindow({
  folder: 'demo',
  viewport,
  settings: { 'callboard.portal.openOnStartup': true },
}).extend<{ workbench: Workbench }>({
  workbench: async ({ callboard: { workbench } }, use) => use(workbench),
});

test('opens the home page only in a window without editors', async ({ workbench }) => {
  const components = workbench.view('Catalog').getByRole('treeitem', { name: /^Components/ });
  await components.waitFor();
  await workbench.webview().locator('.app-nav [aria-current=page]', { hasText: 'Home' }).waitFor();
  await workbench.closeAll();
  await workbench.openFile('people.yaml');
  await workbench.reload('people.yaml');
  await components.waitFor();
  await workbench.tab('people.yaml').waitFor();
  expect(await workbench.tab('Callboard').count()).toBe(0);
});

test('restores a page and its history after a reload', async ({ workbench }) => {
  await showPage(workbench, 'booking-service');
  const page = workbench.webview();
  await page.getByRole('tab', { name: 'Problems' }).click();
  await page.getByRole('tab', { name: 'Problems', selected: true }).waitFor();
  // As the window stores the page: JSON in JSON.
  await workbench.reload('tab\\');
  await page.getByRole('tab', { name: 'Problems', selected: true }).waitFor();
  await page.getByRole('heading', { level: 1, name: /Booking Service/ }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
});

test('opens and leaves pages by keyboard', async ({ workbench }) => {
  await workbench.runCommand('Callboard: Open Portal');
  const page = workbench.webview();
  const box = page.getByRole('combobox', { name: 'Find an entity' });
  await box.waitFor();
  await expect
    .poll(async () => {
      await workbench.page.keyboard.press('Tab');
      return box.evaluate(element => element === document.activeElement);
    })
    .toBe(true);
  await workbench.page.keyboard.type('fare engine');
  await page.getByRole('option', { name: /Fare/i }).first().waitFor();
  await workbench.page.keyboard.press('Enter');
  await page.locator('.entity-page h1').filter({ hasText: /fare/i }).waitFor();
  await workbench.page.keyboard.press('Alt+ArrowLeft');
  await box.waitFor();
});

test('opens an entity page, goes to its line and shows edits', async ({ workbench }) => {
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('gate-service');
  const page = workbench.webview();
  await page.getByRole('heading', { level: 1, name: /Gate/i }).waitFor();

  await page
    .getByRole('link', { name: 'Edit', exact: true })
    .first()
    .click({ modifiers: ['Control'] });
  await workbench.focusedEditor('gate-service').waitFor();
  // The name is selected; the title is on the line below.
  await workbench.page.keyboard.press('ArrowDown');
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.type(' of the Harbour');
  // The text of open editors counts, saved or not.
  await page.getByRole('heading', { level: 1, name: /Gate Service of the Harbour/ }).waitFor();
});

test('reads docs by keyboard and previews edits beside them', async ({ workbench }) => {
  await workbench.runCommand('Callboard: Open Docs…');
  await workbench.choose('Crew Handbook');
  const reader = workbench.webview();
  await reader.locator('callboard-docs-article h1').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'docs.png'));

  const edit = reader.getByRole('link', { name: 'Edit', exact: true });
  await edit.focus();
  await workbench.page.keyboard.press('Enter');
  await workbench.focusedEditor('Welcome aboard').waitFor();
  // The file's address begins with `vscode-remote:` in this window, as on any remote machine.
  await workbench.editorAction('Preview Docs to the Side').click();
  await expect.poll(() => workbench.page.locator('iframe.webview.ready').count()).toBe(1);
  await workbench.page.keyboard.press('Control+1');
  await workbench.focusedEditor('Welcome aboard').waitFor();
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.type('\n\nWritten while you look.\n');
  const preview = workbench.webview();
  const typed = preview.getByText('Written while you look.');
  await typed.waitFor();
  // The page scrolls with the text.
  await workbench.page.keyboard.insertText('\nOne more.\n'.repeat(40));
  await workbench.page.keyboard.press('Control+Home');
  await expect.poll(() => preview.locator('html').evaluate(() => window.scrollY)).toBe(0);
  await workbench.page.keyboard.press('Control+End');
  await expect
    .poll(() => preview.locator('html').evaluate(() => window.scrollY))
    .toBeGreaterThan(200);
  await workbench.screenshot(inProject('out', 'e2e', 'docs-preview.png'));
});

test('announces rows of the Docs view by name', async ({ workbench }) => {
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Docs');
  const handbook = view.getByRole('treeitem', { name: /^Crew Handbook, / });
  await workbench.expand(handbook);
  await view.getByRole('treeitem', { name: 'Welcome aboard', exact: true }).waitFor();
});

test('goes to an operation of any API and to its page', async ({ workbench }) => {
  await workbench.runCommand('Callboard: Go to Operation');
  await workbench.type('cancel a booking', { expectRow: 'DELETE' });
  const row = workbench.quickInputRows.filter({ hasText: 'DELETE' }).first();
  await row.hover();
  await row.getByRole('button', { name: 'Show on API Page' }).click();
  const tree = workbench.webview().getByRole('tree', { name: 'Operations' });
  const operation = tree.getByRole('treeitem', { selected: true }).first();
  await operation.getByRole('heading', { name: 'Responses' }).waitFor();
  expect(await operation.locator('.tree-row').first().textContent()).toContain('DELETE');
});

test('finds an API operation by keyboard and goes to its line', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('booking-api');
  const page = workbench.webview();
  await page.getByRole('tab', { name: 'Overview' }).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await page.getByRole('tab', { name: 'API', exact: true, selected: true }).waitFor();

  const tree = page.getByRole('tree', { name: 'Operations' });
  const filter = page.getByRole('searchbox', { name: 'Filter' }).first();
  await filter.waitFor();
  await expect
    .poll(async () => {
      await keyboard.press('Tab');
      return filter.evaluate(element => element.matches(':focus'));
    })
    .toBe(true);
  await keyboard.type('cancel');
  await expect.poll(() => tree.getByRole('treeitem').count()).toBe(1);
  await keyboard.press('Tab');
  await keyboard.press('ArrowRight');
  await tree.getByRole('heading', { name: 'Responses' }).waitFor();
  await keyboard.press('Enter');
  await workbench.focusedEditor('operationId: cancelBooking').waitFor();
  // The operation's method is selected.
  await workbench.page.keyboard.type('put');
  await workbench.focusedEditor('put:').waitFor();
});

test('finds a page by a phrase and scrolls to its heading', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  await workbench.page.setViewportSize(low);
  await workbench.openSearch();
  await keyboard.type('"six letters, never"');
  await workbench.pressOnRow('Enter', 'Numbers worth knowing');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  const heading = workbench.webview().getByRole('heading', { name: 'Numbers worth knowing' });
  await heading.waitFor();
  await expect.poll(async () => (await heading.boundingBox())?.y ?? Infinity).toBeLessThan(450);
});

test('finds a service by a misspelled name', async ({ workbench }) => {
  await workbench.openSearch();
  await workbench.page.keyboard.type('bokking servcie');
  await workbench.pressOnRow('Enter', 'Booking Service');
  await workbench.tab('Booking Service').waitFor();
  await workbench.webview().getByRole('heading', { name: 'Booking Service' }).first().waitFor();
});

test('finds an operation by its path and opens it on its API page', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  await workbench.page.setViewportSize(low);
  await workbench.openSearch();
  await keyboard.type('delete /bookings/{number}');
  await workbench.pressOnRow('Enter', 'DELETE /bookings/{number}APIs');
  const tree = workbench.webview().getByRole('tree', { name: 'Operations' });
  const operation = tree.getByRole('treeitem', { selected: true }).first();
  await operation.getByRole('heading', { name: 'Responses' }).waitFor();
  expect(await operation.locator('.tree-row').first().textContent()).toContain('DELETE');
});

test('previews a search result with Right Arrow at the end of the text', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  const input = workbench.quickInput.locator('input').first();
  await workbench.openSearch();
  await keyboard.type('fare engine');
  await workbench.quickInputRows.filter({ hasText: 'Fare Engine' }).first().waitFor();
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowLeft');
  await keyboard.type('X');
  expect(await input.inputValue()).toBe('fare enginXe');
  await keyboard.press('Backspace');
  await keyboard.press('End');
  await workbench.pressOnRow('ArrowRight', 'Fare Engine');
  await workbench.tab('Fare Engine').waitFor();
  await workbench.webview().getByRole('heading', { name: 'Fare Engine' }).first().waitFor();
  expect(await input.evaluate(element => element.matches(':focus'))).toBe(true);
  await workbench.pressOnRow('Alt+Enter', 'Fare Engine');
  await workbench.focusedEditor('fare-engine').waitFor();
  await workbench.quickInput.waitFor({ state: 'hidden' });
});

test('offers recent and saved searches', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  const input = workbench.quickInput.locator('input').first();
  const rows = workbench.quickInputRows;
  await workbench.openSearch();
  await keyboard.type('harbour');
  await workbench.pressOnRow('Enter', 'Harbour');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.openSearch();
  // A list that is being filled may have a row twice.
  const harbourIn = (group: string) =>
    rows.filter({ hasText: group }).filter({ hasText: 'harbour' }).first();
  await harbourIn('recent searches').waitFor();
  await workbench.pressRowButton(harbourIn('recent searches'), 'Save Search');
  await harbourIn('saved searches').waitFor();
  await workbench.pressOnRow('Enter', 'harbour');
  await expect.poll(() => input.inputValue()).toBe('harbour ');
  await workbench.pressOnRow('Escape', 'Harbour');
  await workbench.quickInput.waitFor({ state: 'hidden' });
});

test('opens a longer form as a page and reports missing values', async ({ workbench }) => {
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Templates');
  await view.getByRole('treeitem', { name: /^Included with Callboard/ }).waitFor();
  await view.getByRole('treeitem', { name: /^Sailing report/ }).click();
  const portal = workbench.webview();
  await portal.getByRole('heading', { name: 'Sailing report' }).waitFor();
  await portal.getByRole('textbox', { name: /^Name/ }).fill('Empty Seats');
  await workbench.page.keyboard.press('Tab');
  await portal.getByText('Allowed as the first character').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'templates-form.png'));
});

/** The themes of component tests, by their names in VS Code's list. */
const listed: Readonly<Record<Theme, string>> = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  contrast: 'Dark High Contrast',
};

test('gives component tests the same colors as VS Code', async ({ workbench }) => {
  await workbench.runCommand('Callboard: Open Portal');
  const page = workbench.webview();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  for (const [theme, name] of Object.entries(listed) as [Theme, string][]) {
    await workbench.chooseTheme(name);
    const expected = variablesIn(themeStyles(theme));
    const given = await page.locator(`body.${themeClasses[theme]}`).evaluate((_, names) => {
      const style = getComputedStyle(document.documentElement);
      const valueOf = (each: string) => style.getPropertyValue(each).replaceAll('"', "'").trim();
      return Object.fromEntries(names.map(each => [each, valueOf(each)]));
    }, Object.keys(expected));
    expect.soft(given).toEqual(expected);
  }
});

async function showPage(workbench: Workbench, name: string): Promise<void> {
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose(name);
  await workbench.webview().locator('.entity-page').waitFor();
}

/** The variables of a style sheet with one rule. */
function variablesIn(styles: string): Readonly<Record<string, string>> {
  const declarations = styles.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm);
  return Object.fromEntries([...declarations].map(([, name = '', value = '']) => [name, value]));
}
