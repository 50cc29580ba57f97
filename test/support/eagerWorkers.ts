import type { CatalogWorkers } from '../../src/core/catalog';

/** Thresholds at which workers are asked for what is only a few hundred files and folders. */
export const eager: Pick<CatalogWorkers, 'manyFiles' | 'manyFolders'> = {
  manyFiles: 256,
  manyFolders: 256,
};
