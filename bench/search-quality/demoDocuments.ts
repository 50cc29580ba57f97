import type { SearchCollator } from '../../src/api';
import { english, silentLogger } from '../../src/base';
import { ApisCollator } from '../../src/features/apis/plugin';
import { CatalogEngine } from '../../src/features/catalog/core';
import { loadEntityCollators } from '../../src/features/catalog/plugin';
import { loadTemplatesCollator } from '../../src/features/scaffolder/plugin';
import type { IndexedSource } from '../../src/features/search/core';
import { TechDocsSites } from '../../src/features/techdocs/core';
import { DocsCollator } from '../../src/features/techdocs/plugin';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../src/platform/node';

/**
 * Returns the documents of demo/, as in the search.
 *
 * @param folder - the path of demo/
 */
export async function demoSources(folder: string): Promise<readonly IndexedSource[]> {
  const world = { fileSystem: new NodeFileSystem(), clock: new NodeClock(), logger: silentLogger };
  const catalog = new CatalogEngine(world);
  const techdocs = new TechDocsSites({ ...world, catalog, environment: () => new Map() });
  try {
    catalog.setRoots([{ uri: pathToFileUri(folder), name: 'demo' }]);
    await catalog.refresh();
    const deps = {
      catalog,
      techdocs,
      files: world.fileSystem,
      logger: silentLogger,
      translate: english,
    };
    const collators: readonly SearchCollator[] = [
      ...(await loadEntityCollators(catalog, english)),
      await loadTemplatesCollator(deps),
      new DocsCollator(deps),
      new ApisCollator(deps),
    ];
    const { signal } = new AbortController();
    const sources: IndexedSource[] = [];
    for (const collator of collators) {
      for (const { id, stamp } of await collator.getSources(signal)) {
        const [first, ...others] = await collator.collate(id, signal);
        // The first section represents the page.
        const top =
          collator.id === 'docs' && first
            ? { ...first, id: first.id.split('#', 1)[0] ?? '' }
            : first;
        sources.push({ type: collator.id, id, stamp, documents: top ? [top, ...others] : others });
      }
    }
    return sources;
  } finally {
    techdocs.dispose();
    catalog.dispose();
  }
}
