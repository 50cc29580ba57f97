import type {
  CatalogChangeEvent,
  CatalogMode,
  CatalogService,
  CatalogStatus,
  EntityAncestry,
  EntityDependents,
  EntitySource,
  EntityVersion,
  FailedEntity,
  MissingTargets,
} from '../../../api';
import { Emitter } from '../../../base';
import {
  type CompoundEntityRef,
  type Entity,
  type EntityRelation,
  type Problem,
  stringifyEntityRef,
} from '../../../model';
import { matchesPredicate } from '../../../model/predicates';
import type { ModelNames } from '../../../model/presentation';
import { matchesFilter } from '../../catalog/core';
import type { CatalogRows, EntityRow, FileRow } from '../core/headless';

/** Asks the thread that has the catalog. */
export type AskCatalog = (
  method: 'loadEntity' | 'getDependents',
  params: unknown,
) => Promise<unknown>;

/** The catalog of another thread, as it was when it sent its last rows. */
export class RowsCatalog implements CatalogService {
  readonly #ask: AskCatalog;
  readonly #entities = new Map<string, EntityRow>();
  readonly #files = new Map<string, FileRow>();
  readonly #changed = new Emitter<CatalogChangeEvent>();
  readonly #statusChanged = new Emitter<CatalogStatus>();
  #refs: readonly string[] | undefined;
  #rest: Omit<CatalogRows, 'entities' | 'files'>;

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeStatus = this.#statusChanged.event;

  constructor(rows: CatalogRows, ask: AskCatalog) {
    this.#ask = ask;
    this.#rest = rows;
    this.#set(rows);
  }

  get status(): CatalogStatus {
    return this.#rest.status;
  }

  get mode(): CatalogMode {
    return this.#rest.mode;
  }

  get names(): ModelNames {
    return this.#rest.names;
  }

  /** Applies changes and reports them. */
  update(rows: CatalogRows): void {
    const { status } = this.#rest;
    this.#set(rows);
    if (status !== rows.status) this.#statusChanged.fire(rows.status);
    this.#changed.fire({
      entityRefs: new Set(rows.entities.map(({ ref }) => ref)),
      files: new Set(rows.files.map(({ file }) => file)),
    });
  }

  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined {
    return this.#row(ref)?.entity;
  }

  async loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined> {
    return (await this.#ask('loadEntity', keyOf(ref))) as Entity | undefined;
  }

  getEntityRefs(): readonly string[] {
    this.#refs ??= [...this.#entities.keys()].sort();
    return this.#refs;
  }

  getEntities({
    filter,
    where,
  }: NonNullable<Parameters<CatalogService['getEntities']>[0]> = {}): readonly Entity[] {
    return this.getEntityRefs().flatMap(ref => {
      const entity = this.#entities.get(ref)?.entity;
      if (!entity || (filter && !matchesFilter(entity, filter))) return [];
      return !where || matchesPredicate(where, entity) ? [entity] : [];
    });
  }

  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[] {
    return this.#row(ref)?.entity?.relations ?? [];
  }

  async getDependents(
    ref: string | CompoundEntityRef,
    { depth, signal }: { readonly depth?: number; readonly signal?: AbortSignal } = {},
  ): Promise<EntityDependents> {
    signal?.throwIfAborted();
    return (await this.#ask('getDependents', { ref: keyOf(ref), depth })) as EntityDependents;
  }

  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined {
    return this.getEntitySources(ref)[0];
  }

  getEntitySources(ref: string | CompoundEntityRef): readonly (EntitySource | undefined)[] {
    return this.#row(ref)?.sources ?? [];
  }

  getEntityVersions(ref: string | CompoundEntityRef): readonly EntityVersion[] {
    const row = this.#row(ref);
    return row?.entity ? [{ entity: row.entity, source: row.sources[0] }] : [];
  }

  getEntityAncestry(ref: string | CompoundEntityRef): EntityAncestry | undefined {
    return this.#row(ref)?.ancestry;
  }

  getEntityRefsInFile(file: string): readonly string[] {
    return this.#files.get(file)?.entityRefs ?? [];
  }

  /** Unknown here. */
  getFilesReading(): readonly string[] {
    return [];
  }

  getFailedEntities(): readonly FailedEntity[] {
    return this.#rest.failed;
  }

  getMissingTargets(): MissingTargets {
    return this.#rest.missing;
  }

  getProblems({
    file,
    entityRef,
    withoutFile = false,
  }: NonNullable<Parameters<CatalogService['getProblems']>[0]> = {}): readonly Problem[] {
    const { problemsWithoutFile } = this.#rest;
    const ref = entityRef?.toLowerCase();
    const found = withoutFile
      ? problemsWithoutFile
      : file !== undefined
        ? (this.#files.get(file)?.problems ?? [])
        : [...this.#files.values()].flatMap(row => row.problems).concat(problemsWithoutFile);
    return ref === undefined ? found : found.filter(problem => problem.entityRef === ref);
  }

  /** Does nothing: the other thread reads the files. */
  refresh(): Promise<void> {
    return Promise.resolve();
  }

  #row(ref: string | CompoundEntityRef): EntityRow | undefined {
    return this.#entities.get(keyOf(ref));
  }

  #set({ entities, files, ...rest }: CatalogRows): void {
    this.#refs = undefined;
    this.#rest = rest;
    for (const row of entities) {
      if (row.entity) this.#entities.set(row.ref, row);
      else this.#entities.delete(row.ref);
    }
    for (const row of files) this.#files.set(row.file, row);
  }
}

function keyOf(ref: string | CompoundEntityRef): string {
  return (typeof ref === 'string' ? ref : stringifyEntityRef(ref)).toLowerCase();
}
