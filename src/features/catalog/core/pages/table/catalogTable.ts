import type {
  CatalogCondition,
  CatalogQuery,
  CatalogService,
  CatalogStatus,
  EntityCell,
  EntitySource,
  EntityViewsService,
  IdentityService,
  MissingTargets,
  StarredEntitiesService,
} from '../../../../../api';
import { type Disposable, DisposableStore, SizedCache } from '../../../../../base';
import type { Entity } from '../../../../../model';
import { descriptorUrls, type ModelNames } from '../../../../../model/presentation';
import { finishInSlices } from '../../../../../platform/core';
import { type EntityGlance, glanceAt, type Glances } from '../../glances';
import { type PredicateCompletion, PredicateCompleter } from '../../query/predicateCompletions';
import type { CatalogSettings, CatalogSettingsView } from './catalogSettings';
import { type FacetView, facetViews } from './facetViews';
import { glanceOfEntry, type TableEntry } from './tableEntry';
import { type ExportFormat, exportRows } from './tableExport';
import { TableIndex, type TableProgress, type TableSnapshot } from './tableIndex';
import { labelsOf, orderRows } from './tableOrder';
import { selectRows, type TableSelection } from './tableSelection';

/** Maximum number of rows per response. */
const MAX_WINDOW = 500;
/** Number of cached answers and orders, for paging. */
const KEPT = 4;

export interface CatalogRowsRequest {
  readonly query: CatalogQuery;
  /** Index of the first requested row. */
  readonly start: number;
  readonly count: number;
  /** Ref of a row to include if it still exists, whatever its index, so that the visible row stays visible. */
  readonly around?: string;
}

export interface CatalogTableRequest extends CatalogRowsRequest {
  /** Text that the labels of returned values must contain, by facet. */
  readonly facetTexts?: Readonly<Record<string, string>>;
}

export interface CatalogRow {
  readonly ref: string;
  readonly source?: EntitySource;
  readonly viewUrl?: string;
  /** Values of the plugins' columns, by column. */
  readonly cells?: Readonly<Record<string, EntityCell>>;
}

/** A range of rows. */
export interface CatalogRowsView {
  /** Number of all rows that match the query. */
  readonly total: number;
  /** Index of the first row in `rows`. */
  readonly start: number;
  readonly rows: readonly CatalogRow[];
  /** Index of the row of `around`. */
  readonly aroundIndex?: number;
  readonly glances: Glances;
}

export interface KindCount {
  /** Kind, lowercase. */
  readonly kind: string;
  /** Kind as entities spell it. */
  readonly name: string;
  readonly count: number;
}

export interface CatalogTableView extends CatalogRowsView {
  readonly status: CatalogStatus;
  readonly kinds: readonly KindCount[];
  /** Number of invalid descriptors of the kind. They aren't entities, so no other figure includes them. */
  readonly failed: number;
  readonly conditions: Readonly<Record<CatalogCondition, number>>;
  readonly facets: readonly FacetView[];
  /** Reason why a predicate in the query's text is invalid. */
  readonly textError?: string;
  /** Whether the user is known. */
  readonly isUserKnown: boolean;
  readonly settings: CatalogSettingsView;
  /** Columns of plugins. */
  readonly columns: EntityViewsService['columns'];
  readonly names: ModelNames;
}

export interface CatalogExportRequest {
  readonly query: CatalogQuery;
  readonly format: ExportFormat;
}

export interface CatalogTableDeps {
  readonly catalog: CatalogService;
  readonly entityViews: Pick<EntityViewsService, 'cellOf' | 'columns' | 'onDidChangeColumns'>;
  readonly identity: IdentityService;
  readonly starred: StarredEntitiesService;
  readonly settings: CatalogSettings;
}

interface Answer extends TableSelection {
  readonly missing: MissingTargets;
  readonly snapshot: TableSnapshot;
}

/** Answers requests of the catalog table in time slices; outdated answers are abandoned. */
export class CatalogTable implements Disposable {
  #deps: CatalogTableDeps;
  #store = new DisposableStore();
  #index: TableIndex;
  #completer: PredicateCompleter;
  /** Increases when answers change independently of the catalog. */
  #generation = 0;
  /** Answers by query, most recent last. */
  #answers = new SizedCache<Answer>(KEPT);
  #orders = new SizedCache<{ readonly of: TableSnapshot; readonly rows: readonly TableEntry[] }>(
    KEPT,
  );

  constructor(deps: CatalogTableDeps) {
    this.#deps = deps;
    this.#index = this.#store.add(new TableIndex(deps.catalog));
    this.#completer = this.#store.add(new PredicateCompleter(deps.catalog));
    const forget = (): void => {
      this.#generation++;
      this.#answers = new SizedCache(KEPT);
    };
    this.#store.add(deps.identity.onDidChange(forget));
    this.#store.add(deps.starred.onDidChange(forget));
    this.#store.add(
      deps.entityViews.onDidChangeColumns(() => {
        forget();
        this.#orders = new SizedCache(KEPT);
      }),
    );
  }

  /**
   * Returns the table with rows, counts and facets.
   *
   * @throws the signal's reason once it is aborted
   */
  async getTable(request: CatalogTableRequest, signal: AbortSignal): Promise<CatalogTableView> {
    const { catalog, entityViews, identity, settings } = this.#deps;
    const { query, facetTexts: texts } = request;
    const answer = await this.#answer(query, signal);
    const labelOf = labelsOf(answer.snapshot);
    return {
      ...this.#window(answer, request),
      status: catalog.status,
      kinds: [...answer.kinds].map(([kind, { label, count }]) => ({ kind, name: label, count })),
      failed: countFailed(catalog, query.kind),
      conditions: answer.conditions,
      facets: facetViews(answer, { query, labelOf, texts }),
      ...(answer.textError !== undefined && { textError: answer.textError }),
      isUserKnown: identity.getOwnershipRefs().length > 0,
      settings: settings.get(),
      columns: entityViews.columns.map(({ id, title, isShownByDefault }) => ({
        id,
        title,
        ...(isShownByDefault === true && { isShownByDefault }),
      })),
      names: catalog.names,
    };
  }

  /**
   * Returns a range of rows.
   *
   * @throws the signal's reason once it is aborted
   */
  async getRows(request: CatalogRowsRequest, signal: AbortSignal): Promise<CatalogRowsView> {
    return this.#window(await this.#answer(request.query, signal), request);
  }

  /**
   * Returns proposals for a predicate in the text filter.
   *
   * @param text - up to the caret
   * @throws the signal's reason once it is aborted
   */
  complete(text: string, signal: AbortSignal): Promise<readonly PredicateCompletion[]> {
    return this.#completer.complete(text, signal);
  }

  /**
   * Exports all rows of a query.
   *
   * @throws the signal's reason once it is aborted
   */
  async export({ query, format }: CatalogExportRequest, signal: AbortSignal): Promise<string> {
    const { rows } = await this.#answer(query, signal);
    return finishInSlices(exportRows(rows, format), signal);
  }

  /** Progress of the first answer, which takes long in large catalogs; undefined if none is pending. */
  get progress(): TableProgress | undefined {
    return this.#index.progress;
  }

  /** Stops work that nobody waits for. */
  stop(): void {
    this.#index.stop();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #answer(query: CatalogQuery, signal: AbortSignal): Promise<Answer> {
    const snapshot = await this.#index.load(signal);
    signal.throwIfAborted();
    const key = JSON.stringify(query);
    const known = this.#answers.get(key);
    const missing = this.#deps.catalog.getMissingTargets();
    if (known?.snapshot.version === snapshot.version && known.missing === missing) {
      return known;
    }
    const generation = this.#generation;
    const rows = await this.#order(snapshot, query.sort ?? { column: 'name' }, signal);
    const { identity, starred } = this.#deps;
    const context = {
      missing,
      ownershipRefs: identity.getOwnershipRefs(),
      isStarred: (ref: string) => starred.has(ref),
      labelOf: labelsOf(snapshot),
      entityOf: (ref: string) => this.#deps.catalog.getEntityByRef(ref),
    };
    const selection = await finishInSlices(selectRows(rows, query, context), signal);
    const answer = { ...selection, snapshot, missing };
    if (generation === this.#generation) this.#answers.set(key, answer, 1);
    return answer;
  }

  async #order(
    snapshot: TableSnapshot,
    sort: NonNullable<CatalogQuery['sort']>,
    signal: AbortSignal,
  ): Promise<readonly TableEntry[]> {
    const key = JSON.stringify(sort);
    const known = this.#orders.get(key);
    if (known?.of.version === snapshot.version) return known.rows;
    const generation = this.#generation;
    const keyOf = this.#sortKeys(sort.column);
    const rows = await finishInSlices(orderRows(snapshot, sort, keyOf), signal);
    if (generation === this.#generation) this.#orders.set(key, { of: snapshot, rows }, 1);
    return rows;
  }

  #window({ rows, snapshot }: Answer, request: CatalogRowsRequest): CatalogRowsView {
    const count = Math.min(request.count, MAX_WINDOW);
    const { around } = request;
    const found = around === undefined ? -1 : rows.findIndex(({ ref }) => ref === around);
    const isInside = found >= request.start && found < request.start + count;
    const wanted = found < 0 || isInside ? request.start : found - Math.floor(count / 2);
    const start = Math.max(0, Math.min(wanted, rows.length - count));
    const shown = rows.slice(start, start + count);
    return {
      total: rows.length,
      start,
      rows: shown.map(entry => this.#row(entry)),
      ...(found >= 0 && { aroundIndex: found }),
      glances: this.#glances(shown, snapshot),
    };
  }

  #row({ ref }: TableEntry): CatalogRow {
    const { catalog } = this.#deps;
    const source = catalog.getEntitySource(ref);
    const entity = catalog.getEntityByRef(ref);
    const viewUrl = entity && descriptorUrls(entity).view;
    const cells = entity ? this.#cells(entity) : {};
    return {
      ref,
      ...(source && { source }),
      ...(viewUrl !== undefined && { viewUrl }),
      ...(Object.keys(cells).length > 0 && { cells }),
    };
  }

  #cells(entity: Entity): Readonly<Record<string, EntityCell>> {
    const { entityViews } = this.#deps;
    return Object.fromEntries(
      entityViews.columns.flatMap(({ id }) => {
        const cell = entityViews.cellOf(id, entity);
        return cell ? [[id, cell]] : [];
      }),
    );
  }

  /** Returns the sort keys of a plugin's column; undefined for other columns. */
  #sortKeys(column: string): ((entry: TableEntry) => string) | undefined {
    const { catalog, entityViews } = this.#deps;
    if (!entityViews.columns.some(({ id }) => id === column)) return undefined;
    return ({ ref }) => {
      const entity = catalog.getEntityByRef(ref);
      const cell = entity && entityViews.cellOf(column, entity);
      return cell ? `${cell.sort ?? cell.text}` : '';
    };
  }

  #glances(rows: readonly TableEntry[], { byRef }: TableSnapshot): Glances {
    const { starred } = this.#deps;
    const glances: Record<string, EntityGlance> = {};
    const add = (ref: string): void => {
      const entry = byRef.get(ref);
      glances[ref] ??= entry ? glanceOfEntry(entry, starred.has(ref)) : glanceAt(ref, this.#deps);
    };
    for (const { ref, owners, system } of rows) {
      add(ref);
      for (const owner of owners) add(owner);
      if (system !== undefined) add(system);
    }
    return glances;
  }
}

/** @param kind - undefined counts all kinds, including unreadable ones */
function countFailed(catalog: CatalogService, kind: string | undefined): number {
  const failed = catalog.getFailedEntities();
  if (kind === undefined) return failed.length;
  return failed.filter(other => other.kind?.toLowerCase() === kind.toLowerCase()).length;
}
