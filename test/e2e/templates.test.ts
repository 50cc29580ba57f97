import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';

test('a person scaffolds from the palette, and finds the entity in the tree', async ({ open }) => {
  const { workbench } = await open({
    folder: 'test/host/templates/workspace',
    viewport: { width: 1400, height: 900 },
  });
  const shot = (name: string) =>
    workbench.screenshot(inProject('out', 'e2e', `templates-${name}.png`));
  await workbench.runCommand('Callboard: Choose Template…');
  await workbench.page.waitForTimeout(3000);
  await shot('choose');
  await workbench.choose('Plain');
  await workbench.page.waitForTimeout(3000);
  await shot('name');
  await workbench.page.keyboard.type('cafe');
  await workbench.page.waitForTimeout(1000);
  await workbench.page.keyboard.press('Enter');
  await workbench.page.waitForTimeout(2000);
  await shot('folder');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.waitForTimeout(3000);
  await shot('review');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.waitForTimeout(3000);
  await shot('done');
  expect(1).toBe(1);
});
