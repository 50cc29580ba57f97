import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { testInOneWindow } from '../support/callboardTest';
import { aComponent, aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/folders';
import type { Workbench } from '../support/workbench';

const test = testInOneWindow({ folder: 'test/e2e/workspaces/harbour' });

const read = (folder: string | undefined, name: string): string =>
  readFileSync(join(folder ?? '', name), 'utf8');

test('guides through Callboard with the walkthrough and completes its steps', async ({
  callboard: { workbench },
}) => {
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
  const titles = [
    'Browse your catalog',
    'Open the portal',
    'Find anything',
    'Read the docs',
    'Create from a template',
    'Describe a component',
    'Fix or ignore problems',
    'Add sources',
    'Ask an agent',
  ];
  await expect.poll(steps).toEqual(titles.map(title => [title, 'false']));
  const take = async (title: string, button: string): Promise<void> => {
    await page.locator('.step-title', { hasText: title }).click();
    await page.getByRole('button', { name: button, exact: true }).click();
  };

  await take('Browse your catalog', 'Open Catalog');
  await workbench.treeItem(/^Components/).waitFor();
  expect(await workbench.notifications.count()).toBe(0);
  await take('Fix or ignore problems', 'Show Problems');
  await workbench
    .view('Catalog Health')
    .getByRole('treeitem', { name: /^broken-buoy/ })
    .waitFor();
  for (const [title, button, prompt] of [
    ['Find anything', 'Go to Entity…', 'Go to Entity'],
    ['Read the docs', 'Open Docs…', 'Open Docs'],
    ['Add sources', 'Add Source…', 'Git Repository'],
  ] as const) {
    await take(title, button);
    await workbench.quickInput.getByText(prompt).first().waitFor();
    await workbench.pressOnRow('Escape');
  }
  for (const [title, button, element] of [
    ['Open the portal', 'Open Portal', 'callboard-home-page'],
    ['Create from a template', 'Open Create Page', 'callboard-create-page'],
  ] as const) {
    await workbench.openWalkthrough('Get Started with Callboard');
    await take(title, button);
    await workbench.webview().locator(element).waitFor();
  }
  await workbench.openWalkthrough('Get Started with Callboard');
  await take('Describe a component', 'Create catalog-info.yaml');
  // The editor takes focus after the snippet is inserted, and an open palette would lose it.
  await workbench.focusedEditor('my-service').first().waitFor();

  await workbench.openWalkthrough('Get Started with Callboard');
  // Whether there is a chat depends on the host.
  await expect
    .poll(async () => (await steps()).map(([, checked]) => checked).slice(0, -1))
    .toEqual(Array(titles.length - 1).fill('true'));
});

test('filters the tree while typing and keeps, shows and clears the filter', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const input = workbench.quickInput.locator('input').first();

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.pressSequentially('crane');
  await workbench.quickInput.getByText('3 of 7 entities').waitFor();
  // A few results are expanded.
  await workbench.treeItem(/^Crane Control/).waitFor();
  await workbench.treeItem(/^Crane API/).waitFor();
  await input.pressSequentially(' -kind:api');
  await workbench.quickInput.getByText('2 of 7 entities').waitFor();
  await workbench.pressOnRow('Escape');
  await workbench.treeItem(/^Domains/).waitFor();
  await expect.poll(() => rows(workbench)).toHaveLength(6);

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.fill('kind:component owner:quay');
  await workbench.pressOnRow('Enter');
  await workbench.sideBar.getByText('1 of 7: kind:component owner:quay').waitFor();
  await expect
    .poll(() => rows(workbench))
    .toEqual(['Components, 1 entity', 'Crane Control, Component, service, owned by Quay Team']);

  // The filter outlives the window.
  await workbench.reload('kind:component owner:quay');
  await openCatalog(workbench);
  await workbench.sideBar.getByText('1 of 7: kind:component owner:quay').waitFor();
  // The buttons of a view show when the pointer is on it.
  await workbench.view('Catalog').hover();
  await workbench.sideBar.getByRole('button', { name: 'Clear Catalog Filter' }).click();
  await workbench.treeItem(/^Domains/).waitFor();

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.fill('where:{"spec.type": {"$equals": "service"}}');
  await workbench.quickInput.getByText('Unknown operator "$equals".').waitFor();
  await input.fill('where:{"kind": "component", "spec.owner": {"$hasPrefix": "quay"}}');
  await workbench.quickInput.getByText('1 of 7 entities').waitFor();
  await workbench.treeItem(/^Crane Control/).waitFor();
  await workbench.pressOnRow('Escape');
  // A tree that is refreshed takes the focus again, which closes an input that has just opened.
  await workbench.treeItem(/^Domains/).waitFor();

  // Fields, operators and values of a predicate are completed.
  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.fill('where:{"spec.ty');
  await workbench.pressOnRow('Enter', 'spec.type');
  await expect.poll(() => input.inputValue()).toBe('where:{"spec.type": ');
  await workbench.quickInputRows.filter({ hasText: 'service' }).waitFor();
  await workbench.pressOnRow('Enter', 'openapi');
  await expect.poll(() => input.inputValue()).toBe('where:{"spec.type": "openapi"');
  await workbench.pressOnRow('Escape');

  await ask(workbench, 'Callboard: Filter Catalog…', 'Filter Catalog');
  await input.fill('no such thing');
  await workbench.pressOnRow('Enter');
  await workbench.sideBar.getByText('No entities match the filter.').waitFor();
  await workbench.sideBar.locator('.title', { hasText: '(no such thing)' }).first().waitFor();
  await workbench.sideBar.getByRole('button', { name: 'Clear Filter', exact: true }).click();
  await workbench.treeItem(/^Domains/).waitFor();
});

test('filters by selected values and groups by owner and domain', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await pick(workbench, 'Callboard: Filter Catalog By…', 'Tag');
  const tag = workbench.quickInputRows.filter({ hasText: 'rust' });
  await tag.click();
  await tag.locator('[aria-checked="true"], input:checked').first().waitFor();
  await page.keyboard.press('Enter');
  await workbench.sideBar.getByText('1 of 7: tag:rust').waitFor();
  await workbench.runCommand('Callboard: Clear Catalog Filter');

  await pick(workbench, 'Callboard: Group Catalog By…', 'Owner');
  await workbench.treeItem(/^No owner/).waitFor();
  await expect
    .poll(() => rows(workbench))
    .toEqual([
      'nobody, 1 entity, not in the catalog, 1 warning',
      'Quay Team, 4 entities',
      'No owner, 1 entity',
      'With errors, 1 descriptor, 1 error',
    ]);

  await pick(workbench, 'Callboard: Group Catalog By…', 'System and domain');
  await workbench.expand(workbench.treeItem(/^Cargo/));
  await workbench.expand(workbench.treeItem(/^cranes/));
  await workbench.treeItem(/^Crane Control/).waitFor();

  await pick(workbench, 'Callboard: Group Catalog By…', 'Kind');
  await workbench.treeItem(/^Domains/).waitFor();
});

test('stars an entity and filters by star', async ({ callboard: { workbench } }) => {
  await openCatalog(workbench);

  await workbench.expand(workbench.treeItem(/^Components/));
  const crane = workbench.treeItem(/^Crane Control/);
  await workbench.pressRowButton(crane, 'Star');
  await workbench
    .treeItem('Crane Control, Component, service, owned by Quay Team, starred')
    .waitFor();

  await workbench.runCommand('Callboard: Toggle Starred Filter');
  await workbench.sideBar.getByText('1 of 7: is:starred').waitFor();
  await workbench.pressRowButton(crane, 'Unstar');
  await workbench.sideBar.getByText('No entities match the filter.').waitFor();
  await workbench.runCommand('Callboard: Clear Catalog Filter');
  await workbench.treeItem(/^Domains/).waitFor();
});

test('goes to any entity and its dependents by a few letters', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.choose('jolly', 'user:default/jolly');
  await workbench.tab('org.yaml').waitFor();
  await expectSelected(page, 'jolly');

  // Fast typing doesn't wait for the rows.
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.quickInput.locator('input').first().fill('crane-api');
  await page.keyboard.press('Enter');
  await expectSelected(page, 'crane-api');

  // In a descriptor, the command is about the entity at the cursor.
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.choose('crane-control', 'component:default/crane-control');
  await expectSelected(page, 'crane-control');
  const title = 'Dependents of Crane Control: 2 entities of 2 owners';
  await ask(workbench, 'Callboard: Show Dependents', title);
  await workbench.choose('tide', 'tide-clock');
  await expectSelected(page, 'tide-clock');

  // Without an entity in front, the command asks for one.
  await workbench.runCommand('View: Close All Editors');
  await workbench.tab('services.yaml').waitFor({ state: 'detached' });
  await ask(workbench, 'Callboard: Show Dependents', 'Show Dependents');
  await workbench.choose('crane-control');
  await workbench.quickInput.getByText(title, { exact: true }).waitFor();
  await workbench.choose('Graph', 'Show Dependents in Graph');
  const portal = workbench.webview();
  await portal
    .getByRole('complementary', { name: 'Dependents' })
    .getByText('2 entities of 2 owners')
    .waitFor();

  // On the page of an entity, the command is about that entity.
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('crane-control', 'component:default/crane-control');
  await portal.getByRole('heading', { level: 1, name: 'Crane Control' }).waitFor();
  await portal.getByText('2 entities of 2 owners').waitFor();
  await ask(workbench, 'Callboard: Show Dependents', title);
  await workbench.pressOnRow('Escape');
  await workbench.runCommand('View: Close All Editors');

  // A search without results is reported.
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.type('no such thing', { expectRow: 'No entity matches' });
  await workbench.pressOnRow('Escape');
});

test('opens, copies and opens to the side by keyboard', async ({ callboard: { workbench } }) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await focusTree(workbench);
  await page.keyboard.press('Home');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'Components' }).waitFor();
  await unfoldByKey(workbench, /^Components/);
  await workbench.treeItem(/^Crane Control/).waitFor();
  await page.keyboard.press('ArrowDown');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'Crane' }).waitFor();
  await page.keyboard.press('Control+C');
  await page.locator('.statusbar', { hasText: 'Copied component:default/crane-control' }).waitFor();
  await page.keyboard.press('Enter');
  await workbench.tab('services.yaml').waitFor();
  await expectSelected(page, 'crane-control');

  // The message of the first copy may still be in the status bar: check the clipboard.
  await focusTree(workbench);
  await page.keyboard.press('Control+C');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('component:default/crane-control');

  // Keys act on the focused row and leave the selection unchanged.
  await workbench.sideBar.locator('.monaco-list-row.selected', { hasText: 'Crane' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await workbench.sideBar.locator('.monaco-list-row.focused', { hasText: 'tide-clock' }).waitFor();
  await page.keyboard.press('Control+C');
  await page.locator('.statusbar', { hasText: 'Copied component:default/tide-clock' }).waitFor();
  await workbench.sideBar.locator('.monaco-list-row.selected', { hasText: 'Crane' }).waitFor();
  await expect.poll(() => workbench.sideBar.locator('.monaco-list-row.selected').count()).toBe(1);

  await page.keyboard.press('Control+Enter');
  await page.locator('.editor-group-container').nth(1).waitFor();
  await expectSelected(page, 'tide-clock');
  await workbench.runCommand('View: Close All Editors');
  await page.locator('.editor-group-container').nth(1).waitFor({ state: 'detached' });
});

test("doesn't run commands from descriptors in messages", async ({
  callboard: { workbench, folder },
}) => {
  await openCatalog(workbench);
  const file = join(folder!, 'bait.yaml');
  writeFileSync(
    file,
    `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: bait, title: '[Bait](command:workbench.action.closeWindow)' }
spec: { owner: quay }
`,
  );
  await workbench.treeItem('Systems, 2 entities').waitFor();

  await ask(workbench, 'Callboard: Show Dependents', 'Show Dependents');
  await workbench.choose('bait', 'system:default/bait');
  const message = workbench.notifications.filter({ hasText: 'Nothing depends on [Bait]' });
  await message.waitFor();
  expect(await message.locator('a[href]').count()).toBe(0);

  rmSync(file);
  await workbench.treeItem('Systems, 1 entity').waitFor();
});

test('expands rows, opens descriptors and follows relations', async ({
  callboard: { workbench },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await expect
    .poll(() => rows(workbench, '[aria-level="1"]'))
    .toEqual([
      'Components, 2 entities, 1 with errors, 1 error, 1 warning',
      'APIs, 1 entity',
      'Systems, 1 entity',
      'Domains, 1 entity',
      'Groups, 1 entity',
      'Users, 1 entity',
    ]);
  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench.treeItem('Crane Control, Component, service, owned by Quay Team').waitFor();
  await workbench.treeItem('broken-buoy, Component, has errors, not in the catalog').waitFor();

  // Relations of the entity, including missing targets.
  await workbench.expand(workbench.treeItem(/^tide-clock/));
  await workbench.treeItem('Owned by nobody, not in the catalog').waitFor();
  await workbench.expand(workbench.treeItem('Depends on Crane Control'));
  await workbench
    .treeItem('Crane Control, Component, service, owned by Quay Team')
    .nth(1)
    .waitFor();

  // A click opens the descriptor at the name.
  await workbench.treeItem(/^tide-clock/).click();
  await workbench.tab('services.yaml').waitFor();
  await expectSelected(page, 'tide-clock');

  // A click on a failed descriptor does the same; its tooltip also shows the reason.
  const broken = workbench.treeItem(/^broken-buoy/);
  await broken.click();
  await workbench.tab('broken.yaml').waitFor();
  // Move away first: a resting pointer after a click triggers nothing.
  await page.mouse.move(900, 400);
  await workbench.hoverOver(broken, 'because the descriptor has errors');
});

test('updates the tree with typing and changes on disk', async ({
  callboard: { workbench, folder },
}) => {
  await openCatalog(workbench);
  const { page } = workbench;

  await workbench.expand(workbench.treeItem(/^Components/));
  await workbench
    .treeItem(/^Crane Control/)
    .first()
    .click();
  await workbench.tab('services.yaml').waitFor();
  await expectSelected(page, 'crane-control');
  await page.keyboard.type('crane-two');
  await ask(workbench, 'Callboard: Go to Entity…', 'Go to Entity');
  await workbench.type('crane-two', { expectRow: 'component:default/crane-two' });
  await workbench.pressOnRow('Escape');
  await workbench.expand(workbench.treeItem(/^tide-clock/));
  await workbench.treeItem('Depends on crane-control, not in the catalog').waitFor();

  const file = join(folder!, 'org.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('title: Quay Team', 'title: Night Shift'));
  await workbench
    .treeItem(/owned by Night Shift/)
    .first()
    .waitFor();
});

test('reaches every view by keyboard, uses it and leaves it', async ({
  callboard: { workbench },
}) => {
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Components/).waitFor();
  await (await workbench.openView('Catalog Health')).getByRole('treeitem').first().waitFor();
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
  await page.getByRole('menuitem', { name: 'Copy', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused('Catalog')).toMatch(/^Crane Control/);
  await page.keyboard.press('Enter');
  await workbench.tab('services.yaml').waitFor();

  // The status bar names the file's entity for keyboard users.
  await workbench.runCommand('View: Focus Next Part');
  await expect
    .poll(() => workbench.entityStatus.getAttribute('aria-label'))
    .toBe('This file belongs to Component Crane Control, owned by quay');

  // The Problems view: a group, one of its problems, its menu, its location.
  await focusView(workbench, 'Catalog Health');
  await page.keyboard.press('Home');
  await expect.poll(focused('Catalog Health')).toMatch(/^broken-buoy, component, 1 problem, error/);
  await pressUntil(
    workbench,
    'ArrowDown',
    focusedRow('Catalog Health').and(workbench.treeItem(/^tide-clock, component/)),
  );
  await pressUntil(
    workbench,
    'ArrowRight',
    focusedRow('Catalog Health').and(page.locator('[aria-expanded="true"]')),
  );
  await workbench.treeItem(/^warning, spec.owner refers to/).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused('Catalog Health')).toMatch(/^warning, spec.owner refers to/);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Ignore on This Line' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();

  // Neither tree traps focus, and both have names.
  for (const view of ['Catalog', 'Catalog Health']) {
    await focusView(workbench, view);
    await page.keyboard.press('Tab');
    await focusedRow(view).waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Tab');
    await focusedRow(view).waitFor();
    await workbench.view(view).getByRole('tree', { name: view }).waitFor();
    await expect.poll(() => namelessIn(workbench, view)).toEqual([]);
  }
});

test('assigns an owner by drag and drop, undoes it and rejects others', async ({
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

test('sets the system of an entity by keyboard', async ({ callboard: { workbench, folder } }) => {
  const before = read(folder, 'services.yaml');
  await workbench.openContainer('Callboard');
  await workbench
    .view('Catalog')
    .getByRole('treeitem', { name: /^Components/ })
    .waitFor();
  await workbench.runCommand('Callboard: Set System…');
  // Text typed before the input appears is lost.
  await workbench.quickInput.getByPlaceholder('Name, title, ref, owner or tag').waitFor();
  await workbench.choose('tide', 'tide-clock');
  await workbench.quickInput.getByText('New System').waitFor();
  await workbench.choose('cran', 'cranes');
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toContain('  owner: nobody\n  system: cranes\n');
  writeFileSync(join(folder ?? '', 'services.yaml'), before);
});

test('shows the entity at the cursor in the status bar with actions', async ({
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

test('opens, groups and ignores problems from their view', async ({
  callboard: { workbench, folder },
}) => {
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Catalog Health');
  const row = (name: RegExp) => view.getByRole('treeitem', { name }).first();
  await workbench.expand(row(/^tide-clock/));
  const problem = row(/^warning, spec.owner refers to/);
  await problem.click();
  await workbench.tab('services.yaml').waitFor();

  await workbench.pressRowButton(problem, 'Ignore on This Line');
  await expect
    .poll(() => read(folder, 'services.yaml'))
    .toContain('  # callboard-disable-next-line dangling-reference\n  owner: nobody\n');
  await row(/^tide-clock/).waitFor({ state: 'detached' });

  await workbench.runCommand('Callboard: Group Problems by Code');
  await row(/^invalid-spec, 1 problem, error/).waitFor();

  // A problem counts again after its comment is removed.
  writeFileSync(
    join(folder ?? '', 'services.yaml'),
    read(folder, 'services.yaml').replace(/ *# callboard-disable-next-line.*\n/, ''),
  );
  await row(/^dangling-reference, 1 problem, warning/).waitFor();

  // The view's state survives a reload.
  await workbench.reload('problems.grouping');
  await workbench.openContainer('Callboard');
  await row(/^invalid-spec, 1 problem, error/).waitFor();
  await view.locator('.pane-header', { hasText: /Catalog Health\s*2/ }).waitFor();

  await workbench.runCommand('Callboard: Filter Problems…');
  await workbench.choose('errors, owned by me');
  await view.getByText('No problems match the filter.').waitFor();
  await view.getByRole('button', { name: 'Clear Filter' }).click();
  await row(/^dangling-reference/).waitFor();

  writeFileSync(join(folder ?? '', 'broken.yaml'), '');
  writeFileSync(
    join(folder ?? '', 'services.yaml'),
    read(folder, 'services.yaml').replace('owner: nobody', 'owner: quay'),
  );
  await view.getByText('No problems found in the catalog.').waitFor();
});

test('assigns several entities at once, preserves formatting and undoes in one step', async ({
  open,
}) => {
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
  // A failed change is reported and doesn't stop the others.
  const notification = workbench.notifications.filter({
    hasText: "Didn't change 1 of 3. quay: Can't assign an entity to itself.",
  });
  await workbench.drag(row(/^buoy/), row(/^quay/), notification);
  await workbench.notifications
    .filter({ hasText: '2 entities are now assigned to quay' })
    .waitFor();
  const names = ['anchor.yaml', 'buoy.yaml'];
  const assigned = names.map(name => files[name]?.replace('owner: nobody', 'owner: quay'));
  const onDisk = () => names.map(name => read(folder, name));
  await expect.poll(onDisk).toEqual(assigned);

  // The editor's own Undo treats them as one step.
  const [first = ''] = names;
  await workbench.untilShown(workbench.unsavedTab(first), async () => {
    // A tree whose refresh ends just now takes the focus back.
    await workbench.focusEditor();
    await page.keyboard.press('Control+Z');
  });
  for (const name of names) await workbench.unsavedTab(name).waitFor();
  await workbench.runCommand('File: Save All');
  await expect.poll(onDisk).toEqual(names.map(name => files[name]));
});

async function openCatalog(workbench: Workbench): Promise<void> {
  await workbench.openContainer('Callboard');
  await workbench.sideBar.getByRole('treeitem').first().waitFor();
}

/** Runs a command that shows an input; until then, the palette would receive the typed text. */
async function ask(workbench: Workbench, command: string, title: string): Promise<void> {
  await workbench.runCommand(command);
  await workbench.quickInput.getByText(title, { exact: true }).waitFor();
}

async function focusTree(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Callboard: Focus on Catalog View', { exact: true });
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.sideBar.locator('.monaco-list:focus').waitFor();
}

/** Expands the focused row. A tree that is being refreshed may drop the key. */
async function unfoldByKey(workbench: Workbench, name: RegExp): Promise<void> {
  const row = workbench.treeItem(name);
  await expect
    .poll(async () => {
      const isUnfolded = (await row.getAttribute('aria-expanded')) === 'true';
      if (!isUnfolded) await workbench.page.keyboard.press('ArrowRight');
      return isUnfolded;
    })
    .toBe(true);
}

/** Accessible names of the tree's rows, from the top. */
async function rows(workbench: Workbench, which = '*'): Promise<(string | null)[]> {
  return workbench
    .view('Catalog')
    .getByRole('treeitem')
    .and(workbench.page.locator(which))
    .evaluateAll(items => items.map(item => item.getAttribute('aria-label')));
}

async function pick(workbench: Workbench, command: string, choice: string): Promise<void> {
  await workbench.runCommand(command);
  await workbench.quickInputRows.filter({ hasText: choice }).first().waitFor();
  await workbench.choose(choice);
}

/** Expects a text to be selected in the active editor, by copying it; the clipboard may lag. */
async function expectSelected(page: Page, text: string): Promise<void> {
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+C');
      return page.evaluate(() => navigator.clipboard.readText());
    })
    .toBe(text);
}

async function focusView(workbench: Workbench, name: string): Promise<void> {
  await workbench.runCommand(`Callboard: Focus on ${name} View`, { exact: true });
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.view(name).locator('.monaco-list:focus').waitFor();
}

/** Presses a key again until it takes effect: a tree that is being refreshed may drop it. */
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

/** Interactive elements of a view without an accessible name. */
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
