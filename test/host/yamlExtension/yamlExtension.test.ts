import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Registration } from '../../fixtures/extensions/vscode-yaml/src/extension';
import { activatePortal, diagnosticsOf, eventually, workspaceUri } from '../../support/portal';

interface StubApi {
  readonly registrations: readonly Registration[];
}

describe("Red Hat's YAML extension with Callboard", () => {
  const file = workspaceUri('catalog-info.yaml');
  const lifecycle = new vscode.Position(6, 4);
  let stub: StubApi;

  before(async () => {
    await activatePortal();
    await vscode.window.showTextDocument(file);
    const extension = vscode.extensions.getExtension<StubApi>('redhat.vscode-yaml');
    assert.ok(extension, 'The stub is not installed');
    stub = await extension.activate();
  });
  after(async () => {
    for (const key of ['yaml.structure', 'catalog.customKinds']) await set(key, undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const schemaOf = (uri: vscode.Uri): string | undefined =>
    stub.registrations[0]?.requestSchema(uri.toString());

  it("uses Callboard's schemas only for descriptors", async () => {
    await eventually(() => assert.ok(schemaOf(file)));
    assert.deepEqual(
      stub.registrations.map(({ scheme }) => scheme),
      ['callboard-schema'],
    );
    const other = workspaceUri('deployment.yaml');
    await vscode.workspace.openTextDocument(other);
    assert.equal(schemaOf(other), undefined);
    assert.equal(schemaOf(workspaceUri('nowhere.yaml')), undefined);
  });

  it('explains fields instead of Callboard', async () => {
    const schema = await contentFor(file);
    assert.match(schema, /The lifecycle of the component/);
    await eventually(async () =>
      assert.ok(!(await hoverAt(file, lifecycle)).includes('The lifecycle')),
    );
    assert.deepEqual(await fieldsAt(file, new vscode.Position(4, 0)), []);
  });

  it('leaves completion in later documents to Callboard', async () => {
    await eventually(async () =>
      assert.ok((await fieldsAt(file, new vscode.Position(14, 2))).includes('members')),
    );
  });

  it('follows a change of the setting without a reload', async () => {
    await set('yaml.structure', 'builtin');
    await eventually(async () => assert.match(await hoverAt(file, lifecycle), /The lifecycle/));
    assert.equal(schemaOf(file), undefined);
    await set('yaml.structure', 'redhat');
    await eventually(async () =>
      assert.doesNotMatch(await hoverAt(file, lifecycle), /The lifecycle/),
    );
    assert.ok(schemaOf(file));
    assert.equal(stub.registrations.length, 1);
  });

  it("replaces Callboard's syntax problems while it reports its own", async () => {
    const other = vscode.languages.createDiagnosticCollection('yaml');
    const editor = await vscode.window.showTextDocument(file);
    const syntax = (): readonly string[] =>
      diagnosticsOf(file).filter(text => text.endsWith('yaml-syntax'));
    await editor.edit(edit => edit.insert(new vscode.Position(5, 2), '}'));
    await eventually(() => assert.equal(syntax().length, 1));
    const line = Number(syntax()[0]?.split(':', 1)[0]);
    const syntaxProblem = new vscode.Diagnostic(
      new vscode.Range(line, 0, line, 1),
      'Unexpected flow-map-end',
    );
    syntaxProblem.source = 'YAML';
    other.set(file, [syntaxProblem]);
    await eventually(() => assert.deepEqual(syntax(), []));
    other.clear();
    await eventually(() => assert.equal(syntax().length, 1));
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.deepEqual(syntax(), []));
    other.dispose();
  });

  it('applies custom kinds after they are declared', async () => {
    await eventually(() => assert.ok(schemaOf(file)));
    const before = schemaOf(file);
    assert.doesNotMatch(await contentFor(file), /Where the cluster runs/);
    await set('catalog.customKinds', [
      { kind: 'Cluster', apiVersions: ['acme.example/v1'], schema: 'cluster.schema.json' },
    ]);
    await eventually(async () => {
      assert.notEqual(schemaOf(file), before);
      assert.match(await contentFor(file), /Where the cluster runs/);
    });
  });

  async function contentFor(uri: vscode.Uri): Promise<string> {
    const schema = schemaOf(uri);
    assert.ok(schema);
    return (await stub.registrations[0]?.requestSchemaContent(schema)) ?? '';
  }
});

async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('callboard')
    .update(key, value, vscode.ConfigurationTarget.Workspace);
}

async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map(content => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** The names of offered fields. */
async function fieldsAt(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return items
    .filter(({ kind }) => kind === vscode.CompletionItemKind.Property)
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}
