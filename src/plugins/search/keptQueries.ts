import type { StateService } from '../../api';

/** Under which queries are kept, each a list of texts; the search page goes by the same. */
export const queryKeys = {
  /** The latest first. */
  recent: 'search.recent',
  /** In the order in which they were saved. */
  saved: 'search.saved',
} as const;

/** More is no help to find one again. */
const MOST_RECENT = 20;
const MOST_SAVED = 100;

/** What was searched in this workspace, and what somebody wants to search again. */
export class KeptQueries {
  #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  /** The latest first. */
  get recent(): readonly string[] {
    return readTexts(this.#state.get(queryKeys.recent));
  }

  get saved(): readonly string[] {
    return readTexts(this.#state.get(queryKeys.saved));
  }

  /** Remembers what led somewhere. */
  async add(query: string): Promise<void> {
    const noted = query.trim();
    if (!noted) return;
    await this.#state.set(
      queryKeys.recent,
      [noted, ...without(noted, this.recent)].slice(0, MOST_RECENT),
    );
  }

  /** Forgets that it was searched. */
  async forget(query: string): Promise<void> {
    await this.#state.set(queryKeys.recent, without(query.trim(), this.recent));
  }

  async setSaved(query: string, isSaved: boolean): Promise<void> {
    const kept = query.trim();
    if (!kept) return;
    const others = without(kept, this.saved);
    await this.#state.set(
      queryKeys.saved,
      (isSaved ? [...others, kept] : others).slice(-MOST_SAVED),
    );
  }
}

const without = (query: string, queries: readonly string[]): readonly string[] =>
  queries.filter(other => other !== query);

/** What is kept may be anything that somebody's other version of Callboard has left there. */
function readTexts(kept: unknown): readonly string[] {
  return Array.isArray(kept) ? kept.filter(item => typeof item === 'string') : [];
}
