import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';
import { aDescriptor } from '../support/descriptors';
import { writeFiles } from '../support/folders';
import { PluginFolder } from '../support/packedPlugin';

const shot = (name: string): string => inProject('out', 'e2e', `metrics-${name}.png`);

const sonar = (rating: string): string =>
  JSON.stringify({ coverage: 84, bugs: 2, rating, date: '2026-11-02' }, undefined, 2);

const files = {
  'services/shop/catalog-info.yaml': aDescriptor('component:shop'),
  'services/shop/sonar.json': sonar('b'),
  'services/orders/catalog-info.yaml': aDescriptor('component:orders'),
  'services/orders/sonar.json': sonar('A'),
  'services/bare/catalog-info.yaml': aDescriptor('component:bare'),
};

let vsix: string;

beforeAll(async () => {
  const folder = await PluginFolder.create(inProject('docs/examples/metrics-plugin'));
  await folder.install();
  await folder.run('npm', ['run', 'build']);
  await folder.callboard('plugin', 'pack', '--out', 'metrics.vsix');
  vsix = join(folder.path, 'metrics.vsix');
});

test('the metrics plugin works in every part of the window', async ({ open }) => {
  const { workbench, folder = '' } = await open({
    write: to => writeFiles(to, files),
    extensions: [vsix],
  });
  const { page } = workbench;

  // Home card.
  await workbench.runCommand('Callboard: Open Portal');
  const webview = workbench.webview();
  const home = webview.getByRole('region', { name: 'Components to Measure' });
  await home.getByText('shop').waitFor();
  await workbench.screenshot(shot('home'));

  // Grouping.
  await workbench.runCommand('Callboard: Group Catalog By…');
  await workbench.choose('Rating');
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^Not measured, 1 entity/).waitFor();
  await workbench.treeItem(/^A, 1 entity/).waitFor();
  await workbench.treeItem(/^b, 1 entity/).waitFor();
  await workbench.screenshot(shot('grouping'));

  // Command, which opens the tab with the card.
  await workbench.runCommand('Callboard: Entity Actions');
  await workbench.choose('shop');
  await workbench.untilPrompted('Select an action');
  await workbench.choose('Show Quality');
  const card = webview.getByRole('region', { name: 'Measures' });
  await card.getByText('84').waitFor();
  await webview.getByRole('tab', { name: 'Quality', selected: true }).waitFor();
  await workbench.screenshot(shot('tab'));

  // Facet of the search.
  await workbench.runCommand('Callboard: Open Search Page');
  const rating = webview.getByRole('group', { name: 'Rating' });
  await rating.getByRole('checkbox', { name: /^A/ }).waitFor();
  await workbench.screenshot(shot('search'));
  await rating.getByRole('checkbox', { name: /^A/ }).click();
  await workbench.tab('rating:A · Search').waitFor();
  await webview.getByText(/^1 result/).waitFor();
  await workbench.screenshot(shot('filtered'));

  // Check with its fix.
  const problems = await workbench.openProblems();
  await problems.getByText('A rating is A, B, C, D or E.').waitFor();
  await problems.getByText('A rating is A, B, C, D or E.').dblclick();
  await workbench.tab('sonar.json').waitFor();
  await workbench.screenshot(shot('problem'));
  const fix = await workbench.openQuickFix('Use Upper Case');
  await fix.waitFor();
  await workbench.screenshot(shot('fix'));
  await page.keyboard.press('Enter');
  await problems.getByText('A rating is A, B, C, D or E.').waitFor({ state: 'detached' });
  await workbench.runCommand('File: Save', { exact: true });
  await expect
    .poll(() => readFileSync(join(folder, 'services/shop/sonar.json'), 'utf8'))
    .toContain('"rating": "B"');
  await workbench.treeItem(/^B, 1 entity/).waitFor();

  // The Plugins view names the plugin with its tool.
  await workbench.runCommand('Callboard: Show Plugins');
  const plugin = workbench.treeItem(/^Metrics/);
  await plugin.waitFor();
  // Its declaration and its code are one.
  expect(await plugin.count()).toBe(1);
  await workbench.expand(plugin);
  await workbench.screenshot(shot('plugins'));
});
