import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, diagnosticsOf, eventually, workspaceUri } from '../../support/portal';

describe('Language server after a crash', () => {
  const ferry = workspaceUri('ferry.yaml');

  before(() => activatePortal());
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('restarts with its open documents', async function () {
    // Finds processes in Linux's /proc.
    if (process.platform !== 'linux') return this.skip();
    const editor = await vscode.window.showTextDocument(ferry);
    await eventually(async () => assert.ok(await isHovered(ferry)));
    const [first] = serverProcesses();
    assert.ok(first !== undefined);

    process.kill(first, 'SIGKILL');
    await eventually(() => {
      const [second] = serverProcesses();
      assert.ok(second !== undefined && second !== first);
    });
    assert.deepEqual(diagnosticsOf(ferry), ['7:9-7:13 warning dangling-reference']);
    await eventually(async () => assert.ok(await isHovered(ferry)));

    await editor.edit(edit => edit.replace(new vscode.Range(7, 9, 7, 13), 'crew'));
    await eventually(() => assert.deepEqual(diagnosticsOf(ferry), []));
  });
});

async function isHovered(uri: vscode.Uri): Promise<boolean> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(6, 4),
  );
  return hovers.length > 0;
}

/** Ids of the server processes that this extension host has started. */
function serverProcesses(): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        const [, parent] = /\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parent) === process.pid && command.includes('languageServer.mjs');
      } catch {
        // It has ended in between.
        return false;
      }
    });
}
