import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type PortalApi, type TechDocsBuilderService } from '../../../src/api';
import { formatUri } from '../../../src/base';
import {
  activatePortal,
  eventually,
  exists,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

describe('Docs builder', () => {
  let api: PortalApi;
  let builder: TechDocsBuilderService;
  const descriptor = workspaceUri('plain/shop.yaml');
  const config = workspaceUri('plain/mkdocs.yml');
  const page = workspaceUri('plain/docs/index.md');
  const target = workspaceUri('out/handbook');
  const handbook = formatUri(workspaceUri('handbook'));

  before(async () => {
    api = await activatePortal();
    ({ builder } = await resolveDeps(api, 'docs-authoring', { builder: coreServices.docsBuilder }));
  });

  it('adds docs to an entity in one undoable step', async () => {
    const before = await textOf(descriptor);
    const added = vscode.commands.executeCommand(
      'callboard.entity.addDocs',
      'component:default/shop',
    );
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(await exists(page));
    });
    await added;
    assert.equal(
      await textOf(descriptor),
      before.replace(
        'Sells things.\n',
        'Sells things.\n  annotations:\n    backstage.io/techdocs-ref: dir:.\n',
      ),
    );
    assert.equal(await textOf(config), 'site_name: Shop\nplugins:\n  - techdocs-core\n');
    assert.equal(await textOf(page), '# Shop\n\nSells things.\n');
    await eventually(() =>
      assert.equal(vscode.window.activeTextEditor?.document.uri.path, page.path),
    );
    await eventually(async () => {
      const { techdocs } = await resolveDeps(api, `docs-${Date.now()}`, {
        techdocs: coreServices.techdocs,
      });
      assert.equal((await techdocs.locate('component:default/shop'))?.type, 'site');
    });
    const refused = await builder.draft('component:default/shop');
    assert.equal(refused.type, 'refused');
    await vscode.window.showTextDocument(descriptor);
    await vscode.commands.executeCommand('undo');
    await eventually(async () => assert.equal(await exists(page), false));
    assert.equal((await vscode.workspace.openTextDocument(descriptor)).getText(), before);
  });

  it("doesn't overwrite existing files", async () => {
    await writeFile(config, 'site_name: Mine\n');
    try {
      // After the catalog has read that the annotation is removed.
      await eventually(async () => {
        const draft = await builder.draft('component:default/shop');
        assert.ok(draft.type === 'draft');
        assert.deepEqual(
          draft.edits.map(({ file }) => file),
          [formatUri(descriptor)],
        );
      });
    } finally {
      await vscode.workspace.fs.delete(config);
    }
  });

  it('builds a site only into a safe target folder', async () => {
    await vscode.commands.executeCommand('callboard.docs.build', handbook, target);
    const html = await textOf(vscode.Uri.joinPath(target, 'index.html'));
    assert.ok(html.includes('data-md-component="content"'), html.slice(0, 500));
    const metadata = JSON.parse(
      await textOf(vscode.Uri.joinPath(target, 'techdocs_metadata.json')),
    ) as { site_name: string; files: string[] };
    assert.equal(metadata.site_name, 'Handbook');
    assert.ok(metadata.files.includes('search/search_index.json'));
    assert.ok(metadata.files.some(path => /^assets\/javascripts\/site\.js$/.test(path)));
    await assert.rejects(
      builder.build(handbook, { target: formatUri(workspaceUri('handbook/docs/out')) }),
      /is inside the docs/,
    );
    await assert.rejects(
      builder.build(handbook, { target: formatUri(workspaceUri('.')), isCleaned: true }),
      /contains the sources of the docs/,
    );
    const foreign = workspaceUri('foreign');
    await writeFile(vscode.Uri.joinPath(foreign, 'mine.txt'), 'mine');
    const result = await builder.build(handbook, { target: formatUri(foreign) });
    assert.equal(result.type, 'foreign-folder');
    assert.equal(await textOf(vscode.Uri.joinPath(foreign, 'mine.txt')), 'mine');
  });

  it('runs the configured MkDocs and reports its failure', async () => {
    const settings = vscode.workspace.getConfiguration('callboard.docs');
    const { Workspace } = vscode.ConfigurationTarget;
    await settings.update('builder', 'mkdocs', Workspace);
    await settings.update('mkdocsPath', 'no-such-mkdocs', Workspace);
    try {
      await assert.rejects(
        builder.build(handbook, { target: formatUri(workspaceUri('out/other')) }),
        /no-such-mkdocs could not be started: there is no such program/,
      );
    } finally {
      await settings.update('builder', undefined, Workspace);
      await settings.update('mkdocsPath', undefined, Workspace);
    }
  });
});

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
