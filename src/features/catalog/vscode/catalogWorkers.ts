import type { EditedTexts } from '../../../platform/core/files';
import type { WorkerPool } from '../../../platform/core/ports';
import type { CatalogWorkers } from '../core';

/** Workers read the disk: not what is typed and unsaved, and not what other extensions provide. */
export function catalogWorkers(pool: WorkerPool, texts: EditedTexts): CatalogWorkers {
  return {
    pool,
    canRead: uri => uri.startsWith('file:') && texts.getText(uri) === undefined,
  };
}
