import type {
  CatalogService,
  EntityAncestry,
  EntitySource,
  EntityVersion,
  FailedEntity,
  MissingTargets,
} from '../../../../api';
import {
  type CompoundEntityRef,
  type Entity,
  type EntityRelation,
  locationOfFile,
  type Problem,
  stringifyEntityRef,
  stringifyLocationRef,
} from '../../../../model';
import { matchesPredicate } from '../../../../model/predicates';
import { EntityGraph } from '../graph/entityGraph';
import { entityAncestry, relationsOfVersion } from '../graph/graphReader';
import { findMissingTargets } from '../problems/missingTargets';
import { ProblemGroups } from '../problems/problemGroups';
import { ProblemTable } from '../problems/problemTable';
import { finalEntity } from '../processing/finalEntity';
import { matchesFilter } from '../query/entityFilter';
import type { EntityRecord, FileRecord } from '../records';
import { emptyIndexState, type IndexState } from '../workspace/catalogIndex';
import { compareFiles } from '../workspace/files/indexedFile';
import type { CatalogFile, CatalogStatistics } from './catalogStatistics';
import { EntityCache } from './entityCache';

/** Data of a catalog version besides the graph. */
export interface CatalogVersion {
  readonly state: IndexState;
  readonly problems: ProblemTable;
  readonly groups: ProblemGroups;
  readonly problemsWithoutFile: readonly Problem[];
  /** URIs of files without descriptors that may have problems. */
  readonly otherFiles: readonly string[];
}

export function emptyVersion(): CatalogVersion {
  return {
    state: emptyIndexState,
    problems: new ProblemTable(),
    groups: new ProblemGroups(),
    problemsWithoutFile: [],
    otherFiles: [],
  };
}

/** Queries of entities, files and problems in the published version of the catalog. */
export abstract class CatalogReader {
  protected readonly graph = new EntityGraph();
  #version = emptyVersion();
  #entityCache = new EntityCache();
  /** Grouped problems by file URI. */
  #reportedCache = new Map<string, readonly Problem[]>();
  #missing: MissingTargets | undefined;

  /** Publishes a version. Must be called when the graph is committed. */
  protected show(
    version: CatalogVersion,
    { changed, files }: { readonly changed: ReadonlySet<string>; readonly files: Iterable<string> },
  ): void {
    this.#version = version;
    this.#entityCache.deleteAll(changed);
    for (const uri of files) this.#reportedCache.delete(uri);
    this.#missing = undefined;
  }

  get statistics(): CatalogStatistics {
    const files = this.getFiles();
    const documents = files.reduce((sum, file) => sum + file.documents, 0);
    return { files: files.length, documents, entities: this.graph.committed.size };
  }

  /** Returns the files with descriptors, in conflict order. */
  getFiles(): readonly CatalogFile[] {
    return [...this.#version.state.files.values()].flatMap(({ uri, record: { documents } }) =>
      documents ? [{ uri, documents }] : [],
    );
  }

  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined {
    const key = keyOf(ref);
    const cached = this.#entityCache.get(key);
    if (cached) return cached;
    const record = this.graph.committed.winner(key);
    if (!record) return undefined;
    const entity = this.#finalEntity(record);
    this.#entityCache.set(key, entity);
    return entity;
  }

  /**
   * Returns an entity with all texts in full.
   *
   * @param readRecord - reads a file again, with its long texts
   */
  protected async loadWhole(
    ref: string | CompoundEntityRef,
    readRecord: (file: string) => Promise<FileRecord | undefined>,
  ): Promise<Entity | undefined> {
    const record = this.graph.committed.winner(keyOf(ref));
    const source = record?.source;
    if (!record?.isShortened || !source) return this.getEntityByRef(ref);
    const whole = await readRecord(source.file);
    const same = whole?.entities.find(
      ({ ref, source: place }) => ref === record.ref && place?.document === source.document,
    );
    // If the file has changed meanwhile, its change is applied soon.
    return same ? this.#finalEntity(same) : this.getEntityByRef(ref);
  }

  getEntityRefs(): readonly string[] {
    return [...this.graph.committed.refs()];
  }

  getEntities({
    filter,
    where,
  }: NonNullable<Parameters<CatalogService['getEntities']>[0]> = {}): readonly Entity[] {
    const entities: Entity[] = [];
    for (const ref of this.graph.committed.refs()) {
      const entity = this.getEntityByRef(ref);
      if (!entity || (filter && !matchesFilter(entity, filter))) continue;
      if (!where || matchesPredicate(where, entity)) entities.push(entity);
    }
    return entities;
  }

  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[] {
    return this.graph.committed.relations(keyOf(ref));
  }

  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined {
    return this.graph.committed.winner(keyOf(ref))?.source;
  }

  getEntitySources(ref: string | CompoundEntityRef): readonly (EntitySource | undefined)[] {
    return this.graph.committed.candidates(keyOf(ref)).map(({ source }) => source);
  }

  getEntityVersions(ref: string | CompoundEntityRef): readonly EntityVersion[] {
    const versions = this.graph.committed.candidates(keyOf(ref));
    return versions.map((record, index) => {
      const relations = index === 0 ? undefined : relationsOfVersion(record, this.graph.committed);
      return { entity: this.#finalEntity(record, relations), source: record.source };
    });
  }

  getEntityAncestry(ref: string | CompoundEntityRef): EntityAncestry | undefined {
    return entityAncestry(keyOf(ref), { graph: this.graph.committed, state: this.#version.state });
  }

  /** Returns the entities of a file, including overridden ones. */
  getRecordsInFile(file: string): readonly EntityRecord[] {
    return this.#version.state.files.get(file)?.record.entities ?? [];
  }

  /** Returns descriptors of a file that aren't entities because they have errors. */
  getFailedInFile(file: string): readonly FailedEntity[] {
    return this.#version.state.files.get(file)?.record.failed ?? [];
  }

  /** Returns the record of the entity that takes precedence for a ref (full, lowercase). */
  getRecord(ref: string): EntityRecord | undefined {
    return this.graph.committed.winner(ref);
  }

  getEntityRefsInFile(file: string): readonly string[] {
    return this.getRecordsInFile(file)
      .filter(record => this.graph.committed.winner(record.ref) === record)
      .map(({ ref }) => ref);
  }

  /** Returns the URIs of files that depend on another file. Searches all files. */
  getFilesReading(file: string): readonly string[] {
    return [...this.#version.state.files.values()].flatMap(({ uri, record }) =>
      record.dependencies.includes(file) ? uri : [],
    );
  }

  getFailedEntities(): readonly FailedEntity[] {
    return [...this.#version.state.files.values()].flatMap(({ record }) => record.failed);
  }

  /** Returns the entities whose owner or docs don't exist; see `CatalogService`. */
  getMissingTargets(): MissingTargets {
    return (this.#missing ??= findMissingTargets({
      graph: this.graph.committed,
      files: this.#version.state.files,
      isPartial: uri => this.#version.state.sourceFiles?.isPartial(uri) ?? false,
      getEntity: ref => this.getEntityByRef(ref),
    }));
  }

  getProblems({
    file,
    entityRef,
    ungrouped = entityRef !== undefined,
    withoutFile = false,
  }: {
    file?: string;
    entityRef?: string;
    ungrouped?: boolean;
    withoutFile?: boolean;
  } = {}): readonly Problem[] {
    const { state, problems, problemsWithoutFile, otherFiles } = this.#version;
    const problemsOf = (uri: string): readonly Problem[] =>
      ungrouped ? problems.get(uri) : this.#reportedProblems(uri);
    if (file !== undefined) return problemsOf(file);
    const key = entityRef === undefined ? undefined : keyOf(entityRef);
    const files = new Set<string>();
    if (!withoutFile) {
      for (const uri of key === undefined ? state.files.keys() : this.#filesNaming(key)) {
        files.add(uri);
      }
      for (const uri of otherFiles) files.add(uri);
    }
    const all = [...[...files].flatMap(problemsOf), ...problemsWithoutFile];
    return key === undefined ? all : all.filter(problem => problem.entityRef === key);
  }

  /** Returns the files with problems of an entity, in conflict order. */
  #filesNaming(ref: string): readonly string[] {
    const { state, problems } = this.#version;
    return [...problems.filesOf(ref)]
      .flatMap(uri => state.files.get(uri) ?? [])
      .sort(compareFiles)
      .map(({ uri }) => uri);
  }

  #finalEntity(
    record: EntityRecord,
    relations: readonly EntityRelation[] = this.graph.committed.relations(record.ref),
  ): Entity {
    const { source } = record;
    const { origins, files } = this.#version.state;
    return finalEntity(record, {
      relations,
      location: source && this.#locationOf(source.file),
      origin: source && this.#locationOf(origins.get(source.file) ?? source.file),
      repository: source && files.get(source.file)?.repository,
    });
  }

  #locationOf(uri: string): string {
    const location = this.#version.state.sourceFiles?.locationOf(uri);
    return location ?? stringifyLocationRef(locationOfFile(uri));
  }

  #reportedProblems(uri: string): readonly Problem[] {
    const cached = this.#reportedCache.get(uri);
    if (cached) return cached;
    const { state, problems, groups } = this.#version;
    const reported = groups.reported(uri, problems.get(uri));
    // Problems of deleted files aren't cached.
    if (state.files.has(uri)) this.#reportedCache.set(uri, reported);
    return reported;
  }
}

function keyOf(ref: string | CompoundEntityRef): string {
  return typeof ref === 'string' ? ref.toLowerCase() : stringifyEntityRef(ref);
}
