import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])('browsing and authoring, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1280, height: 800 },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
  });
  await workbench.openContainer('Callboard');
  await workbench.expand(workbench.treeItem(/^Systems/));
  await workbench.expand(workbench.treeItem(/^Booking/).first());
  await workbench.expand(workbench.treeItem(/^Has part/).first());
  await workbench.openFile('near-miss.yaml');
  await workbench.editor.locator('.squiggly-warning').first().waitFor();
  await workbench.openProblems();
  await workbench.page.keyboard.press('Control+1');
  await workbench.settled();
  await workbench.screenshot(inProject('out', 'shots', `authoring-${theme}.png`));
});
