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

  it('are reported once and without gaps while their file is opened, closed and reopened', async () => {
    const file = 'catalog-info.yaml';
    const line = (): number | undefined => diagnostics(file)[0]?.range.start.line;
    await eventually(() => assert.deepEqual(codes(file), ['definition-reference']));
    const closed = line() ?? NaN;
    const reported = recordEachTurn(() => codes(file).join());
    for (let round = 1; round <= 2; round++) {
      const document = await open(file);
      await insert(document, new vscode.Position(0, 0), '# Comment\n');
      await eventually(() => assert.equal(line(), closed + 1));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await eventually(() => assert.ok(document.isClosed));
    }
    await eventually(() => assert.equal(line(), closed));
    assert.deepEqual(reported(), ['definition-reference']);
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

/** Opens a file as a user does; `showTextDocument` keeps the document open for minutes after its editor. */
async function open(file: string): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('vscode.open', workspaceUri(file));
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document);
  return document;
}

/** Returns the problems of API definitions in a file. */
function diagnostics(file: string): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(workspaceUri(file))
    .filter(diagnostic => codeOf(diagnostic).startsWith('definition-'));
}

function codeOf({ code }: vscode.Diagnostic): string {
  return `${(typeof code === 'object' ? code.value : code) ?? ''}`;
}

/** Returns the codes, the underlined texts and the severities. */
function found(file: string): readonly (readonly [string, string, vscode.DiagnosticSeverity])[] {
  const uri = workspaceUri(file);
  const document = vscode.workspace.textDocuments.find(
    ({ uri: other }) => other.toString() === uri.toString(),
  );
  return diagnostics(file).map(diagnostic => [
    codeOf(diagnostic),
    document?.getText(diagnostic.range) ?? '',
    diagnostic.severity,
  ]);
}

function codes(file: string): readonly string[] {
  return diagnostics(file).map(codeOf);
}

/**
 * Records a value at each turn of the event loop, as VS Code fires its events of diagnostics 50 ms late and merged.
 * @returns a function that ends it and returns the different values
 */
function recordEachTurn(read: () => string): () => readonly string[] {
  const values = new Set<string>();
  let isEnded = false;
  const record = (): void => {
    values.add(read());
    if (!isEnded) setImmediate(record);
  };
  record();
  return () => {
    isEnded = true;
    return [...values];
  };
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
