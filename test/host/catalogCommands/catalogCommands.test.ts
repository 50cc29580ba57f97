import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  coreServices,
  entityCommandsExtensionPoint,
  type PortalApi,
  treeGroupingsExtensionPoint,
} from '../../../src/api';
import { activatePortal, eventually, resolveDeps } from '../../support/portal';

const CRANE = 'component:default/crane-control';

describe('Catalog commands', () => {
  let api: PortalApi;

  before(async () => {
    api = await activatePortal();
  });

  it('are all registered that the manifest declares', async () => {
    const { packageJSON } = vscode.extensions.getExtension('callboard.callboard') ?? {};
    const { contributes } = packageJSON as { contributes: { commands: { command: string }[] } };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  it('open an entity at its name within its file', async () => {
    await vscode.commands.executeCommand('callboard.entity.open', 'api:default/crane-api');
    await eventually(() => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.getText(editor.selection), 'crane-api');
    });
  });

  it('accept a ref in any letter case and copy it normalized', async () => {
    await vscode.commands.executeCommand(
      'callboard.entity.copyRef',
      'Component:default/Crane-Control',
    );
    await eventually(async () => assert.equal(await vscode.env.clipboard.readText(), CRANE));
  });

  it('open nothing for an unknown ref', async () => {
    const before = vscode.window.activeTextEditor?.document.uri.toString();
    await vscode.commands.executeCommand('callboard.entity.open', 'component:default/nowhere');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), before);
  });

  it('star and unstar an entity', async () => {
    const { starred } = await resolveDeps(api, 'reads-stars', { starred: coreServices.starred });
    await vscode.commands.executeCommand('callboard.entity.star', CRANE);
    assert.deepEqual(starred.all(), [CRANE]);
    await vscode.commands.executeCommand('callboard.entity.unstar', CRANE);
    assert.deepEqual(starred.all(), []);
  });

  it('reject duplicate ids of commands and groupings from plugins', async () => {
    const { commands, groupings } = await resolveDeps(api, 'adds-to-the-tree', {
      commands: entityCommandsExtensionPoint,
      groupings: treeGroupingsExtensionPoint,
    });
    const command = { id: 'test.shout', title: 'Shout', run: () => undefined };
    const added = commands.addEntityCommand(command);
    assert.throws(() => commands.addEntityCommand(command), /registered already/);
    added.dispose();
    commands.addEntityCommand(command).dispose();
    assert.throws(
      () => groupings.addTreeGrouping({ id: 'owner', label: 'Owner', groupsOf: () => [] }),
      /registered already/,
    );
  });
});
