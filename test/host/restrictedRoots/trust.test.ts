import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { PortalApi } from '../../../src/api';
import { inspectSetting, readSetting } from '../../../src/platform/vscode/trust';
import { guardedSettings } from '../../support/guardedSettings';
import { activatePortal, eventually, namesOf } from '../../support/portal';

describe('Untrusted workspace file', () => {
  let api: PortalApi;
  const own = new Map<string, unknown>([
    ['callboard.user', 'jane'],
    ['callboard.catalog.hosts', ['own.example']],
  ]);

  before(async () => {
    api = await activatePortal();
  });

  it('has its folders read', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await eventually(() =>
      assert.deepEqual(namesOf(api.catalog, 'Component'), ['lantern', 'torch']),
    );
  });

  it("doesn't override restricted settings of the user", () => {
    const guarded = guardedSettings();
    assert.ok(guarded.size > 10);
    for (const [key, value] of guarded) {
      assert.deepEqual(readSetting(key), own.get(key) ?? value, key);
      assert.deepEqual(inspectSetting(key), { user: own.get(key), workspace: undefined }, key);
    }
  });

  it("doesn't override them for a folder or language", () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.equal(readSetting('callboard.docs.builder', folder), 'mkdocs');
    assert.equal(readSetting('callboard.docs.mkdocsPath', folder), 'mkdocs');
    assert.equal(readSetting('callboard.user', folder), 'jane');
    assert.deepEqual(readSetting('callboard.yaml.schemaHosts', folder), []);
  });
});
