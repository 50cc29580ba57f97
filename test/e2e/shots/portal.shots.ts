import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { themes, type Theme } from '../../support/openCallboard';

// The dark pictures are copied to docs/images for the readme when they are better than the current
// ones.
test.for(Object.keys(themes) as Theme[])('the pages of the portal, %s', async (theme, { open }) => {
  const { workbench } = await open({
    folder: process.env.CALLBOARD_SHOTS_FOLDER ?? 'demo',
    theme,
    viewport: { width: 1280, height: 800 },
    settings: { 'callboard.user': 'bruno.capstan', 'window.commandCenter': false },
  });
  const page = workbench.webview();
  const shot = async (name: string): Promise<void> => {
    // A pointed-at element has its own hover.
    await workbench.page.mouse.move(640, 5);
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `portal-${name}-${theme}.png`));
  };
  const goTo = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();

  // The home page shows viewed and starred entities.
  await workbench.runCommand('Callboard: Open Portal');
  await page.getByRole('combobox', { name: 'Find an entity' }).fill('booking serv');
  await page.getByRole('option', { name: /^Booking Service/ }).click();
  await page.getByRole('button', { name: 'Star', exact: true }).click();
  await workbench.runCommand('View: Close Primary Side Bar');
  await page.locator('.graph-card canvas').waitFor();
  await page.getByRole('button', { name: 'Unstar', exact: true }).waitFor();
  await shot('entity');
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('booking-api');
  await page.getByRole('tab', { name: 'API' }).click();
  await page.getByRole('tree').first().waitFor();
  await shot('api');
  await goTo('Home');
  await page.getByRole('link', { name: 'Components without docs' }).waitFor();
  await shot('home');
  await goTo('Catalog');
  await page.getByRole('checkbox', { name: /^production/ }).check();
  await page.getByRole('group', { name: 'Active filters' }).waitFor();
  await shot('catalog');
  await goTo('Organization');
  await page
    .getByRole('treeitem', { name: /^Shore Engineering/ })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: /^Owns/ }).waitFor();
  await shot('organization');
  await goTo('Docs');
  await page.getByRole('heading', { name: 'Crew Handbook' }).getByRole('link').click();
  await page.locator('callboard-docs-article img[src]').waitFor();
  await shot('docs');
  await goTo('Search');
  await page.getByText('Suggestions').waitFor();
  await shot('search-start');
  await page.getByRole('combobox', { name: 'Search everything' }).fill('booking');
  await page.getByText(/results in \d+ ms$/).waitFor();
  await workbench.page.keyboard.press('Enter');
  await page.locator('.search-result-link:focus').waitFor();
  await shot('search');
  await goTo('Graph');
  await page.locator('.graph-page .graph-canvas').waitFor();
  await page.getByRole('searchbox', { name: 'Find in the graph' }).fill('booking service');
  await workbench.page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
  await page.getByRole('button', { name: 'Zoom to Fit' }).click();
  await shot('graph');
});
