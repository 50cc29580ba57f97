import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { testInOneWindow } from '../support/callboardTest';
import { aComponent, aDescriptor, aLocation, documents } from '../support/descriptors';
import { writeFiles } from '../support/folders';
import type { Workbench } from '../support/workbench';

const crane = aComponent('crane', { owner: 'quay' }).trimEnd();
const files = {
  // Text typed at the end of a file changes its owner.
  'crane.yaml': crane,
  'ferry.yaml': aComponent('ferry', { owner: 'group:quay', dependsOn: ['component:crane'] }),
  'teams.yaml': documents(
    aDescriptor('group:quay', {}, { description: 'Those who load.' }),
    aDescriptor('user:mia', { memberOf: ['quay'] }),
  ),
  'all.yaml': aLocation('all', './ferry.yaml', './crane.yaml'),
};
const test = testInOneWindow({ write: folder => writeFiles(folder, files) });
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

test('reports a wrong owner, fixes it and renames its team everywhere', async ({
  callboard: { workbench, folder = '' },
}) => {
  await showComponents(workbench);
  const { page } = workbench;
  const squiggles = workbench.editor.locator('.squiggly-warning');
  await workbench.openFile('crane.yaml');
  // The lens shows that the language server runs.
  await workbench.editor.getByText('owned by quay').waitFor();
  await workbench.focusEditor();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('x');
  await squiggles.first().waitFor();

  await page.keyboard.press('Escape');
  const fix = await workbench.openQuickFix('Change to "quay"');
  await workbench.screenshot(inProject('out', 'e2e', 'quick-fix.png'));
  await fix.click();
  await squiggles.first().waitFor({ state: 'detached' });
  await workbench.focusEditor();
  await page.keyboard.press('Control+S');
  await expect.poll(() => read(folder, 'crane.yaml')).toBe(crane);

  await page.keyboard.press('Control+End');
  await page.keyboard.press('F2');
  const box = page.locator('.rename-box input');
  await box.fill('dockers');
  await box.press('Enter');
  await expect
    .poll(() => Object.keys(files).map(name => [name, read(folder, name)]))
    .toEqual(
      Object.entries(files).map(([name, text]) => [name, text.replaceAll('quay', 'dockers')]),
    );
});

test('renames an entity and its file after a preview', async ({
  callboard: { workbench, folder = '' },
}) => {
  await showComponents(workbench);
  // By keyboard: a click on an entity opens its file.
  await workbench.runCommand('Callboard: Focus on Catalog View', { exact: true });
  await workbench.view('Catalog').locator('.monaco-list:focus').waitFor();
  await workbench.page.keyboard.press('Home');
  await workbench.page.keyboard.press('ArrowDown');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'crane' }).waitFor();
  await workbench.page.keyboard.press('F2');
  await workbench.quickInput.getByText('Rename crane', { exact: true }).waitFor();
  await workbench.quickInput.locator('input').first().fill('ferry');
  await workbench.quickInput.getByText('component:default/ferry already exists.').waitFor();
  await workbench.quickInput.locator('input').first().fill('davit');
  await workbench.page.keyboard.press('Enter');

  const also = workbench.quickInputRows.filter({ hasText: 'Rename the file as well' });
  await also.getByText('crane.yaml to davit.yaml').waitFor();
  await workbench.tab('Rename crane to davit').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'rename-preview.png'));
  expect(read(folder, 'crane.yaml')).toBe(crane);
  await workbench.page.keyboard.press('ArrowDown');
  await workbench.page.keyboard.press('Space');
  await workbench.page.keyboard.press('Enter');

  await expect.poll(() => existsSync(join(folder, 'davit.yaml'))).toBe(true);
  expect(existsSync(join(folder, 'crane.yaml'))).toBe(false);
  await expect
    .poll(() => read(folder, 'davit.yaml'))
    .toBe(crane.replace('name: crane', 'name: davit'));
  await expect
    .poll(() => read(folder, 'all.yaml'))
    .toBe(files['all.yaml'].replace('./crane.yaml', './davit.yaml'));
  await expect
    .poll(() => read(folder, 'ferry.yaml'))
    .toBe(files['ferry.yaml'].replace('component:crane', 'component:davit'));
  await workbench
    .treeItem(/^davit/)
    .first()
    .waitFor();
});

test('transfers ownership to a user and moves an entity to a namespace', async ({
  callboard: { workbench, folder = '' },
}) => {
  await showComponents(workbench);
  await workbench.runCommand('Callboard: Transfer Ownership…');
  await workbench.quickInput.getByText('Select Current Owner').waitFor();
  await workbench.choose('quay', 'quay');
  await workbench.quickInput.getByText('Transfer Ownership from quay').waitFor();
  await workbench.quickInputRows.filter({ hasText: 'ferry' }).waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.quickInput.getByText('New Owner').waitFor();
  await workbench.choose('mia', 'mia');
  await workbench.pressOnRow('Enter', 'Apply 2 changes in 2 files');
  await expect.poll(() => read(folder, 'crane.yaml')).toContain('owner: user:mia');
  await expect.poll(() => read(folder, 'ferry.yaml')).toContain('owner: user:mia');

  await workbench.runCommand('Callboard: Move Entity to Namespace…');
  await workbench.quickInput.getByText('Move Entity to Namespace', { exact: true }).waitFor();
  await workbench.choose('crane', 'crane');
  await workbench.quickInput.getByText('Move crane to Namespace').waitFor();
  await workbench.quickInput.locator('input').first().fill('Dock');
  await workbench.quickInput.getByText('At most 63 lower-case letters').waitFor();
  await workbench.quickInput.locator('input').first().fill('dock');
  await workbench.page.keyboard.press('Enter');
  await workbench.pressOnRow('Enter', 'Apply 3 changes in 2 files');
  await expect.poll(() => read(folder, 'crane.yaml')).toContain('namespace: dock');
  expect(read(folder, 'crane.yaml')).toContain('owner: user:default/mia');
  await expect.poll(() => read(folder, 'ferry.yaml')).toContain('component:dock/crane');
});

test("doesn't apply a refactoring to files changed during the preview", async ({
  callboard: { workbench, folder = '' },
}) => {
  await showComponents(workbench);
  const changes = workbench.quickInputRows.filter({ hasText: 'Apply 3 changes in 2 files' });
  // It fails until VS Code has reread the changes of the previous test.
  await workbench.untilShown(changes, async () => {
    await workbench.runCommand('Callboard: Move Entity to Namespace…');
    await workbench.quickInput.getByText('Move Entity to Namespace', { exact: true }).waitFor();
    await workbench.choose('crane', 'crane');
    await workbench.quickInput.getByText('Move crane to Namespace').waitFor();
    await workbench.quickInput.locator('input').first().fill('dock');
    await workbench.page.keyboard.press('Enter');
  });
  const edited = `# Edited meanwhile.\n${files['ferry.yaml']}`;
  writeFileSync(join(folder, 'ferry.yaml'), edited);
  // The preview shows the changed file.
  await workbench.page.getByText('# Edited meanwhile.').first().waitFor();
  await workbench.pressOnRow('Enter', 'Apply 3 changes in 2 files');
  await workbench.notifications.filter({ hasText: 'Files have changed' }).waitFor();
  expect(read(folder, 'ferry.yaml')).toBe(edited);
  expect(read(folder, 'crane.yaml')).toBe(crane);
});

async function showComponents(workbench: Workbench): Promise<void> {
  await workbench.openContainer('Callboard');
  await workbench.expand(workbench.treeItem(/^Components/));
  for (const name of ['crane', 'ferry']) {
    await workbench.treeItem(`${name}, Component, service, owned by quay`).waitFor();
  }
}

test('lists problems in the Problems panel with links to explanations', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/fixtures/problems' });
  await workbench.openFile('catalog-info.yaml');
  const problems = await workbench.openProblems();
  const problem = problems.filter({ hasText: 'team-lights' });
  await problem.waitFor();
  await expect.poll(() => problem.textContent()).toContain('callboarddangling-reference');

  await problem.getByText('dangling-reference', { exact: true }).click();

  await workbench.tab('Preview problems.md').waitFor();
  await workbench.webview().getByText('dangling-reference').first().waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'problem-page.png'));
});

test('updates the Problems panel while typing', async ({ open }) => {
  const { workbench } = await open({ folder: 'test/fixtures/problems' });
  await workbench.openFile('catalog-info.yaml');
  await workbench.editor.locator('.squiggly-warning').first().waitFor();
  const problems = await workbench.openProblems();
  await problems.filter({ hasText: 'team-lights' }).waitFor();
  await workbench.untilShown(workbench.focusedEditor().first(), () =>
    workbench.page.keyboard.press('Control+1'),
  );
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.type('extra: 1');

  await problems.filter({ hasText: 'must NOT have additional properties' }).waitFor();
});
