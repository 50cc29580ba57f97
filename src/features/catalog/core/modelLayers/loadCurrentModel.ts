import { joinUri } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import type { FindPluginLayers } from '../../../plugins/core';
import type { CatalogOptions } from '../options';
import type { CatalogRoot } from '../workspace/catalogIndex';
import { CONFIG_PATH, type LoadedModel, noModel, RELEASE_PATH } from './modelData';

/** Loads the schemas of custom kinds, the layers, the actions of plugins and the release, if there are any. */
export async function loadCurrentModel(
  { customKinds, modelLayers, backstageVersion }: CatalogOptions,
  {
    roots,
    fileSystem,
    aiModel,
    findPluginLayers,
  }: {
    roots: readonly CatalogRoot[];
    fileSystem: FileSystem;
    aiModel: boolean;
    findPluginLayers: FindPluginLayers | undefined;
  },
): Promise<LoadedModel> {
  const folders = roots.map(({ uri }) => uri);
  let loaded: LoadedModel = noModel;
  if (customKinds.some(({ schema }) => schema !== undefined)) {
    const { loadKindSchemas } = await import('../customKinds/loadCustomKinds');
    const { schemas, ...others } = await loadKindSchemas(customKinds, {
      roots: folders,
      fileSystem,
    });
    loaded = { ...others, data: { ...loaded.data, schemas } };
  }
  const named = folders.map(folder => joinUri(folder, RELEASE_PATH));
  if (backstageVersion !== undefined || (await anyExists(named, fileSystem))) {
    const { loadRelease } = await import('./loadRelease');
    const release = await loadRelease(backstageVersion, named, fileSystem);
    loaded = { ...loaded, data: { ...loaded.data, release } };
  }
  const configs = folders.map(folder => joinUri(folder, CONFIG_PATH));
  const plugins = await findPluginLayers?.(folders);
  if (plugins?.actions.length) {
    loaded = { ...loaded, data: { ...loaded.data, actions: plugins.actions } };
  }
  const dependencies = new Set([
    ...loaded.dependencies,
    ...configs,
    ...named,
    ...(plugins?.dependencies ?? []),
  ]);
  if (!modelLayers.length && !plugins?.plugins.length && !(await anyExists(configs, fileSystem))) {
    return { ...loaded, dependencies };
  }
  const { loadLayers } = await import('./loadModel');
  const layers = await loadLayers({
    patterns: modelLayers,
    customKinds,
    roots: folders,
    plugins,
    fileSystem,
    aiModel,
  });
  return {
    data: { ...loaded.data, ...layers.data },
    problems: [...loaded.problems, ...layers.problems],
    dependencies: new Set([...dependencies, ...layers.dependencies]),
  };
}

async function anyExists(uris: readonly string[], fileSystem: FileSystem): Promise<boolean> {
  for (const uri of uris) {
    if (await fileSystem.stat(uri).catch(() => undefined)) return true;
  }
  return false;
}
