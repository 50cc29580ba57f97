import { defaultCatalogOptions, noModel } from '../../src/features/catalog/core';
import { DescriptorReader } from '../../src/features/catalog/core/reading/descriptorReader';
import type { IndexSession } from '../../src/features/catalog/core/workspace/catalogIndex';
import { InMemoryFileSystem } from './inMemoryFileSystem';

/** Inputs for refreshing an index, for tests without an engine. */
export function indexSession({
  aiModel,
  fileSystem = new InMemoryFileSystem(),
}: {
  aiModel: boolean;
  fileSystem?: InMemoryFileSystem;
}): IndexSession {
  const world = { fileSystem, processors: [], model: noModel.data };
  return {
    ...world,
    options: defaultCatalogOptions,
    reader: () => DescriptorReader.open(defaultCatalogOptions, { ...world, aiModel }),
  };
}
