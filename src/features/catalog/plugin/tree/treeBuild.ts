import type { CatalogService, TreeGrouping } from '../../../../api';
import type { Logger, Translate } from '../../../../base';
import type { CompiledFilter } from './catalogFilter';
import { type TreeIndex, TreeIndexBuilder } from './treeIndex';

/** Up to so many results, a filtered tree comes unfolded. */
const UNFOLD_UP_TO = 200;

export interface TreeBuildInput {
  readonly catalog: CatalogService;
  readonly grouping: TreeGrouping;
  /** Undefined shows everything. */
  readonly filter: CompiledFilter | undefined;
  readonly translate: Translate;
  readonly logger: Logger;
}

/**
 * Puts the tree together. Entities are asked for one by one, with a yield after each, and only where
 * their refs do not tell enough: the catalog makes them of what it keeps, and all of a large catalog
 * would hold the thread for long.
 */
export function* buildTree(input: TreeBuildInput): Generator<void, TreeIndex> {
  const { catalog, grouping, filter, translate, logger } = input;
  let reported = false;
  const builder = new TreeIndexBuilder({
    grouping,
    translate,
    onError(error) {
      if (reported) return;
      reported = true;
      logger.error(`The grouping "${grouping.id}" failed`, error);
    },
  });
  for (const ref of catalog.getEntityRefs()) {
    if (filter || !builder.addByRef(ref)) {
      const entity = catalog.getEntityByRef(ref);
      if (entity && filter?.matches(entity) !== false) builder.add(ref, entity);
    }
    yield;
  }
  const failed = catalog.getFailedEntities().filter(item => filter?.matchesFailed(item) !== false);
  // The editor keeps what was unfolded by id: results that come unfolded have ids of their own.
  const suffix = filter
    ? unfoldsResults(builder.size + failed.length)
      ? ' unfolded'
      : ' filtered'
    : '';
  return yield* builder.build(`${grouping.id}${suffix}`, failed);
}

/** Whether so many results of a filter come unfolded. */
export function unfoldsResults(count: number): boolean {
  return count <= UNFOLD_UP_TO;
}
