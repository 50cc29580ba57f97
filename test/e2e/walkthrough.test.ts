import { expect } from 'vitest';
import { test } from '../support/callboardTest';

test('the walkthrough leads through Callboard, and its steps are done when they were taken', async ({
  open,
}) => {
  const { workbench } = await open({ folder: 'test/e2e/workspaces/harbour' });
  const { page } = workbench;
  const steps = () =>
    page
      .locator('.getting-started-step')
      .evaluateAll(all =>
        all.map(step => [
          step.querySelector('.step-title')?.textContent,
          step.querySelector('[role="checkbox"]')?.getAttribute('aria-checked'),
        ]),
      );
  await workbench.openWalkthrough('Get Started with Callboard');
  await expect.poll(steps).toEqual([
    ['See what there is, and whose it is', 'false'],
    ['Mend what is wrong, or ignore it', 'false'],
    ['Go anywhere by a few letters', 'false'],
    ['Describe something new', 'false'],
  ]);

  await page.getByRole('button', { name: 'Open the Catalog' }).click();
  await workbench.treeItem(/^Components/).waitFor();
  await page.getByText('Mend what is wrong, or ignore it').click();
  await page.getByRole('button', { name: 'Show Problems' }).click();
  await workbench
    .view('Problems')
    .getByRole('treeitem', { name: /^broken-buoy/ })
    .waitFor();
  await page.getByText('Go anywhere by a few letters').click();
  await page.getByRole('button', { name: 'Go to Entity…' }).click();
  await workbench.quickInput.getByText('Go to Entity', { exact: true }).waitFor();
  await workbench.pressOnRow('Escape');
  await page.getByText('Describe something new').click();
  await page.getByRole('button', { name: 'New catalog-info.yaml' }).click();
  // The editor takes the focus when the snippet is in it, and an open palette would lose it.
  await workbench.focusedEditor('my-service').first().waitFor();

  await workbench.openWalkthrough('Get Started with Callboard');
  await expect
    .poll(async () => (await steps()).map(([, checked]) => checked))
    .toEqual(Array(4).fill('true'));
});
