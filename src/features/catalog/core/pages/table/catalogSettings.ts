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
const WIDTHS = 'portal.catalogColumnWidths';

/** Widths of columns in pixels, by column. */
export type ColumnWidths = Readonly<Record<string, number>>;

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
  /** Widths of resized columns, by kind. */
  readonly widths: Readonly<Record<string, ColumnWidths>>;
}

export interface CatalogSettingsDeps {
  readonly state: StateService;
  /** Validates a stored query, which an older version may have written. */
  readonly readQuery: (value: unknown) => CatalogQuery | undefined;
}

/** Saved views, selected columns and their widths. */
export class CatalogSettings implements Disposable {
  #state: StateService;
  #views = new Map<string, CatalogQuery>();
  #columns = new Map<string, readonly string[]>();
  #widths = new Map<string, ColumnWidths>();
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
    const widths = state.get(WIDTHS);
    for (const [kind, stored] of isRecord(widths) ? Object.entries(widths) : []) {
      if (isWidths(stored)) this.#widths.set(kind, stored);
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
      widths: Object.fromEntries(this.#widths),
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
   * @param columns - undefined: the kind's default, with the default widths
   */
  async setColumns(kind: string, columns: readonly string[] | undefined): Promise<void> {
    if (columns) this.#columns.set(kind, columns);
    else this.#columns.delete(kind);
    const isResized = !columns && this.#widths.delete(kind);
    this.#changed.fire();
    await this.#state.set(COLUMNS, Object.fromEntries(this.#columns));
    if (isResized) await this.#state.set(WIDTHS, Object.fromEntries(this.#widths));
  }

  /** Sets the widths of all resized columns of a kind. */
  async setWidths(kind: string, widths: ColumnWidths): Promise<void> {
    this.#widths.set(kind, widths);
    this.#changed.fire();
    await this.#state.set(WIDTHS, Object.fromEntries(this.#widths));
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

function isWidths(value: unknown): value is ColumnWidths {
  return isRecord(value) && Object.values(value).every(width => typeof width === 'number');
}
