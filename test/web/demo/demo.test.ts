import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type CatalogService, type PortalApi } from '../../../src/api';
import { type Entity, stringifyEntityRef } from '../../../src/model';
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
import { type Given, readGiven } from '../support/given';

describe('Demo in a browser', () => {
  let api: PortalApi;
  let catalog: CatalogService;
  let given: Given;

  before(async () => {
    given = await readGiven('demo');
    api = await activatePortal();
    ({ catalog } = api);
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('runs without Node', () => {
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.scheme, 'vscode-test-web');
    assert.equal('process' in globalThis, false);
    assert.equal('Buffer' in globalThis, false);
  });

  it('has the same entities and relations as the command line', async () => {
    const entities = await Promise.all(catalog.getEntityRefs().map(ref => catalog.loadEntity(ref)));
    const refs = given.entities.map(({ entity }) => stringifyEntityRef(entity));
    assert.ok(refs.length > 50);
    assert.deepEqual(catalog.getEntityRefs(), refs);
    assert.deepEqual(
      entities.map(entity => entity && withoutLocations(entity)),
      given.entities.map(({ entity }) => withoutLocations(entity)),
    );
  });

  it('annotates entities with their location', () => {
    const annotations = catalog.getEntityByRef('component:default/booking-service')?.metadata
      .annotations as Record<string, string>;
    assert.equal(
      annotations['backstage.io/managed-by-location'],
      'url:vscode-test-web://mount/booking/catalog-info.yaml',
    );
  });

  it('replaces placeholders with adjacent files', async () => {
    const api = await catalog.loadEntity('api:default/booking-api');
    const openApi = await vscode.workspace.fs.readFile(workspaceUri('booking/apis/openapi.yaml'));
    assert.equal(api?.spec?.definition, new TextDecoder().decode(openApi));
  });

  it('reports the same problems as the command line as diagnostics', async () => {
    const expected = given.problems.map(
      ({ file, range: { start, end }, severity, code }) =>
        `${file} ${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${code}`,
    );
    assert.ok(expected.length > 5);
    await eventually(() => {
      const shown = vscode.languages
        .getDiagnostics()
        .flatMap(([uri]) =>
          diagnosticsOf(uri).map(line => `${vscode.workspace.asRelativePath(uri)} ${line}`),
        );
      assert.equal(shown.sort().join('\n'), expected.sort().join('\n'));
    });
  });

  it("opens the explanation of a problem's code", async () => {
    const [diagnostic] = vscode.languages.getDiagnostics(workspaceUri('playground/broken.yaml'));
    const code = diagnostic?.code;
    assert.ok(typeof code === 'object', 'The code has no link');
    await vscode.commands.executeCommand('vscode.open', code.target);
  });

  it('follows unsaved text and reverts', async () => {
    // A browser saves after a second, and saved text isn't reverted.
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    const uri = workspaceUri('timetable/catalog-info.yaml');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    // Before the edit: the catalog may have followed it by the time that it is applied.
    const [ref = ''] = catalog.getEntityRefsInFile(uri.toString());
    const name = ref.replace(/^.*\//, '');
    assert.ok(name);
    const edit = new vscode.WorkspaceEdit();
    const offset = document.getText().indexOf(`name: ${name}`) + 'name: '.length;
    edit.insert(uri, document.positionAt(offset), 'new-');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(() => {
      const [renamed] = catalog.getEntityRefsInFile(uri.toString());
      assert.match(renamed ?? '', new RegExp(`/new-${name}$`));
    });
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually(() => assert.equal(catalog.getEntityRefsInFile(uri.toString())[0], ref));
  });

  it('follows created and deleted files', async () => {
    const uri = workspaceUri('playground/buoy.yaml');
    await writeFile(uri, aComponentYaml('buoy', 'nobody'));
    await eventually(() => assert.ok(namesOf(catalog, 'Component').includes('buoy')));
    await eventually(() =>
      assert.deepEqual(diagnosticsOf(uri), ['7:9-7:15 warning dangling-reference']),
    );
    await vscode.workspace.fs.delete(uri);
    await eventually(() => assert.ok(!namesOf(catalog, 'Component').includes('buoy')));
  });

  it('edits files of a virtual file system', async () => {
    const { edits } = await resolveDeps(api, 'writer', { edits: coreServices.edits });
    const entityRef = 'component:default/booking-service';
    const owners = (): unknown => catalog.getEntityByRef(entityRef)?.spec?.owner;
    const owner = owners();
    const change = { entityRef, field: 'spec.owner', value: 'team-bridge' };
    const { changed, undo } = await edits.setFields([change], { label: 'Set owner' });
    assert.deepEqual(changed, [entityRef]);
    await eventually(() => assert.equal(owners(), 'team-bridge'));
    await undo();
    await eventually(() => assert.equal(owners(), owner));
  });

  it('opens the definition of an entity', async () => {
    await vscode.commands.executeCommand(
      'callboard.entity.open',
      'component:default/booking-service',
    );
    await eventually(() => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.path, '/booking/catalog-info.yaml');
      assert.equal(editor?.document.getText(editor.selection), 'booking-service');
    });
  });

  it('goes to the selected entity', async () => {
    const going = vscode.commands.executeCommand('callboard.goToEntity');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const uri = vscode.window.activeTextEditor?.document.uri.toString();
      assert.ok(uri && catalog.getEntityRefsInFile(uri).length > 0);
    });
    await going;
  });

  it('reads everything again on request', async () => {
    const before = catalog.getEntityRefs();
    await vscode.commands.executeCommand('callboard.refresh');
    assert.deepEqual(catalog.getEntityRefs(), before);
  });
});

/** Without the annotations that name the folder, which differ for the command line. */
function withoutLocations(entity: Entity): Entity {
  const annotations = Object.entries(entity.metadata.annotations ?? {}).filter(
    ([key]) => !key.startsWith('backstage.io/managed-by-'),
  );
  return {
    ...entity,
    metadata: { ...entity.metadata, annotations: Object.fromEntries(annotations) },
  };
}
