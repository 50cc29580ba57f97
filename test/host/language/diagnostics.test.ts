import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, diagnosticsOf, eventually, workspaceUri } from '../../support/portal';

describe('Diagnostics of a file', () => {
  const ferry = workspaceUri('ferry.yaml');
  const dangling = ['7:9-7:13 warning dangling-reference'];
  /** Diagnostics of the file after each real change. */
  const shown: (readonly string[])[] = [];
  let listening: vscode.Disposable;

  before(async () => {
    await activatePortal();
    listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some(uri => uri.toString() === ferry.toString())) return;
      const now = diagnosticsOf(ferry);
      if (JSON.stringify(shown.at(-1)) !== JSON.stringify(now)) shown.push(now);
    });
    await eventually(() => assert.deepEqual(diagnosticsOf(ferry), dangling));
  });
  after(() => listening.dispose());
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('stay unchanged between the catalog and the language server', async () => {
    shown.splice(0);
    for (let round = 0; round < 3; round++) {
      // Opened as by a user: VS Code keeps a document for minutes that an extension opens.
      await vscode.commands.executeCommand('vscode.open', ferry);
      await eventually(async () => assert.ok(await isServed(ferry)));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await eventually(() => assert.ok(!isOpen(ferry)));
    }
    assert.deepEqual(diagnosticsOf(ferry), dangling);
    assert.deepEqual(
      shown.filter(list => list.length !== 1),
      [],
    );
  });

  it('follow typed text and return after a revert', async () => {
    const editor = await vscode.window.showTextDocument(ferry);
    const range = new vscode.Range(7, 9, 7, 13);
    await editor.edit(edit => edit.replace(range, 'crew'));
    await eventually(() => assert.deepEqual(diagnosticsOf(ferry), []));
    await editor.edit(edit => edit.replace(range, 'cr/'));
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(ferry), ['7:9-7:12 error invalid-reference']),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually(() => assert.deepEqual(diagnosticsOf(ferry), dangling));
  });

  it('link to the explanation of their code', async () => {
    await vscode.window.showTextDocument(ferry);
    await eventually(async () => assert.ok(await isServed(ferry)));
    const [diagnostic] = vscode.languages.getDiagnostics(ferry);
    const code = diagnostic?.code;
    assert.ok(typeof code === 'object');
    assert.match(code.target.toString(), /callboard\.explainProblem/);
  });
});

/** Returns whether the server answers, and so has opened the file. */
async function isServed(uri: vscode.Uri): Promise<boolean> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(6, 4),
  );
  return hovers.length > 0;
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some(
    document => document.uri.toString() === uri.toString() && !document.isClosed,
  );
}
