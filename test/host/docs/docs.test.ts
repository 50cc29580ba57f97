import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type PortalApi, type TechDocsService } from '../../../src/api';
import { type DocsNode, DocsTreeModel } from '../../../src/features/techdocs/plugin';
import {
  activatePortal,
  eventually,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('Docs view', () => {
  let api: PortalApi;
  let techdocs: TechDocsService;
  let model: DocsTreeModel;

  before(async () => {
    api = await activatePortal();
    ({ techdocs } = await resolveDeps(api, 'docs-test', { techdocs: coreServices.techdocs }));
    const displayPath = (uri: string): string => uri;
    model = new DocsTreeModel({ techdocs, displayPath, translate: text => text });
  });

  it('lists all sites with their pages', async () => {
    await vscode.commands.executeCommand('callboard.docs.focus');
    assert.deepEqual(await labels(), [
      'Ferry docs',
      '  Ferry',
      '  Guide',
      '    Start',
      '  Gone',
      '  Not in the Navigation',
      '    Other',
      'Handbook',
      '  Hands',
    ]);
  });

  it('opens pages, configs and previews', async () => {
    const start = await row('Start');
    await vscode.commands.executeCommand('callboard.docs.openFile', start);
    await eventually(() => assert.ok(shownPath()?.endsWith('guide/start.md')));
    await vscode.commands.executeCommand('callboard.docs.openConfig', await row('Ferry docs'));
    await eventually(() => assert.ok(shownPath()?.endsWith('ferry/mkdocs.yml')));
    await vscode.window.showTextDocument(workspaceUri('ferry/docs/index.md'));
    await vscode.commands.executeCommand('callboard.docs.openFile', await row('Gone'));
    await eventually(() => assert.ok(shownPath()?.endsWith('ferry/mkdocs.yml')));
    await vscode.commands.executeCommand('callboard.docs.open', await row('Handbook'));
    await eventually(() => assert.ok(tabs().includes('Hands · Handbook'), tabs().join()));
  });

  it('shows the docs of an entity', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('callboard.docs.open', 'component:default/ferry');
    await eventually(() => assert.ok(tabs().includes('Ferry · Ferry docs'), tabs().join()));
    await vscode.window.showTextDocument(workspaceUri('handbook/docs/index.md'));
    await vscode.commands.executeCommand('callboard.docs.preview');
    await eventually(() => assert.ok(tabs().includes('Hands · Handbook'), tabs().join()));
  });

  it('reports problems of a site whose config is open', async () => {
    const config = workspaceUri('ferry/mkdocs.yml');
    const page = workspaceUri('ferry/docs/other.md');
    await vscode.window.showTextDocument(config);
    await eventually(() => {
      assert.deepEqual(codes(config), ['nav-page-missing']);
      assert.deepEqual(codes(page), ['page-not-in-nav']);
    });
  });

  it('updates with typed text and new files', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceUri('ferry/docs/index.md'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 2, 0, 7), 'Steamer');
    await vscode.workspace.applyEdit(edit);
    await eventually(async () => assert.ok((await labels()).includes('  Steamer')));
    await writeFile(workspaceUri('handbook/docs/rules.md'), '# Rules');
    await eventually(async () => assert.ok((await labels()).includes('  Rules')));
    await writeFile(workspaceUri('new/mkdocs.yml'), 'site_name: New site');
    await eventually(async () => assert.ok((await labels()).includes('New site')));
  });

  it('reports broken links while typing, also in other pages, and fixes them', async () => {
    const [page, rules] = ['linked.md', 'rules.md'].map(name =>
      workspaceUri(`handbook/docs/${name}`),
    );
    assert.ok(page && rules);
    await writeFile(rules, '# Rules\n\n[b](none.md)\n');
    await writeFile(page, '[a](rules.md#rules) [b](rulez.md)\n');
    await vscode.window.showTextDocument(page);
    await eventually(() => {
      assert.deepEqual(codes(page), ['page-link-missing']);
      assert.deepEqual(codes(rules), ['page-link-missing']);
    });
    const [problem] = vscode.languages.getDiagnostics(page);
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      page,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes('Create page rulez.md'), titles.join());
    const change = actions.find(({ title }) => title === 'Change to rules.md')?.edit;
    assert.ok(change, titles.join());
    await vscode.workspace.applyEdit(change);
    await eventually(() => assert.deepEqual(codes(page), []));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(rules, new vscode.Range(0, 2, 0, 7), 'Ways');
    await vscode.workspace.applyEdit(edit);
    await eventually(() => assert.deepEqual(codes(page), ['page-anchor-missing']));
  });

  it('completes links and navigation entries', async () => {
    const config = workspaceUri('ferry/mkdocs.yml');
    const page = workspaceUri('handbook/docs/linking.md');
    const text = '## Über uns\n\n## Ways\n\n[a](/catalog/ferr)\n\n[b](#)\n\n[c](ru)\n';
    await writeFile(page, text);
    await eventually(async () => {
      assert.deepEqual(await offeredAt(page, 4, 17), ['default/component/ferry']);
    });
    // VS Code's own Markdown completions aren't duplicated.
    const anchors = await offeredAt(page, 6, 5);
    assert.equal(anchors[0], 'uber-uns');
    assert.equal(anchors.filter(label => /^#?ways$/.test(label)).length, 1, anchors.join());
    const paths = await offeredAt(page, 8, 6);
    assert.equal(paths.filter(label => label === 'rules.md').length, 1, paths.join());
    const document = await vscode.workspace.openTextDocument(config);
    const line = document
      .getText()
      .split('\n')
      .findIndex(written => /^ *- /.test(written));
    const { text: entry } = document.lineAt(line);
    const start = entry.indexOf('- ') + 2;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(config, new vscode.Position(line, 0), `${entry.slice(0, start)}\n`);
    await vscode.workspace.applyEdit(edit);
    const pages = await offeredAt(config, line, start);
    assert.equal(pages[0], 'other.md', pages.join());
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
  });

  it('updates links and navigation when a page moves', async () => {
    const [config, page, old, moved] = ['mkdocs.yml', 'docs/a.md', 'docs/b.md', 'docs/c/d.md'].map(
      path => workspaceUri(`moving/${path}`),
    );
    assert.ok(config && page && old && moved);
    await writeFile(config, 'site_name: Moving\nnav:\n  - a.md\n  - B: b.md\n');
    await writeFile(page, '[b](b.md#b)\n');
    await writeFile(old, '# B\n\n[a](a.md)\n');
    await eventually(async () => assert.ok((await labels()).includes('Moving')));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(old, moved);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const textOf = async (uri: vscode.Uri): Promise<string> =>
      (await vscode.workspace.openTextDocument(uri)).getText();
    await eventually(async () => {
      assert.equal(await textOf(config), 'site_name: Moving\nnav:\n  - a.md\n  - B: c/d.md\n');
      assert.equal(await textOf(page), '[b](c/d.md#b)\n');
      assert.equal(await textOf(moved), '# B\n\n[a](../a.md)\n');
    });
  });

  it('renames headings with TechDocs ids and leaves others to VS Code', async () => {
    const [config, page, linked] = ['mkdocs.yml', 'docs/a.md', 'docs/b.md'].map(path =>
      workspaceUri(`renaming/${path}`),
    );
    assert.ok(config && page && linked);
    const redirect = (to: string): string =>
      `site_name: Renaming\nplugins:\n  - redirects:\n      redirect_maps: { old.md: ${to} }\n`;
    await writeFile(config, redirect('b.md#steps'));
    await writeFile(linked, '# B\n\n## Steps\n\n## Steps\n');
    await writeFile(page, '');
    await eventually(async () => assert.ok((await labels()).includes('Renaming')));
    const { document } = await vscode.window.showTextDocument(page);
    const edit = new vscode.WorkspaceEdit();
    // Not saved.
    const text = '[a](b.md#steps) [b](b.md#steps_1) [c][word]\n\n[word]: b.md\n';
    edit.insert(page, new vscode.Position(0, 0), text);
    await vscode.workspace.applyEdit(edit);
    const rename = async (uri: vscode.Uri, at: vscode.Position): Promise<vscode.WorkspaceEdit> =>
      vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', uri, at, 'Ways');
    await vscode.workspace.openTextDocument(linked);
    await eventually(async () => {
      const ofHeading = await rename(linked, new vscode.Position(2, 4));
      assert.equal(ofHeading.get(page).length, 2);
      await vscode.workspace.applyEdit(ofHeading);
    });
    assert.equal(document.getText(), '[a](b.md#ways) [b](b.md#steps) [c][word]\n\n[word]: b.md\n');
    const inOther = (await vscode.workspace.openTextDocument(linked)).getText();
    assert.equal(inOther, '# B\n\n## Ways\n\n## Steps\n');
    const inConfig = (await vscode.workspace.openTextDocument(config)).getText();
    assert.equal(inConfig, redirect('b.md#ways'));
    await eventually(async () => {
      // VS Code's Markdown server once kept the text before the rename for a minute: another edit brings it the text.
      const second = new vscode.WorkspaceEdit();
      second.insert(page, document.positionAt(document.getText().length), '\n');
      await vscode.workspace.applyEdit(second);
      const ofReference = await rename(page, new vscode.Position(2, 2));
      assert.deepEqual(
        ofReference.get(page).map(({ newText }) => newText),
        ['Ways', 'Ways'],
      );
    });
  });

  it("renders admonitions and tabs in VS Code's own preview", async () => {
    const html = await vscode.commands.executeCommand<string>(
      'markdown.api.render',
      '!!! note "Mind"\n    *a*\n\n=== "Tab"\n    b\n\n> [!TIP]\n> c\n\n!!! no more',
    );
    assert.match(html, /<div class="admonition note[^>]*>\s*<p class="admonition-title[^>]*>Mind</);
    assert.match(html, /<label for="__tabbed_1_1"[^>]*>Tab<\/label>/);
    assert.match(html, /<div class="admonition tip[^>]*>/);
    assert.match(html, /<p[^>]*>!!! no more<\/p>/);
  });

  it('follows the release of techdocs-core in the settings', async () => {
    const config = vscode.workspace.getConfiguration('callboard.docs');
    const render = (): Thenable<string> =>
      vscode.commands.executeCommand<string>('markdown.api.render', '> [!TIP]\n> c');
    const site = (await techdocs.getSites()).find(({ name }) => name === 'Handbook');
    assert.ok(site);
    const alerts = async (): Promise<unknown> =>
      (await techdocs.loadContent(site.id))?.markdownExtensions.get('gh_admonitions');
    try {
      await config.update('techdocsCore', '1.6', vscode.ConfigurationTarget.Workspace);
      await eventually(async () => {
        assert.equal(await alerts(), false);
        assert.match(await render(), /<blockquote/);
      });
    } finally {
      await config.update('techdocsCore', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(async () => {
      assert.equal(await alerts(), undefined);
      assert.match(await render(), /<div class="admonition tip/);
    });
  });

  it("adds a Mermaid script to VS Code's own preview", async () => {
    const html = await vscode.commands.executeCommand<string>(
      'markdown.api.render',
      '```mermaid\nA --> B\n```\n',
    );
    assert.match(html, /<pre><code [^>]*class="[^"]*\blanguage-mermaid"[^>]*>A --&gt; B\n<\/code>/);
    const extension = vscode.extensions.getExtension('callboard.callboard');
    assert.ok(extension);
    const { contributes } = extension.packageJSON as {
      contributes: { 'markdown.previewScripts': readonly string[] };
    };
    const scripts = contributes['markdown.previewScripts'];
    assert.equal(scripts.length, 1);
    for (const path of scripts) {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension.extensionUri, path));
    }
  });

  async function rows(node?: DocsNode): Promise<readonly DocsNode[]> {
    const found: DocsNode[] = [];
    for (const child of await model.getChildren(node)) found.push(child, ...(await rows(child)));
    return found;
  }

  async function labels(): Promise<readonly string[]> {
    const depthOf = (node: DocsNode): number => {
      const parent = model.getParent(node);
      return parent ? depthOf(parent) + 1 : 0;
    };
    return (await rows()).map(node => `${'  '.repeat(depthOf(node))}${model.present(node).label}`);
  }

  async function row(label: string): Promise<DocsNode> {
    const found = (await rows()).find(node => model.present(node).label === label);
    assert.ok(found, `There is no row ${label}`);
    return found;
  }

  function shownPath(): string | undefined {
    return vscode.window.activeTextEditor?.document.uri.path;
  }

  function tabs(): readonly string[] {
    return vscode.window.tabGroups.all.flatMap(group => group.tabs.map(({ label }) => label));
  }

  /** Returns the labels of completions in the editor's order, without words of the text. */
  async function offeredAt(
    uri: vscode.Uri,
    line: number,
    character: number,
  ): Promise<readonly string[]> {
    await vscode.workspace.openTextDocument(uri);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new vscode.Position(line, character),
    );
    const labelOf = ({ label }: vscode.CompletionItem): string =>
      typeof label === 'string' ? label : label.label;
    const keyOf = (item: vscode.CompletionItem): string => item.sortText ?? labelOf(item);
    return items
      .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      .map(labelOf);
  }

  function codes(uri: vscode.Uri): readonly unknown[] {
    return vscode.languages
      .getDiagnostics(uri)
      .map(({ code }) => (typeof code === 'object' ? code.value : code));
  }
});
