import type { Disposable, Event, Range } from '../../base';
import type { CompoundEntityRef, Entity, EntityRelation, Problem } from '../../model';
import { createExtensionPoint } from '../extensionPoints';

/** Where an entity is written. */
export interface EntitySource {
  /** URI of the file. */
  readonly file: string;
  /** 0-based index into `yaml`'s `parseAllDocuments`, empty documents counted. */
  readonly document: number;
  /** Of the document's content. */
  readonly range: Range;
  /** Of the value of `metadata.name`. */
  readonly nameRange: Range;
}

/** A descriptor that is no entity, because it has errors; as much of its name as can be read. */
export interface FailedEntity {
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly source: EntitySource;
}

/**
 * How an entity came into the catalog, as `/entities/by-name/…/ancestry` of Backstage's catalog API
 * tells it.
 */
export interface EntityAncestry {
  /** Full refs of the Locations that lead to it, the nearest first; often there is none. */
  readonly locationRefs: readonly string[];
  /** What the last of them came by; the entity itself, where there is none. */
  readonly root: EntityRoot;
}

export type EntityRoot =
  /** It was found in the workspace. */
  | { readonly type: 'discovery' }
  /** The configuration of a Backstage names it, or the command line does. */
  | { readonly type: 'configuration' }
  | { readonly type: 'provider'; readonly name: string }
  /** Nothing leads to it any more: an orphan. */
  | { readonly type: 'nothing' };

/**
 * One condition: the path of a field (`kind`, `spec.type`, `metadata.tags`, `relations.ownedBy`)
 * and the values that it may have; without values, the field must exist. Paths and values compare
 * case-insensitively, an array field matches when one of its items does: as the `filter` parameter
 * of Backstage's catalog API.
 */
export interface EntityFilterCondition {
  readonly key: string;
  readonly values?: readonly string[];
}

/** Any of the outer list, all of the inner one. Empty: every entity. */
export type EntityFilter = readonly (readonly EntityFilterCondition[])[];

export interface CatalogChangeEvent {
  /** Refs of entities that were added, changed (relations included) or removed. */
  readonly entityRefs: ReadonlySet<string>;
  /** URIs of files whose problems changed. */
  readonly files: ReadonlySet<string>;
}

/** An entity as one of those has it who have one of its ref. */
export interface EntityVersion {
  /** With the relations that it has, or would have if it counted. */
  readonly entity: Entity;
  /** Undefined where a plugin provides it. */
  readonly source: EntitySource | undefined;
}

/**
 * `idle` before the first refresh, `indexing` during one, `ready` when there is a catalog, be it of
 * the refresh before; `failed` when the first refresh failed, so that there is none.
 */
export type CatalogStatus = 'idle' | 'indexing' | 'ready' | 'failed';

/** Whether a catalog is what discovery finds, or what a Backstage with a certain config would hold. */
export type CatalogMode = 'discovered' | 'backstage';

/**
 * Full refs of the entities that name an owner or docs that don't exist, whatever severity those problems have. Together
 * with what an entity itself says, this decides which entities count as owned and documented; see
 * `model/presentation/coverage.ts`.
 */
export interface MissingTargets {
  /** None of the entity's owners is in the catalog. Entities of a source that is held in part aren't among them. */
  readonly owner: ReadonlySet<string>;
  /** `backstage.io/techdocs-ref` leads to no docs folder, or `backstage.io/techdocs-entity` to an entity without docs. */
  readonly docs: ReadonlySet<string>;
}

/** An entity that is affected if another entity stops. */
export interface EntityDependent {
  readonly entityRef: string;
  /** The number of relations to the entity that stops: 1 is a direct dependent. */
  readonly distance: number;
  /** Type of the relation through which it is affected, as this entity has it: `dependsOn`, `apiProvidedBy`. */
  readonly relation: string;
  /** Ref of the entity at the other end of that relation. */
  readonly through: string;
  readonly ownerRefs: readonly string[];
}

/** The dependents of one owner. */
export interface DependentsOfOwner {
  /** Undefined for dependents without an owner. */
  readonly ownerRef: string | undefined;
  /** Nearest first. */
  readonly entityRefs: readonly string[];
}

/**
 * The entities that are affected if an entity stops, direct and indirect: entities that depend on it, the APIs that it
 * provides and their consumers, and its parts. Ownership and membership don't count.
 */
export interface EntityDependents {
  /** Each once, nearest first, then by ref. The entity itself isn't among them. */
  readonly entities: readonly EntityDependent[];
  /** The same entities by owner. An entity with several owners is in several groups. */
  readonly owners: readonly DependentsOfOwner[];
}

/** The entity graph. Everything is answered at once, from memory. */
export interface CatalogService {
  readonly onDidChange: Event<CatalogChangeEvent>;
  readonly status: CatalogStatus;
  readonly mode: CatalogMode;
  readonly onDidChangeStatus: Event<CatalogStatus>;

  /**
   * The final entity, relations included. `ref` must be full; case does not matter. Texts in it of
   * more than 8,192 characters, such as large API definitions, are shortened: to their beginning and
   * a last line that starts with `…` and holds a hash of the whole. `loadEntity` gives all of it.
   *
   * An entity that somebody holds, and that has not changed, is the same object when it is asked for
   * again. Others are put together anew: who looks through all of them often keeps what it needs.
   */
  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined;
  /** The final entity with all its texts, which are read from its file where they are long. */
  loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined>;
  /** Refs of all entities in their order (code units); much quicker than the entities. */
  getEntityRefs(): readonly string[];
  /** Final entities in the order of their refs (code units), as `getEntityByRef` gives them. */
  getEntities(request?: { readonly filter?: EntityFilter }): readonly Entity[];
  /** Outgoing relations, also of a ref that does not exist but that others point to. */
  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[];
  /**
   * Entities that are affected if the entity stops. Computed in time slices, as a hub of a large catalog has many dependents.
   * Rejects with the signal's reason when it is aborted.
   *
   * @param options.depth - the maximum number of relations to follow; default: no limit
   */
  getDependents(
    ref: string | CompoundEntityRef,
    options?: { readonly depth?: number; readonly signal?: AbortSignal },
  ): Promise<EntityDependents>;
  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined;
  /**
   * All that have an entity of this ref: first the one that counts, which is that of the workspace where it has one, then
   * those of sources and plugins in their order. More than one in the workspace is a problem; one of a source beside it is
   * what is there until the workspace is merged, or published.
   */
  getEntityVersions(ref: string | CompoundEntityRef): readonly EntityVersion[];
  /** Where these versions stand, in the same order; much quicker than the versions. */
  getEntitySources(ref: string | CompoundEntityRef): readonly (EntitySource | undefined)[];
  /** Undefined where there is no such entity. */
  getEntityAncestry(ref: string | CompoundEntityRef): EntityAncestry | undefined;
  /** Refs of the entities that a file holds, in document order. */
  getEntityRefsInFile(file: string): readonly string[];
  /**
   * URIs of the files with descriptors that another file is read for, such as one that `$text` names; also
   * where it does not exist.
   */
  getFilesReading(file: string): readonly string[];
  /** Descriptors that are no entities because they have errors. No count of entities includes them. */
  getFailedEntities(): readonly FailedEntity[];
  /** Entities whose owner or docs don't exist; the same object until the catalog changes. */
  getMissingTargets(): MissingTargets;
  /**
   * All problems, or those of one file or one entity. Problems with one cause in many places, such as a missing owner,
   * are one problem in the first of their files. A request for one entity returns all of its problems.
   */
  getProblems(request?: {
    readonly file?: string;
    readonly entityRef?: string;
    /** Returns a problem for each place, also of those that have one cause. */
    readonly ungrouped?: boolean;
    /** Returns only problems that are in no file: of entities that providers bring, and of sources that failed. */
    readonly withoutFile?: boolean;
  }): readonly Problem[];
  /** Reads everything again. Rejects with an AbortError when the signal is aborted. */
  refresh(options?: { readonly signal?: AbortSignal }): Promise<void>;
}

/** An entity as a provider brings it. */
export interface DeferredEntity {
  readonly entity: Entity;
  /** Tells providers of the same entity apart; entities without one may be taken over. */
  readonly locationKey?: string;
}

/** Source: `plugin-catalog-node`'s `EntityProviderMutation`. */
export type EntityProviderMutation =
  | { readonly type: 'full'; readonly entities: readonly DeferredEntity[] }
  | {
      readonly type: 'delta';
      readonly added: readonly DeferredEntity[];
      readonly removed: readonly { readonly entityRef: string }[];
    };

export interface EntityProviderConnection {
  applyMutation(mutation: EntityProviderMutation): Promise<void>;
}

/**
 * Brings entities that are not written in the workspace. They are validated and processed like all
 * others; where one conflicts with an entity of the workspace, the workspace wins.
 */
export interface EntityProvider {
  getProviderName(): string;
  /** Called once, when the catalog is ready for mutations. What it returns is disposed at the end. */
  connect(connection: EntityProviderConnection): Promise<Disposable | void>;
}

export interface CatalogProcessorEmit {
  /** Adds a relation; its other half is the processor's to emit, as in Backstage. */
  relation(relation: { sourceRef: string; type: string; targetRef: string }): void;
  /** Reports a problem at a field of the entity, such as `['spec', 'owner']`. */
  problem(problem: {
    code: string;
    message: string;
    severity?: Problem['severity'];
    path?: readonly (string | number)[];
  }): void;
}

/**
 * Takes part in the processing of every entity. Runs on the editor's thread for every change of an
 * entity: it must be quick and must not do I/O. A processor that throws gives a problem on the
 * entity; the others go on. While there is one, files are not read in workers, and nothing is taken
 * from the last start.
 */
export interface CatalogProcessor {
  getProcessorName(): string;
  /** Before validation; returns the entity to go on with. */
  preProcessEntity?(entity: Entity): Entity;
  /** Whether this processor vouches for an entity whose kind or apiVersion nobody else knows. */
  validateEntityKind?(entity: Entity): boolean;
  /** After validation: relations and problems. */
  postProcessEntity?(entity: Entity, emit: CatalogProcessorEmit): void;
}

/** Where plugins add entities to the catalog. */
export interface EntityProvidersExtensionPoint {
  addEntityProvider(provider: EntityProvider): Disposable;
}
export const entityProvidersExtensionPoint = createExtensionPoint<EntityProvidersExtensionPoint>({
  id: 'catalog.entity-providers',
});

/** Where plugins take part in processing. */
export interface CatalogProcessorsExtensionPoint {
  addProcessor(processor: CatalogProcessor): Disposable;
}
export const catalogProcessorsExtensionPoint =
  createExtensionPoint<CatalogProcessorsExtensionPoint>({ id: 'catalog.processors' });

/**
 * Reports problems of files, beside those that the catalog finds: of files that descriptors refer to, for example.
 * Unlike a processor, a source can take its time, and fires its event when it knows.
 */
export interface ProblemSource {
  /** Fires with the URIs of the files whose problems have changed. */
  readonly onDidChangeProblems: Event<ReadonlySet<string>>;
  /**
   * Returns all problems of a file, at once. Asked about each file of the catalog when the source is added and when the
   * file changes, and about each file that the event names. The `file` of the problems is that URI; a problem without a
   * `range` is shown at its entity, or at the start of the file. Severities are the usual ones. The user's settings and
   * disable comments are applied to the answer. While the source throws, its last answer stays.
   */
  getProblems(file: string): readonly Problem[];
}

/**
 * Where plugins report problems that take their time to be found. They are among those of the catalog, in the Problems
 * panel and wherever problems are counted, whether their file is open or not.
 */
export interface ProblemSourcesExtensionPoint {
  addProblemSource(source: ProblemSource): Disposable;
}
export const problemSourcesExtensionPoint = createExtensionPoint<ProblemSourcesExtensionPoint>({
  id: 'catalog.problem-sources',
});
