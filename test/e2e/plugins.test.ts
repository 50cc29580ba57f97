import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';
import { writeFiles } from '../support/folders';

test('runs a plugin without code and reloads its changes', async ({ open }) => {
  const { workbench, folder } = await open({ folder: 'docs/examples/plugin-without-code' });
  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('shop');
  const page = workbench.webview();
  const quality = page.getByRole('region', { name: 'Quality' });
  await quality.getByText('Coverage').waitFor();
  await quality.getByText('84').waitFor();
  await quality.getByText('Measured for shop').waitFor();
  const links = page.getByRole('region', { name: 'Acme', exact: true });
  await links.getByText('Dashboard').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'plugin-without-code.png'));

  const data = join(folder ?? '', 'services/shop/sonar.json');
  writeFileSync(data, '{ "coverage": 12, "bugs": 2, "rating": "E" }');
  await quality.getByText('12').waitFor();
  const declaration = join(folder ?? '', '.callboard/plugin.yaml');
  const text = readFileSync(declaration, 'utf8');
  writeFileSync(declaration, text.replace('title: Quality', 'title: Code Quality'));
  await page.getByRole('region', { name: 'Code Quality' }).getByText('12').waitFor();

  await workbench.runCommand('Callboard: Group Catalog By…');
  await workbench.choose('Rating');
  await workbench.openContainer('Callboard');
  await workbench.treeItem(/^E, 1 entity/).waitFor();
  await workbench.treeItem(/^D, 1 entity/).waitFor();

  writeFileSync(declaration, text.replace('cards:', 'crads:'));
  const problems = await workbench.openProblems();
  await problems.getByText('Unknown key "crads". Did you mean "cards"?').waitFor();
  await expect.poll(() => page.getByRole('region', { name: /Quality/ }).count()).toBe(0);
  await workbench.screenshot(inProject('out', 'e2e', 'plugin-without-code-problems.png'));
});

test('offers the templates of a package and runs one', async ({ open }) => {
  const { workbench, folder = '' } = await open({ folder: 'docs/examples/plugin-without-code' });
  writeFiles(folder, {
    'node_modules/acme/plugin.yaml':
      "apiVersion: 1\nid: acme-paths\ntitle: Golden Paths\ntemplates: ['*/template.yaml']\n",
    'node_modules/acme/job/template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: acme-job, title: Acme Job, description: A job that runs at night }
spec:
  type: service
  parameters: { required: [name], properties: { name: { type: string, title: Name } } }
  steps:
    - { id: fetch, action: fetch:template, input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } } }
`,
    'node_modules/acme/job/skeleton/job.txt': '${{ values.name }}\n',
    '.callboard/config.yaml': 'plugins: [acme]\n',
  });
  await workbench.runCommand('Callboard: Create from Template…');
  await workbench.choose('Acme Job');
  await workbench.quickInput.getByText('Acme Job (1/1)').waitFor();
  await workbench.page.keyboard.type('nightly');
  await workbench.page.keyboard.press('Enter');
  await workbench.quickInput.getByText('Browse…').waitFor();
  await workbench.page.keyboard.press('Escape');

  await workbench.runCommand('Callboard: Open Create Page');
  const card = workbench.webview().getByRole('article', { name: 'Acme Job' });
  await card.getByText('Golden Paths').waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'plugin-templates.png'));
});
