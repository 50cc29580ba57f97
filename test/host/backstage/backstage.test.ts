import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type CatalogService, coreServices } from '../../../src/api';
import {
  aComponentYaml,
  activatePortal,
  diagnosticsOf,
  eventually,
  namesOf,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('Catalog in Backstage mode', () => {
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

  it('is discovered by default', () => {
    assert.equal(catalog.mode, 'discovered');
    assert.deepEqual(namesOf(catalog, 'Component'), ['dimmer', 'spotlight']);
  });

  it('links the targets of an app-config to their files', async () => {
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

  it('reports problems of an open app-config until they are fixed', async () => {
    const local = workspaceUri('app-config.local.yaml');
    await vscode.workspace.openTextDocument(local);
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(local), ['3:14-3:41 error location-target-missing']),
    );
    const settings = vscode.workspace.getConfiguration('callboard');
    const set = (value: object | undefined): Thenable<void> =>
      settings.update('problems.severity', value, vscode.ConfigurationTarget.Workspace);
    await set({ 'location-target-missing': 'hint' });
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(local), ['3:14-3:41 hint location-target-missing']),
    );
    await set(undefined);
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(local), ['3:14-3:41 error location-target-missing']),
    );
    await writeFile(workspaceUri('services/nowhere.yaml'), aComponentYaml('found'));
    await eventually(() => assert.deepEqual(diagnosticsOf(local), []));
    await vscode.workspace.fs.delete(workspaceUri('services/nowhere.yaml'));
    await eventually(() => assert.ok(!namesOf(catalog, 'Component').includes('found')));
  });

  it('includes only reachable entities and reports missing targets', async () => {
    await asBackstage();
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']));
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(config), ['7:14-7:43 error location-target-missing']),
    );
  });

  it("updates from a Location's file and keeps the last valid version", async () => {
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

  it('updates with its app-config', async () => {
    await asBackstage();
    const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(config));
    await writeFile(config, before.replace('services/not-there.yaml', 'elsewhere/dimmer.yaml'));
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['dimmer', 'spotlight']),
    );
    await writeFile(config, before);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']));
  });

  it('uses the app-config files of the setting', async () => {
    await asBackstage();
    const settings = vscode.workspace.getConfiguration('callboard');
    const set = (value: string[] | undefined): Thenable<void> =>
      settings.update('catalog.backstage.config', value, vscode.ConfigurationTarget.Workspace);
    await set(['app-config.yaml', 'app-config.local.yaml']);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), []));
    await set(undefined);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']));
  });

  describe('with locations outside the workspace', () => {
    const outside = realpathSync.native(mkdtempSync(join(tmpdir(), 'callboard-outside-')));
    const write = (path: string, text: string): void => writeFileSync(join(outside, path), text);
    const settings = vscode.workspace.getConfiguration('callboard');
    const link = workspaceUri('linked.yaml').fsPath;

    before(async () => {
      mkdirSync(join(outside, 'wild'));
      write('single.yaml', aComponentYaml('single'));
      write('linked.yaml', aComponentYaml('linked'));
      write('wild/one.yaml', aComponentYaml('one'));
      symlinkSync(join(outside, 'linked.yaml'), link);
      write('catalog.yaml', aLocations('single.yaml', 'wild/*.yaml', 'late/in/a.yaml', link));
      write('app-config.yaml', 'catalog:\n  $include: catalog.yaml\n');
      await settings.update(
        'catalog.backstage.config',
        [join(outside, 'app-config.yaml')],
        vscode.ConfigurationTarget.Workspace,
      );
      await asBackstage();
      await holds('linked', 'one', 'single');
    });
    after(async () => {
      await settings.update(
        'catalog.backstage.config',
        undefined,
        vscode.ConfigurationTarget.Workspace,
      );
      rmSync(link, { force: true });
      rmSync(outside, { recursive: true, force: true });
    });

    const aLocations = (...targets: readonly string[]): string => {
      const lines = targets.map(target => `  - { type: file, target: '${target}' }\n`);
      return `locations:\n${lines.join('')}`;
    };
    const holds = (...names: readonly string[]): Promise<void> =>
      eventually(() => assert.deepEqual(namesOf(catalog, 'Component').sort(), names));

    it('updates with a file and the target of a symbolic link', async () => {
      write('single.yaml', aComponentYaml('alone'));
      write('linked.yaml', aComponentYaml('tied'));
      await holds('alone', 'one', 'tied');
    });

    it('updates with the matches of wildcards', async () => {
      write('wild/two.yaml', aComponentYaml('two'));
      await holds('alone', 'one', 'tied', 'two');
      rmSync(join(outside, 'wild/one.yaml'));
      await holds('alone', 'tied', 'two');
      rmSync(join(outside, 'wild'), { recursive: true });
      // As in Backstage, the last entities stay when nothing is left to read.
      const config = vscode.Uri.file(join(outside, 'catalog.yaml'));
      await eventually(() =>
        assert.match(diagnosticsOf(config).join('\n'), /^2:.* location-target-missing$/m),
      );
      assert.deepEqual(namesOf(catalog, 'Component').sort(), ['alone', 'tied', 'two']);
      mkdirSync(join(outside, 'wild'));
      write('wild/three.yaml', aComponentYaml('three'));
      await holds('alone', 'three', 'tied');
    });

    it('finds files in a new folder', async () => {
      mkdirSync(join(outside, 'late/in'), { recursive: true });
      write('late/in/a.yaml', aComponentYaml('late'));
      await holds('alone', 'late', 'three', 'tied');
      write('late/in/a.yaml', aComponentYaml('later'));
      await holds('alone', 'later', 'three', 'tied');
    });

    it('updates with its app-config and all files below a folder', async () => {
      write('catalog.yaml', aLocations('single.yaml', 'late/**/*.yaml'));
      await holds('alone', 'later');
      mkdirSync(join(outside, 'late/deep/down'), { recursive: true });
      write('late/deep/down/b.yaml', aComponentYaml('deep'));
      await holds('alone', 'deep', 'later');
    });
  });

  it('registers locations by URL only from allowed hosts', async () => {
    let text = aComponentYaml('remote');
    const server = createServer((_request, response) => response.end(text));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const target = `http://127.0.0.1:${port}/catalog-info.yaml`;
    const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(config));
    const settings = vscode.workspace.getConfiguration('callboard');
    const allow = (hosts: string[] | undefined): Thenable<void> =>
      settings.update('catalog.hosts', hosts, vscode.ConfigurationTarget.Global);
    const api = await activatePortal();
    const { sources } = await resolveDeps(api, 'urls-test', { sources: coreServices.sources });
    try {
      await asBackstage();
      await writeFile(
        config,
        `backend: { reading: { allow: [{ host: '127.0.0.1:${port}' }] } }\n${before}    - { type: url, target: '${target}' }\n`,
      );
      // The app-config alone allows no access to this machine.
      await eventually(() =>
        assert.match(diagnosticsOf(config).join(), /9:\d+-9:\d+ error location-target-invalid/),
      );
      assert.deepEqual(namesOf(catalog, 'Component'), ['spotlight']);
      await allow([`127.0.0.1:${port}`]);
      await eventually(() =>
        assert.deepEqual(namesOf(catalog, 'Component'), ['remote', 'spotlight']),
      );
      text = aComponentYaml('remote').replace('service', 'light');
      await sources.refresh();
      await eventually(() =>
        assert.equal(catalog.getEntityByRef('component:default/remote')?.spec?.['type'], 'light'),
      );
      await vscode.commands.executeCommand('callboard.entity.open', 'component:default/remote');
      await eventually(() =>
        assert.equal(vscode.window.activeTextEditor?.document.getText(), text),
      );
      assert.equal(vscode.window.activeTextEditor?.document.uri.authority, 'app-config');
    } finally {
      await writeFile(config, before);
      await allow(undefined);
      server.closeAllConnections();
      server.close();
    }
  });

  it('switches back to discovery', async () => {
    await asBackstage();
    await vscode.commands.executeCommand('callboard.catalog.asDiscovered');
    await eventually(() => assert.equal(catalog.mode, 'discovered'));
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['dimmer', 'spotlight']),
    );
  });
});
