import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '../../scripts/lib/project.mjs';
import { writeBackstageModules } from '../support/backstageModules';
import { test } from '../support/callboardTest';
import { writeFiles } from '../support/folders';

test('exports the model of a Backstage by keyboard, cancels it, and adds the layers', async ({
  open,
}) => {
  const { workbench, folder = '' } = await open({
    write(path) {
      writeBackstageModules(join(path, 'portal'));
      writeFiles(path, { 'portal/backstage.json': '{ "version": "1.40.0" }\n' });
    },
  });
  const { page } = workbench;
  const dialog = page.locator('.monaco-dialog-box');
  const export_ = async (): Promise<void> => {
    await workbench.runCommand('Callboard: Export Catalog Model…');
    await workbench.untilPrompted('Select the repository of a Backstage');
    await workbench.pressOnRow('Enter', 'portal');
    await workbench.untilPrompted('Select a folder for the layers');
    await workbench.pressOnRow('Enter', 'model');
    await dialog.filter({ hasText: 'Run the code of portal?' }).waitFor();
  };
  const entry = join(folder, 'portal/packages/backend/src/index.ts');
  const written = readFileSync(entry, 'utf8');

  // Nothing runs without the answer; a run that hangs ends at once.
  await export_();
  await workbench.screenshot(inProject('out', 'e2e', 'model-export.png'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  writeFileSync(entry, 'setInterval(() => {}, 1000);\nmodule.exports = new Promise(() => {});\n');
  await export_();
  await dialog.getByRole('button', { name: 'Run' }).click();
  const progress = workbench.notifications.filter({ hasText: 'Running the modules of portal' });
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await progress.waitFor({ state: 'detached' });

  writeFileSync(entry, written);
  await export_();
  await dialog.getByRole('button', { name: 'Run' }).click();
  await workbench.tab('acme.com-ships.yaml').waitFor();
  expect(parse(readFileSync(join(folder, 'model/acme.com-ships.yaml'), 'utf8'))).toMatchObject({
    layerId: 'acme.com/Ships',
    ops: [{ name: 'ship', properties: { description: 'no token' } }],
  });
  const offer = workbench.notifications.filter({ hasText: 'Wrote 1 layer to model.' });
  await workbench.screenshot(inProject('out', 'e2e', 'model-exported.png'));
  await offer.getByRole('button', { name: 'Add to Settings' }).click();
  const settings = join(folder, '.vscode/settings.json');
  await expect
    .poll(() => readFileSync(settings, 'utf8'), { timeout: 20_000 })
    .toContain('"callboard.catalog.modelLayers": [\n        "model/*.yaml"\n    ]');
});
