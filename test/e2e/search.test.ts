import { expect } from 'vitest';
import { testInOneWindow } from '../support/callboardTest';

// Too low for a page of docs: what is further down is gone to, or not in sight.
const test = testInOneWindow({ folder: 'demo', viewport: { width: 1600, height: 500 } });

test('a person finds a page by a phrase that it contains, and gets to its heading', async ({
  callboard: { workbench },
}) => {
  const { keyboard } = workbench.page;
  await workbench.openSearch();
  await keyboard.type('"six letters, never"');
  await workbench.pressOnRow('Enter', 'Numbers worth knowing');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  const heading = workbench.webview().getByRole('heading', { name: 'Numbers worth knowing' });
  await heading.waitFor();
  await expect.poll(async () => (await heading.boundingBox())?.y ?? Infinity).toBeLessThan(450);
});

test('a person finds a service by a misspelt name', async ({ callboard: { workbench } }) => {
  await workbench.openSearch();
  await workbench.page.keyboard.type('bokking servcie');
  await workbench.pressOnRow('Enter', 'Booking Service');
  await workbench.tab('Booking Service').waitFor();
  await workbench.webview().getByRole('heading', { name: 'Booking Service' }).first().waitFor();
});

test('a person finds an operation by its path, and gets to it on the page of its API', async ({
  callboard: { workbench },
}) => {
  const { keyboard } = workbench.page;
  await workbench.openSearch();
  await keyboard.type('delete /bookings/{number}');
  await workbench.pressOnRow('Enter', 'DELETE /bookings/{number}APIs');
  const tree = workbench.webview().getByRole('tree', { name: 'Operations' });
  const operation = tree.getByRole('treeitem', { selected: true }).first();
  await operation.getByRole('heading', { name: 'Responses' }).waitFor();
  expect(await operation.locator('.tree-row').first().textContent()).toContain('DELETE');
});

test('the right arrow shows what is chosen and leaves the search open, where it moves no cursor', async ({
  callboard: { workbench },
}) => {
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

test('what was searched is offered again, is saved, and is what one goes on from', async ({
  callboard: { workbench },
}) => {
  const { keyboard } = workbench.page;
  const input = workbench.quickInput.locator('input').first();
  const rows = workbench.quickInputRows;
  await workbench.openSearch();
  await keyboard.type('harbour');
  await workbench.pressOnRow('Enter', 'Harbour');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.openSearch();
  await rows.filter({ hasText: 'recent searches' }).filter({ hasText: 'harbour' }).waitFor();
  await workbench.pressRowButton(
    rows.filter({ hasText: 'recent searches' }).filter({ hasText: 'harbour' }),
    'Save This Search',
  );
  await rows.filter({ hasText: 'saved searches' }).filter({ hasText: 'harbour' }).waitFor();
  await workbench.pressOnRow('Enter', 'harbour');
  await expect.poll(() => input.inputValue()).toBe('harbour ');
  await workbench.pressOnRow('Escape', 'Harbour');
  await workbench.quickInput.waitFor({ state: 'hidden' });
});
