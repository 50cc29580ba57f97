import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';

// Copied to media/screenshot.png when it is better than the current one.
test('the picture of the readme', async ({ open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme: 'dark',
    viewport: { width: 1280, height: 800 },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  const catalog = workbench.view('Catalog');
  const row = (name: RegExp) => catalog.getByRole('treeitem', { name }).first();
  await workbench.openContainer('Callboard');
  const problems = await workbench.openView('Catalog Health');
  await workbench.expand(row(/^Systems/));
  await workbench.expand(row(/^Booking, System/));
  await workbench.expand(row(/^Has part/));
  await workbench.expand(problems.getByRole('treeitem', { name: /^fog-horn/ }));
  await workbench.openFile('near-miss.yaml');
  await workbench.tab('near-miss.yaml').waitFor();
  await workbench.page.locator('.squiggly-warning').first().waitFor();
  await workbench.entityStatus.waitFor();
  // Colors arrive after the text.
  await workbench.page.waitForFunction(() => {
    const tokens = [...document.querySelectorAll('.view-line span[class^=mtk]')];
    return new Set(tokens.map(({ className }) => className)).size > 3;
  });
  await workbench.openContainer('Callboard');
  await workbench.settled();
  await workbench.screenshot(inProject('out', 'shots', 'readme.png'));
});
