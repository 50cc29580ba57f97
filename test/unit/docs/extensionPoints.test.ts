import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { extensionPoints, type PortalPlugin } from '../../../src/api';
import type { createTestPortal, TestEntity, TestPortal } from '../../../src/testing/contract';
import { PluginFolder } from '../../support/packedPlugin';

const examples = inProject('docs/examples/extension-points');
const names = readdirSync(join(examples, 'src')).map(file => file.replace(/\.ts$/, ''));
const SHOP = 'component:default/shop';

let folder: PluginFolder;
let portal: TestPortal;

beforeAll(async () => {
  folder = await PluginFolder.create(examples);
  await folder.install();
  await folder.checkTypes();
  const sources = names.map(name => `src/${name}.ts`);
  const options = ['--bundle', '--format=esm', '--platform=neutral', '--outdir=dist'];
  await folder.node('esbuild/bin/esbuild', ...sources, ...options);
});
afterEach(() => portal.dispose());

const load = (path: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(join(folder.path, path)).href) as Promise<
    Record<string, unknown>
  >;

/** Opens a portal with a component and the example. */
async function open(
  name: string,
  shop: Partial<TestEntity> & { annotations?: object } = {},
  files: Readonly<Record<string, string>> = {},
) {
  const { createTestPortal: create } = (await load('node_modules/@callboard/api/testing.js')) as {
    createTestPortal: typeof createTestPortal;
  };
  const { annotations, ...rest } = shop;
  const metadata = { name: 'shop', ...(annotations && { annotations }), ...rest.metadata };
  portal = await create({ entities: [{ ...rest, metadata }], files });
  const { default: plugin } = await load(`dist/${name}.js`);
  await portal.register(plugin as PortalPlugin);
  await portal.settle();
}

const codes = async (): Promise<readonly string[]> =>
  (await portal.problems({ entityRef: SHOP })).map(({ code }) => code);
const found = async (query: string): Promise<readonly string[]> =>
  (await portal.search(query)).results.map(({ title }) => title.text);
const link = { metadata: { name: 'shop', links: [{ url: 'https://run.acme.dev', title: 'Run' }] } };

/** Opens each example and expects its effect. */
const checks: Readonly<Record<string, () => Promise<void>>> = {
  async entityProviders() {
    await open('entityProviders');
    expect(portal.entity('resource:default/printer')?.spec).toMatchObject({ type: 'device' });
  },
  async catalogProcessors() {
    await open('catalogProcessors');
    expect(await codes()).toContain('no-links');
  },
  async problemSources() {
    await open('problemSources');
    expect(await codes()).toContain('no-license');
  },
  async treeGroupings() {
    await open('treeGroupings', { annotations: { 'acme.dev/cost-center': '7' } });
    expect(portal.groups(SHOP, 'cost-center')).toEqual([['Cost center 7']]);
  },
  async entityColumns() {
    await open('entityColumns');
    expect(portal.cells(SHOP)).toMatchObject({ 'tag-count.tags': { text: '0', tone: 'warning' } });
  },
  async entityDecorators() {
    const spec = { type: 'service', lifecycle: 'deprecated', owner: 'guests' };
    await open('entityDecorators', { spec });
    expect(portal.decorations(SHOP)).toMatchObject([{ badge: 'D' }]);
  },
  async entityCommands() {
    await open('entityCommands', { kind: 'Group', spec: { type: 'team', children: [] } });
    expect(portal.entityCommands('group:default/shop')).toContain('open-owner.open');
  },
  async entityCards() {
    await open('entityCards', { annotations: { 'acme.dev/todos': 'write docs; test' } });
    expect(portal.tabs(SHOP).map(({ id }) => id)).toContain('todos');
    expect(await portal.cards(SHOP, { tab: 'todos' })).toMatchObject([
      { id: 'todos.list', content: { type: 'fields', fields: [{ label: '1' }, { label: '2' }] } },
    ]);
  },
  async homeCards() {
    await open('homeCards');
    const card = (await portal.homeCards()).find(({ id }) => id === 'catalog-size.card');
    expect(card?.content).toMatchObject({ metrics: [{ value: 1 }] });
  },
  async searchCollators() {
    await open('searchCollators', link);
    expect(await found('in:links run')).toEqual(['Run']);
  },
  async searchProviders() {
    await open('searchProviders');
    expect(portal.plugins).toContainEqual(
      expect.objectContaining({ id: 'wiki', status: 'active' }),
    );
  },
  async searchFilters() {
    await open('searchFilters', { annotations: { 'acme.dev/tier': 'Gold' } });
    expect(await found('shop tier:gold')).toContain('shop');
    expect(await found('shop tier:none')).toEqual([]);
  },
  async scaffolderActions() {
    await open('scaffolderActions');
    expect(await portal.runAction('acme:changelog', { input: { title: 'Shop' } })).toMatchObject({
      output: { path: 'CHANGELOG.md' },
      files: { 'CHANGELOG.md': '# Shop\n' },
    });
  },
  async scaffolderTemplates() {
    const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: job, title: Job }
spec: { type: service, steps: [] }
`;
    const files = { 'entities/component-platform/golden-paths/job/template.tpl': template };
    await open('scaffolderTemplates', { metadata: { name: 'platform' } }, files);
    expect(await portal.templates()).toEqual([
      { ref: 'template:default/job', title: 'Job', type: 'service', from: 'Golden Paths' },
    ]);
  },
  async agentTools() {
    await open('agentTools');
    expect(await portal.runAgentTool('count_entities', { kind: 'Component' })).toBe(1);
  },
  async ownExtensionPoint() {
    await open('ownExtensionPoint');
    const card = (await portal.homeCards()).find(({ id }) => id === 'reports.card');
    expect(card?.content).toEqual({ type: 'text', text: '' });
  },
};

describe('examples of extension points', () => {
  it.each(names)('%s', async name => {
    await checks[name]?.();
    const lines = readFileSync(join(examples, `src/${name}.ts`), 'utf8').split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
  });

  it('cover all extension points', async () => {
    await open('homeCards');
    expect(Object.keys(checks).sort()).toEqual([...names].sort());
    const text = names.map(name => readFileSync(join(examples, `src/${name}.ts`), 'utf8')).join();
    for (const point of Object.keys(extensionPoints)) expect(text).toContain(`.${point}`);
  });
});
