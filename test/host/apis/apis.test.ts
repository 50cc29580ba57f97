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

  it('say what is wrong in files that nobody has open, each thing once', async () => {
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

  it('say it without a gap or twice when a file is opened and closed', async () => {
    await eventually(() => assert.deepEqual(codes('catalog-info.yaml'), ['definition-reference']));
    const seen = new Set<string>();
    const watching = vscode.languages.onDidChangeDiagnostics(() =>
      seen.add(codes('catalog-info.yaml').join()),
    );
    await vscode.window.showTextDocument(workspaceUri('catalog-info.yaml'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(workspaceUri('orders.yaml'));
    // By what is told of another text in between, what there is to be told of this one has been.
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    await eventually(() => assert.deepEqual(codes('orders.yaml'), ['definition-invalid']));
    await insert(document, document.positionAt(document.getText().indexOf('sumary') + 2), 'm');
    await eventually(() => assert.deepEqual(codes('orders.yaml'), []));
    watching.dispose();
    assert.deepEqual([...seen], ['definition-reference']);
  });

  it('say what is wrong in the file that holds them, as it is typed', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceUri('orders.yaml'));
    await vscode.window.showTextDocument(document);
    await eventually(() => {
      assert.deepEqual(found('orders.yaml'), [
        ['definition-invalid', 'sumary', vscode.DiagnosticSeverity.Warning],
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
