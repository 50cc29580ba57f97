import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import {
  CatalogEngine,
  type CatalogOptions,
  defaultCatalogOptions,
} from '../../../../../../src/features/catalog/core';
import type { BackstageSetup } from '../../../../../../src/features/catalog/core/configuredBackstage/config/backstageSetup';
import { aSetup } from '../../../../../support/backstageCatalog';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

type Files = Readonly<Record<string, string>>;

/** A Backstage whose config is `/work/app-config.yaml`, in a window with the folder `/work`. */
class Window {
  readonly files: InMemoryFileSystem;
  readonly engine: CatalogEngine;

  private constructor(files: InMemoryFileSystem, options: Partial<CatalogOptions>) {
    const world = { fileSystem: files, clock: new TestClock(), logger: silentLogger };
    this.files = files;
    this.engine = new CatalogEngine({ ...world, options });
  }

  static async open(
    texts: Files,
    {
      setup = {},
      options = {},
      links = {},
      folder = 'work',
    }: {
      setup?: Partial<BackstageSetup>;
      options?: Partial<CatalogOptions>;
      links?: Files;
      folder?: string;
    } = {},
  ): Promise<Window> {
    const files = new InMemoryFileSystem();
    for (const [path, text] of Object.entries(texts)) files.write(`/work/${path}`, text);
    for (const [path, to] of Object.entries(links)) files.link(path, to);
    const window = new Window(files, { ...defaultCatalogOptions, ...options });
    window.engine.setRoots([root(folder)]);
    window.engine.setBackstage(aSetup({ configs: [at('app-config.yaml')], ...setup }));
    await window.engine.refresh();
    files.takeReads();
    return window;
  }

  async write(path: string, text: string): Promise<void> {
    this.files.write(`/work/${path}`, text);
    await this.engine.applyChanges([{ type: 'changed', uri: at(path) }]);
  }

  async remove(path: string): Promise<void> {
    this.files.remove(`/work/${path}`);
    await this.engine.applyChanges([{ type: 'deleted', uri: at(path) }]);
  }

  /** The position of each unreachable name, with lines from 1. */
  unreachable(): readonly string[] {
    return this.engine
      .getProblems()
      .flatMap(({ code, file, range: { start } }) =>
        code === 'unreachable-entity'
          ? [`${file?.slice(at('').length + 1)}:${start.line + 1}:${start.character + 1}`]
          : [],
      );
  }
}

const CONFIG = aConfig('{ type: file, target: ./all.yaml }');
const EMPTY = aLocation('all');

function aConfig(...locations: readonly string[]): string {
  return `catalog:\n  locations:\n${locations.map(text => `    - ${text}\n`).join('')}`;
}

describe('unreachable-entity', () => {
  it('is reported at the name of each descriptor outside all locations', async () => {
    const { engine } = await Window.open({
      'app-config.yaml': CONFIG,
      'all.yaml': aLocation('all', './a.yaml'),
      'a.yaml': aComponent('a'),
      'lost.yaml': documents(aComponent('lost'), aDescriptor('group:found-by-nobody')),
    });
    const message =
      'No location of the app-config leads to this file, so that the entity is not in the catalog. Add the file to catalog.locations, or to the targets of a Location';
    const reported = {
      code: 'unreachable-entity',
      severity: 'hint',
      message,
      file: at('lost.yaml'),
    };
    expect(engine.getProblems({ file: at('lost.yaml') })).toEqual([
      {
        ...reported,
        document: 0,
        entityRef: 'component:default/lost',
        range: { start: { line: 3, character: 8 }, end: { line: 3, character: 12 } },
      },
      {
        ...reported,
        document: 1,
        entityRef: 'group:default/found-by-nobody',
        range: expect.objectContaining({ start: { line: 12, character: 8 } }) as unknown,
      },
    ]);
    expect(engine.getProblems({ entityRef: 'component:default/lost' })).toHaveLength(1);
  });

  it("doesn't add the entity to the catalog", async () => {
    const { engine } = await Window.open({
      'app-config.yaml': CONFIG,
      'all.yaml': EMPTY,
      'lost.yaml': documents(aComponent('lost'), aComponent('failed', { owner: undefined })),
    });
    expect(engine.statistics).toEqual({ files: 1, documents: 1, entities: 2 });
    expect(engine.getFailedEntities()).toEqual([]);
    expect(engine.getEntityRefsInFile(at('lost.yaml'))).toEqual([]);
  });

  it.each<[string, Files]>([
    ['matches a wildcard', { 'app-config.yaml': aConfig("{ type: file, target: './**/*.yaml' }") }],
    [
      'is a target of a nested Location',
      {
        'all.yaml': aLocation('all', './some.yaml'),
        'some.yaml': aLocation('some', './a/x.yaml'),
      },
    ],
    // These have problems of their own.
    [
      'has a kind no rule allows',
      { 'all.yaml': aLocation('all', './a/x.yaml'), 'a/x.yaml': aDescriptor('group:x') },
    ],
    [
      'is in a Location with an error',
      {
        'all.yaml': aLocation('all', './*/*.yaml'),
        'z/a.yaml': 'a: *b\n',
      },
    ],
    [
      'is a target of an unloaded Location',
      {
        'all.yaml': aLocation('all', './some.yaml', './bad.yaml'),
        'some.yaml': aLocation('some', './a/x.yaml'),
        'bad.yaml': 'kind: X\n',
      },
    ],
    [
      "isn't a descriptor",
      { 'a/x.yaml': 'kind: Deployment\napiVersion: apps/v1\nmetadata: { name: x }\n' },
    ],
    ['has no name', { 'a/x.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\n' }],
    ['is templated', { 'a/x.yaml': aComponent('${{ values.name }}') }],
    [
      'is a skeleton',
      {
        'all.yaml': aLocation('all', './template.yaml'),
        'template.yaml': aDescriptor('template:t', {
          steps: [{ id: 's', name: 'S', action: 'fetch:template', input: { url: './a' } }],
        }),
      },
    ],
    ['is ignored by git', { '.gitignore': '/a\n' }],
    [
      'disables the check in a comment',
      { 'a/x.yaml': aComponent('x').replace(/name: x/, '$& # callboard-disable-line') },
    ],
  ])("isn't reported for a file that %s", async (_, files) => {
    const window = await Window.open({
      'app-config.yaml': CONFIG,
      'all.yaml': EMPTY,
      'a/x.yaml': aComponent('x'),
      ...files,
    });
    expect(window.unreachable()).toEqual([]);
  });

  it.each<[string, string]>([
    [
      'a provider discovers descriptors',
      'catalog:\n  providers: { github: { organization: acme } }\n',
    ],
    [
      'a module discovers descriptors',
      aConfig("{ type: github-discovery, target: 'https://github.com/acme' }"),
    ],
    ['a location cannot be read', aConfig('{ type: file }')],
    ['a location depends on a variable', aConfig("{ type: file, target: '${HERE}' }")],
    ['the config cannot be read', 'catalog: ['],
    [
      'the repository is read by its URL',
      aConfig("{ type: url, target: 'https://github.com/Acme/shop/blob/main/*.yaml' }"),
    ],
  ])("isn't reported when %s", async (_, config) => {
    const window = await Window.open({
      'app-config.yaml': config,
      'x.yaml': aComponent('x'),
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': '[remote "origin"]\n\turl = git@github.com:acme/shop.git\n',
    });
    expect(window.unreachable()).toEqual([]);
  });

  it.each<[string, string]>([
    ['people come from a provider', 'catalog:\n  providers: { githubOrg: { id: a } }\n'],
    [
      'another repository is read',
      aConfig("{ type: url, target: 'https://github.com/acme/shops/blob/main/x.yaml' }"),
    ],
    ['a rule cannot be read', 'catalog:\n  rules: [5]\n'],
  ])('is reported even when %s', async (_, config) => {
    const window = await Window.open({
      'app-config.yaml': config,
      'x.yaml': aComponent('x'),
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': '[remote "origin"]\n\turl = git@github.com:acme/shop.git\n',
    });
    expect(window.unreachable()).toEqual(['x.yaml:4:9']);
  });

  it("isn't reported without a config, for command-line locations", async () => {
    const window = await Window.open(
      { 'x.yaml': aComponent('x'), 'y.yaml': aComponent('y') },
      { setup: { configs: [], locations: [at('y.yaml')] } },
    );
    expect(window.unreachable()).toEqual([]);
  });

  it('resolves symbolic links on both sides', async () => {
    const texts = {
      'app-config.yaml': aConfig('{ type: file, target: ./link.yaml }'),
      'x.yaml': aComponent('x'),
      'y.yaml': aComponent('y'),
    };
    const links = { '/work/link.yaml': '/work/x.yaml', '/home': '/work' };
    expect((await Window.open(texts, { links })).unreachable()).toEqual(['y.yaml:4:9']);
    const { engine } = await Window.open(texts, { links, folder: 'home' });
    const reported = engine.getProblems().filter(({ code }) => code === 'unreachable-entity');
    expect(reported.map(({ file }) => file)).toEqual([at('/home/y.yaml')]);
  });

  it("updates when a file is created at a link's target", async () => {
    const texts = {
      'app-config.yaml': aConfig('{ type: file, target: ./other.yaml }'),
      'all.yaml': aLocation('all', './link.txt'),
      'other.yaml': EMPTY,
    };
    const window = await Window.open(texts, { links: { '/work/link.txt': '/work/x.txt' } });
    expect(window.unreachable()).toEqual(['all.yaml:4:9']);
    await window.write('x.txt', aComponent('x'));
    expect(window.unreachable()).toEqual(['all.yaml:4:9', 'link.txt:4:9']);
  });

  it('rereads only changed files and stays correct', async () => {
    const window = await Window.open({
      'app-config.yaml': CONFIG,
      'all.yaml': EMPTY,
      'x.yaml': aComponent('x'),
      'y.yaml': aComponent('y'),
    });
    expect(window.unreachable()).toEqual(['x.yaml:4:9', 'y.yaml:4:9']);
    await window.write('all.yaml', aLocation('all', './x.yaml'));
    expect(window.unreachable()).toEqual(['y.yaml:4:9']);
    expect(Object.keys(window.files.takeReads())).toEqual(['/work/all.yaml', '/work/x.yaml']);
    await window.write('y.yaml', `\n${aComponent('y')}`);
    expect(window.unreachable()).toEqual(['y.yaml:5:9']);
    expect(Object.keys(window.files.takeReads())).toEqual(['/work/y.yaml']);
    await window.write('all.yaml', EMPTY);
    expect(window.unreachable()).toEqual(['x.yaml:4:9', 'y.yaml:5:9']);
    await window.write('.gitignore', 'y.yaml\n');
    await window.remove('x.yaml');
    expect(window.unreachable()).toEqual([]);
  });

  it('reads no workspace files when switched off', async () => {
    const files = { 'app-config.yaml': CONFIG, 'all.yaml': EMPTY, 'x.yaml': aComponent('x') };
    const severities = { 'unreachable-entity': 'off' } as const;
    const window = await Window.open(files, { options: { severities } });
    await window.engine.refresh();
    expect(Object.keys(window.files.takeReads())).not.toContain('/work/x.yaml');
    window.engine.setOptions({
      ...defaultCatalogOptions,
      severities: { 'unreachable-entity': 'warning' },
    });
    await window.engine.refresh();
    expect(window.engine.getProblems({ file: at('x.yaml') })).toMatchObject([
      { severity: 'warning' },
    ]);
  });
});
