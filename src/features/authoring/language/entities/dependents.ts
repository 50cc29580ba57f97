import { type RelationEdge, RelationPairs } from '../../../../model';
import { dependentsSummary } from '../../../../model/presentation';
import { TimeSlicer } from '../../../../platform/core';
import { findDependents, relationEdges } from '../../../catalog/core/dependents';
import type { CatalogView } from '../catalogView';

/** The maximum number of entities that one request visits to count dependents. */
const MAX_VISITS = 50_000;

/** Counts dependents for one request. Limited, since a file may describe many hubs of a large catalog. */
export class DependentsCounter {
  readonly #signal: AbortSignal;
  readonly #pairs: RelationPairs;
  readonly #edgesOf: (ref: string) => readonly RelationEdge[];
  #visitsLeft = MAX_VISITS;

  constructor(catalog: CatalogView, signal: AbortSignal) {
    this.#signal = signal;
    this.#pairs = new RelationPairs(catalog.kinds.knownKinds());
    this.#edgesOf = relationEdges(ref => catalog.relations(ref), this.#pairs);
  }

  /**
   * Returns the number of an entity's dependents: `8 entities of 5 owners`, `none`. Undefined if the request is aborted
   * or has visited too many entities.
   */
  async summaryOf(ref: string): Promise<string | undefined> {
    const slices = new TimeSlicer();
    const work = findDependents([ref], { edgesOf: this.#edgesOf, pairs: this.#pairs });
    for (; this.#visitsLeft > 0; this.#visitsLeft--) {
      if (this.#signal.aborted) return undefined;
      const { done, value } = work.next();
      if (done) return value.entities.length > 0 ? dependentsSummary(value) : 'none';
      if (slices.isOver) await slices.pause();
    }
    return undefined;
  }
}
