import { english, silentLogger } from '../../src/base';
import type { SearchCollator } from '../../src/api';
import { CatalogEngine } from '../../src/core/catalog';
import type { IndexedSource } from '../../src/core/search';
import { TechDocsSites } from '../../src/core/techdocs';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../src/node';
import { ApisCollator } from '../../src/plugins/apis';
import { loadEntityCollators } from '../../src/plugins/catalog';
import { DocsCollator } from '../../src/plugins/docs';
import { loadTemplatesCollator } from '../../src/plugins/scaffolder';

/**
 * The documents of demo/, as the search has them.
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
        // What a page begins with stands for all of it.
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
