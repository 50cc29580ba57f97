import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/callboardTest';

const options = { folder: 'test/e2e/workspaces/harbour' };
const read = (folder: string | undefined, name: string): string =>
  readFileSync(join(folder ?? '', name), 'utf8');

test('an entity is dragged onto its owner, and taken back; a wrong drop is explained', async ({
  open,
}) => {
  const { workbench, folder } = await open(options);
  const before = read(folder, 'services.yaml');
  await workbench.openContainer('Callboard');
  const catalog = workbench.view('Catalog');
  const row = (name: string | RegExp) => catalog.getByRole('treeitem', { name }).first();
  await workbench.expand(row(/^Components/));
  await workbench.expand(row(/^Groups/));

  await row(/^tide-clock/).dragTo(row(/^Quay Team/));
  const assigned = workbench.notifications.filter({ hasText: 'now assigned to Quay Team' });
  await assigned.waitFor();
  expect(read(folder, 'services.yaml')).toBe(before.replace('owner: nobody', 'owner: quay'));
  await assigned.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => read(folder, 'services.yaml')).toBe(before);

  await row(/^tide-clock/).dragTo(row(/^Crane Control/));
  await workbench.notifications.filter({ hasText: 'Drop on a Group or User' }).waitFor();
  expect(read(folder, 'services.yaml')).toBe(before);
});

test('the system of an entity is set without a mouse', async ({ open }) => {
  const { workbench, folder } = await open(options);
  await workbench.openContainer('Callboard');
  await workbench
    .view('Catalog')
    .getByRole('treeitem', { name: /^Components/ })
    .waitFor();
  await workbench.runCommand('Callboard: Set System…');
  await workbench.type('tide', { expectRow: 'tide-clock' });
  await workbench.page.keyboard.press('Enter');
  await workbench.quickInput.getByText('New System').waitFor();
  await workbench.type('cran', { expectRow: 'cranes' });
  await workbench.page.keyboard.press('Enter');
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toContain('  owner: nobody\n  system: cranes\n');
});

test('problems are gone to, grouped and ignored from their view', async ({ open }) => {
  const { workbench, folder } = await open(options);
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Problems');
  const row = (name: RegExp) => view.getByRole('treeitem', { name }).first();
  await workbench.expand(row(/^tide-clock/));
  const problem = row(/^warning, spec.owner refers to/);
  await problem.click();
  await workbench.tab('services.yaml').waitFor();

  await problem.hover();
  await problem.getByRole('button', { name: 'Ignore in This Line' }).click();
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toContain('  # callboard-disable-next-line dangling-reference\n  owner: nobody\n');
  await row(/^tide-clock/).waitFor({ state: 'detached' });

  await workbench.runCommand('Callboard: Group Problems by Code');
  await row(/^invalid-spec, 1 problem, error/).waitFor();
});

test('the status bar names the entity at the cursor, and offers what can be done', async ({
  open,
}) => {
  const { workbench } = await open(options);
  await workbench.openContainer('Callboard');
  await workbench
    .view('Catalog')
    .getByRole('treeitem', { name: /^Components/ })
    .waitFor();
  await workbench.openFile('services.yaml');
  await expect.poll(() => workbench.entityStatus.textContent()).toMatch(/Crane Control · quay/);
  await workbench.entityStatus.click();
  await workbench.quickInputRows.filter({ hasText: 'Open Owner' }).click();
  await workbench.tab('org.yaml').waitFor();
  await expect.poll(() => workbench.entityStatus.textContent()).toMatch(/Quay Team/);
});
