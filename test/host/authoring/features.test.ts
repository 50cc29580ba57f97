import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, eventually, workspaceUri } from '../../support/portal';

describe('Editor features of a descriptor', () => {
  const ferry = workspaceUri('ferry.yaml');
  const teams = workspaceUri('teams.yaml');
  const onPier = new vscode.Position(12, 18);
  const onOwnName = new vscode.Position(3, 10);

  before(async () => {
    await activatePortal();
    await vscode.window.showTextDocument(ferry);
    await eventually(async () => assert.notDeepEqual(await hoversAt(onPier), []));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function hoversAt(position: vscode.Position): Promise<readonly string[]> {
    const hovers = await ask<readonly vscode.Hover[]>('vscode.executeHoverProvider', position);
    return hovers.flatMap(({ contents }) =>
      contents.map(content => (content instanceof vscode.MarkdownString ? content.value : '')),
    );
  }

  /** Results of the editor's commands for a position in the ferry's file. */
  async function ask<T>(command: string, ...more: readonly unknown[]): Promise<T> {
    return vscode.commands.executeCommand<T>(command, ferry, ...more);
  }

  const pathsOf = (locations: readonly { readonly uri: vscode.Uri }[]): readonly string[] =>
    locations.map(({ uri }) => vscode.workspace.asRelativePath(uri)).sort();

  it('show an entity card with commands on hover', async () => {
    const [card = ''] = await hoversAt(onPier);
    assert.match(card, /component:default\/pier/);
    assert.match(card, /command:callboard\.entity\.open\?/);
  });

  it('explain a field on hover', async () => {
    assert.match((await hoversAt(new vscode.Position(8, 5))).join('\n'), /production/);
  });

  it('explain an annotation on hover', async () => {
    assert.match((await hoversAt(new vscode.Position(5, 20))).join('\n'), /TechDocs/);
  });

  it('go to the definition of an entity', async () => {
    const links = await ask<readonly vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      onPier,
    );
    assert.deepEqual(pathsOf(links.map(({ targetUri }) => ({ uri: targetUri }))), ['pier.yaml']);
  });

  it('find references in every form', async () => {
    const found = await vscode.commands.executeCommand<readonly vscode.Location[]>(
      'vscode.executeReferenceProvider',
      teams,
      new vscode.Position(3, 10),
    );
    assert.deepEqual(pathsOf(found), ['ferry.yaml', 'pier.yaml', 'teams.yaml', 'teams.yaml']);
  });

  it('suggest only matching entities', async () => {
    const { items } = await ask<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      new vscode.Position(9, 9),
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('crew'), labels.join());
    assert.ok(!labels.includes('pier'));
  });

  it('link a path to its file', async () => {
    const all = workspaceUri('all.yaml');
    await vscode.workspace.openTextDocument(all);
    await eventually(async () => {
      const links = await vscode.commands.executeCommand<readonly vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        all,
      );
      const targets = links.map(({ target }) => target && vscode.workspace.asRelativePath(target));
      assert.deepEqual(targets, ['ferry.yaml', 'pier.yaml']);
    });
  });

  it('highlight equal references', async () => {
    const highlights = await ask<readonly vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      onOwnName,
    );
    assert.deepEqual(
      highlights.map(({ range }) => range.start.line),
      [3],
    );
  });

  it('provide an outline, folding and selection ranges by YAML structure', async () => {
    const symbols = await ask<readonly vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['ferry'],
    );
    const folds = await ask<readonly vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider');
    assert.ok(folds.some(({ start, end }) => start === 6 && end === 12));
    const [selection] = await ask<readonly vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      [onPier],
    );
    assert.ok(selection);
    const document = await vscode.workspace.openTextDocument(ferry);
    assert.equal(document.getText(selection.range), 'pier');
  });

  it('list each entity once among workspace symbols, at its name', async () => {
    const symbols = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      '#pier',
    );
    const piers = symbols.filter(({ name }) => name === 'pier');
    assert.deepEqual(pathsOf(piers.map(({ location }) => location)), ['pier.yaml']);
    assert.equal(piers[0]?.kind, vscode.SymbolKind.Class);
    const { uri, range } = piers[0].location;
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(range), 'pier');
  });

  it('show the owner and dependents in a code lens', async () => {
    const lenses = await ask<readonly vscode.CodeLens[]>('vscode.executeCodeLensProvider');
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['owned by crew', 'no dependents', 'docs', 'graph'],
    );
  });

  it('show the omitted parts of short refs as inlay hints', async () => {
    const hints = await ask<readonly vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      new vscode.Range(0, 0, 13, 0),
    );
    const labels = hints.map(({ label }) =>
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    );
    assert.deepEqual(labels, ['group:']);
  });

  it('highlight refs with semantic tokens', async () => {
    const tokens = await ask<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens');
    assert.equal(tokens.data.length, 4 * 5);
  });

  it('open docs and the graph by command', async () => {
    await vscode.commands.executeCommand('callboard.entity.openDocs', 'component:default/ferry');
    const labels = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await eventually(() => assert.ok(labels().includes('Ferry · Ferry'), labels().join()));
    await vscode.commands.executeCommand('callboard.entity.showGraph', 'component:default/pier');
    const shown = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await eventually(() => assert.ok(shown() instanceof vscode.TabInputWebview));
  });

  it('fix a wrong owner with a quick fix', async () => {
    const { document, edit } = await vscode.window.showTextDocument(ferry);
    const owner = new vscode.Range(9, 9, 9, 13);
    await edit(builder => builder.replace(owner, 'crow'));
    await eventually(async () => {
      const actions = await ask<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        owner,
      );
      const fix = actions.find(({ title }) => title === 'Change to "crew"');
      assert.ok(fix?.edit);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
    });
    assert.equal(document.getText(owner), 'crew');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('rename every ref and preserve its form', async () => {
    await vscode.window.showTextDocument(teams);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      teams,
      new vscode.Position(3, 10),
      'hands',
    );
    const changes = edit
      .entries()
      .map(([uri, edits]) => [
        vscode.workspace.asRelativePath(uri),
        edits.map(({ newText }) => newText),
      ]);
    assert.deepEqual(Object.fromEntries(changes), {
      'ferry.yaml': ['hands'],
      'pier.yaml': ['hands'],
      'teams.yaml': ['hands', 'hands'],
    });
  });

  it('show call and type hierarchies', async () => {
    const [item] = await ask<readonly vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      onOwnName,
    );
    const calls = await vscode.commands.executeCommand<readonly vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    assert.deepEqual(
      calls.map(({ to }) => to.name),
      ['pier'],
    );
    const [type] = await ask<readonly vscode.TypeHierarchyItem[]>(
      'vscode.prepareTypeHierarchy',
      onOwnName,
    );
    const above = await vscode.commands.executeCommand<readonly vscode.TypeHierarchyItem[]>(
      'vscode.provideSupertypes',
      type,
    );
    assert.deepEqual(
      above.map(({ name }) => name),
      ['harbour'],
    );
  });
});
