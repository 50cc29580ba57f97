import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('Callboard in a restricted folder', () => {
  it('activates in an untrusted folder', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('callboard.callboard');
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
