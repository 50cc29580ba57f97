import type { CatalogQuery, StateService } from '../../../../../api';
import {
  compareNaturally,
  type Disposable,
  Emitter,
  type Event,
  isRecord,
} from '../../../../../base';

const VIEWS = 'portal.catalogViews';
const COLUMNS = 'portal.catalogColumns';

/** A query under the name that somebody gave it. */
export interface SavedView {
  readonly name: string;
  readonly query: CatalogQuery;
}

/** What is kept of the table in a workspace. */
export interface CatalogSettingsView {
  /** In the order of their names. */
  readonly views: readonly SavedView[];
  /** By kind, the empty text for all kinds: the columns that were chosen, in their order. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

export interface CatalogSettingsDeps {
  readonly state: StateService;
  /** What was stored as a query, if it is one; an older version may have written it. */
  readonly readQuery: (value: unknown) => CatalogQuery | undefined;
}

/** Queries with names, and the columns that are shown. */
export class CatalogSettings implements Disposable {
  #state: StateService;
  #views = new Map<string, CatalogQuery>();
  #columns = new Map<string, readonly string[]>();
  #changed = new Emitter<void>();

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor({ state, readQuery }: CatalogSettingsDeps) {
    this.#state = state;
    const views = state.get(VIEWS);
    for (const view of Array.isArray(views) ? (views as unknown[]) : []) {
      if (!isRecord(view) || typeof view['name'] !== 'string') continue;
      const query = readQuery(view['query']);
      if (query) this.#views.set(view['name'], query);
    }
    const columns = state.get(COLUMNS);
    for (const [kind, chosen] of isRecord(columns) ? Object.entries(columns) : []) {
      if (Array.isArray(chosen) && chosen.every(column => typeof column === 'string')) {
        this.#columns.set(kind, chosen);
      }
    }
  }

  get(): CatalogSettingsView {
    const names = [...this.#views.keys()].sort(compareNaturally);
    return {
      views: names.flatMap(name => {
        const query = this.#views.get(name);
        return query ? [{ name, query }] : [];
      }),
      columns: Object.fromEntries(this.#columns),
    };
  }

  /** Gives a query a name, in place of what had it. */
  async saveView(name: string, query: CatalogQuery): Promise<void> {
    this.#views.set(name, query);
    await this.#keepViews();
  }

  /** @throws Error if the new name is taken */
  async renameView(name: string, newName: string): Promise<void> {
    const query = this.#views.get(name);
    if (!query || name === newName) return;
    if (this.#views.has(newName)) throw new Error(`There is a view "${newName}" already`);
    this.#views.delete(name);
    this.#views.set(newName, query);
    await this.#keepViews();
  }

  async deleteView(name: string): Promise<void> {
    if (this.#views.delete(name)) await this.#keepViews();
  }

  /** @param columns - undefined: those that the kind has of its own */
  async setColumns(kind: string, columns: readonly string[] | undefined): Promise<void> {
    if (columns) this.#columns.set(kind, columns);
    else this.#columns.delete(kind);
    this.#changed.fire();
    await this.#state.set(COLUMNS, Object.fromEntries(this.#columns));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #keepViews(): Promise<void> {
    this.#changed.fire();
    await this.#state.set(
      VIEWS,
      [...this.#views].map(([name, query]) => ({ name, query })),
    );
  }
}
