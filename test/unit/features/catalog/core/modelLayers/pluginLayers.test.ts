import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { findPluginLayers } from '../../../../../../src/features/plugins/core';
import { fixtureFiles } from '../../../../../support/fixtureFiles';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../../support/testClock';

const { '.callboard/config.yaml': _, ...company } = fixtureFiles('catalogModel');
const layers = Object.keys(company).filter(path => path.startsWith('model/'));
const PLUGIN = `apiVersion: 1
id: company-model
title: Company Model
model: [${layers.join(', ')}]
`;

/** A catalog of the company's entities in `/work`, with these other files by absolute path. */
async function opened(
  others: Readonly<Record<string, string>>,
  folders: readonly string[] = [],
  disabled?: string,
) {
  const entities = Object.entries(company).filter(([path]) => !layers.includes(path));
  const files = new InMemoryFileSystem({
    ...Object.fromEntries(entities.map(([path, text]) => [`/work/${path}`, text])),
    ...others,
  });
  const engine = new CatalogEngine({
    fileSystem: files,
    clock: new TestClock(),
    logger: silentLogger,
    findPluginLayers: roots =>
      findPluginLayers(roots, {
        folders: folders.map(fileUri),
        fileSystem: files,
        loadChoices: async () => ({
          isDisabled: ({ id, origin }) => id === disabled && origin === 'workspace',
        }),
      }),
  });
  engine.setRoots([{ uri: fileUri('/work'), name: 'work' }]);
  await engine.refresh();
  return { engine, files };
}

function layersIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(layers.map(path => [`${folder}/${path}`, company[path] ?? '']));
}

const codes = (engine: CatalogEngine): readonly string[] =>
  engine.getProblems().map(({ code }) => code);

describe('Layers of plugins', () => {
  it.each([
    ['the workspace', { '/work/.callboard/plugin.yaml': PLUGIN, ...layersIn('/work') }, []],
    [
      'a package that the configuration names',
      {
        '/work/.callboard/config.yaml': 'plugins: [company-model]\n',
        '/work/node_modules/company-model/plugin.yaml': PLUGIN,
        '/work/node_modules/company-model/package.json': '{}',
        ...layersIn('/work/node_modules/company-model'),
      },
      [],
    ],
    [
      'an extension',
      {
        '/extensions/company/package.json': JSON.stringify({
          contributes: {
            callboard: { apiVersion: 1, id: 'company-model', title: 'A', model: ['model/*.yaml'] },
          },
        }),
        ...layersIn('/extensions/company'),
      },
      ['/extensions/company'],
    ],
  ])('apply if they are from %s', async (_place, files, folders) => {
    const { engine } = await opened(files, folders);
    expect(codes(engine)).toEqual([]);
    expect(engine.getEntityByRef('dataset:default/invoices')?.relations).toContainEqual({
      type: 'readBy',
      targetRef: 'component:default/billing',
    });
  });

  it('apply as soon as the workspace declares them', async () => {
    const { engine, files } = await opened(layersIn('/work'));
    expect(codes(engine)).not.toEqual([]);
    files.write('/work/.callboard/plugin.yaml', PLUGIN);
    const uri = fileUri('/work/.callboard/plugin.yaml');
    await engine.applyChanges([{ type: 'created', uri }]);
    expect(codes(engine)).toEqual([]);
  });

  it('do not apply if the plugin is disabled', async () => {
    const files = { '/work/.callboard/plugin.yaml': PLUGIN, ...layersIn('/work') };
    const { engine } = await opened(files, [], 'company-model');
    expect(codes(engine)).toContain('unknown-kind');
  });

  it('are those of the first plugin with an id', async () => {
    const { engine } = await opened(
      {
        '/work/.callboard/plugin.yaml': PLUGIN.replace(/^model:.*$/m, ''),
        '/extensions/company/plugin.yaml': PLUGIN,
        ...layersIn('/extensions/company'),
      },
      ['/extensions/company'],
    );
    expect(codes(engine)).toContain('unknown-kind');
  });

  it('report errors at their place', async () => {
    const { engine } = await opened({
      '/work/.callboard/plugin.yaml': PLUGIN,
      ...layersIn('/work'),
      [`/work/${layers[0]}`]: 'ops: 1\n',
    });
    expect(engine.getProblems()).toContainEqual(
      expect.objectContaining({ code: 'invalid-model', file: fileUri(`/work/${layers[0]}`) }),
    );
  });
});
