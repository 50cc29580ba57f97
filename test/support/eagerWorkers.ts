import type { CatalogWorkers } from '../../src/features/catalog/core';

type Thresholds = Pick<CatalogWorkers, 'manyFiles' | 'veryManyFiles' | 'manyFolders'>;

/** Thresholds at which workers are asked for what is only a few hundred files and folders. */
export const eager = {
  /** To get the files. */
  fetching: { manyFiles: 256, manyFolders: 256 },
  /** To ingest them as well. */
  ingesting: { manyFiles: 256, veryManyFiles: 256, manyFolders: 256 },
} satisfies Record<string, Thresholds>;
