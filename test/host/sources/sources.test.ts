import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  type CatalogService,
  type CatalogSourceInfo,
  type CatalogSourcesService,
  coreServices,
} from '../../../src/api';
import { TestRepository } from '../../support/gitRepository';
import { GitHttpServer } from '../../support/gitServer';
import {
  activatePortal,
  aComponentYaml,
  eventually,
  namesOf,
  resolveDeps,
} from '../../support/portal';

const BEACON = 'component:default/beacon';

describe('Catalog sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  let catalog: CatalogService;
  let sources: CatalogSourcesService;
  let repository: TestRepository;
  let server: GitHttpServer;

  before(async () => {
    const api = await activatePortal();
    ({ catalog } = api);
    ({ sources } = await resolveDeps(api, 'sources-test', { sources: coreServices.sources }));
    repository = new TestRepository(join(folder, 'harbour'));
    repository.commit({
      'catalog-info.yaml': `# The light at the end of the pier.\n${aComponentYaml('beacon')}`,
      'shared.yaml': aComponentYaml('shared'),
      'bad.yaml': aComponentYaml('bad', '[]'),
    });
    server = await GitHttpServer.start(folder);
  });

  after(async () => {
    await configure([]);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function configure(value: readonly object[]): Promise<void> {
    await vscode.workspace
      .getConfiguration('callboard')
      .update(
        'catalog.sources',
        value.length ? value : undefined,
        vscode.ConfigurationTarget.Global,
      );
  }

  const theSource = (): CatalogSourceInfo => {
    const [source] = sources.getSources();
    assert.ok(source);
    return source;
  };

  const fileOf = (ref: string): string => {
    const source = catalog.getEntitySource(ref);
    assert.ok(source, `${ref} has no file`);
    return source.file;
  };

  it('add their entities to the catalog after they are configured', async () => {
    assert.deepEqual(sources.getSources(), []);
    const statuses: string[] = [];
    const subscription = catalog.onDidChangeStatus(status => statuses.push(status));
    await configure([
      { type: 'git', url: server.url('harbour/.git'), name: 'Harbour', color: 'blue' },
    ]);
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['beacon', 'lamp', 'shared']),
    );
    await eventually(() => {
      const { name, type, color, entities, failure, isFetching } = theSource();
      assert.deepEqual(
        { name, type, color, entities, failure, isFetching },
        {
          name: 'Harbour',
          type: 'git',
          color: 'charts.blue',
          entities: 2,
          failure: undefined,
          isFetching: false,
        },
      );
    });
    subscription.dispose();
    // The workspace isn't read again.
    assert.deepEqual(statuses, []);
  });

  it('provide the origin of an entity and rank below the workspace', () => {
    const originOf = (name: string) => {
      const { from, alsoIn } = sources.getOriginOf(`component:default/${name}`);
      return [from?.name, ...alsoIn.map(source => source.name)];
    };
    assert.deepEqual(['beacon', 'lamp', 'shared'].map(originOf), [
      ['Harbour'],
      [undefined],
      [undefined, 'Harbour'],
    ]);
    assert.equal(
      catalog.getEntityByRef('component:default/shared')?.metadata['title'],
      'Of the workspace',
    );
  });

  it("open files at the entity's line, read-only", async () => {
    await vscode.commands.executeCommand('callboard.entity.open', BEACON);
    await eventually(() =>
      assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'callboard-source'),
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.match(editor.document.getText(), /^# The light at the end of the pier\./);
    assert.equal(editor.document.lineAt(editor.selection.active.line).text, '  name: beacon');
    assert.equal(vscode.workspace.fs.isWritableFileSystem('callboard-source'), false);
    const write = async (): Promise<void> =>
      vscode.workspace.fs.writeFile(editor.document.uri, new Uint8Array());
    await assert.rejects(write);
    assert.equal(sources.getSourceOf(fileOf(BEACON))?.name, 'Harbour');
  });

  it("report problems only in open files and don't count them", async () => {
    const file = catalog
      .getProblems()
      .flatMap(problem => problem.file ?? [])
      .find(uri => uri.endsWith('/bad.yaml'));
    assert.ok(file);
    const uri = vscode.Uri.parse(file);
    assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
    await vscode.window.showTextDocument(uri);
    await eventually(() => assert.ok(vscode.languages.getDiagnostics(uri).length > 0));
  });

  it('update entities and open editors after a refresh', async () => {
    repository.commit({
      'catalog-info.yaml': `# Repainted.\n${aComponentYaml('beacon').replace('service', 'light')}`,
    });
    await sources.refresh();
    await eventually(() => assert.equal(catalog.getEntityByRef(BEACON)?.spec?.['type'], 'light'));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(fileOf(BEACON)));
    await eventually(() => assert.match(document.getText(), /^# Repainted\./));
  });

  it('keep the copy and report a failure when the server is down', async () => {
    await server.stop();
    await sources.refresh();
    await eventually(() => assert.ok(theSource().failure));
    assert.deepEqual(namesOf(catalog, 'Component'), ['beacon', 'lamp', 'shared']);
    const { failure, entities, fetchedAt } = theSource();
    assert.equal(failure?.needsToken, false);
    assert.equal(entities, 2);
    assert.ok(fetchedAt);
    const file = vscode.Uri.parse(fileOf(BEACON));
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), /Repainted/);
  });

  it('remove their entities when removed', async () => {
    await sources.remove(theSource().id);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['lamp', 'shared']));
    assert.deepEqual(sources.getSources(), []);
    const { globalValue } =
      vscode.workspace.getConfiguration('callboard').inspect('catalog.sources') ?? {};
    assert.equal(globalValue, undefined);
  });

  it('are validated before they are written to settings', async () => {
    assert.deepEqual(
      await sources.check({ type: 'git', url: 'https://git.example/harbour.git' }),
      [],
    );
    const [problem] = await sources.check({ type: 'git', url: '--upload-pack=touch /tmp/x' });
    assert.ok(problem);
    await assert.rejects(sources.add({ type: 'git' }, 'user'), TypeError);
    assert.deepEqual(sources.getSources(), []);
  });
});
