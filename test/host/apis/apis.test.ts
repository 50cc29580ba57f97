import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, eventually, workspaceUri } from '../../support/portal';

describe('Problems of API definitions', () => {
  before(activatePortal);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it("are reported once in files that aren't open", async () => {
    await eventually(() => {
      assert.deepEqual(codes('orders.yaml'), ['definition-invalid']);
      assert.deepEqual(codes('catalog-info.yaml'), ['definition-reference']);
    });
    const { catalog } = await activatePortal();
    const about = (entityRef: string): readonly string[] =>
      catalog.getProblems({ entityRef }).map(({ code }) => code);
    assert.deepEqual(about('api:default/orders'), ['definition-invalid']);
    assert.deepEqual(about('api:default/stock'), ['definition-reference']);
  });

  it('stay unchanged when a file is opened and closed', async () => {
    await eventually(() => assert.deepEqual(codes('catalog-info.yaml'), ['definition-reference']));
    const seen = new Set<string>();
    const watching = vscode.languages.onDidChangeDiagnostics(() =>
      seen.add(codes('catalog-info.yaml').join()),
    );
    await vscode.window.showTextDocument(workspaceUri('catalog-info.yaml'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(workspaceUri('orders.yaml'));
    // Changes of another document come later: after them, all changes of this one have been
    // reported.
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    await eventually(() => assert.deepEqual(codes('orders.yaml'), ['definition-invalid']));
    await insert(document, document.positionAt(document.getText().indexOf('sumary') + 2), 'm');
    await eventually(() => assert.deepEqual(codes('orders.yaml'), []));
    watching.dispose();
    assert.deepEqual([...seen], ['definition-reference']);
  });

  it("follow edits in the definition's own file", async () => {
    const document = await vscode.workspace.openTextDocument(workspaceUri('orders.yaml'));
    await vscode.window.showTextDocument(document);
    await eventually(() => {
      assert.deepEqual(found('orders.yaml'), [
        ['definition-invalid', 'sumary', vscode.DiagnosticSeverity.Warning],
      ]);
    });
    // A comment changes nothing in the catalog, only the lines.
    await insert(document, new vscode.Position(0, 0), '# Of the shop\n\n');
    await eventually(() => assert.equal(found('orders.yaml')[0]?.[1], 'sumary'));
    await insert(document, document.positionAt(document.getText().indexOf('sumary') + 2), 'm');
    await eventually(() => assert.deepEqual(found('orders.yaml'), []));
  });

  it('are reported in descriptors', async () => {
    await vscode.window.showTextDocument(workspaceUri('catalog-info.yaml'));
    await eventually(() => {
      assert.deepEqual(found('catalog-info.yaml'), [
        ['definition-reference', 'Stock', vscode.DiagnosticSeverity.Warning],
      ]);
    });
  });

  it('have the severity of the settings', async () => {
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

/** The codes, the underlined texts and the severities. */
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

function codes(file: string): readonly unknown[] {
  return found(file).map(([code]) => code);
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
