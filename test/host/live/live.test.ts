import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CatalogService } from '../../../src/api';
import {
  aComponentYaml,
  activatePortal,
  diagnosticsOf,
  eventually,
  namesOf,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('Live catalog', () => {
  let catalog: CatalogService;
  const ferry = workspaceUri('catalog-info.yaml');

  before(async () => {
    ({ catalog } = await activatePortal());
  });

  async function replace(uri: vscode.Uri, text: string, replacement: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const offset = document.getText().indexOf(text);
    assert.ok(offset >= 0, `There is no "${text}" in ${document.getText()}`);
    const edit = new vscode.WorkspaceEdit();
    const start = document.positionAt(offset);
    const end = document.positionAt(offset + text.length);
    edit.replace(uri, new vscode.Range(start, end), replacement);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async function revert(uri: vscode.Uri): Promise<void> {
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }

  describe('in an open editor', () => {
    afterEach(() => revert(ferry));

    it('follows unsaved text', async () => {
      await vscode.window.showTextDocument(ferry);
      await replace(ferry, 'name: ferry', 'name: hovercraft');
      await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('hovercraft')));
      assert.ok(!namesOf(catalog, 'Component').includes('ferry'));
      const onDisk = await vscode.workspace.fs.readFile(ferry);
      assert.ok(new TextDecoder().decode(onDisk).includes('name: ferry'));
    });

    it('restores entities when changes are reverted', async () => {
      await vscode.window.showTextDocument(ferry);
      await replace(ferry, 'name: ferry', 'name: hovercraft');
      await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('hovercraft')));
      await revert(ferry);
      await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('ferry')));
      assert.ok(!namesOf(catalog, 'Component').includes('hovercraft'));
    });

    it('marks a wrong value and clears the mark', async () => {
      await vscode.window.showTextDocument(ferry);
      await replace(ferry, 'group:default/crew', 'group:default/crow');
      await eventually(() =>
        assert.deepEqual(diagnosticsOf(ferry), ['7:9-7:27 warning dangling-reference']),
      );
      const [diagnostic] = vscode.languages.getDiagnostics(ferry);
      assert.match(diagnostic?.message ?? '', /group:default\/crow, which is not in the catalog/);
      const [problem] = catalog.getProblems({ entityRef: 'component:default/ferry' });
      assert.equal(problem?.code, 'dangling-reference');
      await replace(ferry, 'group:default/crow', 'group:default/crew');
      await eventually(() => assert.deepEqual(diagnosticsOf(ferry), []));
    });

    it('reports invalid YAML and marks the entity as failed', async () => {
      await vscode.window.showTextDocument(ferry);
      await replace(ferry, '  name: ferry', '  name: [ferry');
      await eventually(() => {
        const diagnostics = diagnosticsOf(ferry);
        assert.ok(diagnostics.length > 0);
        for (const diagnostic of diagnostics) assert.match(diagnostic, / error yaml-syntax$/);
      });
      assert.ok(!namesOf(catalog, 'Component').includes('ferry'));
    });

    it('keeps saved changes', async () => {
      await vscode.window.showTextDocument(ferry);
      await replace(ferry, 'name: ferry', 'name: ferry-two');
      await (await vscode.workspace.openTextDocument(ferry)).save();
      await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('ferry-two')));
      await replace(ferry, 'name: ferry-two', 'name: ferry');
      await (await vscode.workspace.openTextDocument(ferry)).save();
      await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('ferry')));
    });
  });

  describe('on disk', () => {
    it('reports both locations of a duplicate until one is deleted', async () => {
      const copy = workspaceUri('services/copy.yaml');
      await writeFile(copy, aComponentYaml('ferry'));
      await eventually(() =>
        assert.deepEqual(diagnosticsOf(copy), ['3:8-3:13 warning duplicate-entity']),
      );
      const [diagnostic] = vscode.languages.getDiagnostics(copy);
      assert.deepEqual(
        diagnostic?.relatedInformation?.map(({ location }) => location.uri.path),
        [ferry.path],
      );
      await vscode.workspace.fs.delete(copy);
      await eventually(() => assert.deepEqual(diagnosticsOf(copy), []));
    });

    it('removes the entities of a deleted folder', async () => {
      assert.deepEqual(
        namesOf(catalog, 'Component').filter(name => name.startsWith('old-')),
        ['old-one', 'old-two'],
      );
      // Not through VS Code, which would report each file: like `rm -r` in a terminal.
      await rm(workspaceUri('old').fsPath, { recursive: true });
      await eventually(() =>
        assert.deepEqual(
          namesOf(catalog, 'Component').filter(name => name.startsWith('old-')),
          [],
        ),
      );
    });

    it('reads a thousand new files in a few refreshes', async () => {
      let refreshes = 0;
      const subscription = catalog.onDidChange(() => refreshes++);
      const names = Array.from({ length: 1000 }, (_, index) => `many-${index}`);
      await Promise.all(
        names.map(name => writeFile(workspaceUri(`many/${name}.yaml`), aComponentYaml(name))),
      );
      await eventually(() =>
        assert.equal(
          namesOf(catalog, 'Component').filter(name => name.startsWith('many-')).length,
          1000,
        ),
      );
      subscription.dispose();
      assert.ok(refreshes < 10, `There were ${refreshes} refreshes`);
      await vscode.workspace.fs.delete(workspaceUri('many'), { recursive: true });
      await eventually(() =>
        assert.ok(!namesOf(catalog, 'Component').some(name => name.startsWith('many-'))),
      );
    });
  });

  describe('when settings change', () => {
    const configuration = vscode.workspace.getConfiguration('callboard');
    const billing = workspaceUri('services/billing/component.yaml');

    after(async () => {
      await configuration.update('problems.severity', undefined);
      await configuration.update('catalog.exclude', undefined);
    });

    it('applies severities', async () => {
      await writeFile(billing, aComponentYaml('billing', 'group:default/nobody'));
      await eventually(() =>
        assert.deepEqual(diagnosticsOf(billing), ['7:9-7:29 warning dangling-reference']),
      );
      await configuration.update('problems.severity', { 'dangling-reference': 'error' });
      await eventually(() =>
        assert.deepEqual(diagnosticsOf(billing), ['7:9-7:29 error dangling-reference']),
      );
      await configuration.update('problems.severity', { 'dangling-reference': 'off' });
      await eventually(() => assert.deepEqual(diagnosticsOf(billing), []));
    });

    it('removes excluded files', async () => {
      await configuration.update('catalog.exclude', ['services/**']);
      await eventually(() => assert.ok(!namesOf(catalog, 'Component').includes('billing')));
      await configuration.update('catalog.exclude', undefined);
      await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('billing')));
    });
  });

  it('reads everything again on request', async () => {
    await vscode.commands.executeCommand('callboard.refresh');
    assert.ok(namesOf(catalog, 'Component').includes('ferry'));
    assert.equal(catalog.status, 'ready');
  });
});
