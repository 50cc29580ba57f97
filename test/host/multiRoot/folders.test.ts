import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type CatalogService, coreServices, type PortalApi } from '../../../src/api';
import { MemoryFileSystemProvider } from '../../support/memoryFileSystemProvider';
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

describe('Workspace with several folders', () => {
  let api: PortalApi;
  let catalog: CatalogService;

  before(async () => {
    api = await activatePortal();
    ({ catalog } = api);
  });

  it('is one catalog', () => {
    assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']);
    assert.deepEqual(
      catalog.getRelations('group:default/crew').map(({ targetRef }) => targetRef),
      ['component:default/one', 'component:default/two'],
    );
    assert.deepEqual(diagnosticsOf(workspaceUri('catalog-info.yaml', 1)), []);
  });

  it('adds and removes the entities of a folder', async () => {
    const three = vscode.Uri.joinPath(workspaceUri('.'), '..', 'three');
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: three }));
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'three', 'two']),
    );
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 1));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']));
  });

  it('follows created and deleted files in an added folder', async () => {
    const file = workspaceUri('more/catalog-info.yaml', 1);
    await writeFile(file, aComponentYaml('more'));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['more', 'one', 'two']));
    await vscode.workspace.fs.delete(file);
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']));
  });

  it('reads, follows and edits a folder of another file system', async () => {
    const provider = new MemoryFileSystemProvider();
    const registered = vscode.workspace.registerFileSystemProvider('memfs', provider);
    const root = vscode.Uri.parse('memfs:/virtual');
    const file = vscode.Uri.joinPath(root, 'catalog-info.yaml');
    const encode = (text: string) => new TextEncoder().encode(text);
    provider.writeFile(file, encode(aComponentYaml('cloud')));
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: root, name: 'virtual' }));
    await eventually(() =>
      assert.deepEqual(namesOf(catalog, 'Component'), ['cloud', 'one', 'two']),
    );

    provider.writeFile(vscode.Uri.joinPath(root, 'b.yaml'), encode(aComponentYaml('mist')));
    await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('mist')));
    const { edits } = await resolveDeps(api, 'edits', { edits: coreServices.edits });
    const { changed } = await edits.setFields(
      [{ entityRef: 'component:default/cloud', field: 'spec.owner', value: 'user:jane' }],
      { label: 'Set owner' },
    );
    assert.deepEqual(changed, ['component:default/cloud']);
    assert.match(new TextDecoder().decode(provider.readFile(file)), /\n {2}owner: user:jane\n/);
    await eventually(() =>
      assert.equal(
        catalog.getRelations('component:default/cloud').find(({ type }) => type === 'ownedBy')
          ?.targetRef,
        'user:default/jane',
      ),
    );

    provider.delete(vscode.Uri.joinPath(root, 'b.yaml'));
    await eventually(() => assert.ok(!namesOf(catalog, 'Component').includes('mist')));
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 1));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']));
    registered.dispose();
  });

  it('rejects edits in a read-only folder with a reason', async () => {
    const provider = new MemoryFileSystemProvider();
    const options = { isReadonly: true };
    const registered = vscode.workspace.registerFileSystemProvider('rofs', provider, options);
    const root = vscode.Uri.parse('rofs:/virtual');
    const text = new TextEncoder().encode(aComponentYaml('stone'));
    provider.writeFile(vscode.Uri.joinPath(root, 'catalog-info.yaml'), text);
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: root, name: 'stone' }));
    await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('stone')));
    const { edits } = await resolveDeps(api, 'more-edits', { edits: coreServices.edits });
    const { changed, refused } = await edits.setFields(
      [{ entityRef: 'component:default/stone', field: 'spec.owner', value: 'user:jane' }],
      { label: 'Set owner' },
    );
    assert.deepEqual(changed, []);
    assert.match(refused[0]?.reason ?? '', /read-only/);
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 1));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['one', 'two']));
    registered.dispose();
  });
});
