import type { CatalogProcessor } from '../../../../api';
import type { FileSystem } from '../../../../platform/core/ports';
import type { BackstageSetup } from '../configuredBackstage/config/backstageSetup';
import { type LoadedSchemas, noSchemas } from '../customKinds/kindSchemas';
import type { CatalogOptions } from '../options';
import type { DescriptorReader } from '../reading/descriptorReader';
import type { CatalogRoot, IndexSession } from '../workspace/catalogIndex';

/** What the files of one refresh or change are read with. */
export function createIndexSession({
  options,
  processors,
  schemas: { schemas: kindSchemas },
  fileSystem,
  backstage,
}: {
  options: CatalogOptions;
  processors: readonly CatalogProcessor[];
  schemas: LoadedSchemas;
  fileSystem: FileSystem;
  backstage: BackstageSetup | undefined;
}): IndexSession {
  const open = async (): Promise<DescriptorReader> => {
    const { DescriptorReader } = await import('../reading/descriptorReader');
    return DescriptorReader.open(
      // A server gives owners to what it reads by URL, which its catalog here does not.
      backstage ? { ...options, ownerFromCodeowners: false } : options,
      { fileSystem, processors, kindSchemas, aiModel: backstage?.aiModel },
    );
  };
  let reader: Promise<DescriptorReader> | undefined;
  return { options, processors, kindSchemas, reader: () => (reader ??= open()) };
}

/** What the schema files of the custom kinds give, where any are named. */
export async function loadSchemas(
  { customKinds }: CatalogOptions,
  { roots, fileSystem }: { roots: readonly CatalogRoot[]; fileSystem: FileSystem },
): Promise<LoadedSchemas> {
  if (!customKinds.some(({ schema }) => schema !== undefined)) return noSchemas;
  const { loadKindSchemas } = await import('../customKinds/loadCustomKinds');
  return loadKindSchemas(customKinds, { roots: roots.map(({ uri }) => uri), fileSystem });
}
