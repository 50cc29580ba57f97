import { describe, expect, it } from 'vitest';
import { uriPath } from '../../../../../../src/base';
import type { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { openBackstage } from '../../../../../support/backstageCatalog';
import { aComponent, aLocation } from '../../../../../support/descriptors';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const ROOT = { uri: fileUri('/work'), name: 'work' };

function aConfig(...targets: readonly string[]): string {
  const locations = targets.map(target => `    - { type: file, target: '${target}' }\n`);
  return `catalog:\n  locations:\n${locations.join('')}`;
}

interface Case {
  readonly files: InMemoryFileSystem;
  readonly config?: string;
  readonly isConfined?: boolean;
}

async function open({
  files,
  config = '/work/app-config.yaml',
  isConfined,
}: Case): Promise<CatalogEngine> {
  const engine = await openBackstage(files, {
    configs: [fileUri(config)],
    ...(isConfined && { confinedTo: [ROOT.uri] }),
  });
  engine.setRoots([ROOT]);
  await engine.refresh();
  return engine;
}

/**
 * `/a/**` for a folder with everything below it, `/a/*` for its entries, else the relevant entries.
 */
async function followed(engine: CatalogEngine): Promise<readonly string[]> {
  const folders = await engine.outsideFolders();
  return folders
    .flatMap(({ uri, isDeep, entries }) => {
      const path = uriPath(uri);
      if (entries) return [...entries].map(entry => `${path}: ${uriPath(entry)}`);
      return [`${path}/${isDeep ? '**' : '*'}`];
    })
    .sort();
}

const namesOf = (engine: CatalogEngine): readonly string[] =>
  engine
    .getEntities({ filter: [[{ key: 'kind', values: ['component'] }]] })
    .map(({ metadata }) => metadata.name)
    .sort();

describe('Watched folders outside the workspace', () => {
  it('are empty if all files are inside or the catalog is discovered', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('a.yaml', 'services/*.yaml', 'not-there.yaml'),
      '/work/a.yaml': aComponent('a'),
    });
    const engine = await open({ files });
    expect(await followed(engine)).toEqual([]);
    engine.setBackstage(undefined);
    await engine.refresh();
    expect(await followed(engine)).toEqual([]);
  });

  it('include folders of existing and missing location targets', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('/far/all.yaml', '/far/gone/away/x.yaml'),
      '/far/all.yaml': aLocation('all', './a.yaml', '../near/b.yaml'),
      '/far/a.yaml': aComponent('a'),
      '/near/b.yaml': aComponent('b'),
    });
    expect(await followed(await open({ files }))).toEqual([
      '/far: /far/a.yaml',
      '/far: /far/all.yaml',
      '/far: /far/gone',
      '/near: /near/b.yaml',
    ]);
  });

  it('include folders that wildcards traverse, deeply for **', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('/far/*/x-*.yaml', '/deep/**/*.yaml', '/deep/in/a.yaml'),
      '/far/one/x-1.yaml': aComponent('x'),
      '/far/two/y.yaml': aComponent('y'),
      '/far/two/more/x-2.yaml': aComponent('z'),
      '/deep/in/a.yaml': aComponent('a'),
    });
    expect(await followed(await open({ files }))).toEqual([
      '/deep/**',
      '/far/*',
      '/far/one/*',
      '/far/two/*',
    ]);
  });

  it('never include the root of a disk deeply', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('/**/catalog-info.yaml'),
      '/far/catalog-info.yaml': aComponent('far'),
    });
    expect(await followed(await open({ files }))).toEqual(['//*']);
  });

  it('include the folders of a config, its includes and the server', async () => {
    const files = new InMemoryFileSystem({
      '/work/a.yaml': aComponent('a'),
      '/server/app-config.yaml': 'catalog:\n  $include: parts/catalog.yaml\n',
      '/server/parts/catalog.yaml': 'locations: [{ type: file, target: /work/a.yaml }]\n',
    });
    const engine = await open({ files, config: '/server/app-config.yaml' });
    expect(await followed(engine)).toEqual([
      '/server/parts: /server/parts/catalog.yaml',
      '/server: /server/app-config.yaml',
      '/server: /server/packages',
    ]);
  });

  it('include the targets of symbolic links', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('link.yaml'),
      '/far/a.yaml': aComponent('a'),
    });
    files.link('/work/link.yaml', '/far/a.yaml');
    expect(await followed(await open({ files }))).toEqual(['/far: /far/a.yaml']);
  });

  it("are empty when reading outside isn't allowed", async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('/far/a.yaml', '/far/*.yaml', 'link.yaml'),
      '/far/a.yaml': aComponent('a'),
    });
    files.link('/work/link.yaml', '/far/a.yaml');
    expect(await followed(await open({ files, isConfined: true }))).toEqual([]);
  });
});

describe('Changes outside the workspace', () => {
  it('update changed, new and deleted files and folders', async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('/far/*/x.yaml'),
      '/far/one/x.yaml': aComponent('one'),
    });
    const engine = await open({ files });
    const report = (path: string): Promise<void> =>
      engine.applyChanges([{ type: 'changed', uri: fileUri(path) }]);
    files.write('/far/one/x.yaml', aComponent('uno'));
    await report('/far/one/x.yaml');
    expect(namesOf(engine)).toEqual(['uno']);
    files.write('/far/two/x.yaml', aComponent('two'));
    await report('/far/two');
    expect(namesOf(engine)).toEqual(['two', 'uno']);
    expect(await followed(engine)).toEqual(['/far/*', '/far/one/*', '/far/two/*']);
    files.remove('/far/one');
    await report('/far/one');
    expect(namesOf(engine)).toEqual(['two']);
    expect(await followed(engine)).toEqual(['/far/*', '/far/two/*']);
  });

  it("are followed as a target's missing folders are created", async () => {
    const files = new InMemoryFileSystem({
      '/work/app-config.yaml': aConfig('/far/new/x.yaml'),
      '/far/other.yaml': '',
    });
    const engine = await open({ files });
    expect(await followed(engine)).toEqual(['/far: /far/new']);
    files.write('/far/new/readme', '');
    await engine.applyChanges([{ type: 'created', uri: fileUri('/far/new') }]);
    expect(await followed(engine)).toEqual(['/far/new: /far/new/x.yaml']);
    files.write('/far/new/x.yaml', aComponent('x'));
    await engine.applyChanges([{ type: 'created', uri: fileUri('/far/new/x.yaml') }]);
    expect(namesOf(engine)).toEqual(['x']);
  });

  it('include files of a config', async () => {
    const files = new InMemoryFileSystem({
      '/work/a.yaml': aComponent('a'),
      '/work/b.yaml': aComponent('b'),
      '/server/app-config.yaml': 'catalog:\n  $include: part.yaml\n',
      '/server/part.yaml': 'locations: [{ type: file, target: /work/a.yaml }]\n',
    });
    const engine = await open({ files, config: '/server/app-config.yaml' });
    files.write('/server/part.yaml', 'locations: [{ type: file, target: /work/b.yaml }]\n');
    await engine.applyChanges([{ type: 'changed', uri: fileUri('/server/part.yaml') }]);
    expect(namesOf(engine)).toEqual(['b']);
  });
});
