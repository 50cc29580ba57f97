import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CatalogService } from '../../../src/api';
import {
  activatePortal,
  diagnosticsOf,
  eventually,
  namesOf,
  workspaceUri,
} from '../../support/portal';

describe('A workspace of several folders', () => {
  let catalog: CatalogService;

  before(async () => {
    ({ catalog } = await activatePortal());
  });

  it('is one catalog', () => {
    assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']);
    assert.deepEqual(
      catalog.getRelations('group:default/crew').map(({ targetRef }) => targetRef),
      ['component:default/one', 'component:default/two'],
    );
    assert.deepEqual(diagnosticsOf(workspaceUri('catalog-info.yaml', 1)), []);
  });

  it('takes up a folder that is added, and gives it up when it is removed', async () => {
    const three = vscode.Uri.joinPath(workspaceUri('.'), '..', 'three');
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: three }));
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'three', 'two']),
    );
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 1));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']));
  });
});
