import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

const widths = [200, 340];

test.for(Object.keys(themes) as Theme[])('the Plugins view, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: 'test/host/extensions/workspace',
    extensions: ['troublemaker'],
    theme,
    viewport: { width: 1280, height: 860 },
  });
  const { page } = workbench;
  await workbench.runCommand('Callboard: Show Plugins');
  const header = workbench.view('Catalog').locator('.pane-header');
  await workbench.untilShown(header.and(page.locator('[aria-expanded="false"]')), () =>
    header.click(),
  );
  await workbench.expand(workbench.treeItem(/^Overreach/));
  await workbench.expand(workbench.treeItem(/^Capabilities/));
  await workbench.expand(workbench.treeItem(/^Contributions/));
  await workbench.expand(workbench.treeItem(/^Built-in/));
  for (const width of widths) {
    const box = await workbench.sideBar.boundingBox();
    if (!box) throw new Error('There is no side bar');
    await page.mouse.move(box.x + box.width, 400);
    await page.mouse.down();
    await page.mouse.move(box.x + width, 400, { steps: 5 });
    await page.mouse.up();
    await page.mouse.move(900, 20);
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `plugins-${theme}-${width}.png`));
  }
});
