import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type PortalApi } from '../../../src/api';
import { formatUri } from '../../../src/base';
import {
  activatePortal,
  aComponentYaml,
  diagnosticsOf,
  eventually,
  namesOf,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('A folder that is not trusted', () => {
  let api: PortalApi;
  const user = workspaceUri('user.yaml');

  before(async () => {
    const cwd = workspaceUri('.').fsPath;
    execFileSync('git', ['init', '--quiet'], { cwd });
    execFileSync('git', ['config', 'user.email', 'jane@example.com'], { cwd });
    api = await activatePortal();
  });

  it('is read and shown, and its problems are', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.deepEqual(namesOf(api.catalog, 'Component'), ['lantern']);
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(workspaceUri('catalog-info.yaml')), [
        '8:9-8:20 warning dangling-reference',
      ]),
    );
  });

  it('stays true while files change', async () => {
    await writeFile(workspaceUri('more.yaml'), aComponentYaml('torch'));
    await eventually(() =>
      assert.deepEqual(namesOf(api.catalog, 'Component'), ['lantern', 'torch']),
    );
  });

  it('cannot say who the user is: neither by its settings nor by its git', async () => {
    await writeFile(
      user,
      aComponentYaml('jane')
        .replace('Component', 'User')
        .replace(/spec:[^]*/, '') +
        'spec:\n  profile:\n    email: jane@example.com\n  memberOf: []\n',
    );
    await eventually(() => assert.deepEqual(namesOf(api.catalog, 'User'), ['jane']));
    const { identity, config } = await resolveDeps(api, 'who-am-i', {
      identity: coreServices.identity,
      config: coreServices.config,
    });
    assert.equal(config.get('user'), '');
    assert.equal(config.get('catalog.maxFileSize'), 5 * 1024 * 1024);
    assert.deepEqual(identity.getOwnershipRefs(), []);
  });

  it('cannot name a source, and has no git started for those of the user', async () => {
    const { sources } = await resolveDeps(api, 'what-is-fetched', {
      sources: coreServices.sources,
    });
    assert.deepEqual(sources.getSources(), []);
    const configure = async (value: readonly object[] | undefined): Promise<void> =>
      vscode.workspace
        .getConfiguration('callboard')
        .update('catalog.sources', value, vscode.ConfigurationTarget.Global);
    await configure([{ type: 'git', url: 'https://git.example/own.git', name: 'Own' }]);
    await eventually(() => {
      const states = sources.getSources().map(({ name, failure }) => [name, failure?.advice]);
      assert.equal(states.length, 1);
      assert.equal(states[0]?.[0], 'Own');
      assert.match(states[0]?.[1] ?? '', /trusted folder/);
    });
    await configure(undefined);
    await eventually(() => assert.deepEqual(sources.getSources(), []));
  });

  it('has no MkDocs run, which runs what a config names', async () => {
    const { config, builder } = await resolveDeps(api, 'what-builds', {
      config: coreServices.config,
      builder: coreServices.docsBuilder,
    });
    assert.equal(config.get('docs.mkdocsPath'), 'mkdocs');
    await assert.rejects(
      builder.build(formatUri(workspaceUri('.')), { target: formatUri(workspaceUri('out')) }),
      /not trusted/,
    );
  });
});
