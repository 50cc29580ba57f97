import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, eventually, workspaceUri } from '../../support/portal';

describe('Definitions of APIs', () => {
  before(activatePortal);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('say what is wrong in the file that holds them, as it is typed', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceUri('orders.yaml'));
    await vscode.window.showTextDocument(document);
    await eventually(() => {
      assert.deepEqual(found('orders.yaml'), [
        ['definition-invalid', 'sumary', vscode.DiagnosticSeverity.Error],
      ]);
    });
    // Nothing in the catalog changes with a comment: only the lines do.
    await insert(document, new vscode.Position(0, 0), '# Of the shop\n\n');
    await eventually(() => assert.equal(found('orders.yaml')[0]?.[1], 'sumary'));
    await insert(document, document.positionAt(document.getText().indexOf('sumary') + 2), 'm');
    await eventually(() => assert.deepEqual(found('orders.yaml'), []));
  });

  it('say what is wrong in descriptors', async () => {
    await vscode.window.showTextDocument(workspaceUri('catalog-info.yaml'));
    await eventually(() => {
      assert.deepEqual(found('catalog-info.yaml'), [
        ['definition-reference', 'Stock', vscode.DiagnosticSeverity.Warning],
      ]);
    });
  });

  it('say it as severely as settings want it', async () => {
    const settings = vscode.workspace.getConfiguration('callboard.problems');
    const set = (severity: string): Thenable<void> =>
      settings.update('severity', { 'definition-invalid': severity });
    await vscode.window.showTextDocument(workspaceUri('orders.yaml'));
    await set('hint');
    await eventually(() =>
      assert.equal(found('orders.yaml')[0]?.[2], vscode.DiagnosticSeverity.Hint),
    );
    await set('off');
    await eventually(() => assert.deepEqual(found('orders.yaml'), []));
    await settings.update('severity', undefined);
    await eventually(() => assert.equal(found('orders.yaml').length, 1));
  });
});

/** The codes, the texts that are underlined, and how severe they are. */
function found(file: string): readonly (readonly [unknown, string, vscode.DiagnosticSeverity])[] {
  const uri = workspaceUri(file);
  const document = vscode.workspace.textDocuments.find(
    ({ uri: other }) => other.toString() === uri.toString(),
  );
  return vscode.languages.getDiagnostics(uri).flatMap(({ code, range, severity }) => {
    const value = typeof code === 'object' ? code.value : code;
    return `${value ?? ''}`.startsWith('definition-')
      ? [[value, document?.getText(range) ?? '', severity] as const]
      : [];
  });
}

async function insert(
  document: vscode.TextDocument,
  position: vscode.Position,
  text: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, position, text);
  await vscode.workspace.applyEdit(edit);
}
