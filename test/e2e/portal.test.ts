import { expect } from 'vitest';
import { testInOneWindow } from '../support/callboardTest';
import type { Workbench } from '../support/workbench';

const test = testInOneWindow({ folder: 'demo', viewport: { width: 1600, height: 900 } });

test('a page is where it was when the window is loaded again', async ({
  callboard: { workbench },
}) => {
  await showPage(workbench, 'booking-service');
  const page = workbench.webview();
  await page.getByRole('tab', { name: 'Problems' }).click();
  await page.getByRole('tab', { name: 'Problems', selected: true }).waitFor();
  // As it stands in what the window stores of the page, which is JSON in JSON.
  await workbench.reload('tab\\');
  await page.getByRole('tab', { name: 'Problems', selected: true }).waitFor();
  await page.getByRole('heading', { level: 1, name: /Booking Service/ }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
});

test('pages are reached and left by keyboard', async ({ callboard: { workbench } }) => {
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

test('a person opens the page of an entity, goes to its line, and sees what is saved', async ({
  callboard: { workbench },
}) => {
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('gate-service');
  const page = workbench.webview();
  await page.getByRole('heading', { level: 1, name: /Gate/i }).waitFor();

  await page
    .getByRole('link', { name: 'Edit', exact: true })
    .first()
    .click({ modifiers: ['Control'] });
  await workbench.focusedEditor('gate-service').waitFor();
  // The name is selected; the title stands below it.
  await workbench.page.keyboard.press('ArrowDown');
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.type(' of the Harbour');
  // Texts of open editors count, saved or not.
  await page.getByRole('heading', { level: 1, name: /Gate Service of the Harbour/ }).waitFor();
});

async function showPage(workbench: Workbench, name: string): Promise<void> {
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose(name);
  await workbench.webview().locator('.entity-page').waitFor();
}
