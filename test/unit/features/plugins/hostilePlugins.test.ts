import { afterEach, describe, expect, it } from 'vitest';
import {
  type CardContent,
  coreServices,
  createPortalPlugin,
  type Entity,
  extensionPoints,
  type PluginContribution,
  type PortalPlugin,
  type ResolvedDeps,
} from '../../../../src/api';
import { createTestPortal, type TestPortal } from '../../../../src/testing';

const SHOP = 'component:default/shop';
const MEGABYTES = 'x'.repeat(5 * 1024 * 1024);

let portal: TestPortal | undefined;
afterEach(() => {
  portal?.dispose();
  portal = undefined;
});

async function open(): Promise<TestPortal> {
  const names = ['shop', 'other'];
  portal = await createTestPortal({ entities: names.map(name => ({ metadata: { name } })) });
  return portal;
}

type Deps = typeof extensionPoints & typeof coreServices;

/** A plugin that gets all services and extension points. */
function aPlugin(
  id: string,
  init: (deps: ResolvedDeps<Deps>) => PluginContribution | Promise<PluginContribution>,
): PortalPlugin {
  return createPortalPlugin({
    id,
    register: env => env.registerInit({ deps: { ...coreServices, ...extensionPoints }, init }),
  });
}

/** A well-behaved plugin, whose card must be shown in any case. */
const good = aPlugin('good', ({ entityCards, entityTabs }) => [
  entityTabs.addEntityTab({ id: 'overview', title: 'Overview' }),
  entityCards.addEntityCard({
    id: 'good',
    title: 'Good',
    load: () => ({ type: 'text', text: 'Fine' }),
  }),
]);

/** Asserts that the catalog, pages and the good plugin work, and returns the culprits. */
async function culpritsOf(at: TestPortal): Promise<readonly string[]> {
  const cards = await at.cards(SHOP);
  expect(cards.find(({ id }) => id === 'good')?.content).toEqual({ type: 'text', text: 'Fine' });
  expect(at.entity(SHOP)?.metadata.name).toBe('shop');
  expect((await at.search('shop')).results.length).toBeGreaterThan(0);
  return [...new Set(at.pluginErrors.map(({ plugin }) => plugin))];
}

const failure = (): never => {
  throw new Error('Broken');
};
const noEvent = () => ({ dispose() {} });

describe('A hostile plugin hurts nobody else, and is named', () => {
  it.each<[string, (deps: ResolvedDeps<Deps>) => PluginContribution]>([
    [
      'throws in a card',
      ({ entityCards }) => entityCards.addEntityCard({ id: 'bad', title: 'Bad', load: failure }),
    ],
    [
      'throws where a card is chosen',
      ({ entityCards }) =>
        entityCards.addEntityCard({
          id: 'bad',
          title: 'Bad',
          isShownFor: failure,
          load: () => undefined,
        }),
    ],
    [
      'returns a card of a wrong shape',
      ({ entityCards }) =>
        entityCards.addEntityCard({
          id: 'bad',
          title: 'Bad',
          load: () => ({ type: 'fields' }) as unknown as CardContent,
        }),
    ],
    [
      'returns a proxy that throws',
      ({ entityCards }) =>
        entityCards.addEntityCard({
          id: 'bad',
          title: 'Bad',
          load: () => new Proxy({} as CardContent, { get: failure, ownKeys: failure }),
        }),
    ],
    [
      'throws in a processor',
      ({ catalogProcessors }) =>
        catalogProcessors.addProcessor({
          getProcessorName: () => 'Bad',
          postProcessEntity: ({ metadata }) => metadata.name === 'other' && failure(),
        }),
    ],
    [
      'throws in a problem source',
      ({ problemSources }) =>
        problemSources.addProblemSource({ onDidChangeProblems: noEvent, getProblems: failure }),
    ],
    [
      'throws in a collator',
      ({ searchCollators }) =>
        searchCollators.addCollator({
          id: 'bad',
          title: 'Bad',
          icon: 'bug',
          onDidChange: noEvent,
          getSources: failure,
          collate: failure,
        }),
    ],
    [
      'throws objects without a message',
      ({ entityCards }) =>
        entityCards.addEntityCard({
          id: 'bad',
          title: 'Bad',
          load() {
            throw Object.create(null);
          },
        }),
    ],
    [
      'supplies too many entities',
      ({ entityProviders }) =>
        entityProviders.addEntityProvider({
          getProviderName: () => 'flood',
          async connect({ applyMutation }) {
            const entity = { kind: 'Component', metadata: { name: 'x' } } as unknown as Entity;
            const entities = Array.from({ length: 100_001 }, (_, index) => ({
              entity: { ...entity, metadata: { name: `x${index}` } },
            }));
            await applyMutation({ type: 'full', entities });
          },
        }),
    ],
  ])('if it %s', async (_, init) => {
    const at = await open();
    await at.register(good);
    await at.register(aPlugin('bad', init));
    expect(await culpritsOf(at)).toEqual(['bad']);
  });

  it.each<[string, (deps: ResolvedDeps<Deps>) => PluginContribution, string]>([
    [
      'a grouping without groupsOf()',
      ({ treeGroupings }) => treeGroupings.addTreeGrouping({ id: 'bad', label: 'Bad' } as never),
      'A contribution to "catalog.tree-groupings" must have groupsOf()',
    ],
    [
      'a command without a title',
      ({ entityCommands }) =>
        entityCommands.addEntityCommand({ id: 'bad', title: 5, run() {} } as never),
      'A contribution to "catalog.entity-commands" must have a string "title"',
    ],
    [
      'an array',
      ({ entityCommands }) => entityCommands.addEntityCommand([] as never),
      'A contribution to "catalog.entity-commands" must have a string "id"',
    ],
    [
      'the id of another plugin',
      ({ entityCards }) =>
        entityCards.addEntityCard({ id: 'good', title: 'Good', load: () => undefined }),
      '"good" is registered already',
    ],
  ])('if it contributes %s', async (_, init, reason) => {
    const at = await open();
    await at.register(good);
    await expect(at.register(aPlugin('bad', init))).rejects.toThrow(reason);
    expect(at.log.at(-1)?.message).toContain(reason);
    await culpritsOf(at);
  });

  it('if it never answers', async () => {
    const at = await open();
    await at.register(good);
    const never = new Promise<never>(() => {});
    await at.register(
      aPlugin('bad', ({ searchProviders, entityProviders }) => [
        searchProviders.addProvider({ id: 'bad', title: 'Bad', find: () => never }),
        entityProviders.addEntityProvider({ getProviderName: () => 'bad', connect: () => never }),
      ]),
    );
    await culpritsOf(at);
  });

  it('if it returns megabytes', async () => {
    const at = await open();
    await at.register(good);
    await at.register(
      aPlugin('bad', ({ entityColumns, entityDecorators, problemSources }) => [
        entityColumns.addEntityColumn({
          id: 'bad',
          title: 'Bad',
          cellFor: () => ({ text: MEGABYTES }),
        }),
        entityDecorators.addEntityDecorator({
          id: 'bad',
          decorationFor: () => ({ tooltip: MEGABYTES }),
        }),
        problemSources.addProblemSource({
          onDidChangeProblems: noEvent,
          getProblems: () => [{ code: 'bad', message: MEGABYTES }],
        }),
      ]),
    );
    await culpritsOf(at);
    expect(at.cells(SHOP)['bad']?.text.length).toBeLessThan(2000);
    expect(at.decorations(SHOP)[0]?.tooltip.length).toBeLessThan(2000);
    const [problem] = await at.problems({ code: 'bad' });
    expect(problem?.message.length).toBeLessThan(20_000);
  });

  it('if it fires events without an end', async () => {
    const at = await open();
    await at.register(good);
    let fires = 0;
    await at.register(
      aPlugin('bad', ({ problemSources }) => {
        const listeners = new Set<(files: ReadonlySet<string>) => void>();
        return problemSources.addProblemSource({
          onDidChangeProblems(listener) {
            listeners.add(listener);
            return { dispose: () => listeners.delete(listener) };
          },
          getProblems(file) {
            // Fires again during each request, but at most five times, so that the test ends.
            if (fires++ < 5) for (const listener of listeners) listener(new Set([file]));
            return [];
          },
        });
      }),
    );
    await culpritsOf(at);
  });

  it('if it changes the API, prototypes of its objects or its id', async () => {
    const at = await open();
    const { api } = at;
    for (const table of [api, api.coreServices, api.extensionPoints, api.coreServices.state]) {
      expect(() => Object.assign(table, { id: 'mine', catalog: undefined })).toThrow(TypeError);
    }
    await at.register(good);
    const card = JSON.parse(
      '{"id": "bad", "title": "Bad", "__proto__": {"order": -1}, "constructor": 1}',
    ) as { id: string; title: string };
    await at.register(
      aPlugin('bad', ({ entityCards }) =>
        entityCards.addEntityCard({
          ...card,
          load: () => JSON.parse('{"type": "constructor", "__proto__": {"type": "text"}}') as never,
        }),
      ),
    );
    expect(await culpritsOf(at)).toEqual(['bad']);
    expect(({} as { order?: number }).order).toBeUndefined();
  });

  it('if it writes state that others use', async () => {
    const at = await open();
    await at.register(good);
    await at.register(
      aPlugin('bad', async ({ state }) => {
        await state.set('starred', ['component:default/other']);
      }),
    );
    await at.register(
      aPlugin('reader', ({ state, starred }) => {
        expect(state.get('starred')).toBeUndefined();
        expect(starred.all()).toEqual([]);
      }),
    );
    await culpritsOf(at);
  });

  it('if it uses capabilities that it does not declare', async () => {
    const at = await open();
    await at.register(good);
    await at.register(
      aPlugin('bad', ({ entityCommands, edits, network, programs, secrets, sources }) => {
        const attempts = [
          () => edits.apply([], { label: 'x' }),
          () => network.fetch('https://example.com'),
          () => programs.run('sh'),
          () => secrets.get('token'),
          () => sources.remove('x'),
        ];
        return attempts.map((run, index) =>
          entityCommands.addEntityCommand({ id: `bad.${index}`, title: `Bad ${index}`, run }),
        );
      }),
    );
    for (const id of at.entityCommands(SHOP)) {
      await expect(at.runEntityCommand(id, SHOP)).rejects.toThrow("doesn't declare");
    }
    expect(await culpritsOf(at)).toEqual(['bad']);
    expect(at.pluginErrors).toHaveLength(5);
  });

  it('if it leaves halfway', async () => {
    const at = await open();
    await at.register(good);
    let answer: (content: CardContent) => void = () => {};
    const registration = await at.register(
      aPlugin('bad', ({ entityCards }) =>
        entityCards.addEntityCard({
          id: 'bad',
          title: 'Bad',
          load: () => new Promise(resolve => (answer = resolve)),
        }),
      ),
    );
    const shown = at.cards(SHOP);
    await at.settle();
    registration.dispose();
    answer({ type: 'text', text: 'Late' });
    await shown.catch(() => {});
    expect((await at.cards(SHOP)).map(({ id }) => id)).not.toContain('bad');
    await culpritsOf(at);
    expect(at.plugins.map(({ id }) => id)).not.toContain('bad');
  });
});
