import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, diagnosticsOf, eventually, workspaceUri } from '../../support/portal';

describe('The diagnostics of a file', () => {
  const ferry = workspaceUri('ferry.yaml');
  const dangling = ['7:9-7:13 warning dangling-reference'];
  /** What was shown of the file after each change, changes that change nothing left out. */
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

  it('stay as they are while they pass from the catalog to the server and back', async () => {
    shown.splice(0);
    for (let round = 0; round < 3; round++) {
      // As a person opens it: a document that an extension opens is kept for minutes.
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

  it('follow what is typed and are back when that is thrown away', async () => {
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

  it('lead to the page that explains their code', async () => {
    await vscode.window.showTextDocument(ferry);
    await eventually(async () => assert.ok(await isServed(ferry)));
    const [diagnostic] = vscode.languages.getDiagnostics(ferry);
    const code = diagnostic?.code;
    assert.ok(typeof code === 'object');
    assert.match(code.target.toString(), /callboard\.explainProblem/);
  });
});

/** Whether the server answers, and so has the file. */
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
