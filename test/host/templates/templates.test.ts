import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  type CatalogService,
  coreServices,
  createPortalPlugin,
  type PortalApi,
  type ScaffolderService,
  scaffolderActionsExtensionPoint,
} from '../../../src/api';
import type { TaskDesk } from '../../../src/features/scaffolder/core/pages';
import { TestRepository } from '../../support/gitRepository';
import {
  activatePortal,
  eventually,
  exists,
  namesOf,
  resolveDeps,
  workspaceUri,
  writeFile,
} from '../../support/portal';

const ref = 'template:default/service';

/** Runs git in the folder that a test creates. */
const git = (...args: readonly string[]): string =>
  execFileSync('git', [...args], {
    cwd: workspaceUri('shop').fsPath,
    encoding: 'utf8',
  }).trimEnd();

describe('Templates', () => {
  let api: PortalApi;
  let catalog: CatalogService;
  let scaffolder: ScaffolderService;

  before(async () => {
    api = await activatePortal();
    ({ catalog } = api);
    ({ scaffolder } = await resolveDeps(api, 'templates', { scaffolder: coreServices.scaffolder }));
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Template'), ['plain', 'service']));
  });

  const unknownActions = async (): Promise<readonly string[] | undefined> =>
    (await scaffolder.loadTemplate(ref))?.actions
      .filter(({ isKnown }) => !isKnown)
      .map(({ id }) => id);

  it('come from the catalog and from Callboard', async () => {
    const templates = await scaffolder.getTemplates();
    const own = templates.filter(({ isShipped }) => !isShipped);
    assert.deepEqual(
      own.map(({ title, owner }) => [title, owner]),
      [
        ['A Service', 'group:default/crew'],
        ['Plain', 'group:default/crew'],
      ],
    );
    assert.ok(templates.length > own.length);
  });

  it('list their unknown actions', async () => {
    assert.deepEqual(await unknownActions(), ['acme:note']);
  });

  const unknownProblems = (): readonly string[] =>
    vscode.languages
      .getDiagnostics(workspaceUri('service/template.yaml'))
      .map(({ message }) => message)
      .filter(message => message.includes('acme:note'));

  it('have diagnostics at unknown actions', async () => {
    await eventually(() => assert.equal(unknownProblems().length, 1));
  });

  it('run with a form, a preview and actions of plugins', async () => {
    api.registerPlugin(
      createPortalPlugin({
        id: 'acme',
        register(env) {
          env.registerInit({
            deps: { actions: scaffolderActionsExtensionPoint },
            init: ({ actions }) =>
              actions.addAction({
                id: 'acme:note',
                handler({ input: { url }, workspace }) {
                  workspace.writeFile('NOTE.md', typeof url === 'string' ? url : '');
                  return Promise.resolve();
                },
              }),
          });
        },
      }),
    );
    await eventually(async () => assert.deepEqual(await unknownActions(), []));
    await eventually(() => assert.deepEqual(unknownProblems(), []));
    const descriptor = workspaceUri('shop/catalog-info.yaml');
    const made = vscode.commands.executeCommand('callboard.templates.start', ref, workspaceUri(''));
    await eventually(async () => {
      // The name, the owner, the folder, the new repository, and then the preview.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(await exists(descriptor));
    });
    await made;
    await eventually(() => assert.deepEqual(namesOf(catalog, 'Component'), ['shop']));
    assert.deepEqual(catalog.getRelations('component:default/shop'), [
      { type: 'ownedBy', targetRef: 'group:default/crew' },
    ]);
    const note = await vscode.workspace.fs.readFile(workspaceUri('shop/NOTE.md'));
    assert.equal(new TextDecoder().decode(note), 'https://github.com/acme/shop.git');
    // As of the step that publishes it; the note came later.
    const log = git('log', '--format=%s', '--name-only');
    assert.equal(log, 'Initial commit\n\ncatalog-info.yaml');
    assert.equal(git('status', '--porcelain', '--branch'), '## main\n?? .callboard/\n?? NOTE.md');
  });

  it('dry-run from unsaved text without writing files', async () => {
    // The editor's own service has more than the plugin API.
    const tasks = (await scaffolder.tasks()) as TaskDesk;
    const uri = workspaceUri('service/template.yaml');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    const end = document.positionAt(document.getText().length);
    edit.insert(uri, end, '    - { id: typed, name: Typed, action: debug:log }\n');
    await vscode.workspace.applyEdit(edit);
    await eventually(async () =>
      assert.match(JSON.stringify((await scaffolder.loadTemplate(ref))?.entity), /Typed/),
    );
    const before = tasks.list().length;
    const tried = vscode.commands.executeCommand('callboard.templates.dryRun');
    await eventually(async () => {
      // The name, the owner, and the comparison: none.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(tasks.list().length > before);
    });
    await tried;
    const [task] = tasks.list();
    assert.deepEqual([task?.isDryRun, task?.status, task?.folder], [true, 'completed', undefined]);
    const { files, steps } = tasks.get(task?.id ?? '') ?? {};
    assert.deepEqual(
      files?.map(({ path, change }) => [path, change]),
      [['catalog-info.yaml', 'added']],
    );
    assert.equal(steps?.at(-1)?.name, 'Typed');
    assert.equal(steps?.find(({ action }) => action === 'publish:github')?.isSimulated, true);
    await tasks.showFile(task?.id ?? '', 'catalog-info.yaml');
    await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      const shown = vscode.workspace.textDocuments.find(
        ({ uri: one }) => one.toString() === input.modified.toString(),
      );
      assert.match(shown?.getText() ?? '', /kind: Component/);
    });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('resume from a failed step and can be canceled', async () => {
    let isReady = false;
    let isWaiting = false;
    let attempts = 0;
    api.registerPlugin(
      createPortalPlugin({
        id: 'acme-flaky',
        register(env) {
          env.registerInit({
            deps: { actions: scaffolderActionsExtensionPoint },
            init: ({ actions }) =>
              actions.addAction({
                id: 'acme:flaky',
                supportsDryRun: true,
                async handler({ workspace, signal }) {
                  attempts++;
                  if (!isReady) throw new Error('The service is down');
                  isWaiting = true;
                  await new Promise((_, reject) =>
                    signal.addEventListener('abort', () => reject(new Error('stopped'))),
                  );
                  workspace.writeFile('never', '');
                },
              }),
          });
        },
      }),
    );
    const flaky = 'template:default/flaky';
    const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: flaky }
spec:
  type: service
  owner: crew
  steps:
    - { id: first, action: debug:log }
    - { id: second, action: 'acme:flaky' }
`;
    const file = workspaceUri('flaky/template.yaml');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(template));
    await eventually(async () => {
      const known = (await scaffolder.loadTemplate(flaky))?.actions.every(one => one.isKnown);
      assert.equal(known, true);
    });
    const tasks = await scaffolder.tasks();
    await scaffolder.create(
      flaky,
      { values: {}, secrets: {} },
      { folder: workspaceUri('').toString(), isDryRun: true },
    );
    const { id = '' } = tasks.list()[0] ?? {};
    const stepsOf = (): readonly unknown[] | undefined =>
      tasks.get(id)?.steps.map(step => step.status);
    assert.deepEqual(
      [tasks.get(id)?.error, tasks.get(id)?.canRetry],
      ['The service is down', true],
    );
    assert.deepEqual(stepsOf(), ['completed', 'failed']);
    isReady = true;
    const retried = tasks.retry(id);
    await eventually(() => assert.ok(isWaiting));
    assert.equal(tasks.get(id)?.status, 'processing');
    tasks.cancel(id);
    await retried;
    assert.deepEqual(stepsOf(), ['completed', 'cancelled']);
    assert.match(tasks.get(id)?.steps[0]?.log.join() ?? '', /already completed in a previous run/);
    assert.equal(attempts, 2);
    await vscode.workspace.fs.delete(workspaceUri('flaky'), { recursive: true });
  });

  it('merge their updates into existing projects', async () => {
    const skeleton = workspaceUri('service/skeleton/catalog-info.yaml');
    const descriptor = workspaceUri('shop/catalog-info.yaml');
    const record = await read(workspaceUri('shop/.callboard/template.yaml'));
    assert.match(record, /ref: template:default\/service\n/);
    assert.match(record, /values:\n {2}name: shop\n {2}owner: group:default\/crew\n/);
    // The previous version is found in the commit.
    new TestRepository(workspaceUri('shop').fsPath).commit();
    await change(descriptor, text => `${text}  system: harbour\n`);
    await change(skeleton, text => text.replace('kind: Component', 'kind: Component # new'));
    const before = await read(descriptor);
    const checked = vscode.commands.executeCommand(
      'callboard.templates.checkUpdates',
      workspaceUri('shop'),
    );
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.notEqual(await read(descriptor), before);
    });
    await checked;
    assert.equal(
      await read(descriptor),
      before.replace('kind: Component', 'kind: Component # new'),
    );
    assert.ok(await exists(workspaceUri('shop/NOTE.md')));
  });

  it('run their tests and accept the output', async () => {
    const file = workspaceUri('plain/plain.callboard-test.yaml').toString();
    const { tests, problems } = await scaffolder.readTests(file);
    assert.deepEqual(problems, []);
    const { signal } = new AbortController();
    const run = async (): Promise<readonly unknown[]> =>
      Promise.all(
        tests.map(async ({ name }) => {
          const { status, canAccept } = await scaffolder.runTest(file, name, { signal });
          return [name, status, canAccept];
        }),
      );
    assert.deepEqual(await run(), [
      ['makes a component', 'passed', false],
      ['wants a name', 'failed', false],
      ['makes what lies here', 'failed', true],
    ]);
    await scaffolder.acceptTest(file, 'makes what lies here', { signal });
    assert.deepEqual((await run()).at(-1), ['makes what lies here', 'passed', false]);
    assert.ok(await exists(workspaceUri('plain/golden/catalog-info.yaml')));
  });
});

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function change(uri: vscode.Uri, how: (text: string) => string): Promise<void> {
  await writeFile(uri, how(await read(uri)));
}
