import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

/** The steps of the walkthrough, and a text in each picture. */
const steps = {
  'Browse your catalog': 'Fare Engine',
  'Open the portal': 'Catalog Health',
  'Find anything': 'Booking API',
  'Read the docs': 'npm install',
  'Create from a template': 'Python Service',
  'Describe a component': 'Holds seats',
  'Fix or ignore problems': 'Ticket Mailer',
  'Add sources': 'acme/platform',
  'Ask an agent': 'Who owns',
};

test.for(Object.keys(themes) as Theme[])(
  'walkthrough and home in the editor, %s',
  async (theme, { open }) => {
    const { workbench } = await open({
      folder: process.env.CALLBOARD_SHOTS_FOLDER ?? 'demo',
      theme,
      viewport: { width: 1280, height: 860 },
      settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
    });
    const shot = (name: string): Promise<void> =>
      workbench.screenshot(inProject('out', 'shots', `${name}-${theme}.png`));
    await workbench.openContainer('Callboard');
    const problems = await workbench.openView('Catalog Health');
    await workbench.expand(problems.getByRole('treeitem').first());
    await workbench.expand(workbench.view('Catalog').getByRole('treeitem').first());
    await workbench.openFile('holdSeats.ts');
    await workbench.entityStatus.waitFor();
    await workbench.settled();
    await shot('problems');
    await workbench.entityStatus.click();
    await workbench.quickInputRows.first().waitFor();
    await shot('status-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.openFile('.gitattributes');
    await workbench.entityStatus.filter({ hasText: 'No entity' }).click();
    await workbench.quickInputRows.first().waitFor();
    await shot('no-entity');
    await workbench.page.keyboard.press('Escape');
    await workbench.openFile('holdSeats.ts');
    await workbench.openContainer('Explorer');
    await workbench.settled();
    await shot('explorer');
    await workbench.page.setViewportSize({ width: 1640, height: 860 });
    await workbench.openWalkthrough('Get Started with Callboard');
    for (const [index, [title, inPicture]] of Object.entries(steps).entries()) {
      await workbench.page.locator('.step-title', { hasText: title }).click();
      await workbench.webview().getByText(inPicture).first().waitFor();
      await workbench.settled();
      await shot(`walkthrough-${index + 1}`);
    }
  },
);
