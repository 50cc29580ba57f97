import { expect } from 'vitest';
import { testInOneWindow } from '../support/callboardTest';

const test = testInOneWindow({ folder: 'demo', viewport: { width: 1600, height: 900 } });

test('a person goes to an operation of any API, and from it to its page', async ({
  callboard: { workbench },
}) => {
  await workbench.runCommand('Callboard: Go to Operation');
  await workbench.type('cancel a booking', { expectRow: 'DELETE' });
  const row = workbench.quickInputRows.filter({ hasText: 'DELETE' }).first();
  await row.hover();
  await row.getByRole('button', { name: 'Show in the Page of the API' }).click();
  const tree = workbench.webview().getByRole('tree', { name: 'Operations' });
  const operation = tree.getByRole('treeitem', { selected: true }).first();
  await operation.getByRole('heading', { name: 'Responses' }).waitFor();
  expect(await operation.locator('.tree-row').first().textContent()).toContain('DELETE');
});

test('a person finds an operation of an API by keyboard, and goes to its line', async ({
  callboard: { workbench },
}) => {
  const { keyboard } = workbench.page;
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('booking-api');
  const page = workbench.webview();
  await page.getByRole('tab', { name: 'Overview' }).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await page.getByRole('tab', { name: 'API', exact: true, selected: true }).waitFor();

  const tree = page.getByRole('tree', { name: 'Operations' });
  const filter = page.getByRole('textbox', { name: 'Filter' }).first();
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
  // What is selected is the method of the operation.
  await workbench.page.keyboard.type('put');
  await workbench.focusedEditor('put:').waitFor();
});
