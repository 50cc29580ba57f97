import { expect, onTestFinished } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { startBackstage } from '../support/backstageServer';
import { test } from '../support/callboardTest';

const FILES = {
  'all.yaml': `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: sail, title: Sail out }
spec:
  type: voyage
  parameters: { required: [pier], properties: { pier: { title: Pier, type: string } } }
  steps:
    - { id: log, name: Cast off, action: debug:log, input: { message: 'From the pier of \${{ parameters.pier }}' } }
  output: { links: [{ title: The chart, url: 'https://example.com/\${{ parameters.pier }}' }] }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: wait, title: Wait for the tide }
spec:
  type: voyage
  parameters: { required: [pier], properties: { pier: { title: Pier, type: string } } }
  steps: [{ id: wait, name: Wait at anchor, action: debug:wait, input: { minutes: 9 } }]
`,
};

test('runs templates on a Backstage and reopens a run', async ({ open }) => {
  const server = await startBackstage({ name: 'backstageTemplates', files: FILES });
  onTestFinished(() => server.kill());
  const source = { type: 'backstage', url: server.url, name: 'Skerry', allow: ['*', 'Template'] };
  const { workbench } = await open({
    folder: 'test/host/templates/workspace',
    settings: { 'callboard.catalog.sources': [source] },
  });
  const { page, quickInput } = workbench;
  await workbench.openContainer('Callboard');
  const view = await workbench.openView('Templates');
  await view.getByRole('treeitem', { name: /^Sail out, voyage · Skerry/ }).waitFor();

  const start = async (title: string): Promise<void> => {
    await workbench.runCommand('Callboard: Create from Template…');
    await workbench.choose(title);
    await quickInput.getByText(`${title} (1/1)`).waitFor();
    const input = quickInput.locator('input').first();
    await input.fill('north');
    await input.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(`Run ${title} on Skerry?`).waitFor();
    await dialog.getByText('pier: north').waitFor();
    await workbench.screenshot(inProject('out', 'e2e', 'backstage-templates-question.png'));
    await dialog.getByRole('button', { name: 'Run' }).click();
  };
  await start('Sail out');
  const run = workbench.webview();
  await run.getByRole('status').getByText('Completed').waitFor();
  await run.getByText('on Skerry', { exact: true }).waitFor();
  await run.getByRole('log').getByText('From the pier of north').first().waitFor();
  await run.getByRole('link', { name: 'The chart' }).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'backstage-templates-run.png'));

  // The page takes focus some time after it appears, and an open palette would lose it.
  await page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
  await start('Wait for the tide');
  await run.getByRole('button', { name: /^Wait at anchor.*running/s }).waitFor();
  await workbench.reload();
  await workbench.openContainer('Callboard');
  await workbench.runCommand('Callboard: Show Template Runs');
  const later = workbench.webview();
  await later.getByRole('link', { name: 'Wait for the tide' }).click();
  await later.getByRole('status').getByText('Running').waitFor();
  await later.getByRole('button', { name: 'Cancel' }).click();
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByText('Cancel Wait for the tide on Skerry?').waitFor();
  await dialog.getByRole('button', { name: 'Cancel Run' }).click();
  await later.getByRole('status').getByText('Cancelled').waitFor();
  expect(await later.getByText('are kept').count()).toBe(1);
});
