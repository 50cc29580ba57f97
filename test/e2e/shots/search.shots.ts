import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])('the search, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1280, height: 720 },
  });
  const shot = (name: string): Promise<void> =>
    workbench.screenshot(inProject('out', 'shots', `search-${name}-${theme}.png`));
  await workbench.openContainer('Callboard');
  await workbench.view('Catalog').getByRole('treeitem').first().waitFor();
  await workbench.openFile('teams.yaml');
  await workbench.openSearch();
  await workbench.type('booking', { expectRow: 'Booking' });
  await shot('names');
  await workbench.quickInput.getByRole('button', { name: 'Save Search' }).click();
  await workbench.type('bokking servce', { expectRow: 'Booking' });
  await shot('misspelled');
  await workbench.type('zzzzzz', { expectRow: 'No results for' });
  await shot('none');
  await workbench.type('fare engine', { expectRow: 'Fare Engine' });
  await workbench.pressOnRow('ArrowRight', 'Fare Engine');
  await workbench.webview().getByRole('heading', { name: 'Fare Engine' }).first().waitFor();
  await shot('preview');
  await workbench.pressOnRow('Enter', 'Fare');
  await workbench.quickInput.waitFor({ state: 'hidden' });
  await workbench.openSearch();
  await workbench.quickInputRows.filter({ hasText: 'fare engine' }).first().waitFor();
  await shot('empty');
  await workbench.type('ferry own', { expectRow: 'owner:' });
  await shot('filters');
  await workbench.type('ferry owner:', { expectRow: 'team-booking' });
  await shot('values');
});
