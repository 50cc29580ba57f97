import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type PortalApi } from '../../../src/api';
import { formatUri } from '../../../src/base';
import { guardedSettings } from '../../support/guardedSettings';
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

const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: lamp
spec:
  type: service
  steps:
    - id: log
      action: debug:log
      input:
        message: lit
`;

describe('Untrusted folder', () => {
  let api: PortalApi;
  const user = workspaceUri('user.yaml');

  before(async () => {
    const cwd = workspaceUri('.').fsPath;
    execFileSync('git', ['init', '--quiet'], { cwd });
    execFileSync('git', ['config', 'user.email', 'jane@example.com'], { cwd });
    api = await activatePortal();
  });

  it('has its entities and problems shown', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.deepEqual(namesOf(api.catalog, 'Component'), ['lantern']);
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(workspaceUri('catalog-info.yaml')), [
        '8:9-8:20 warning dangling-reference',
      ]),
    );
  });

  it("doesn't apply restricted settings", async () => {
    const { config } = await resolveDeps(api, 'what-is-set', { config: coreServices.config });
    const written = await readFile(workspaceUri('.vscode/settings.json').fsPath, 'utf8');
    const tried = JSON.parse(written) as Readonly<Record<string, unknown>>;
    for (const [key, value] of guardedSettings()) {
      assert.notEqual(tried[key], undefined, `${key} is not tried`);
      assert.deepEqual(config.get(key.replace('callboard.', '')), value, key);
    }
    assert.equal(config.get('docs.builder'), 'mkdocs', 'other settings count');
  });

  it('updates while files change', async () => {
    await writeFile(workspaceUri('more.yaml'), aComponentYaml('torch'));
    await eventually(() =>
      assert.deepEqual(namesOf(api.catalog, 'Component'), ['lantern', 'torch']),
    );
  });

  it("can't set the user by its settings or git configuration", async () => {
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

  it("can't add a source or start git for the user's sources", async () => {
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

  it("can't run templates for a dry run or test", async () => {
    const { scaffolder } = await resolveDeps(api, 'what-is-run', {
      scaffolder: coreServices.scaffolder,
    });
    await writeFile(workspaceUri('template.yaml'), template);
    const ref = 'template:default/lamp';
    await eventually(() => assert.deepEqual(namesOf(api.catalog, 'Template'), ['lamp']));
    await eventually(async () => assert.ok(await scaffolder.loadTemplate(ref)));
    const { signal } = new AbortController();
    const input = { values: {}, secrets: {} };
    const tests = formatUri(workspaceUri('lamp.test.yaml'));
    await assert.rejects(
      scaffolder.dryRun(ref, input, { signal }),
      /only run in trusted workspaces/,
    );
    await assert.rejects(
      scaffolder.runTest(tests, 'it', { signal }),
      /only run in trusted workspaces/,
    );
    await assert.rejects(
      scaffolder.acceptTest(tests, 'it', { signal }),
      /only run in trusted workspaces/,
    );
  });

  it("can't run MkDocs, which runs plugins from its config", async () => {
    const { config, builder } = await resolveDeps(api, 'what-builds', {
      config: coreServices.config,
      builder: coreServices.docsBuilder,
    });
    assert.equal(config.get('docs.mkdocsPath'), 'mkdocs');
    await assert.rejects(
      builder.build(formatUri(workspaceUri('.')), { target: formatUri(workspaceUri('out')) }),
      /Trust the workspace/,
    );
  });
});
