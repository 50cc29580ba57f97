import { generateOrganization } from '../../../bench/organization';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])('ten thousand entities, %s', async (theme, { open }) => {
  const { workbench } = await open({
    write: folder => generateOrganization(folder, { entities: 10_000, decoys: 2000 }),
    theme,
    viewport: { width: 1280, height: 860 },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  const { page } = workbench;
  const shot = async (name: string): Promise<void> => {
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `large-${name}-${theme}.png`));
  };
  const catalog = workbench.view('Catalog');
  const row = (name: RegExp) => catalog.getByRole('treeitem', { name }).first();

  await workbench.openContainer('Callboard');
  // Ten thousand entities take a while on a busy machine.
  await row(/^Components/).waitFor({ timeout: 180_000 });
  await workbench.expand(row(/^Components/));
  await row(/, owned by/).waitFor();
  await shot('kind');

  await workbench.runCommand('Callboard: Group Catalog By…');
  await workbench.type('Owner', { expectRow: 'Owner' });
  await page.keyboard.press('Enter');
  await row(/^Components/).waitFor({ state: 'detached' });
  await row(/^\S.*, \d+ entities/).waitFor();
  await workbench.expand(row(/^\S.*, \d+ entities/));
  await shot('owner');

  await workbench.runCommand('Callboard: Go to Entity…');
  await workbench.quickInput.getByText('Go to Entity', { exact: true }).waitFor();
  await workbench.type('payment');
  // Not the previous rows, which the editor sorts by the typed text until the new ones arrive.
  await workbench.quickInputRows
    .filter({ hasText: /payment/i })
    .nth(4)
    .waitFor();
  await shot('go-to-entity');
  await page.keyboard.press('Escape');

  await workbench.runCommand('Callboard: Filter Catalog…');
  await workbench.quickInput.getByText('Filter Catalog', { exact: true }).waitFor();
  await workbench.type('kind:component lifecycle:production payment');
  await workbench.quickInput
    .getByText(/\b\d{1,4} of 10000 entities/)
    .last()
    .waitFor();
  await shot('filter');
  await page.keyboard.press('Escape');

  const problems = await workbench.openView('Catalog Health');
  await workbench.expand(problems.getByRole('treeitem').first());
  await shot('problems');
  await workbench.runCommand('Callboard: Group Problems by Code');
  await workbench.expand(problems.getByRole('treeitem').first());
  await shot('problems-by-code');
});
