import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type PortalApi } from '../../../src/api';
import {
  activatePortal,
  eventually,
  namesOf,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('Import in a workspace with several folders', () => {
  let api: PortalApi;
  const folders = [workspaceUri('api', 0), workspaceUri('web', 1)];

  before(async () => {
    api = await activatePortal();
    for (const folder of folders) {
      const manifest = JSON.stringify({ name: '@acme/service' });
      await writeFile(vscode.Uri.joinPath(folder, 'package.json'), manifest);
    }
  });

  after(async () => {
    for (const folder of folders) await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('lists candidates with their workspace folder and writes each there', async () => {
    const { edits, importer } = await resolveDeps(api, 'imports-of-several', {
      edits: coreServices.edits,
      importer: coreServices.importer,
    });
    const { candidates } = await importer.findCandidates();
    assert.deepEqual(
      candidates.map(({ path }) => path),
      ['one/api', 'two/web'],
    );
    const drafts = await importer.draft(candidates);
    const files = drafts.map(({ file, text }) => ({ file, content: text }));
    assert.deepEqual(
      files.map(({ file }) => file),
      folders.map(folder => `${folder.toString()}/catalog-info.yaml`),
    );

    // Equal names are distinguished.
    assert.ok(await edits.apply(files, { label: 'Import' }));
    const imported = () =>
      namesOf(api.catalog, 'Component').filter(name => /service|api|web/.test(name));
    await eventually(() => assert.equal(imported().length, 2));

    await vscode.window.showTextDocument(vscode.Uri.parse(files[1]?.file ?? ''));
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.deepEqual(imported(), []));
  });
});
