import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { testInOneWindow } from '../support/callboardTest';
import { aComponent, aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/folders';
import type { Workbench } from '../support/workbench';

const test = testInOneWindow();

// Configuration of an organization: custom kinds, and owners from CODEOWNERS.

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['port'],
      properties: { port: { type: 'string' }, length: { type: 'number' } },
    },
  },
};
const vessel = `apiVersion: harbour.example/v1
kind: Vessel
metadata:
  name: tug
spec:
  port: cranes
  length: long
`;

test('validates custom kinds by schema, relates, lists and finds them', async ({ open }) => {
  const { workbench, folder = '' } = await open({
    write: target =>
      writeFiles(target, {
        '.vscode/settings.json': JSON.stringify({
          'callboard.catalog.customKinds': [
            {
              kind: 'Vessel',
              apiVersions: ['harbour.example/v1'],
              schema: 'schemas/vessel.json',
              relations: [
                {
                  field: 'spec.port',
                  type: 'berthedAt',
                  inverse: 'berthOf',
                  defaultKind: 'System',
                },
              ],
            },
          ],
        }),
        'schemas/vessel.json': JSON.stringify(schema),
        'org.yaml': aDescriptor('group:team'),
        'cranes.yaml': aDescriptor('system:cranes'),
        'tug.yaml': vessel,
      }),
  });
  await workbench.openContainer('Callboard');
  const problems = await workbench.openView('Catalog Health');
  const problem = (name: RegExp) => problems.getByRole('treeitem', { name });
  await workbench.expand(problem(/^tug, vessel, 1 problem, error/));
  await problem(/spec\/length must be number/).waitFor();

  writeFileSync(join(folder, 'tug.yaml'), vessel.replace('long', '40'));
  await problem(/^tug/).waitFor({ state: 'detached' });
  await workbench.expand(workbench.treeItem(/^Vessel/));
  await workbench.expand(workbench.treeItem(/^tug, Vessel/));
  await workbench.treeItem('Berthed at cranes').waitFor();
  await workbench.expand(workbench.treeItem(/^Systems/));
  await workbench.expand(workbench.treeItem(/^cranes, System/));
  await workbench.treeItem('Berth of tug').waitFor();
  await workbench.runCommand('Callboard: Go to Entity…');
  await workbench.quickInput.getByText('Go to Entity', { exact: true }).waitFor();
  await workbench.choose('tug', 'vessel:default/tug');
  await workbench.tab('tug.yaml').waitFor();

  // A broken schema is reported and validates nothing until it is fixed.
  writeFileSync(join(folder, 'schemas/vessel.json'), '{ "type": ');
  await problem(/vessel\.json, 1 problem, error/).waitFor();
  await workbench.treeItem(/^tug, Vessel/).waitFor();
  const stricter = { ...schema, required: ['spec'], properties: { spec: { required: ['flag'] } } };
  writeFileSync(join(folder, 'schemas/vessel.json'), JSON.stringify(stricter));
  await problem(/^tug, vessel, 1 problem, error/).waitFor();
  await problem(/vessel\.json/).waitFor({ state: 'detached' });
});

test('shows owners from CODEOWNERS and their origin', async ({ open }) => {
  const { workbench, folder = '' } = await open({
    write: target =>
      writeFiles(target, {
        '.vscode/settings.json': JSON.stringify({
          'callboard.catalog.ownerFromCodeowners': true,
        }),
        CODEOWNERS: '* @acme/team\n',
        'org.yaml': `${aDescriptor('group:team')}---\n${aDescriptor('group:pilots')}`,
        'web/catalog-info.yaml': aComponent('web', { owner: undefined }),
        'web/index.ts': 'export {};\n',
      }),
  });
  await workbench.openContainer('Callboard');
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench.treeItem('web, Component, service, owned by team').waitFor();
  const problems = await workbench.openView('Catalog Health');
  await workbench.expand(problems.getByRole('treeitem', { name: /^web, component, 1 problem/ }));
  await problems.getByRole('treeitem', { name: /^hint, .*CODEOWNERS/ }).waitFor();
  await workbench.openFile('index.ts');
  await expect.poll(() => workbench.entityStatus.textContent()).toMatch(/web · team/);

  writeFileSync(join(folder, 'CODEOWNERS'), '* @acme/team\n/web/ @acme/pilots\n');
  await workbench.treeItem('web, Component, service, owned by pilots').waitFor();
  await expect.poll(() => workbench.entityStatus.textContent()).toMatch(/web · pilots/);
});

const harbour: Readonly<Record<string, string>> = {
  'catalog-info.yaml': aDescriptor('system:harbour', { owner: 'crew' }),
  'org.yaml': aDescriptor('group:crew'),
  'cranes/catalog-info.yaml': aComponent('cranes', { owner: 'nobody' }),
  'broken/buoy.yaml': aComponent('buoy', { owner: undefined, lifecycle: undefined }),
  'notes/README.md': '# Notes\n',
};

test('counts problems in the tree and marks components in the Explorer', async ({ open }) => {
  const { workbench, folder = '' } = await open({ write: target => writeFiles(target, harbour) });
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
  // The activity bar icon counts the errors.
  await page.locator('.activitybar .badge[aria-label$="2 errors in the catalog"]').waitFor();

  // Fixed problems no longer count.
  writeFileSync(join(folder, 'broken/buoy.yaml'), aComponent('buoy', { owner: 'crew' }));
  await expect.poll(badgeIn(/^buoy/)).toBe('');
  await page.locator('.activitybar .badge[aria-label*="in the catalog"]').waitFor({
    state: 'detached',
  });

  await workbench.openContainer('Explorer');
  const mark = (name: string) => () => workbench.badgeOf(workbench.explorerRow(name));
  await expect.poll(mark('broken')).toBe('◇');
  // VS Code shows problems inside a folder instead of the folder's decoration.
  await expect.poll(mark('cranes')).not.toBe('');
  // The workspace folder has no row: its components have the mark, teams don't.
  await expect.poll(mark('catalog-info.yaml')).toBe('◇');
  expect(await mark('org.yaml')()).toBe('');
  expect(await mark('notes')()).toBe('');
  await workbench.hoverOver(workbench.explorerRow('broken'), 'Component buoy · owned by crew');

  writeFileSync(join(folder, 'cranes/catalog-info.yaml'), aComponent('cranes', { owner: 'crew' }));
  await expect.poll(mark('cranes')).toBe('◇');
  writeFileSync(join(folder, 'cranes/catalog-info.yaml'), '# nothing yet\n');
  writeFileSync(
    join(folder, 'org.yaml'),
    `${harbour['org.yaml']}---\n${aComponent('wharf', { owner: 'crew' })}`,
  );
  await expect.poll(mark('cranes')).toBe('');
  await expect.poll(mark('org.yaml')).toBe('◇');
});

test('shows files without an entity and failing descriptors in the status bar', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open({ write: target => writeFiles(target, harbour) });
  const { page } = workbench;
  await workbench.openContainer('Callboard');
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
  // The saved file's editor replaces the other one and takes focus.
  await workbench.unsavedTab('catalog-info.yaml').waitFor({ state: 'detached' });
  await workbench.focusedEditor('kind: Component').waitFor();
  expect(existsSync(join(folder, 'notes/catalog-info.yaml'))).toBe(true);
  await workbench.treeItem('Components, 2 entities, 1 with errors, 2 errors, 2 warnings').waitFor();
  await workbench.openFile('README.md');
  await expect.poll(status).toMatch(/my-service · my-team/);

  await workbench.openFile('buoy.yaml');
  await expect.poll(status).toMatch(/buoy/);
  await workbench.entityStatus.click();
  await workbench.view('Catalog Health').getByRole('treeitem', { name: /^buoy/ }).waitFor();
});

test('cancels an import without traces, imports and undoes in one step', async ({ open }) => {
  const { workbench, folder = '' } = await open({ folder: 'test/host/import/workspace' });
  const { page } = workbench;
  const files = ['orders', 'web'].map(name => join(folder, name, 'catalog-info.yaml'));
  const written = () => files.map(file => existsSync(file));
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Groups/).waitFor();

  await askUpToPreview(workbench);
  await workbench.tab('Import 2 descriptors').waitFor();
  expect(written()).toEqual([false, false]);
  await workbench.pressOnRow('Escape');
  await workbench.tab('Import 2 descriptors').waitFor({ state: 'detached' });
  expect(written()).toEqual([false, false]);
  // Progress of drafts is shown only when they take long, and then briefly.
  await expect.poll(() => workbench.notifications.count()).toBe(0);

  await askUpToPreview(workbench);
  await workbench.pressOnRow('Enter', 'Write 2 files');
  await workbench.treeItem('Components, 2 entities, 1 warning').waitFor();
  await expect.poll(written).toEqual([true, true]);
  await expect.poll(() => readFileSync(files[0] ?? '', 'utf8')).toContain('owner: sales');
  // The preview is closed, and the first file is open.
  await workbench.tab('Import 2 descriptors').waitFor({ state: 'detached' });
  await workbench.tab('catalog-info.yaml').waitFor();

  await workbench.focusEditor();
  await page.keyboard.press('Control+Z');
  await expect.poll(written).toEqual([false, false]);
  await workbench.treeItem(/^Components/).waitFor({ state: 'detached' });
});

/** Accepts every step of Import… up to the confirmation. */
async function askUpToPreview(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Callboard: Import…');
  // Folders are checked, but none is focused for Enter.
  await workbench.quickInputRows.filter({ hasText: 'orders' }).first().waitFor();
  await workbench.pressOnRow('Enter');
  await workbench.pressOnRow('Enter', 'By version');
  await workbench.pressOnRow('Enter', 'Decide Later');
  await workbench.quickInputRows.filter({ hasText: 'Write 2 files' }).waitFor();
}
