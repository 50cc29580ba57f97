import { expect } from 'vitest';
import { test } from '../support/callboardTest';
import type { Workbench } from '../support/workbench';

test('the keyboard alone leads into every view, through it and out again', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/e2e/workspaces/harbour' });
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Components/).waitFor();
  await (await workbench.openView('Problems')).getByRole('treeitem').first().waitFor();
  const focusedRow = (view: string) =>
    workbench.view(view).locator('.monaco-list:focus .monaco-list-row.focused');
  const focused = (view: string) => () => focusedRow(view).getAttribute('aria-label');

  // The Catalog: down, into a row, its menu, and its descriptor.
  await focusView(workbench, 'Catalog');
  await page.keyboard.press('Home');
  await expect.poll(focused('Catalog')).toMatch(/^Components, 2 entities, 1 with errors/);
  await pressUntil(
    workbench,
    'ArrowRight',
    focusedRow('Catalog').and(page.locator('[aria-expanded="true"]')),
  );
  await workbench.treeItem(/^Crane Control/).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused('Catalog')).toMatch(/^Crane Control/);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Copy Entity Ref' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused('Catalog')).toMatch(/^Crane Control/);
  await page.keyboard.press('Enter');
  await workbench.tab('services.yaml').waitFor();

  // The status bar names what the file belongs to, to whoever walks along it.
  await workbench.runCommand('View: Focus Next Part');
  await expect
    .poll(() => workbench.entityStatus.getAttribute('aria-label'))
    .toBe('This file belongs to Component Crane Control, owned by quay');

  // The Problems view: a group, a problem of it, its menu, its place.
  await focusView(workbench, 'Problems');
  await page.keyboard.press('Home');
  await expect.poll(focused('Problems')).toMatch(/^broken-buoy, component, 1 problem, error/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused('Problems')).toMatch(/^tide-clock/);
  await pressUntil(
    workbench,
    'ArrowRight',
    focusedRow('Problems').and(page.locator('[aria-expanded="true"]')),
  );
  await workbench.treeItem(/^warning, spec.owner refers to/).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused('Problems')).toMatch(/^warning, spec.owner refers to/);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Ignore in This Line' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();

  // Neither tree keeps the focus to itself, and both say what they are.
  for (const view of ['Catalog', 'Problems']) {
    await focusView(workbench, view);
    await page.keyboard.press('Tab');
    await focusedRow(view).waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Tab');
    await focusedRow(view).waitFor();
    await workbench.view(view).getByRole('tree', { name: view }).waitFor();
    await expect.poll(() => namelessIn(workbench, view)).toEqual([]);
  }
});

async function focusView(workbench: Workbench, name: string): Promise<void> {
  await workbench.runCommand(`Callboard: Focus on ${name} View`);
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.view(name).locator('.monaco-list:focus').waitFor();
}

/** Presses a key again until it has shown effect: a tree that is being refreshed may drop it. */
async function pressUntil(
  workbench: Workbench,
  key: string,
  effect: ReturnType<Workbench['treeItem']>,
): Promise<void> {
  await expect
    .poll(async () => {
      const isDone = (await effect.count()) > 0;
      if (!isDone) await workbench.page.keyboard.press(key);
      return isDone;
    })
    .toBe(true);
}

/** What can be used in a view and has no name for a screen reader. */
async function namelessIn(workbench: Workbench, view: string): Promise<string[]> {
  return workbench
    .view(view)
    .locator('[role="button"], [role="treeitem"], [role="tree"], [role="checkbox"], button')
    .evaluateAll(elements =>
      elements
        .filter(
          element =>
            element.checkVisibility() &&
            !(element.getAttribute('aria-label') ?? element.textContent)?.trim(),
        )
        .map(element => element.outerHTML),
    );
}
