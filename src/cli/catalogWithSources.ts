import { type Disposable, DisposableStore } from '../base';
import type { CatalogEngine } from '../core/catalog';
import { openCatalog } from './openCatalog';
import type { OpenSources } from './sources';

export interface CatalogWithSources extends Disposable {
  readonly catalog: CatalogEngine;
  readonly remote: OpenSources;
}

/**
 * Reads the catalog of some folders, as {@link openCatalog} does, with what sources have besides. These go with the catalog,
 * also where that cannot be read.
 *
 * @param roots - URIs of folders
 */
export async function catalogWithSources(
  roots: readonly string[],
  remote: OpenSources,
  options: Omit<Parameters<typeof openCatalog>[2] & {}, 'remote'> = {},
): Promise<CatalogWithSources> {
  const store = new DisposableStore();
  store.add(remote);
  try {
    const catalog = store.add(await openCatalog(roots, remote.context, { ...options, remote }));
    return { catalog, remote, dispose: () => store.dispose() };
  } catch (error) {
    store.dispose();
    throw error;
  }
}
