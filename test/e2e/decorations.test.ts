import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { testInOneWindow } from '../support/callboardTest';
import { aComponent, aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/writeFiles';

const files: Readonly<Record<string, string>> = {
  'catalog-info.yaml': aDescriptor('system:harbour', { owner: 'crew' }),
  'org.yaml': aDescriptor('group:crew'),
  'cranes/catalog-info.yaml': aComponent('cranes', { owner: 'nobody' }),
  'broken/buoy.yaml': aComponent('buoy', { owner: undefined, lifecycle: undefined }),
  'notes/README.md': '# Notes\n',
};

const test = testInOneWindow({ write: folder => writeFiles(folder, files) });

test('problems are counted in the tree, and components are marked in the Explorer', async ({
  callboard: { workbench, folder = '' },
}) => {
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  const badgeIn = (name: RegExp) => () => workbench.badgeOf(workbench.treeItem(name).first());
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench.expand(workbench.treeItem(/^cranes/));
  await expect.poll(badgeIn(/^cranes/)).toBe('1');
  await expect.poll(badgeIn(/^buoy/)).toBe('2');
  await expect.poll(badgeIn(/^Components/)).toBe('•');
  await expect.poll(badgeIn(/^Groups/)).toBe('');
  await workbench.treeItem('Components, 1 entity, 1 with errors, 2 errors, 1 warning').waitFor();
  // The icon of the activity bar counts the errors.
  await page.locator('.activitybar .badge[aria-label$="2 errors in the catalog"]').waitFor();

  // What is mended is not counted any more.
  writeFileSync(join(folder, 'broken/buoy.yaml'), aComponent('buoy', { owner: 'crew' }));
  await expect.poll(badgeIn(/^buoy/)).toBe('');
  await page.locator('.activitybar .badge[aria-label*="in the catalog"]').waitFor({
    state: 'detached',
  });

  await workbench.openContainer('Explorer');
  const mark = (name: string) => () => workbench.badgeOf(workbench.explorerRow(name));
  await expect.poll(mark('broken')).toBe('◇');
  // VS Code shows the problems of what is in a folder instead of its own mark.
  await expect.poll(mark('cranes')).not.toBe('');
  // The folder that is open has no row: what lies in it has the mark, teams do not.
  await expect.poll(mark('catalog-info.yaml')).toBe('◇');
  expect(await mark('org.yaml')()).toBe('');
  expect(await mark('notes')()).toBe('');
  await workbench.hoverOver(workbench.explorerRow('broken'), 'Component buoy · owned by crew');

  writeFileSync(join(folder, 'cranes/catalog-info.yaml'), aComponent('cranes', { owner: 'crew' }));
  await expect.poll(mark('cranes')).toBe('◇');
  writeFileSync(join(folder, 'cranes/catalog-info.yaml'), '# nothing yet\n');
  writeFileSync(
    join(folder, 'org.yaml'),
    `${files['org.yaml']}---\n${aComponent('wharf', { owner: 'crew' })}`,
  );
  await expect.poll(mark('cranes')).toBe('');
  await expect.poll(mark('org.yaml')).toBe('◇');
});

test('the status bar tells of files that belong to nothing, and of descriptors that fail', async ({
  callboard: { workbench, folder = '' },
}) => {
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  writeFiles(folder, files);
  await workbench.treeItem('Components, 1 entity, 1 with errors, 2 errors, 1 warning').waitFor();
  await workbench.openFile('README.md');
  const status = () => workbench.entityStatus.textContent();
  await expect.poll(status).toMatch(/harbour · crew/);

  rmSync(join(folder, 'catalog-info.yaml'));
  await expect.poll(status).toMatch(/No entity/);
  await workbench.entityStatus.click();
  await workbench.quickInput.getByText('Describe notes/README.md').waitFor();
  for (const choice of [
    /Create catalog-info.yaml\s*in the workspace folder/,
    /Import…/,
    /Show the Catalog/,
  ]) {
    await workbench.quickInputRows.filter({ hasText: choice }).waitFor();
  }
  await workbench.pressOnRow('Enter', 'Create catalog-info.yaml');
  await workbench.focusedEditor('kind: Component').waitFor();
  await page.keyboard.press('Control+S');
  await expect.poll(() => existsSync(join(folder, 'notes/catalog-info.yaml'))).toBe(true);
  await workbench.treeItem('Components, 2 entities, 1 with errors, 2 errors, 2 warnings').waitFor();
  await workbench.openFile('README.md');
  await expect.poll(status).toMatch(/my-service · my-team/);

  await workbench.openFile('buoy.yaml');
  await expect.poll(status).toMatch(/buoy/);
  await workbench.entityStatus.click();
  await workbench.view('Problems').getByRole('treeitem', { name: /^buoy/ }).waitFor();
});
