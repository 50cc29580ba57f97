import { type Disposable, DisposableStore } from '../../base';
import type { CatalogEngine } from '../../features/catalog/core';
import type { SourcePlaceholder } from '../../features/sources/core';
import { warn } from '../terminal';
import { openCatalog } from './openCatalog';
import { notAllowedWarning, type OpenSources } from './sources';

export interface CatalogWithSources extends Disposable {
  readonly catalog: CatalogEngine;
  readonly remote: OpenSources;
}

/**
 * Reads the catalog of some folders, as {@link openCatalog} does, with the entities of sources. Disposes the sources
 * with the catalog, also on failure.
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
    const sources = await countedSources(remote, store);
    const catalog = store.add(
      await openCatalog(roots, remote.context, {
        ...options,
        remote: { sources, fetchMissing: () => remote.fetchMissing() },
      }),
    );
    for (const { name, counts } of sources) {
      const warning = notAllowedWarning(name, counts);
      if (warning !== undefined) warn(remote.context.terminal, warning);
    }
    return { catalog, remote, dispose: () => store.dispose() };
  } catch (error) {
    store.dispose();
    throw error;
  }
}

/** Returns the sources, each with a count of its entities and of those that it isn't allowed to bring. */
async function countedSources(
  { sources }: OpenSources,
  store: DisposableStore,
): Promise<readonly SourcePlaceholder[]> {
  if (sources.length === 0) return [];
  const { SourcePlaceholder } = await import('../../features/sources/core');
  return sources.map(source => {
    const counted = store.add(new SourcePlaceholder(source.config, () => {}));
    counted.set(source);
    return counted;
  });
}
