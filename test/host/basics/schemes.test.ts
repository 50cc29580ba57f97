import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
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

describe("Documents outside the workspace's files", () => {
  let catalog: CatalogService;
  const file = workspaceUri('catalog-info.yaml');
  const broken = aComponentYaml('lookalike', 'group:default/nobody');

  before(async () => {
    ({ catalog } = await activatePortal());
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Waits for earlier changes: changes are processed in order. */
  async function waitForChanges(): Promise<void> {
    const marker = workspaceUri('marker.yaml');
    await writeFile(marker, aComponentYaml('marker'));
    await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('marker')));
    await vscode.workspace.fs.delete(marker);
    await eventually(() => assert.ok(!namesOf(catalog, 'Component').includes('marker')));
  }

  function assertNotTaken(uri: vscode.Uri, refsOfFile: readonly string[]): void {
    assert.ok(!namesOf(catalog, 'Component').includes('lookalike'));
    assert.deepEqual(catalog.getEntityRefsInFile(file.toString()), refsOfFile);
    assert.deepEqual(diagnosticsOf(uri), []);
  }

  it("don't replace the file that they are an older version of", async () => {
    const refs = catalog.getEntityRefsInFile(file.toString());
    const provider = vscode.workspace.registerTextDocumentContentProvider('older', {
      provideTextDocumentContent: () => broken,
    });
    // Like the left side of a comparison of the git extension.
    const left = file.with({ scheme: 'older', query: '{"ref":"HEAD"}' });
    await vscode.commands.executeCommand('vscode.diff', left, file);
    await eventually(() =>
      assert.ok(vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === 'older')),
    );
    await waitForChanges();
    assertNotTaken(left, refs);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await waitForChanges();
    assertNotTaken(left, refs);
    provider.dispose();
  });

  it("aren't part of the catalog while untitled", async () => {
    const refs = catalog.getEntityRefsInFile(file.toString());
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: broken });
    await vscode.window.showTextDocument(document);
    assert.equal(document.uri.scheme, 'untitled');
    await waitForChanges();
    assertNotTaken(document.uri, refs);
  });

  it('join the catalog when saved in the workspace', async () => {
    const target = workspaceUri('new/catalog-info.yaml');
    const uri = target.with({ scheme: 'untitled' });
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), broken);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await waitForChanges();
    assertNotTaken(uri, catalog.getEntityRefsInFile(file.toString()));
    assert.ok(await document.save());
    await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('lookalike')));
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(target), ['7:9-7:29 warning dangling-reference']),
    );
    await vscode.workspace.fs.delete(target);
  });
});
