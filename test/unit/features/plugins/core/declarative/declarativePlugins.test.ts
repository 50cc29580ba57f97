import { describe, expect, it } from 'vitest';
import type {
  Entity,
  EntityCard,
  HomeCard,
  SearchCollator,
  TemplateProvider,
  TreeGrouping,
} from '../../../../../../src/api';
import {
  coreServices,
  createPortalPlugin,
  type EntityCommand,
  type EntityDecorator,
  type EntityTableColumn,
  extensionPoints,
} from '../../../../../../src/api';
import { english, Registry, silentLogger } from '../../../../../../src/base';
import { PluginHost } from '../../../../../../src/features/plugins/core';
import { DeclarativePlugins } from '../../../../../../src/features/plugins/core/declarative';
import { InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { ManualClock } from '../../../../../support/manualClock';
import { entityOf } from '../../../../../support/entityOf';

const aComponent = (name: string): Entity =>
  entityOf(`component:default/${name}`, { type: 'service' });

const FILE = '/work/.callboard/plugin.yaml';

async function open(
  files: Readonly<Record<string, string>>,
  { isTrusted = true, folders = [] as readonly string[], entities = [aComponent('shop')] } = {},
) {
  const fileSystem = new InMemoryFileSystem(files);
  const names = Object.fromEntries(
    entities.map(({ metadata: { name } }) => [
      `component:default/${name}`,
      `file:///work/${name}/catalog-info.yaml`,
    ]),
  );
  const catalog = new InMemoryCatalog({ entities, files: names });
  const host = new PluginHost({ logger: silentLogger, clock: new ManualClock() });
  const cards = new Registry<EntityCard>();
  const homeCards = new Registry<HomeCard>();
  const groupings = new Registry<TreeGrouping>();
  const commands = new Registry<EntityCommand>();
  const columns = new Registry<EntityTableColumn>();
  const decorators = new Registry<EntityDecorator>();
  const collators = new Registry<SearchCollator>();
  const tabs = new Registry<{ readonly id: string }>();
  const templates = new Registry<TemplateProvider>();
  host.register(
    createPortalPlugin({
      id: 'core',
      register(env) {
        env.registerService(coreServices.catalog, catalog);
        env.registerExtensionPoint(extensionPoints.entityCards, {
          addEntityCard: card => cards.add(card),
        });
        env.registerExtensionPoint(extensionPoints.entityTabs, {
          addEntityTab: tab => tabs.add(tab),
        });
        env.registerExtensionPoint(extensionPoints.homeCards, {
          addHomeCard: card => homeCards.add(card),
        });
        env.registerExtensionPoint(extensionPoints.treeGroupings, {
          addTreeGrouping: grouping => groupings.add(grouping),
        });
        env.registerExtensionPoint(extensionPoints.entityColumns, {
          addEntityColumn: column => columns.add(column),
        });
        env.registerExtensionPoint(extensionPoints.entityDecorators, {
          addEntityDecorator: decorator => decorators.add(decorator),
        });
        env.registerExtensionPoint(extensionPoints.entityCommands, {
          addEntityCommand: command => commands.add(command),
        });
        env.registerExtensionPoint(extensionPoints.searchCollators, {
          addCollator: collator => collators.add(collator),
        });
        env.registerExtensionPoint(extensionPoints.scaffolderTemplates, {
          addTemplateProvider: provider => templates.add(provider),
        });
      },
    }),
  );
  const ran: unknown[] = [];
  const plugins = new DeclarativePlugins({
    host,
    catalog,
    fileSystem,
    logger: silentLogger,
    isTrusted: () => isTrusted,
    runCommand: (...args) => ran.push(args),
    translate: english,
  });
  await plugins.setPlaces({ roots: ['file:///work'], folders });
  await plugins.whenChecked();
  const signal = new AbortController().signal;
  return {
    plugins,
    fileSystem,
    catalog,
    groupings,
    columns,
    decorators,
    commands,
    collators,
    homeCards,
    tabs,
    templates,
    cards,
    ran,
    host,
    problems: () =>
      plugins.problems.map(
        ({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`,
      ),
    contentOf: async (id: string, entity: Entity = entities[0]!) =>
      cards.get(id)?.load(entity, { signal }),
    async write(path: string, text: string) {
      fileSystem.write(path, text);
      await plugins.applyChanges([{ type: 'changed', uri: `file://${path}` }]);
      await plugins.whenChecked();
    },
  };
}

const HEAD = 'apiVersion: 1\nid: acme\ntitle: Acme\n';

const QUALITY = `${HEAD}cards:
  - id: acme.quality
    title: Quality
    from: { file: sonar.json }
    content:
      type: metrics
      metrics:
        - { label: Coverage, value: { path: '$.measures[0].value' }, unit: '%', tone: { good: 80, warning: 50 } }
        - { label: Bugs, value: { path: /bugs }, tone: { good: 0, warning: 5 } }
groupings:
  - { id: acme.rating, title: Rating, from: { file: sonar.json }, by: { path: $.rating }, none: Not rated }
`;

describe('Plugin without code', () => {
  it('shows values of a file beside the entity', async () => {
    const { contentOf, problems } = await open({
      [FILE]: QUALITY,
      '/work/shop/sonar.json': '{ "measures": [{ "value": 84 }], "bugs": 3, "rating": "A" }',
    });
    expect(await contentOf('acme.quality')).toEqual({
      type: 'metrics',
      metrics: [
        { label: 'Coverage', value: 84, unit: '%', tone: 'good' },
        { label: 'Bugs', value: 3, tone: 'warning' },
      ],
    });
    expect(problems()).toEqual([]);
  });

  it.each([
    ['data.yaml', 'grade: A\n'],
    ['data.toml', 'grade = "A"\n'],
    ['data.json', '{ "grade": "A" }'],
  ])('reads %s', async (file, text) => {
    const { contentOf } = await open({
      [FILE]: `${HEAD}cards:\n  - { id: a, title: A, from: { file: ${file} }, content: { type: text, text: { path: $.grade } } }\n`,
      [`/work/shop/${file}`]: text,
    });
    expect(await contentOf('a')).toEqual({ type: 'text', text: 'A' });
  });

  it('hides a card without its file and reports missing values', async () => {
    const without = await open({ [FILE]: QUALITY });
    expect(await without.contentOf('acme.quality')).toBeUndefined();
    expect(without.problems()).toEqual([]);
    const { problems, write } = await open({
      [FILE]: QUALITY,
      '/work/shop/sonar.json': '{\n  "measures": [],\n  "bugs": 3, "rating": "A" }',
    });
    expect(problems()).toEqual([
      '2:15 There is no "measures.0.value", which "Quality" of the plugin acme shows',
    ]);
    await write('/work/shop/sonar.json', '{ "measures": ');
    expect(problems()).toHaveLength(1);
    await write(
      '/work/shop/sonar.json',
      '{ "measures": [{ "value": 1 }], "bugs": 3, "rating": "A" }',
    );
    expect(problems()).toEqual([]);
  });

  it('groups entities by a value and updates with the file', async () => {
    const shop = aComponent('shop');
    const { groupings, write } = await open({ [FILE]: QUALITY });
    const groups = () =>
      groupings
        .get('acme.rating')
        ?.groupsOf(shop)[0]
        ?.map(({ label }) => label);
    expect(groups()).toEqual(['Not rated']);
    await write('/work/shop/sonar.json', '{ "rating": "B" }');
    expect(groups()).toEqual(['B']);
  });

  it('fills columns and decorates entities', async () => {
    const shop = aComponent('shop');
    const from = 'from: { file: sonar.json }';
    const { columns, decorators } = await open({
      [FILE]: `${HEAD}columns:
  - { id: acme.coverage, title: Coverage, ${from}, value: { path: $.coverage }, tone: { good: 80, warning: 50 } }
decorations:
  - { id: acme.rating, ${from}, badge: { path: $.rating }, tooltip: 'Rating of {{metadata.name}}', tone: { E: bad } }
`,
      '/work/shop/sonar.json': '{ "coverage": 84, "rating": "E" }',
    });
    expect(columns.get('acme.coverage')?.cellFor(shop)).toEqual({
      text: '84',
      sort: 84,
      tone: 'good',
    });
    expect(decorators.get('acme.rating')?.decorationFor(shop)).toEqual({
      badge: 'E',
      tooltip: 'Rating of shop',
      tone: 'bad',
    });
  });

  it('replaces contributions when its file changes', async () => {
    const { cards, write, host } = await open({ [FILE]: QUALITY });
    await write(FILE, QUALITY.replace('title: Quality', 'title: Other'));
    expect(cards.all().map(({ title }) => title)).toEqual(['Other']);
    await write(FILE, '');
    expect(cards.all()).toEqual([]);
    expect(host.plugins.map(({ id }) => id)).toEqual(['core']);
  });

  it('shows encoded links for matching entities, only https in Restricted Mode', async () => {
    const links = `${HEAD}links:
  - { title: Runbook, url: 'https://run.acme.dev/{{metadata.name}}?q={{metadata.title}}' }
  - { title: Insecure, url: 'http://acme.dev' }
  - { title: Script, url: 'javascript:alert(1)' }
  - { title: Other, url: 'https://acme.dev', when: { kind: API } }
  - { title: Missing, url: 'https://acme.dev/{{metadata.annotations.acme.dev/id}}' }
`;
    const entities = [{ ...aComponent('shop'), metadata: { name: 'shop', title: 'A & B' } }];
    const urls = async (isTrusted: boolean) => {
      const { contentOf } = await open({ [FILE]: links }, { isTrusted, entities });
      const content = await contentOf('acme.links');
      if (content?.type !== 'links') return [];
      return content.links.map(({ target }) => (target.type === 'url' ? target.url : target.type));
    };
    const runbook = 'https://run.acme.dev/shop?q=A%20%26%20B';
    expect(await urls(true)).toEqual([runbook, 'http://acme.dev']);
    expect(await urls(false)).toEqual([runbook]);
  });

  it('adds the text of files to the search', async () => {
    const { collators } = await open({
      [FILE]: `${HEAD}search:\n  - { id: runbooks, title: Runbooks, files: '**/*.md' }\n`,
      '/work/shop/RUNBOOK.md': '# Restart\n\nDrain `queues` first.\n',
      '/work/node_modules/x/README.md': '# No',
    });
    const collator = collators.get('runbooks');
    const { signal } = new AbortController();
    const sources = (await collator?.getSources(signal)) ?? [];
    expect(sources.map(({ id }) => id)).toEqual(['file:///work/shop/RUNBOOK.md']);
    expect(await collator?.collate(sources[0]?.id ?? '', signal)).toMatchObject([
      {
        title: 'Restart',
        text: ' Restart\n\nDrain queues first.\n',
        ref: 'component:default/shop',
      },
    ]);
  });

  it('runs commands with the entity ref in trusted workspaces only', async () => {
    const text = `${HEAD}commands:\n  - { command: acme.page, title: Page, when: { kind: Component } }\n`;
    const shop = aComponent('shop');
    const { commands, ran } = await open({ [FILE]: text });
    const [command] = commands.all();
    command?.run(shop);
    expect(ran).toEqual([['acme.page', 'component:default/shop']]);
    const restricted = await open({ [FILE]: text }, { isTrusted: false });
    expect(restricted.commands.all().map(one => one.isEnabled?.(shop))).toEqual([false]);
  });

  it('is loaded from configured packages and from extensions', async () => {
    const manifest = (id: string) =>
      JSON.stringify({ contributes: { callboard: { apiVersion: 1, id, title: id } } });
    const { host, problems } = await open(
      {
        '/work/.callboard/config.yaml':
          'plugins:\n  - ./tools\n  - "@acme/plugin"\n  - ../up\n  - none\n',
        '/work/tools/plugin.yaml': HEAD.replace('acme', 'tools'),
        '/work/node_modules/@acme/plugin/package.json': manifest('packaged'),
        '/extensions/one/package.json': manifest('extended'),
      },
      { folders: ['file:///extensions/one'] },
    );
    expect(host.plugins.map(({ id }) => id)).toEqual(['core', 'tools', 'packaged', 'extended']);
    expect(problems()).toEqual([
      '4:5 The plugin ../up is outside the workspace folder',
      "5:5 The package none isn't installed in node_modules, or its package.json has no contributes.callboard",
    ]);
  });

  it('reports errors at their position and applies the rest', async () => {
    const { problems, cards } = await open({
      [FILE]: `${HEAD}crads: []
links:
  - { title: A, url: 'https://x/{{#a}}' }
  - { title: B, url: 'https://y', when: { kind: { $eq: x } } }
cards:
  - { id: a, title: A, content: { type: text, text: { path: a.b } } }
  - { id: b, title: B, content: { type: hologram } }
  - { id: c, content: { type: text, text: C } }
  - { id: d, title: D, content: { type: text, text: D } }
model: [model/*.json]
`,
    });
    expect(problems()).toEqual([
      '6:22 "{{#a}}" isn\'t supported. Use the path of a field, such as {{metadata.name}}',
      '7:49 Unknown operator "$eq". Use the value itself. Available: $exists, $in, $contains, $hasPrefix',
      '9:61 "a.b" isn\'t a path. Use a JSON pointer such as /measures/0/value, or a JSONPath without wildcards such as $.measures[0].value',
      '10:41 "type" must be metrics, rating, status, fields, links, table, text, markdown or entities',
      '11:5 "title" is missing',
      '4:1 Unknown key "crads". Did you mean "cards"?',
      '13:9 No file matches model/*.json',
    ]);
    expect(cards.all().map(({ id }) => id)).toEqual(['d']);
  });

  it('reports a duplicate id', async () => {
    const { problems } = await open({ [FILE]: HEAD.replace('id: acme', 'id: core') });
    expect(problems()).toEqual(['2:5 Plugin "core" is already registered']);
  });

  it('never reads outside the folder of the entity', async () => {
    const file = (path: string) =>
      `${HEAD}cards:\n  - { id: a, title: A, from: { file: ${path} }, content: { type: text, text: { path: $.a } } }\n`;
    const outside = await open({ [FILE]: file('../secret.json'), '/work/secret.json': '{"a":1}' });
    expect(outside.problems()[0]).toMatch(/must be a relative path without/);
    const { fileSystem, write, contentOf } = await open({
      [FILE]: file('link.json'),
      '/secret.json': '{"a":1}',
    });
    fileSystem.link('/work/shop/link.json', '/secret.json');
    await write('/work/shop/other.json', '');
    expect(await contentOf('a')).not.toMatchObject({ type: 'text' });
  });

  it('adds tabs, home cards and groupings by a field', async () => {
    const shop = aComponent('shop');
    const { tabs, homeCards, groupings, write } = await open({
      [FILE]: `${HEAD}tabs:
  - { id: acme.tab, title: Tab, icon: book, order: 5, when: { kind: API } }
homeCards:
  - { id: acme.home, title: Home, icon: book, width: full, order: 1, from: { file: data.yaml }, content: { type: text, text: { path: /a } } }
  - { id: acme.plain, title: Plain, content: { type: text, text: Hello } }
groupings:
  - { id: acme.type, title: Type, by: spec.type }
  - { id: acme.api, title: API, by: spec.type, when: { kind: API } }
`,
    });
    expect(tabs.all()).toEqual([
      { id: 'acme.tab', title: 'Tab', icon: 'book', order: 5, where: { kind: 'API' } },
    ]);
    expect(homeCards.get('acme.home')).toMatchObject({ icon: 'book', width: 'full', order: 1 });
    const { signal } = new AbortController();
    const home = (id: string) => homeCards.get(id)?.load({ signal });
    expect(await home('acme.home')).toBeUndefined();
    expect(await home('acme.plain')).toEqual({ type: 'text', text: 'Hello' });
    await write('/work/data.yaml', 'a: 7\n');
    expect(await home('acme.home')).toEqual({ type: 'text', text: '7' });
    expect(groupings.get('acme.type')?.groupsOf(shop)).toEqual([
      [{ id: '=service', label: 'service' }],
    ]);
    expect(groupings.get('acme.api')?.groupsOf(shop)).toEqual([]);
  });

  it('shows why the file of a card cannot be read', async () => {
    const card = (id: string) =>
      `  - { id: ${id}, title: A, from: { file: data/a.json }, content: { type: text, text: { path: /a } } }\n`;
    const { contentOf, homeCards } = await open({
      [FILE]: `${HEAD}cards:\n${card('entity')}homeCards:\n${card('home')}`,
      '/work/data/a.json': '[',
      '/work/shop/data/a.json': '[',
    });
    const { signal } = new AbortController();
    const expected = {
      type: 'message',
      tone: 'warning',
      text: expect.stringMatching(/^Can't read data\/a\.json: Flow sequence/),
    };
    expect(await contentOf('entity')).toEqual(expected);
    expect(await homeCards.get('home')?.load({ signal })).toEqual(expected);
  });

  it('shows nothing of an entity whose values are missing', async () => {
    const shop = aComponent('shop');
    const from = 'from: { file: sonar.json }';
    const { columns, decorators } = await open({
      [FILE]: `${HEAD}columns:
  - { id: acme.a, title: A, ${from}, value: { path: /a }, when: { kind: Component } }
decorations:
  - { id: acme.b, ${from}, badge: { path: /b }, when: { kind: Component } }
  - { id: acme.c, badge: New, tone: info }
`,
    });
    expect(columns.get('acme.a')?.cellFor(shop)).toBeUndefined();
    expect(decorators.get('acme.b')?.decorationFor(shop)).toBeUndefined();
    expect(decorators.get('acme.c')?.decorationFor(shop)).toEqual({
      badge: 'Ne',
      tooltip: 'New',
      tone: 'info',
    });
  });

  it('updates views when data or trust change', async () => {
    const { columns, decorators, plugins, write } = await open({
      [FILE]: `${HEAD}columns:
  - { id: acme.a, title: A, from: { file: sonar.json }, value: { path: /a } }
decorations:
  - { id: acme.b, badge: { path: /a }, from: { file: sonar.json } }
`,
      '/work/shop/sonar.json': '{ "a": 1 }',
    });
    const fired: string[] = [];
    columns.get('acme.a')?.onDidChange?.(() => fired.push('column'));
    decorators.get('acme.b')?.onDidChange?.(() => fired.push('decoration'));
    await write('/work/shop/sonar.json', '{ "a": 2 }');
    expect(fired.splice(0)).toEqual(['column', 'decoration']);
    plugins.trustChanged();
    expect(fired).toEqual(['column', 'decoration']);
  });

  it('reads the data of an entity that is added', async () => {
    const { catalog, plugins, problems } = await open(
      { [FILE]: QUALITY, '/work/shop/sonar.json': '{ "bugs": 1 }' },
      { entities: [] },
    );
    expect(problems()).toEqual([]);
    catalog.update({
      entities: [aComponent('shop')],
      files: { 'component:default/shop': 'file:///work/shop/catalog-info.yaml' },
    });
    await plugins.whenChecked();
    expect(problems()).toEqual([
      '1:1 There is no "measures.0.value", which "Quality" of the plugin acme shows',
      '1:1 There is no "rating", which "Rating" of the plugin acme shows',
    ]);
    expect(plugins.getProblems('file:///work/shop/sonar.json')).toHaveLength(2);
    expect(plugins.getProblems(FILE)).toEqual([]);
  });

  it('searches files again when one of them changes', async () => {
    const { collators, write } = await open({
      [FILE]: `${HEAD}search:\n  - { id: runbooks, title: Runbooks, files: 'docs/*.md' }\n`,
      '/work/docs/a.md': 'No heading',
    });
    const collator = collators.get('runbooks');
    let changes = 0;
    collator?.onDidChange?.(() => changes++);
    await write('/work/docs/b.md', '# B');
    await write('/work/other/c.md', '# C');
    expect(changes).toBe(1);
    const { signal } = new AbortController();
    const [document] = (await collator?.collate('file:///work/docs/a.md', signal)) ?? [];
    expect(document).toMatchObject({ title: 'a.md' });
    expect(document?.ref).toBeUndefined();
    expect(await collator?.collate('file:///work/docs/none.md', signal)).toEqual([]);
  });

  it.each([
    ['plugins: tools\n', '1:10 plugins must be a list of paths and names of packages'],
    ['plugins: [7]\n', '1:11 A plugin must be a path or a package name'],
    [
      'plugins: [./none]\n',
      '1:11 There is no plugin in ./none: it needs a plugin.yaml, or a package.json with contributes.callboard',
    ],
    ['plugins: []\n---\nplugins: []\n', '2:1 Only one YAML document is expected'],
  ])('reports the configuration %s', async (text, expected) => {
    const { problems } = await open({ '/work/.callboard/config.yaml': text });
    expect(problems()).toEqual([expected]);
  });

  it('reports a plugin that is declared twice or leads out of the folder', async () => {
    const { plugins, fileSystem, problems } = await open({
      '/work/.callboard/config.yaml': 'plugins: [./one, ./two, ./three]\n',
      '/work/one/plugin.yaml': HEAD,
      '/work/two/plugin.yaml': HEAD,
      '/secret.yaml': HEAD,
    });
    fileSystem.link('/work/three/plugin.yaml', '/secret.yaml');
    await plugins.setPlaces({ roots: ['file:///work'], folders: [] });
    expect(problems()).toEqual([
      "1:1 Can't read plugin.yaml: it leads out of the folder",
      '2:5 Plugin "acme" is already declared',
    ]);
  });

  it('offers its templates, also new ones', async () => {
    const { templates, write, plugins } = await open({
      [FILE]: `${HEAD}templates: [templates/*/template.yaml]\n`,
      '/work/templates/service/template.yaml': 'kind: Template',
      '/work/templates/service/README.md': '',
    });
    const provider = templates.get('acme.templates')!;
    expect(provider).toMatchObject({ title: 'Acme', folder: 'file:///work' });
    expect(await provider.getFiles()).toEqual(['file:///work/templates/service/template.yaml']);
    let changes = 0;
    provider.onDidChange?.(() => changes++);
    await write('/work/templates/site/template.yaml', 'kind: Template');
    await write('/work/README.md', '');
    expect(changes).toBe(1);
    expect(await provider.getFiles()).toHaveLength(2);
    plugins.dispose();
    expect(templates.all()).toEqual([]);
  });

  it.each([
    ['[', 'Flow sequence'],
    ['- a', 'A schema must be an object'],
    ['type: string', 'The schema of an input must have the type "object"'],
    ['&a\nallOf: [*a]', 'refers to a value that contains it'],
  ])('reports a schema of an action that is no schema: %s', async (schema, message) => {
    const { problems } = await open({
      [FILE]: `${HEAD}actions: [{ id: 'acme:ticket', schema: ticket.json }]\n`,
      '/work/ticket.json': schema,
    });
    expect(problems()).toEqual([expect.stringContaining(message)]);
  });
});
