import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type CatalogService, coreServices, type EditsService } from '../../../src/api';
import {
  activatePortal,
  eventually,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

const LABEL = { label: 'Test' };

describe('Edits service', () => {
  let catalog: CatalogService;
  let edits: EditsService;
  const originals = new Map<string, string>();

  before(async () => {
    const api = await activatePortal();
    catalog = api.catalog;
    ({ edits } = await resolveDeps(api, 'edits', { edits: coreServices.edits }));
    for (const name of ['catalog-info.yaml', 'other.yaml']) originals.set(name, await onDisk(name));
  });

  beforeEach(async () => {
    for (const [name, text] of originals) {
      if ((await onDisk(name)) !== text) await writeFile(workspaceUri(name), text);
      // The editor saves nothing over a file that it hasn't read since it was written: have it read the file now.
      await vscode.window.showTextDocument(workspaceUri(name));
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await eventually(async () => assert.equal((await open(name)).getText(), text));
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // Waits for the changes of the previous test, which this one would find otherwise.
    await eventually(() => {
      assert.equal(ownerOf('component:default/tug'), 'group:default/crew');
      assert.equal(ownerOf('component:default/buoy'), 'group:default/nobody');
    });
  });

  it('sets several owners, saves closed files and updates the catalog', async () => {
    const result = await edits.setFields(
      ['tug', 'ferry', 'buoy'].map(name => owner(name, 'pilots')),
      LABEL,
    );
    assert.deepEqual(result.refused, []);
    assert.equal(result.changed.length, 3);
    const text = (originals.get('catalog-info.yaml') ?? '')
      .replace("owner: 'crew' # for now", "owner: 'pilots' # for now")
      .replace('owner: crew }', 'owner: pilots }');
    assert.equal(await onDisk('catalog-info.yaml'), text);
    await eventually(() => assert.equal(ownerOf('component:default/buoy'), 'group:default/pilots'));
    await result.undo();
    assert.equal(await onDisk('catalog-info.yaml'), originals.get('catalog-info.yaml'));
    assert.equal(await onDisk('other.yaml'), originals.get('other.yaml'));
  });

  it("supports the editor's Undo in one step", async () => {
    const document = await open('catalog-info.yaml');
    await vscode.window.showTextDocument(document);
    await edits.setFields([owner('tug', 'pilots'), owner('ferry', 'pilots')], LABEL);
    assert.match(document.getText(), /'pilots'/);
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(document.getText(), originals.get('catalog-info.yaml')));
    await document.save();
  });

  it('leaves a file with unsaved changes unsaved', async () => {
    const document = await open('other.yaml');
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '# typed\n'));
    await edits.setFields([owner('buoy', 'crew')], LABEL);
    assert.ok(document.isDirty);
    assert.match(document.getText(), /^# typed\n[^]*owner: crew\n$/);
    assert.equal(await onDisk('other.yaml'), originals.get('other.yaml'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('rejects undo after a later edit', async () => {
    const { undo } = await edits.setFields([owner('buoy', 'crew')], LABEL);
    const editor = await vscode.window.showTextDocument(await open('other.yaml'));
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '# typed\n'));
    await assert.rejects(undo(), /was edited after this change/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('reports skipped entities with reasons and changes the others', async () => {
    const { changed, unchanged, refused } = await edits.setFields(
      [owner('raft', 'pilots'), owner('tug', 'crew'), owner('gone', 'crew'), owner('buoy', 'crew')],
      LABEL,
    );
    assert.deepEqual(changed, ['component:default/buoy']);
    assert.deepEqual(unchanged, ['component:default/tug']);
    assert.deepEqual(
      refused.map(({ entityRef }) => entityRef),
      ['component:default/raft', 'component:default/gone'],
    );
    assert.match(refused[0]?.reason ?? '', /anchor/);
  });

  it('ignores a problem with a comment and replaces a value', async () => {
    const uri = workspaceUri('other.yaml');
    const problem = () => catalog.getProblems({ entityRef: 'component:default/buoy' })[0];
    await eventually(() => assert.equal(problem()?.code, 'dangling-reference'));
    const { file, code = '', range } = problem() ?? {};
    assert.ok(file !== undefined && range);
    await edits.ignoreProblem({ file, code, range }, LABEL);
    assert.match(
      await onDisk('other.yaml'),
      /\n {2}# callboard-disable-next-line dangling-reference\n/,
    );
    await eventually(() => assert.equal(problem()?.code, undefined));
    await writeFile(uri, originals.get('other.yaml') ?? '');
    await eventually(() => assert.equal(problem()?.code, 'dangling-reference'));
    // The editor reloads changes on disk with a delay.
    await eventually(async () => {
      assert.equal((await open('other.yaml')).getText(), originals.get('other.yaml'));
    });
    await edits.replaceValue({ file, range, value: 'pilots' }, LABEL);
    assert.match(await onDisk('other.yaml'), /\n {2}owner: pilots\n/);
  });

  it('creates files without overwriting', async () => {
    const file = workspaceUri('new/catalog-info.yaml').toString();
    assert.ok(await edits.apply([{ file, content: '# new\n' }], LABEL));
    assert.equal(await onDisk('new/catalog-info.yaml'), '# new\n');
    await assert.rejects(edits.apply([{ file, content: '# newer\n' }], LABEL), /already exists/);
  });

  it('edits and moves a file in one step without overwriting', async () => {
    const file = workspaceUri('mine.yaml');
    await writeFile(file, '# one\n');
    const moveTo = workspaceUri('moved/ours.yaml').toString();
    const start = { line: 0, character: 2 };
    const edit = { range: { start, end: { line: 0, character: 5 } }, newText: 'two' };
    const changes = [
      { file: file.toString(), edits: [edit] },
      { file: file.toString(), moveTo },
    ];
    assert.ok(await edits.apply(changes, LABEL));
    assert.equal(await onDisk('moved/ours.yaml'), '# two\n');
    await assert.rejects(onDisk('mine.yaml'));
    const other = workspaceUri('other.yaml').toString();
    await assert.rejects(edits.apply([{ file: other, moveTo }], LABEL), /already exists/);
  });

  it('previews changes without writing files', async () => {
    const file = workspaceUri('other.yaml').toString();
    const range = { start: { line: 7, character: 9 }, end: { line: 7, character: 15 } };
    const changes = [
      { file, edits: [{ range, newText: 'pilots' }] },
      { file: workspaceUri('newer.yaml').toString(), content: '# newer\n' },
    ];
    const preview = await edits.preview('What would be', changes);
    const texts = (): readonly string[] =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === 'callboard-preview')
        .map(document => document.getText());
    await eventually(() => {
      assert.ok(texts().some(text => text.endsWith('owner: pilots\n')));
      assert.ok(texts().includes('# newer\n'));
    });
    assert.equal(await onDisk('other.yaml'), originals.get('other.yaml'));
    preview.dispose();
    const tabs = () => vscode.window.tabGroups.all.flatMap(group => group.tabs);
    await eventually(() => assert.ok(!tabs().some(({ label }) => label.startsWith('What would'))));
  });

  function ownerOf(ref: string): string | undefined {
    return catalog.getRelations(ref).find(({ type }) => type === 'ownedBy')?.targetRef;
  }
});

function owner(name: string, value: string): { entityRef: string; field: string; value: string } {
  return { entityRef: `component:default/${name}`, field: 'spec.owner', value };
}

async function open(name: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(workspaceUri(name));
}

async function onDisk(name: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(workspaceUri(name)));
}
