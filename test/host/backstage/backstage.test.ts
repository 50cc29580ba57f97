import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CatalogService } from '../../../src/api';
import {
  aComponentYaml,
  activatePortal,
  diagnosticsOf,
  eventually,
  namesOf,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('The catalog as a Backstage holds it', () => {
  let catalog: CatalogService;
  const config = workspaceUri('app-config.yaml');

  before(async () => {
    ({ catalog } = await activatePortal());
  });
  after(() => vscode.commands.executeCommand('callboard.catalog.asDiscovered'));

  const asBackstage = async (): Promise<void> => {
    await vscode.commands.executeCommand('callboard.catalog.asBackstage');
    await eventually(() => assert.equal(catalog.mode, 'backstage'));
  };

  it('is discovered until somebody switches', () => {
    assert.equal(catalog.mode, 'discovered');
    assert.deepEqual(namesOf(catalog, 'Component'), ['dimmer', 'spotlight']);
  });

  it('leads from the targets of an app-config to their files', async () => {
    await vscode.window.showTextDocument(config);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      config,
    );
    assert.deepEqual(
      links.map(({ target }) => vscode.workspace.asRelativePath(target ?? '')),
      ['services/all.yaml', 'services/not-there.yaml'],
    );
  });

  it('finds what is wrong with an open app-config, and sees it mended', async () => {
    const local = workspaceUri('app-config.local.yaml');
    await vscode.workspace.openTextDocument(local);
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(local), ['3:14-3:41 error location-target-missing']),
    );
    await writeFile(workspaceUri('services/nowhere.yaml'), aComponentYaml('found'));
    await eventually(() => assert.deepEqual(diagnosticsOf(local), []));
    await vscode.workspace.fs.delete(workspaceUri('services/nowhere.yaml'));
    await eventually(() => assert.ok(!namesOf(catalog, 'Component').includes('found')));
  });

  it('holds only what the locations reach, and says what they do not', async () => {
    await asBackstage();
    assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']);
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(config), ['7:14-7:43 error location-target-missing']),
    );
  });

  it('follows a file that a Location reaches, and keeps the old version of one that fails', async () => {
    await asBackstage();
    const spotlight = workspaceUri('services/spotlight.yaml');
    const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(spotlight));
    await writeFile(spotlight, before.replace('name: spotlight', 'name: beamer'));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['beamer']));
    await writeFile(spotlight, before.replace('name: spotlight', 'name: [beamer'));
    await eventually(() => assert.ok(diagnosticsOf(spotlight).length > 0));
    assert.deepEqual(namesOf(catalog, 'Component'), ['beamer']);
    await writeFile(spotlight, before);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']));
  });

  it('follows its config', async () => {
    await asBackstage();
    const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(config));
    await writeFile(config, before.replace('services/not-there.yaml', 'elsewhere/dimmer.yaml'));
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['dimmer', 'spotlight']),
    );
    await writeFile(config, before);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']));
  });

  it('is that of the setting, where there is one', async () => {
    await asBackstage();
    const settings = vscode.workspace.getConfiguration('callboard');
    const set = (value: string[] | undefined): Thenable<void> =>
      settings.update('catalog.backstage.config', value, vscode.ConfigurationTarget.Workspace);
    await set(['app-config.yaml', 'app-config.local.yaml']);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), []));
    await set(undefined);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']));
  });

  it('is discovered again when somebody switches back', async () => {
    await asBackstage();
    await vscode.commands.executeCommand('callboard.catalog.asDiscovered');
    await eventually(() => assert.equal(catalog.mode, 'discovered'));
    assert.deepEqual(namesOf(catalog, 'Component'), ['dimmer', 'spotlight']);
  });
});
