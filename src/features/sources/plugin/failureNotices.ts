import type { CatalogSourceInfo } from '../../../api';

/** Tells of failures once for each streak of them, however often they are looked at. */
export class FailureNotices {
  /** When the streaks began that were told of, by the ids of the sources. */
  readonly #told = new Map<string, number>();

  /** Those that nobody was told of yet; from now on, they are. A source that is well again may fail anew. */
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
