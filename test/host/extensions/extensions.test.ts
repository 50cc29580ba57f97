import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type {
  ActionsService,
  CardContent,
  EntityCard,
  PortalApi,
  PortalExports,
} from '../../../src/api';
import {
  activatePortal,
  diagnosticsOf,
  eventually,
  namesOf,
  resolveDeps,
  workspaceUri,
} from '../../support/portal';

describe('Another extension', () => {
  let api: PortalApi;
  const file = workspaceUri('catalog-info.yaml');
  const statusOf = (id: string): string | undefined =>
    api.plugins.find(plugin => plugin.id === id)?.status;
  const errorOf = (id: string): string | undefined =>
    api.plugins.find(plugin => plugin.id === id)?.error;

  before(async () => {
    api = await activatePortal();
    for (const name of ['todo', 'troublemaker']) {
      await vscode.extensions.getExtension(`example.${name}`)?.activate();
    }
    await eventually(() => {
      for (const id of ['todo', 'throws-when-used']) assert.equal(statusOf(id), 'active');
      assert.equal(statusOf('throws-in-init'), 'failed');
      assert.equal(statusOf('waits-for-nobody'), 'waiting');
    });
  });

  it('is loaded by its declaration, without an entry of its own', async () => {
    await eventually(() => assert.equal(statusOf('measured'), 'active'));
    const { extension } = api.plugins.find(({ id }) => id === 'measured') ?? {};
    assert.equal(extension, 'example.measured');
    // The catalog has no entity of the kind that activates it.
    assert.equal(statusOf('sleeping'), undefined);
  });

  it('receives an error for an unsupported API version', () => {
    const exports = vscode.extensions.getExtension<PortalExports>('callboard.callboard')?.exports;
    assert.throws(() => exports?.getApi(2 as 1), /Unsupported API version 2\. Supported: 1/);
  });

  it("uses the portal's services", async () => {
    assert.equal(await vscode.commands.executeCommand('todo.count'), 2);
  });

  it('runs an action with progress and receives its result or error', async () => {
    const actions = await new Promise<ActionsService>(resolve => {
      const plugin = api.createPortalPlugin({
        id: 'takes-its-time',
        register(env) {
          env.registerInit({
            deps: { actions: api.coreServices.actions },
            init: ({ actions: service }) => resolve(service),
          });
        },
      });
      api.registerPlugin(plugin);
    });
    const endAfter = (milliseconds: number): Promise<string> =>
      actions.withProgress('Counting…', async ({ signal, report }) => {
        report('1 of 2');
        await sleep(milliseconds, undefined, { signal });
        report('2 of 2');
        if (milliseconds === 0) throw new Error('nothing to count');
        return `${milliseconds} counted`;
      });
    assert.equal(await endAfter(1), '1 counted');
    assert.equal(await endAfter(800), '800 counted');
    await assert.rejects(endAfter(0), /nothing to count/);
  });

  it('reports problems as diagnostics', async () => {
    await eventually(() =>
      assert.deepEqual(
        diagnosticsOf(file).filter(text => text.endsWith('todo-in-production')),
        ['5:23-5:51 information todo-in-production'],
      ),
    );
  });

  it('loads its cards only when their page and tab are shown', async () => {
    const { cards, home, portal } = await resolveDeps(api, 'watches-cards', {
      cards: api.extensionPoints.entityCards,
      home: api.extensionPoints.homeCards,
      portal: api.coreServices.portal,
    });
    const requests: string[] = [];
    const answer = (what: string): CardContent => {
      requests.push(what);
      return { type: 'text', text: what };
    };
    const isShownFor: EntityCard['isShownFor'] = ({ metadata }) => metadata.name === 'ferry';
    cards.addEntityCard({
      id: 'watches-cards.overview',
      title: 'Watched',
      isShownFor,
      load: ({ metadata }) => answer(`overview of ${metadata.name}`),
    });
    // The tab is another extension's.
    cards.addEntityCard({
      id: 'watches-cards.todo',
      title: 'Watched',
      tab: 'todo',
      isShownFor,
      load: async ({ metadata }) => answer(`to-dos of ${metadata.name}`),
    });
    home.addHomeCard({ id: 'watches-cards.home', title: 'Watched', load: () => answer('home') });
    const entityRef = 'component:default/ferry';
    await portal.open({ page: 'entity', entityRef });
    await eventually(() => assert.deepEqual([...new Set(requests)], ['overview of ferry']));
    await portal.open({ page: 'entity', entityRef, tab: 'todo' });
    await eventually(() => assert.equal(requests.at(-1), 'to-dos of ferry'));
    await portal.open({ page: 'home' });
    await eventually(() => assert.equal(requests.at(-1), 'home'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('reloads a card on its event only while it is shown', async () => {
    const { cards, portal } = await resolveDeps(api, 'fires-cards', {
      cards: api.extensionPoints.entityCards,
      portal: api.coreServices.portal,
    });
    const changed = new vscode.EventEmitter<void>();
    let [asked, listeners] = [0, 0];
    const added = cards.addEntityCard({
      id: 'fires-cards.card',
      title: 'Fires',
      isShownFor: ({ metadata }) => metadata.name === 'ferry',
      load: () => ({ type: 'text', text: `Asked ${++asked}` }),
      onDidChange(listener) {
        listeners++;
        const subscription = changed.event(listener);
        return {
          dispose() {
            listeners--;
            subscription.dispose();
          },
        };
      },
    });
    await portal.open({ page: 'entity', entityRef: 'component:default/ferry' });
    await eventually(() => assert.equal(listeners, 1));
    const before = asked;
    await eventually(() => {
      changed.fire();
      assert.ok(asked > before);
    });
    await portal.open({ page: 'catalog' });
    await eventually(() => assert.equal(listeners, 0));
    await portal.open({ page: 'entity', entityRef: 'component:default/ferry' });
    await eventually(() => assert.equal(listeners, 1));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await eventually(() => assert.equal(listeners, 0));
    added.dispose();
  });

  it('adds documents to the search', async () => {
    const { search } = await resolveDeps(api, 'looks-at-search', {
      search: api.coreServices.search,
    });
    const collators = search.collators.map(({ id, title, icon }) => ({ id, title, icon }));
    assert.deepEqual(
      collators.filter(({ id }) => id === 'todos'),
      [{ id: 'todos', title: 'To-dos', icon: 'checklist' }],
    );
  });

  it('is failed with the reason when its start throws', () => {
    assert.equal(statusOf('throws-in-init'), 'failed');
    assert.equal(errorOf('throws-in-init'), 'I cannot start');
  });

  it('is waiting when it needs an unknown service', () => {
    assert.equal(statusOf('waits-for-nobody'), 'waiting');
    assert.match(errorOf('waits-for-nobody') ?? '', /service "nobody\.nothing"/);
  });

  it('causes only one entity problem when its processor throws', async () => {
    await eventually(() => {
      const problems = api.catalog.getProblems({ entityRef: 'component:default/unlucky' });
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? '', /I stumbled/);
    });
    assert.ok(namesOf(api.catalog, 'Component').includes('ferry'));
    for (const id of ['core', 'catalog', 'catalog-views', 'throws-when-used', 'bad-cards']) {
      assert.equal(statusOf(id), 'active');
    }
  });
});
