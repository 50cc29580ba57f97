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

/** A named query. */
export interface SavedView {
  readonly name: string;
  readonly query: CatalogQuery;
}

/** Saved settings of the table in a workspace. */
export interface CatalogSettingsView {
  /** Views sorted by name. */
  readonly views: readonly SavedView[];
  /** Selected columns in order, by kind; the empty kind is for all kinds. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

export interface CatalogSettingsDeps {
  readonly state: StateService;
  /** Validates a stored query, which an older version may have written. */
  readonly readQuery: (value: unknown) => CatalogQuery | undefined;
}

/** Saved views, and selected columns. */
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

  /** Saves a query under a name, replacing an existing view. */
  async saveView(name: string, query: CatalogQuery): Promise<void> {
    this.#views.set(name, query);
    await this.#keepViews();
  }

  /**
   * Renames a view.
   *
   * @throws Error if the new name is taken
   */
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

  /**
   * Sets the columns of a kind.
   *
   * @param columns - undefined: the kind's default
   */
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
