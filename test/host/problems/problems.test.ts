import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CatalogService, PortalApi, Problem } from '../../../src/api';
import { ProblemTreeModel } from '../../../src/features/problems/plugin';
import {
  activatePortal,
  diagnosticsOf,
  eventually,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

const FILE = 'catalog-info.yaml';

describe('Problems view commands', () => {
  let api: PortalApi;
  let catalog: CatalogService;
  let original: string;

  before(async () => {
    api = await activatePortal();
    ({ catalog } = api);
    original = await onDisk();
  });

  it('go to a problem', async () => {
    await vscode.commands.executeCommand('callboard.problems.open', row('crww'));
    await eventually(() => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.getText(editor.selection), 'crww');
    });
  });

  it('ignore a problem with an undoable comment', async () => {
    await vscode.commands.executeCommand('callboard.problems.ignoreHere', row('crww'));
    await eventually(() => assert.deepEqual(codes(), ['dangling-reference']));
    assert.equal(
      await onDisk(),
      original.replace(
        '  owner: crww',
        '  # callboard-disable-next-line dangling-reference\n  owner: crww',
      ),
    );
    await vscode.window.showTextDocument(workspaceUri(FILE));
    await vscode.commands.executeCommand('undo');
    await vscode.workspace.saveAll();
    await eventually(() => assert.deepEqual(codes(), ['dangling-reference', 'dangling-reference']));
  });

  it("ignore a plugin's problem by quick fix and settings", async () => {
    const { problems } = await resolveDeps(api, 'reports-buoys', {
      problems: api.extensionPoints.problemSources,
    });
    const file = workspaceUri(FILE);
    const report = (): Problem[] => {
      const range = catalog.getEntitySource('component:default/buoy')?.nameRange;
      const buoy = { code: 'no-buoy', severity: 'warning', message: 'Buoys are gone', range };
      // A problem without a location must not affect the other.
      return [buoy, { code: 'no-place', message: 'Somewhere' }] as unknown as Problem[];
    };
    const added = problems.addProblemSource({
      onDidChangeProblems: () => ({ dispose() {} }),
      getProblems: uri => (uri.endsWith(`/${FILE}`) ? report() : []),
    });
    const shown = (): readonly string[] =>
      diagnosticsOf(file)
        .filter(text => text.includes('no-'))
        .sort();
    await eventually(() =>
      assert.deepEqual(shown(), ['0:0-0:0 warning no-place', '3:8-3:12 warning no-buoy']),
    );
    await vscode.window.showTextDocument(file);
    await eventually(async () => {
      const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        file,
        new vscode.Range(3, 9, 3, 9),
      );
      const titles = actions.map(({ title }) => title);
      assert.ok(titles.includes('Ignore no-buoy on this line'), titles.join());
    });
    await vscode.commands.executeCommand('callboard.problems.ignoreHere', row('Buoys'));
    await eventually(() => assert.deepEqual(shown(), ['0:0-0:0 warning no-place']));
    const comment = '  # callboard-disable-next-line no-buoy\n';
    assert.equal(await onDisk(), original.replace('  name: buoy', `${comment}$&`));
    await writeFile(file, original);
    await eventually(() => assert.equal(shown().length, 2));
    const settings = vscode.workspace.getConfiguration('callboard.problems');
    const { Workspace } = vscode.ConfigurationTarget;
    await settings.update('severity', { 'no-buoy': 'off', 'no-place': 'error' }, Workspace);
    await eventually(() => assert.deepEqual(shown(), ['0:0-0:0 error no-place']));
    await settings.update('severity', undefined, Workspace);
    added.dispose();
    await eventually(() => assert.deepEqual(shown(), []));
  });

  it('ignore a problem code in workspace settings and keep other codes', async () => {
    const settings = (): vscode.WorkspaceConfiguration =>
      vscode.workspace.getConfiguration('callboard.problems');
    const { Workspace } = vscode.ConfigurationTarget;
    await settings().update('severity', { 'unknown-kind': 'hint' }, Workspace);
    await vscode.commands.executeCommand('callboard.problems.ignoreEverywhere', row('crww'));
    assert.deepEqual(settings().inspect('severity')?.workspaceValue, {
      'unknown-kind': 'hint',
      'dangling-reference': 'off',
    });
    await eventually(() => assert.deepEqual(codes(), []));
    await settings().update('severity', undefined, Workspace);
    await eventually(() => assert.equal(codes().length, 2));
  });

  it('add an unknown kind with a quick fix', async () => {
    const file = workspaceUri('package.yaml');
    const text = (name: string): string =>
      `apiVersion: acme.backstage.io/v1\nkind: Package\nmetadata:\n  name: ${name}\n`;
    await writeFile(file, `${text('a')}---\n${text('b')}`);
    const unknown = (): readonly string[] =>
      catalog
        .getProblems()
        .flatMap(({ code, message }) => (code === 'unknown-kind' ? message : []));
    await eventually(() => assert.match(unknown().join(), /^No processor recognized 2 entities/));
    await vscode.window.showTextDocument(file);
    let fix: vscode.CodeAction | undefined;
    await eventually(async () => {
      const range = new vscode.Range(1, 6, 1, 6);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        file,
        range,
      );
      fix = actions.find(({ title }) => title === 'Add Kind…');
      assert.ok(fix?.command);
    });
    const { command = '', arguments: args = [] } = fix?.command ?? {};
    const adding = vscode.commands.executeCommand(command, ...(args as unknown[]));
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.deepEqual(unknown(), []);
    });
    await adding;
    const settings = vscode.workspace.getConfiguration('callboard.catalog');
    assert.deepEqual(settings.inspect('customKinds')?.workspaceValue, [
      { kind: 'Package', apiVersions: ['acme.backstage.io/v1'] },
    ]);
    await settings.update('customKinds', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(file);
    await eventually(() => assert.deepEqual(unknown(), []));
  });

  it('fix a reference with a suggestion', async () => {
    const fixing = vscode.commands.executeCommand('callboard.problems.fix', row('crww'));
    // The quick pick may not be open yet.
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.equal(await onDisk(), original.replace('crww', 'crew'));
    });
    await fixing;
    await eventually(() => assert.deepEqual(codes(), ['dangling-reference']));
    await writeFile(workspaceUri(FILE), original);
  });

  function codes(): string[] {
    return catalog.getProblems().map(({ code }) => code);
  }

  /** A row as the view gives it to commands. */
  function row(word: string): unknown {
    const model = new ProblemTreeModel({
      catalog,
      identity: { getOwnershipRefs: () => [], onDidChange: () => ({ dispose() {} }) },
      translate: text => text,
      displayPath: uri => uri,
      sourceOf: () => undefined,
      schedule: run => run(),
      runInSlices: work => [...work],
    });
    const rows = model.getChildren().flatMap(group => model.getChildren(group));
    const found = rows.find(({ id }) => id.includes(word));
    assert.ok(found, `There is no row with ${word}`);
    model.dispose();
    return found;
  }
});

async function onDisk(): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(workspaceUri(FILE)));
}
