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
import {
  activatePortal,
  eventually,
  exists,
  namesOf,
  resolveDeps,
  workspaceUri,
} from '../../support/portal';

const ref = 'template:default/service';

/** Asks git in the folder that a test makes. */
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

  it('are those of the catalog, and those that come with Callboard', async () => {
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

  it('tell which of their actions nobody knows', async () => {
    assert.deepEqual(await unknownActions(), ['acme:note']);
  });

  const unknownProblems = (): readonly string[] =>
    vscode.languages
      .getDiagnostics(workspaceUri('service/template.yaml'))
      .map(({ message }) => message)
      .filter(message => message.includes('acme:note'));

  it('are told of where they use what nobody knows', async () => {
    await eventually(() => assert.equal(unknownProblems().length, 1));
  });

  it('are asked for, shown and written, with the actions of plugins', async () => {
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
      // The name, the owner, the folder, that it becomes a repository, and then what would be written.
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
    // As it was when the step ran that publishes it; the note came later.
    const log = git('log', '--format=%s', '--name-only');
    assert.equal(log, 'Initial commit\n\ncatalog-info.yaml');
    assert.equal(git('status', '--porcelain', '--branch'), '## main\n?? NOTE.md');
  });

  it('are tested by what lies beside them, and what came out can be accepted', async () => {
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
