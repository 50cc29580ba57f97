import type {
  CatalogMode,
  CatalogService,
  CatalogStatus,
  EntityAncestry,
  EntitySource,
  FailedEntity,
  MissingTargets,
} from '../../../../api';
import type { Entity, Problem } from '../../../../model';
import type { ModelNames } from '../../../../model/presentation';

/** An entity with what the catalog knows of it. */
export interface EntityRow {
  readonly ref: string;
  /** Undefined if the entity was removed. */
  readonly entity: Entity | undefined;
  /** Places of all entities with this ref, the first one's first. */
  readonly sources: readonly (EntitySource | undefined)[];
  readonly ancestry: EntityAncestry | undefined;
}

/** A file with what the catalog knows of it. */
export interface FileRow {
  readonly file: string;
  readonly entityRefs: readonly string[];
  readonly problems: readonly Problem[];
}

/** The catalog, or its changes, as plain data for another thread. */
export interface CatalogRows {
  readonly status: CatalogStatus;
  readonly mode: CatalogMode;
  readonly names: ModelNames;
  readonly entities: readonly EntityRow[];
  readonly files: readonly FileRow[];
  readonly failed: readonly FailedEntity[];
  readonly missing: MissingTargets;
  readonly problemsWithoutFile: readonly Problem[];
}

/** Returns the rows of some entities and files. */
export function catalogRows(
  catalog: CatalogService,
  {
    entityRefs,
    files,
  }: { readonly entityRefs: Iterable<string>; readonly files: Iterable<string> },
): CatalogRows {
  const changed = new Set(files);
  const entities = [...entityRefs].map((ref): EntityRow => {
    const sources = catalog.getEntitySources(ref);
    for (const source of sources) if (source) changed.add(source.file);
    return {
      ref,
      entity: catalog.getEntityByRef(ref),
      sources,
      ancestry: catalog.getEntityAncestry(ref),
    };
  });
  return {
    status: catalog.status,
    mode: catalog.mode,
    names: catalog.names,
    entities,
    files: [...changed].map(file => ({
      file,
      entityRefs: catalog.getEntityRefsInFile(file),
      problems: catalog.getProblems({ file, ungrouped: true }),
    })),
    failed: catalog.getFailedEntities(),
    missing: catalog.getMissingTargets(),
    problemsWithoutFile: catalog.getProblems({ withoutFile: true }),
  };
}

/** Returns the rows of the whole catalog. */
export function allCatalogRows(catalog: CatalogService): CatalogRows {
  const files = catalog.getProblems({ ungrouped: true }).flatMap(({ file }) => file ?? []);
  const failed = catalog.getFailedEntities().map(({ source }) => source.file);
  return catalogRows(catalog, {
    entityRefs: catalog.getEntityRefs(),
    files: [...files, ...failed],
  });
}
