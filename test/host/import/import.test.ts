import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type CatalogService, coreServices, type PortalApi } from '../../../src/api';
import {
  activatePortal,
  diagnosticsOf,
  eventually,
  exists,
  namesOf,
  resolveDeps,
  workspaceUri,
} from '../../support/portal';

describe('Import', () => {
  let api: PortalApi;
  let catalog: CatalogService;
  const descriptor = workspaceUri('orders/catalog-info.yaml');

  before(async () => {
    api = await activatePortal();
    ({ catalog } = api);
  });

  it('is available to plugins as a service', async () => {
    const { importer } = await resolveDeps(api, 'imports', { importer: coreServices.importer });
    const { candidates, described } = await importer.findCandidates();
    assert.deepEqual(
      candidates.map(({ path, isSuggested }) => [path, isSuggested]),
      [
        ['orders', true],
        ['web', true],
      ],
    );
    assert.equal(described, 0);
    const drafts = await importer.draft(candidates);
    assert.deepEqual(
      drafts.map(({ owner }) => owner),
      ['sales', undefined],
    );
    assert.equal(await exists(descriptor), false);
  });

  it('writes the confirmed descriptors into the catalog without problems', async () => {
    const imported = vscode.commands.executeCommand('callboard.import', workspaceUri('orders'));
    await eventually(async () => {
      // Folders, then the lifecycle, then the drafts: each is accepted as soon as it appears.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(await exists(descriptor));
    });
    await imported;
    await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('orders')));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'API'), ['orders-api']));
    assert.deepEqual(catalog.getRelations('group:default/sales'), [
      { type: 'ownerOf', targetRef: 'api:default/orders-api' },
      { type: 'ownerOf', targetRef: 'component:default/orders' },
    ]);
    await eventually(() => assert.deepEqual(diagnosticsOf(descriptor), []));
    await eventually(() =>
      assert.equal(vscode.window.activeTextEditor?.document.uri.path, descriptor.path),
    );
    assert.equal(await exists(workspaceUri('web/catalog-info.yaml')), false);
    // The preview closes shortly after the file opens.
    await eventually(() => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(tab => tab.label));
      assert.deepEqual(labels, ['catalog-info.yaml']);
    });
  });

  it('is undone in one step', async () => {
    await vscode.window.showTextDocument(descriptor);
    await vscode.commands.executeCommand('undo');
    await eventually(async () => assert.equal(await exists(descriptor), false));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), []));
  });
});
