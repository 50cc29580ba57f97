import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])('the side bar, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: process.env.CALLBOARD_SHOTS_FOLDER ?? 'demo',
    theme,
    viewport: { width: 1280, height: 860 },
  });
  await workbench.openContainer('Callboard');
  // The view has content: the catalog or a message why it is empty.
  await workbench.sideBar.locator('.monaco-list-row, .welcome-view-content p').first().waitFor();
  // The tooltip of the clicked tab would cover the tree.
  await workbench.page.mouse.move(640, 20);
  await workbench.settled();
  await workbench.screenshot(inProject('out', 'shots', `side-bar-${theme}.png`));
});
