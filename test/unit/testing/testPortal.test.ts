import { afterEach, describe, expect, it } from 'vitest';
import type { CardContent, Entity, PortalPlugin, ReportedProblem } from '../../../src/api';
import { createPortalPlugin, Emitter, extensionPoints, problemOf } from '../../../src/api';
import { createTestPortal, type TestPortal, type TestPortalOptions } from '../../../src/testing';

let portal: TestPortal | undefined;
afterEach(() => {
  portal?.dispose();
  portal = undefined;
});

async function open(options: TestPortalOptions): Promise<TestPortal> {
  portal = await createTestPortal(options);
  return portal;
}

const SHOP = 'component:default/shop';
const shop = {
  metadata: { name: 'shop', annotations: { 'acme.dev/coverage': '42' } },
  spec: { type: 'service', lifecycle: 'production', owner: 'group:team' },
};
const team = { kind: 'Group', metadata: { name: 'team' }, spec: { type: 'team', children: [] } };

function coverageOf({ metadata }: Entity): number | undefined {
  const annotations = metadata['annotations'] as Record<string, string> | undefined;
  const value = annotations?.['acme.dev/coverage'];
  return value === undefined ? undefined : Number(value);
}

/** A plugin with a contribution to each extension point. */
const coverage: PortalPlugin = createPortalPlugin({
  id: 'coverage',
  register: env =>
    env.registerInit({
      deps: extensionPoints,
      init: points => [
        points.entityTabs.addEntityTab({ id: 'quality', title: 'Quality', badgeFor: coverageOf }),
        points.entityCards.addEntityCard({
          id: 'coverage',
          title: 'Coverage',
          tab: 'quality',
          isShownFor: entity => coverageOf(entity) !== undefined,
          load: async entity => ({
            type: 'metrics',
            metrics: [{ label: 'Coverage', value: coverageOf(entity) ?? 0, unit: '%' }],
          }),
        }),
        points.entityCards.addEntityCard({
          id: 'lies',
          title: 'Lies',
          tab: 'quality',
          load: () => ({ type: 'metrics' }) as unknown as CardContent,
        }),
        points.homeCards.addHomeCard({
          id: 'home',
          title: 'Home',
          load: () => ({ type: 'text', text: 'Hello' }),
        }),
        points.entityColumns.addEntityColumn({
          id: 'coverage.column',
          title: 'Coverage',
          where: { kind: 'Component' },
          cellFor: entity => ({ text: `${coverageOf(entity)} %`, sort: coverageOf(entity) ?? 0 }),
        }),
        points.entityDecorators.addEntityDecorator({
          id: 'coverage.low',
          decorationFor: entity =>
            (coverageOf(entity) ?? 100) < 50
              ? { badge: '%', tooltip: 'Coverage is low', tone: 'warning' }
              : undefined,
        }),
        points.treeGroupings.addTreeGrouping({
          id: 'coverage',
          label: 'Coverage',
          groupsOf: entity => [[{ id: 'c', label: `${coverageOf(entity)} %` }]],
        }),
        points.entityCommands.addEntityCommand({
          id: 'coverage.show',
          title: 'Show Coverage',
          where: { kind: 'Component' },
          run: coverageOf,
        }),
        points.catalogProcessors.addProcessor({
          getProcessorName: () => 'Coverage',
          postProcessEntity(entity, emit) {
            if ((coverageOf(entity) ?? 100) < 50) {
              emit.problem({ code: 'low-coverage', message: 'Coverage is low' });
            }
          },
        }),
        points.searchCollators.addCollator({
          id: 'coverage',
          title: 'Coverage',
          icon: 'beaker',
          onDidChange: new Emitter<never>().event,
          getSources: async () => [{ id: 'all' }],
          collate: () => [
            {
              id: 'report',
              title: 'Coverage report',
              target: { type: 'url', url: 'https://acme.dev' },
            },
          ],
        }),
        points.scaffolderActions.addAction({
          id: 'acme:report',
          schema: { input: { type: 'object', required: ['name'] } },
          async handler({ input, output, workspace }) {
            workspace.writeFile('report.txt', `Report of ${JSON.stringify(input['name'])}`);
            output('ok', true);
          },
        }),
      ],
    }),
});

describe('createTestPortal', () => {
  it('reads entities and files with the real engine', async () => {
    const opened = await open({ entities: [shop] });
    expect(opened.entity(SHOP)?.relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/team' },
    ]);
    expect((await opened.problems()).map(({ code }) => code)).toEqual(['dangling-reference']);
  });

  it('shows contributions of a plugin until it is removed', async () => {
    const opened = await open({ entities: [shop, team] });
    const registration = await opened.register(coverage);
    expect(opened.tabs(SHOP)).toEqual([{ id: 'quality', title: 'Quality', badge: 42 }]);
    expect(await opened.cards(SHOP)).toEqual([
      {
        id: 'coverage',
        title: 'Coverage',
        content: { type: 'metrics', metrics: [{ label: 'Coverage', value: 42, unit: '%' }] },
      },
      { id: 'lies', title: 'Lies', error: expect.stringContaining('at metrics') as string },
    ]);
    expect((await opened.homeCards()).map(({ id }) => id)).toEqual(['home']);
    expect(opened.cells(SHOP)).toEqual({ 'coverage.column': { text: '42 %', sort: 42 } });
    expect(opened.decorations(SHOP)).toEqual([
      { badge: '%', tooltip: 'Coverage is low', tone: 'warning' },
    ]);
    expect([opened.cells('group:default/team'), opened.decorations('group:default/team')]).toEqual([
      {},
      [],
    ]);
    expect(opened.groups(SHOP, 'coverage')).toEqual([['42 %']]);
    expect(opened.entityCommands(SHOP)).toEqual(['coverage.show']);
    expect(await opened.runEntityCommand('coverage.show', SHOP)).toBe(42);
    expect(opened.entityCommands('group:default/team')).toEqual([]);
    expect((await opened.problems({ code: 'low-coverage' })).length).toBe(1);
    expect((await opened.search('report')).results.map(({ title }) => title.text)).toEqual([
      'Coverage report',
    ]);
    expect(await opened.runAction('acme:report', { input: { name: 'x' } })).toMatchObject({
      output: { ok: true },
      files: { 'report.txt': 'Report of "x"' },
    });
    await expect(opened.runAction('acme:report')).rejects.toThrow('name');
    registration.dispose();
    await opened.settle();
    expect([opened.tabs(SHOP), opened.cells(SHOP), opened.decorations(SHOP)]).toEqual([[], {}, []]);
    expect(opened.entityCommands(SHOP)).toEqual([]);
    expect(await opened.problems({ code: 'low-coverage' })).toEqual([]);
  });

  it('applies changes of settings and files', async () => {
    const opened = await open({ entities: [shop, team] });
    await opened.register(coverage);
    await opened.configure({ 'problems.severity': { 'low-coverage': 'error' } });
    expect(
      (await opened.problems({ code: 'low-coverage' })).map(({ severity }) => severity),
    ).toEqual(['error']);
    await opened.write({ 'entities/component-shop/catalog-info.yaml': undefined });
    expect(opened.entity(SHOP)).toBeUndefined();
  });

  it('rejects a plugin that fails, with the reason', async () => {
    const opened = await open({});
    const failing = createPortalPlugin({
      id: 'failing',
      register() {
        throw new Error('I stumbled');
      },
    });
    await expect(opened.register(failing)).rejects.toThrow(
      'Plugin "failing" is failed: I stumbled',
    );
  });
});

describe('problems of a source', () => {
  const descriptor = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
  owner: guests
  # callboard-disable-next-line no-tier
  tier: [gold]
`;
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

  /** Opens a portal with a source that reports these problems of every descriptor. */
  async function reporting(...problems: readonly unknown[]): Promise<TestPortal> {
    const opened = await open({ files: { 'catalog-info.yaml': descriptor } });
    await opened.register(
      createPortalPlugin({
        id: 'checks',
        register: env =>
          env.registerInit({
            deps: { sources: extensionPoints.problemSources },
            init: ({ sources }) =>
              sources.addProblemSource({
                onDidChangeProblems: new Emitter<never>().event,
                getProblems: () => problems as readonly ReportedProblem[],
              }),
          }),
      }),
    );
    return opened;
  }

  it.each([
    [
      ['spec', 'owner'],
      [7, 9, 15],
    ],
    // The key of a value with parts.
    [['metadata'], [2, 0, 8]],
    // The nearest field above one that doesn't exist.
    [
      ['spec', 'owner', 'x'],
      [7, 9, 15],
    ],
    [
      ['metadata', 'annotations', 'a'],
      [2, 0, 8],
    ],
    [['spec', 'tier', 0], undefined],
  ])('are placed at the field %j', async (path, place) => {
    const code = place ? 'check' : 'no-tier';
    const opened = await reporting({ code, message: 'x', entityRef: SHOP, path });
    const found = (await opened.problems({ code })).map(({ range: { start, end } }) => [
      start.line,
      start.character,
      end.character,
    ]);
    expect(found).toEqual(place ? [place] : []);
  });

  it('have a source, docs and fixes, and invalid ones are dropped', async () => {
    const fix = { title: 'Set the tier', edits: [{ range, newText: 'x' }] };
    const opened = await reporting(
      problemOf(
        { apiVersion: 'v1', kind: 'Component', metadata: { name: 'shop' } },
        {
          code: 'a',
          message: 'x',
          source: 'Sonar\nQube',
          docs: 'https://acme.dev/a',
          fixes: [fix],
        },
      ),
      {
        code: 'b',
        message: 'x',
        docs: 'command:evil',
        source: 1,
        fixes: [{ title: 'x', edits: [{ range, newText: 1 }] }, { ...fix, edits: [] }, 'x'],
      },
      { code: 'c' },
      'x',
    );
    const own = (await opened.problems()).filter(({ code }) => code.length === 1);
    expect(own).toEqual([
      expect.objectContaining({
        code: 'a',
        severity: 'warning',
        entityRef: SHOP,
        document: 0,
        range: { start: { line: 3, character: 8 }, end: { line: 3, character: 12 } },
        source: 'Sonar Qube',
        docs: 'https://acme.dev/a',
        fixes: [fix],
      }),
      expect.objectContaining({ code: 'b', fixes: [] }),
    ]);
    expect(Object.keys(own[1] ?? {}).filter(key => /source|docs/.test(key))).toEqual([]);
    expect(opened.log.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('"checks"') as string }),
    ]);
  });
});
