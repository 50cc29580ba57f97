import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type IdentityService } from '../../../src/api';
import { activatePortal, eventually, resolveDeps, workspaceUri } from '../../support/portal';

describe('"Me"', () => {
  let identity: IdentityService;
  const configuration = vscode.workspace.getConfiguration('callboard');
  const jane = ['user:default/jane', 'group:default/crew', 'group:default/fleet'];

  before(async () => {
    const cwd = workspaceUri('.').fsPath;
    execFileSync('git', ['init', '--quiet'], { cwd });
    execFileSync('git', ['config', 'user.email', 'jane@example.com'], { cwd });
    const api = await activatePortal();
    ({ identity } = await resolveDeps(api, 'who-am-i', { identity: coreServices.identity }));
  });

  it("is the user with git's email, with groups and their parents", async () => {
    await eventually(() => assert.deepEqual(identity.getOwnershipRefs(), jane));
  });

  it('is the user in the setting, by ref or email', async () => {
    await configuration.update('user', 'john');
    await eventually(() => assert.deepEqual(identity.getOwnershipRefs(), ['user:default/john']));
    await configuration.update('user', 'jane@example.com');
    await eventually(() => assert.deepEqual(identity.getOwnershipRefs(), jane));
    await configuration.update('user', 'nobody@example.com');
    await eventually(() => assert.deepEqual(identity.getOwnershipRefs(), []));
    await configuration.update('user', undefined);
    await eventually(() => assert.deepEqual(identity.getOwnershipRefs(), jane));
  });
});
