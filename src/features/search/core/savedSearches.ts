import type { SearchHistory, StateService } from '../../../api';
import { type Disposable, Emitter } from '../../../base';

const RECENT = 'search.recent';
const SAVED = 'search.saved';

/** Maximum number of recent items. */
const MAX_RECENT = 20;
const MAX_SAVED = 200;
/** Longer texts than anybody types. */
const MAX_LENGTH = 1_000;

/** Keeps queries with the workspace. */
export class SavedSearches implements SearchHistory, Disposable {
  #state: StateService;
  #changed = new Emitter<void>();

  readonly onDidChange = this.#changed.event;

  /** @param state - undefined: they are kept as long as this is */
  constructor(state: StateService = withoutState()) {
    this.#state = state;
  }

  get recent(): readonly string[] {
    return this.#read(RECENT, MAX_RECENT);
  }

  get saved(): readonly string[] {
    return this.#read(SAVED, MAX_SAVED);
  }

  async add(query: string): Promise<void> {
    await this.#write(RECENT, withFirst(this.recent, query).slice(0, MAX_RECENT));
  }

  async forget(query?: string): Promise<void> {
    await this.#write(RECENT, query === undefined ? [] : without(this.recent, query));
  }

  async setSaved(query: string, isSaved: boolean): Promise<void> {
    const saved = isSaved
      ? withFirst(this.saved, query).slice(0, MAX_SAVED)
      : without(this.saved, query);
    await this.#write(SAVED, saved);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** What was kept may be anything. */
  #read(key: string, most: number): readonly string[] {
    const kept = this.#state.get(key);
    if (!Array.isArray(kept)) return [];
    return [...new Set(kept.filter(isQuery))].slice(0, most);
  }

  async #write(key: string, queries: readonly string[]): Promise<void> {
    if (JSON.stringify(queries) === JSON.stringify(this.#state.get(key) ?? [])) return;
    await this.#state.set(key, queries);
    this.#changed.fire();
  }
}

function isQuery(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_LENGTH;
}

function withFirst(queries: readonly string[], query: string): readonly string[] {
  const trimmed = query.trim();
  return isQuery(trimmed) ? [trimmed, ...without(queries, trimmed)] : queries;
}

function without(queries: readonly string[], query: string): readonly string[] {
  return queries.filter(other => other !== query.trim());
}

function withoutState(): StateService {
  const values = new Map<string, unknown>();
  return {
    get: key => values.get(key),
    set: async (key, value) => void values.set(key, value),
  };
}
