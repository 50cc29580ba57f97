import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test as testWithWindows, testInOwnWindows } from '../support/callboardTest';
import { aComponent, aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/writeFiles';

const test = testInOwnWindows({ folder: 'test/e2e/workspaces/harbour' });
const read = (folder: string | undefined, name: string): string =>
  readFileSync(join(folder ?? '', name), 'utf8');

test('an entity is dragged onto its owner, and taken back; a wrong drop is explained', async ({
  callboard: { workbench, folder },
}) => {
  const before = read(folder, 'services.yaml');
  await workbench.openContainer('Callboard');
  const catalog = workbench.view('Catalog');
  const row = (name: string | RegExp) => catalog.getByRole('treeitem', { name }).first();
  await workbench.expand(row(/^Components/));
  await workbench.expand(row(/^Groups/));

  const assigned = workbench.notifications.filter({ hasText: 'now assigned to Quay Team' });
  await workbench.drag(row(/^tide-clock/), row(/^Quay Team/), assigned);
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toBe(before.replace('owner: nobody', 'owner: quay'));
  await assigned.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => read(folder, 'services.yaml')).toBe(before);

  await workbench.drag(
    row(/^tide-clock/),
    row(/^Crane Control/),
    workbench.notifications.filter({ hasText: 'Drop on a Group or User' }),
  );
  await workbench.drag(
    row(/^broken-buoy/),
    row(/^Quay Team/),
    workbench.notifications.filter({
      hasText: 'Only entities that are in the catalog can be assigned.',
    }),
  );
  expect(read(folder, 'services.yaml')).toBe(before);
});

test('the system of an entity is set without a mouse', async ({
  callboard: { workbench, folder },
}) => {
  const before = read(folder, 'services.yaml');
  await workbench.openContainer('Callboard');
  await workbench
    .view('Catalog')
    .getByRole('treeitem', { name: /^Components/ })
    .waitFor();
  await workbench.runCommand('Callboard: Set System…');
  // What is typed before the field is there is lost.
  await workbench.quickInput.getByPlaceholder('Name, title, ref, owner or tag').waitFor();
  await workbench.choose('tide', 'tide-clock');
  await workbench.quickInput.getByText('New System').waitFor();
  await workbench.choose('cran', 'cranes');
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toContain('  owner: nobody\n  system: cranes\n');
  writeFileSync(join(folder ?? '', 'services.yaml'), before);
});

test('the status bar names the entity at the cursor, and offers what can be done', async ({
  callboard: { workbench },
}) => {
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

test('problems are gone to, grouped and ignored from their view', async ({
  callboard: { workbench, folder },
}) => {
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Problems');
  const row = (name: RegExp) => view.getByRole('treeitem', { name }).first();
  await workbench.expand(row(/^tide-clock/));
  const problem = row(/^warning, spec.owner refers to/);
  await problem.click();
  await workbench.tab('services.yaml').waitFor();

  await workbench.pressRowButton(problem, 'Ignore in This Line');
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toContain('  # callboard-disable-next-line dangling-reference\n  owner: nobody\n');
  await row(/^tide-clock/).waitFor({ state: 'detached' });

  await workbench.runCommand('Callboard: Group Problems by Code');
  await row(/^invalid-spec, 1 problem, error/).waitFor();

  // What is taken out of the file again counts again.
  writeFileSync(
    join(folder ?? '', 'services.yaml'),
    read(folder, 'services.yaml').replace(/ *# callboard-disable-next-line.*\n/, ''),
  );
  await row(/^dangling-reference, 1 problem, warning/).waitFor();

  // How the view was set outlives the window.
  await workbench.reload('problems.grouping');
  await workbench.openContainer('Callboard');
  await row(/^invalid-spec, 1 problem, error/).waitFor();
  await view.locator('.pane-header', { hasText: /Problems\s*2/ }).waitFor();

  await workbench.runCommand('Callboard: Filter Problems…');
  await workbench.choose('errors, owned by me');
  await view.getByText('No problem matches the filter.').waitFor();
  await view.getByRole('button', { name: 'Clear Filter' }).click();
  await row(/^dangling-reference/).waitFor();

  writeFileSync(join(folder ?? '', 'broken.yaml'), '');
  writeFileSync(
    join(folder ?? '', 'services.yaml'),
    read(folder, 'services.yaml').replace('owner: nobody', 'owner: quay'),
  );
  await view.getByText('No problems in this catalog.').waitFor();
});

testWithWindows(
  'several entities are assigned at once and taken back in one step, comments and line ends kept',
  async ({ open }) => {
    const files: Readonly<Record<string, string>> = {
      'org.yaml': aDescriptor('group:quay'),
      'anchor.yaml': aComponent('anchor', { owner: 'nobody' })
        .replace('owner: nobody', 'owner: nobody # for now')
        .replaceAll('\n', '\r\n'),
      'buoy.yaml': `# At sea\n${aComponent('buoy', { owner: 'nobody' })}`,
    };
    const { workbench, folder } = await open({ write: target => writeFiles(target, files) });
    const { page } = workbench;
    await workbench.openContainer('Callboard');
    const row = (name: RegExp) => workbench.view('Catalog').getByRole('treeitem', { name }).first();
    await workbench.expand(row(/^Components/));
    await workbench.expand(row(/^Groups/));
    await row(/^anchor/).click();
    await workbench.tab('anchor.yaml').waitFor();
    await row(/^buoy/).click({ modifiers: ['Control'] });
    await row(/^quay/).click({ modifiers: ['Control'] });
    // What cannot be done is told, and keeps the rest from nothing.
    const told = workbench.notifications.filter({
      hasText: '1 of 3 were not changed. quay: It cannot be assigned to itself.',
    });
    await workbench.drag(row(/^buoy/), row(/^quay/), told);
    await workbench.notifications
      .filter({ hasText: '2 entities are now assigned to quay' })
      .waitFor();
    const names = ['anchor.yaml', 'buoy.yaml'];
    const assigned = names.map(name => files[name]?.replace('owner: nobody', 'owner: quay'));
    const onDisk = () => names.map(name => read(folder, name));
    await expect.poll(onDisk).toEqual(assigned);

    // The editor's own Undo knows them as one step.
    await workbench.focusEditor();
    await page.keyboard.press('Control+Z');
    for (const name of names) await workbench.unsavedTab(name).waitFor();
    await workbench.runCommand('File: Save All');
    await expect.poll(onDisk).toEqual(names.map(name => files[name]));
  },
);
