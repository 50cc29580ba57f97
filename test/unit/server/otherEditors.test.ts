import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, CompletionItem, WorkspaceEdit } from 'vscode-languageserver-types';
import { builtProgram } from '../../support/builtProgram';
import { aComponent, aDescriptor, aLocation, documents } from '../../support/descriptors';
import { OtherEditor } from '../../support/otherEditor';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

/** Capabilities of editors, as far as they matter. */
const editors = {
  /** Version 0.11 on Linux. */
  Neovim: {
    general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
    textDocument: {
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
      completion: { completionItem: { snippetSupport: true } },
      definition: { linkSupport: true },
      diagnostic: { dynamicRegistration: false },
      publishDiagnostics: { relatedInformation: true, dataSupport: true },
      rename: { prepareSupport: true },
      synchronization: { dynamicRegistration: false, didSave: true },
    },
    workspace: {
      applyEdit: true,
      configuration: true,
      didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
      fileOperations: { dynamicRegistration: false, willRename: true },
      workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
      workspaceFolders: true,
    },
  },
  Helix: {
    general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
    textDocument: {
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
      completion: { completionItem: { snippetSupport: false, insertReplaceSupport: true } },
      hover: { contentFormat: ['markdown'] },
      publishDiagnostics: { versionSupport: true },
      rename: { prepareSupport: true, honorsChangeAnnotations: false },
    },
    workspace: {
      applyEdit: true,
      configuration: true,
      didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: false },
      workspaceEdit: {
        documentChanges: true,
        resourceOperations: ['create', 'rename', 'delete'],
        failureHandling: 'abort',
      },
      workspaceFolders: true,
    },
  },
  'an editor that says nothing': {},
};

const ferry = aComponent('ferry', { owner: 'crow' });
const crew = aDescriptor('group:crew');

describe('other editors', { timeout: patience }, () => {
  let program: string;
  let editor: OtherEditor | undefined;

  beforeAll(async () => {
    program = await builtProgram();
  }, patience);
  afterEach(async () => {
    await editor?.end();
    editor = undefined;
  });

  const start = async (
    files: Readonly<Record<string, string>>,
    options: Parameters<typeof OtherEditor.start>[2] = {},
  ): Promise<OtherEditor> => (editor = await OtherEditor.start(program, files, options));

  const refactor = (own: OtherEditor, refactoring: object): Promise<unknown> =>
    own.request('workspace/executeCommand', {
      command: 'callboard.refactor',
      arguments: [refactoring],
    });

  describe.each(Object.entries(editors))('such as %s', (name, capabilities) => {
    it("get problems with their ranges, and no requests that they don't support", async () => {
      const line = JSON.stringify({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'ferry', description: '🚢🚢' },
        spec: { type: 'service', lifecycle: 'production', owner: 'crow' },
      });
      const own = await start({ 'ferry.yaml': line, 'crew.yaml': crew }, { capabilities });
      // All editors use UTF-16 unless the server requests another encoding.
      expect(own.initialized.capabilities['positionEncoding'] ?? 'utf-16').toBe('utf-16');
      own.open('ferry.yaml');
      const [dangling] = await own.untilCodes('ferry.yaml', ['dangling-reference']);
      const character = line.indexOf('"crow"');
      expect(dangling?.range).toEqual({
        start: { line: 0, character },
        end: { line: 0, character: character + '"crow"'.length },
      });
      own.type('ferry.yaml', line.replace('crow', 'crew'));
      await own.untilCodes('ferry.yaml', []);
      expect(await own.at('definition', 'ferry.yaml', '"owner":"cr')).toHaveLength(1);
      const watches = name === 'Helix' ? ['workspace/didChangeWatchedFiles'] : [];
      expect(own.registered).toEqual(watches);
    });

    it('get problems of docs pages, and the targets of their links', async () => {
      const files = {
        'mkdocs.yml': 'site_name: Ferry\nnav: [index.md, none.md]\n',
        'docs/index.md': '# Ferry\n\n[a](more.md#steps) [b](mor.md)\n',
        'docs/more.md': '# More\n\n## Steps\n',
        'README.md': '[a](none.md)\n',
      };
      const own = await start(files, { capabilities });
      for (const path of Object.keys(files)) own.open(path);
      await own.untilCodes('docs/index.md', ['page-link-missing']);
      await own.untilCodes('docs/more.md', ['page-not-in-nav']);
      await own.untilCodes('mkdocs.yml', ['nav-page-missing']);
      await own.untilCodes('README.md', []);
      expect(await own.at('definition', 'docs/index.md', '[a](more')).toHaveLength(1);
      const { items } = await own.at<{
        items: readonly { label: string; detail: string }[];
      }>('completion', 'docs/index.md', '[a](more.md#');
      expect(items.map(({ label, detail }) => [label, detail])).toEqual([
        ['more', 'More'],
        ['steps', 'Steps'],
      ]);
      own.type('docs/more.md', '# More\n\n## Ways\n');
      await own.untilCodes('docs/index.md', ['page-anchor-missing', 'page-link-missing']);
    });

    it('rename a heading of docs with the links to it, saved or not', async () => {
      const files = {
        'mkdocs.yml': 'site_name: Ferry\n',
        'docs/index.md': '# Ferry\n',
        'docs/more.md': '# More\n\n## Steps\n',
      };
      const own = await start(files, { capabilities });
      for (const path of ['docs/index.md', 'docs/more.md']) own.open(path);
      own.type('docs/index.md', '# Ferry\n\n[a](more.md#steps)\n');
      const edit = await own.at<WorkspaceEdit>('rename', 'docs/more.md', '## St', {
        newName: 'Ways',
      });
      const texts = (edit.documentChanges ?? []).flatMap(change =>
        'edits' in change ? [change] : [],
      );
      const edits = edit.changes
        ? Object.values(edit.changes).flat()
        : texts.flatMap(change => change.edits);
      expect(edits.map(change => ('newText' in change ? change.newText : ''))).toEqual([
        'Ways',
        'ways',
      ]);
    });

    it('update links and navigation of docs with moved files, if supported', async () => {
      const files = {
        'mkdocs.yml': 'site_name: Ferry\nnav: [index.md, more.md]\n',
        'docs/index.md': '# Ferry\n\n[a](more.md#more)\n',
        'docs/more.md': '# More\n\n[b](index.md)\n',
      };
      const own = await start(files, { capabilities });
      const { workspace } = own.initialized.capabilities;
      const tells = name === 'Neovim';
      expect(workspace).toMatchObject({ workspaceFolders: { supported: true } });
      expect(Object.hasOwn(Object(workspace), 'fileOperations')).toBe(tells);
      if (!tells) return;
      const moves = [{ oldUri: own.uriOf('docs/more.md'), newUri: own.uriOf('docs/sub/less.md') }];
      const edit = await own.request<WorkspaceEdit>('workspace/willRenameFiles', { files: moves });
      const written = (edit.documentChanges ?? []).map(change =>
        'edits' in change
          ? [
              change.textDocument.uri,
              ...change.edits.map(one => ('newText' in one ? one.newText : '')),
            ]
          : [],
      );
      expect(written).toEqual([
        [own.uriOf('mkdocs.yml'), 'sub/less.md'],
        [own.uriOf('docs/index.md'), 'sub/less.md#more'],
        [own.uriOf('docs/more.md'), '../index.md'],
      ]);
      const none = [{ oldUri: own.uriOf('docs'), newUri: own.uriOf('pages') }];
      expect(await own.request('workspace/willRenameFiles', { files: none })).toBeNull();
    });

    it('apply refactorings to open and closed files', async () => {
      const files = {
        'ferry.yaml': aComponent('ferry', { owner: 'crew', dependsOn: ['component:pier'] }),
        'pier.yaml': aComponent('pier', { owner: 'group:default/crew' }),
        'teams.yaml': documents(crew, aDescriptor('group:mates')),
      };
      const own = await start(files, { capabilities });
      for (const path of ['ferry.yaml', 'teams.yaml']) own.open(path);
      await eventually(own, 'component:default/pier', 'group:default/crew');
      // Not saved yet.
      own.type('ferry.yaml', `# Crossing\n${files['ferry.yaml']}`);

      await refactor(own, { type: 'rename', entityRef: 'group:default/crew', newName: 'hands' });
      expect(own.textOf('ferry.yaml')).toBe(
        `# Crossing\n${files['ferry.yaml'].replace('owner: crew', 'owner: hands')}`,
      );
      expect(own.textOf('pier.yaml')).toBe(files['pier.yaml'].replace('crew', 'hands'));
      expect(own.textOf('teams.yaml')).toBe(files['teams.yaml'].replace('crew', 'hands'));

      await eventually(own, 'component:default/pier', 'group:default/hands');
      const entityRefs = ['component:default/ferry', 'component:default/pier'];
      await refactor(own, { type: 'changeOwner', entityRefs, owner: 'mates' });
      expect(own.textOf('ferry.yaml')).toContain('owner: mates\n');
      expect(own.textOf('pier.yaml')).toContain('owner: mates\n');

      await eventually(own, 'component:default/pier', 'group:default/mates');
      const entityRef = 'component:default/pier';
      await refactor(own, { type: 'moveToNamespace', entityRef, namespace: 'coast' });
      expect(own.textOf('ferry.yaml')).toContain('- component:coast/pier\n');
      expect(own.textOf('pier.yaml')).toContain('namespace: coast\n');
      expect(own.textOf('pier.yaml')).toContain('owner: default/mates\n');
      await own.untilCodes('ferry.yaml', []);
      own.open('pier.yaml');
      await own.untilCodes('pier.yaml', []);
      expect(own.messages).toEqual([]);
      const refactored = refactor(own, {
        type: 'rename',
        entityRef: 'group:default/hands',
        newName: 'mates',
      });
      await expect(refactored).rejects.toThrow('already exists');
    });

    it("get a message about definitions that a rename can't distinguish", async () => {
      const twice = documents(ferry, aComponent('ferry', { owner: 'crew' }), crew);
      const own = await start({ 'twice.yaml': twice }, { capabilities });
      own.open('twice.yaml');
      await own.untilCodes('twice.yaml', ['duplicate-entity']);
      const edit = await own.at<WorkspaceEdit | null>('rename', 'twice.yaml', 'name: fe', {
        newName: 'boat',
      });
      expect(edit).not.toBeNull();
      // It still answers.
      expect(await own.at('hover', 'twice.yaml', 'name: fe')).not.toBeNull();
      expect(own.messages).toEqual([
        'component:default/ferry is defined more than once, in twice.yaml. All of its definitions change.',
      ]);
    });

    it('create and move files, if supported', async () => {
      const files = { 'ferry.yaml': ferry, 'all.yaml': aLocation('all', './ferry.yaml') };
      const own = await start(files, { capabilities });
      own.open('ferry.yaml');
      const [dangling] = await own.untilCodes('ferry.yaml', ['dangling-reference']);
      const actions = await own.request<readonly CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: own.uriOf('ferry.yaml') },
        range: dangling?.range,
        context: { diagnostics: [], only: ['quickfix'] },
      });
      const titles = actions.map(({ title }) => title);
      expect(titles).toContain('Create Group "crow" in this file');
      const takesFiles = name in { Neovim: 1, Helix: 1 };
      expect(titles.includes('Create Group "crow" in crow.yaml')).toBe(takesFiles);

      const moved = refactor(own, {
        type: 'rename',
        entityRef: 'component:default/ferry',
        newName: 'boat',
        moveFile: own.uriOf('boat.yaml'),
      });
      if (!takesFiles) return expect(moved).rejects.toThrow("can't move files");
      await moved;
      expect(own.textOf('boat.yaml')).toBe(ferry.replace('name: ferry', 'name: boat'));
      expect(own.textOf('ferry.yaml')).toBeUndefined();
      expect(own.textOf('all.yaml')).toContain('./boat.yaml');
    });

    it('get snippets, if supported', async () => {
      const files = { 'catalog-info.yaml': '', 'pier.yaml': aComponent('pier'), 'crew.yaml': crew };
      const own = await start(files, { capabilities });
      own.open('catalog-info.yaml');
      own.open('pier.yaml');
      await own.untilCodes('pier.yaml', ['dangling-reference']);
      const takesSnippets = name === 'Neovim';
      for (const text of ['', `${ferry.split('spec:')[0]}  \n`, `${ferry}  `]) {
        own.type('catalog-info.yaml', text);
        const { items } = await own.at<{ items: readonly CompletionItem[] }>(
          'completion',
          'catalog-info.yaml',
          text,
        );
        expect(items).not.toEqual([]);
        const snippets = items.filter(({ insertTextFormat }) => insertTextFormat === 2);
        if (takesSnippets) continue;
        expect(snippets).toEqual([]);
        for (const { textEdit, insertText = '' } of items) {
          expect(textEdit?.newText ?? insertText).not.toMatch(/\$\d|\$\{\d/);
        }
      }
    });
  });

  it('get the catalog of the Backstage in the settings of the folder', async () => {
    const config = 'catalog:\n  locations:\n    - { type: file, target: ./all.yaml }\n';
    const missing = `${config}    - { type: file, target: ./none.yaml }\n`;
    const own = await start({
      '.vscode/settings.json': '{ "callboard.catalog.backstage.config": ["app-config.yaml"] }',
      'app-config.yaml': config,
      'all.yaml': aLocation('all', './ferry.yaml'),
      'ferry.yaml': ferry.replace('crow', 'crew'),
      'crew.yaml': crew,
    });
    own.open('crew.yaml');
    own.open('ferry.yaml');
    own.open('app-config.yaml');
    await own.untilCodes('crew.yaml', ['unreachable-entity']);
    await own.untilCodes('ferry.yaml', ['dangling-reference']);
    expect(
      await own.request('textDocument/documentLink', {
        textDocument: { uri: own.uriOf('app-config.yaml') },
      }),
    ).toMatchObject([{ target: own.uriOf('all.yaml') }]);
    // Reported by the catalog, and not again by the text alone.
    own.type('app-config.yaml', missing);
    await own.untilCodes('app-config.yaml', ['location-target-missing']);
    const group = '{ type: file, target: ./crew.yaml, rules: [{ allow: [Group] }] }';
    own.type('app-config.yaml', `${config}    - ${group}\n`);
    for (const path of ['app-config.yaml', 'crew.yaml', 'ferry.yaml'])
      await own.untilCodes(path, []);
  });

  it("get responses even if they don't do what they declare", async () => {
    const capabilities = editors.Helix;
    const own = await start({ 'ferry.yaml': ferry }, { capabilities, isHonest: false });
    own.open('ferry.yaml');
    await own.untilCodes('ferry.yaml', ['dangling-reference']);
    expect(own.registered).toEqual(['workspace/didChangeWatchedFiles']);
    expect(await own.at('hover', 'ferry.yaml', 'name: fe')).not.toBeNull();
  });
});

/** Waits until the catalog has an entity's new owner. */
async function eventually(own: OtherEditor, ref: string, owner: string): Promise<void> {
  for (;;) {
    const found = await own.request<readonly { name: string; containerName?: string }[]>(
      'workspace/symbol',
      { query: ref },
    );
    if (found.some(({ containerName }) => containerName === owner.replace(/^.*\//, ''))) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
