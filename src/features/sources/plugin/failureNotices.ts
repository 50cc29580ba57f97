import type { CatalogSourceInfo } from '../../../api';

/** Reports failures once for each streak. */
export class FailureNotices {
  /** Start times of reported streaks, by source id. */
  readonly #reported = new Map<string, number>();

  /**
   * Returns failures that weren't reported and marks them as reported. A source that recovers can be reported
   * again.
   */
  take(sources: readonly CatalogSourceInfo[]): readonly CatalogSourceInfo[] {
    const failing = new Set<string>();
    const unreported = sources.filter(({ id, failure }) => {
      if (!failure) return false;
      failing.add(id);
      const isReported = this.#reported.get(id) === failure.since;
      this.#reported.set(id, failure.since);
      return !isReported;
    });
    for (const id of this.#reported.keys()) if (!failing.has(id)) this.#reported.delete(id);
    return unreported;
  }
}
