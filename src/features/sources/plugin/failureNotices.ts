import type { CatalogSourceInfo } from '../../../api';

/** Reports failures once for each streak. */
export class FailureNotices {
  /** Start times of reported streaks, by source id. */
  readonly #told = new Map<string, number>();

  /**
   * Returns failures that weren't reported and marks them as reported. A source that recovers can be reported
   * again.
   */
  take(sources: readonly CatalogSourceInfo[]): readonly CatalogSourceInfo[] {
    const failing = new Set<string>();
    const untold = sources.filter(({ id, failure }) => {
      if (!failure) return false;
      failing.add(id);
      const isTold = this.#told.get(id) === failure.since;
      this.#told.set(id, failure.since);
      return !isTold;
    });
    for (const id of this.#told.keys()) if (!failing.has(id)) this.#told.delete(id);
    return untold;
  }
}
