import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('Callboard in a trusted folder', () => {
  it('is installed and activates', async () => {
    const extension = vscode.extensions.getExtension('callboard.callboard');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has a Catalog view', async () => {
    assert.ok((await vscode.commands.getCommands(true)).includes('callboard.catalog.focus'));
  });

  it('opens the copied workspace', async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    const files = await vscode.workspace.findFiles('**/*.yaml');
    assert.deepEqual(files.map(file => vscode.workspace.asRelativePath(file)).sort(), [
      'catalog-info.yaml',
      'org.yaml',
      'services/dimmer.yaml',
    ]);
  });
});
