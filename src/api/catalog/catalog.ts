import type { Disposable, Event, Range } from '../../base';
import {
  type CompoundEntityRef,
  type Entity,
  type EntityRelation,
  type Problem,
  stringifyEntityRef,
} from '../../model';
import type { FilterPredicate } from '../../model/predicates';
import type { ModelNames } from '../../model/presentation';
import { createExtensionPoint } from '../extensionPoints';

/** The place of an entity's descriptor. */
export interface EntitySource {
  /** URI of the file. */
  readonly file: string;
  /** 0-based index into `yaml`'s `parseAllDocuments`, empty documents counted. */
  readonly document: number;
  readonly range: Range;
  /** Range of the value of `metadata.name`. */
  readonly nameRange: Range;
}

/** A descriptor that isn't an entity because it has errors. Name parts that can't be read are undefined. */
export interface FailedEntity {
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly source: EntitySource;
}

/**
 * The origin of an entity in the catalog.
 * Source: `/entities/by-name/…/ancestry` of Backstage's catalog API.
 */
export interface EntityAncestry {
  /** Full refs of the Locations that lead to the entity, nearest first; often empty. */
  readonly locationRefs: readonly string[];
  /** Origin of the last Location; origin of the entity itself if there are no Locations. */
  readonly root: EntityRoot;
}

/** Origin of an entity or Location that no other Location leads to. */
export type EntityRoot =
  /** Found in the workspace. */
  | { readonly type: 'discovery' }
  /** Listed in a Backstage configuration or on the command line. */
  | { readonly type: 'configuration' }
  /** Added by the entity provider with this name. */
  | { readonly type: 'provider'; readonly name: string }
  /** An orphan: nothing leads to it any more. */
  | { readonly type: 'nothing' };

/**
 * A condition on one field: its path (`kind`, `spec.type`, `metadata.tags`, `relations.ownedBy`)
 * and the values that match; without values, the field must exist. Paths and values are compared
 * case-insensitively. An array field matches if one of its items does.
 * Source: the `filter` parameter of Backstage's catalog API.
 */
export interface EntityFilterCondition {
  readonly key: string;
  readonly values?: readonly string[];
}

/**
 * Alternatives (outer list), each with conditions that must all hold (inner list). An empty filter
 * matches every entity.
 */
export type EntityFilter = readonly (readonly EntityFilterCondition[])[];

/** The changes of an update of the catalog. */
export interface CatalogChangeEvent {
  /** Refs of entities that were added, changed (relations included) or removed. */
  readonly entityRefs: ReadonlySet<string>;
  /** URIs of files whose problems changed. */
  readonly files: ReadonlySet<string>;
}

/** One of the entities that share a ref; see `CatalogService.getEntityVersions`. */
export interface EntityVersion {
  /** The entity with the relations that it has, or would have if it took precedence. */
  readonly entity: Entity;
  /** Undefined for entities that a plugin provides. */
  readonly source: EntitySource | undefined;
}

/**
 * `idle`: before the first refresh. `indexing`: during a refresh. `ready`: a catalog is available,
 * even if only from an earlier refresh. `failed`: the first refresh failed, so there is no catalog.
 */
export type CatalogStatus = 'idle' | 'indexing' | 'ready' | 'failed';

/**
 * Contents of the catalog: the files that discovery finds, or the entities that a Backstage with
 * the configured locations would have.
 */
export type CatalogMode = 'discovered' | 'backstage';

/**
 * Full refs of entities that name an owner or docs that don't exist, whatever the severity of those
 * problems. With the entity's own fields, they decide which entities count as owned and documented.
 */
export interface MissingTargets {
  /** Entities none of whose owners is in the catalog. Entities of a partly loaded source are excluded. */
  readonly owner: ReadonlySet<string>;
  /**
   * Entities whose `backstage.io/techdocs-ref` leads to no docs folder, or whose
   * `backstage.io/techdocs-entity` leads to an entity without docs.
   */
  readonly docs: ReadonlySet<string>;
}

/** An entity that is affected if another entity stops. */
export interface EntityDependent {
  readonly entityRef: string;
  /** Number of relations to the entity that stops; 1 for direct dependents. */
  readonly distance: number;
  /** Type of the relation that makes it a dependent, as seen from this entity: `dependsOn`, `apiProvidedBy`. */
  readonly relation: string;
  /** Ref of the entity at the other end of that relation. */
  readonly through: string;
  /** Full refs of the dependent's owners. */
  readonly ownerRefs: readonly string[];
}

/** The dependents of one owner. */
export interface DependentsOfOwner {
  /** Undefined for dependents without an owner. */
  readonly ownerRef: string | undefined;
  /** Full refs, nearest first. */
  readonly entityRefs: readonly string[];
}

/**
 * Entities that are affected if an entity stops, directly or indirectly: entities that depend on
 * it, the APIs that it provides with their consumers, and its parts. Ownership and membership don't
 * count.
 */
export interface EntityDependents {
  /** Dependents without duplicates, nearest first, then by ref. The entity itself is excluded. */
  readonly entities: readonly EntityDependent[];
  /** The same entities by owner. An entity with several owners is in several groups. */
  readonly owners: readonly DependentsOfOwner[];
}

/** The catalog as a graph in memory. All methods except those that return a promise answer synchronously. */
export interface CatalogService {
  readonly onDidChange: Event<CatalogChangeEvent>;
  readonly status: CatalogStatus;
  readonly mode: CatalogMode;
  readonly onDidChangeStatus: Event<CatalogStatus>;
  /** Names of the organization's kinds and relations, for `kindPlural` and `relationLabel`. */
  readonly names: ModelNames;

  /**
   * Returns the final entity, relations included, or undefined if it doesn't exist. Texts of more
   * than 8,192 characters, such as large API definitions, are shortened to their beginning and a
   * last line that starts with `…` and contains a hash of the whole text. `loadEntity` returns them
   * in full.
   *
   * The same object is returned again as long as the entity is unchanged and still referenced.
   * Otherwise it is assembled anew: cache the fields that you need often.
   *
   * @param ref - full, in any case
   */
  getEntityByRef(ref: string | CompoundEntityRef): Entity | undefined;
  /** Returns the final entity with all texts in full, reading long ones from its file. */
  loadEntity(ref: string | CompoundEntityRef): Promise<Entity | undefined>;
  /** Returns the refs of all entities, sorted by code units. Much faster than `getEntities`. */
  getEntityRefs(): readonly string[];
  /**
   * Returns all entities that match the filter and the predicate, sorted by ref (code units), as
   * `getEntityByRef` returns them.
   */
  getEntities(request?: {
    readonly filter?: EntityFilter;
    readonly where?: FilterPredicate;
  }): readonly Entity[];
  /** Returns the outgoing relations of an entity, or of a missing entity that others refer to. */
  getRelations(ref: string | CompoundEntityRef): readonly EntityRelation[];
  /**
   * Returns the entities that are affected if the entity stops. Computed in time slices.
   *
   * @param options.depth - the maximum number of relations to follow; default: no limit
   * @throws the signal's reason when it is aborted
   */
  getDependents(
    ref: string | CompoundEntityRef,
    options?: { readonly depth?: number; readonly signal?: AbortSignal },
  ): Promise<EntityDependents>;
  /** Returns the place of an entity's descriptor; undefined for missing entities and entities of plugins. */
  getEntitySource(ref: string | CompoundEntityRef): EntitySource | undefined;
  /**
   * Returns all entities with this ref. The first takes precedence: the workspace's if it has one,
   * then those of sources and plugins in their order. Two in the workspace are a problem; one in a
   * source beside the workspace's is its published version.
   */
  getEntityVersions(ref: string | CompoundEntityRef): readonly EntityVersion[];
  /** Returns the places of these versions, in the same order. Much faster than `getEntityVersions`. */
  getEntitySources(ref: string | CompoundEntityRef): readonly (EntitySource | undefined)[];
  /** Returns the origin of an entity; undefined if it doesn't exist. */
  getEntityAncestry(ref: string | CompoundEntityRef): EntityAncestry | undefined;
  /** Returns the refs of the entities in a file, in document order. */
  getEntityRefsInFile(file: string): readonly string[];
  /**
   * Returns the URIs of descriptor files that read another file, such as one in `$text`, whether or
   * not that file exists.
   */
  getFilesReading(file: string): readonly string[];
  /** Returns descriptors that aren't entities because they have errors. Counts of entities exclude them. */
  getFailedEntities(): readonly FailedEntity[];
  /** Returns the entities whose owner or docs don't exist. The same object until the catalog changes. */
  getMissingTargets(): MissingTargets;
  /**
   * Returns all problems, or those of a file or an entity. Problems with one cause in many places,
   * such as a missing owner, are grouped into one problem in the first of their files. Requests for
   * one entity return all its problems.
   */
  getProblems(request?: {
    readonly file?: string;
    readonly entityRef?: string;
    /** Returns a problem for each place instead of grouping problems by cause. */
    readonly ungrouped?: boolean;
    /** Returns only problems without a file: problems of entities from providers, and of sources that failed. */
    readonly withoutFile?: boolean;
  }): readonly Problem[];
  /**
   * Reads everything again.
   *
   * @throws AbortError when the signal is aborted
   */
  refresh(options?: { readonly signal?: AbortSignal }): Promise<void>;
}

/** An entity that a provider adds, before it is processed. */
export interface DeferredEntity {
  readonly entity: Entity;
  /** Identifies the provider that owns the entity. Another provider can take over entities without a key. */
  readonly locationKey?: string;
}

/**
 * A change that a provider makes: replaces all its entities (`full`) or adds and removes some
 * (`delta`).
 * Source: `EntityProviderMutation` of `plugin-catalog-node`.
 */
export type EntityProviderMutation =
  | { readonly type: 'full'; readonly entities: readonly DeferredEntity[] }
  | {
      readonly type: 'delta';
      readonly added: readonly DeferredEntity[];
      readonly removed: readonly { readonly entityRef: string }[];
    };

/** A provider's access to the catalog. */
export interface EntityProviderConnection {
  /** Applies a change to the provider's entities. Resolves when the catalog has them. */
  applyMutation(mutation: EntityProviderMutation): Promise<void>;
}

/**
 * Adds entities that aren't written in the workspace. They are validated and processed like all
 * others. In a conflict, the workspace's entity takes precedence.
 */
export interface EntityProvider {
  /** Returns the provider's unique name, which `EntityRoot` shows. */
  getProviderName(): string;
  /**
   * Called once, when the catalog accepts mutations. The Disposable is disposed with the provider.
   */
  connect(connection: EntityProviderConnection): Promise<Disposable | void>;
}

/** Receives the results of a processor. */
export interface CatalogProcessorEmit {
  /** Adds a relation. As in Backstage, the processor must add the opposite relation itself. */
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
 * Processes every entity. Runs on the editor's thread on every change of an entity, so it must be
 * fast and do no I/O. If it throws, the entity gets a problem and processing continues. While a
 * processor is registered, files aren't read in worker threads and the cache of the previous
 * session isn't used. On the command line and in servers, it runs in the thread of its plugin, and the catalog waits
 * for each answer.
 */
export interface CatalogProcessor {
  getProcessorName(): string;
  /** Runs before validation. Returns the entity to continue with. */
  preProcessEntity?(entity: Entity): Entity;
  /** Whether this processor accepts an entity whose kind or apiVersion is otherwise unknown. */
  validateEntityKind?(entity: Entity): boolean;
  /** Runs after validation. Adds relations and problems. */
  postProcessEntity?(entity: Entity, emit: CatalogProcessorEmit): void;
}

/** Extension point for plugins that add entities to the catalog. */
export interface EntityProvidersExtensionPoint {
  /** Adds a provider until the Disposable is disposed; its entities are removed with it. */
  addEntityProvider(provider: EntityProvider): Disposable;
}

/** Adds entities. Dependency of a plugin: `deps: { providers: entityProvidersExtensionPoint }`. */
export const entityProvidersExtensionPoint = createExtensionPoint<EntityProvidersExtensionPoint>({
  id: 'catalog.entity-providers',
});

/** Extension point for plugins that process entities. */
export interface CatalogProcessorsExtensionPoint {
  /** Adds a processor until the Disposable is disposed. */
  addProcessor(processor: CatalogProcessor): Disposable;
}

/** Adds processors of entities. */
export const catalogProcessorsExtensionPoint =
  createExtensionPoint<CatalogProcessorsExtensionPoint>({ id: 'catalog.processors' });

/** A problem that a plugin reports. What it doesn't say has a default. */
export interface ReportedProblem extends Partial<Omit<Problem, 'cause' | 'code' | 'message'>> {
  readonly code: string;
  readonly message: string;
  /**
   * Path of the field that the problem is about, such as `['spec', 'owner']`, in the document of
   * `entityRef` or `document`; used if there is no `range`. If the field doesn't exist, the problem
   * is shown at the nearest field above.
   */
  readonly path?: readonly (string | number)[];
}

/**
 * Creates a problem of an entity, for `ProblemSource.getProblems`.
 *
 * @param path - path of the field; default: the name
 */
export function problemOf(
  entity: Entity,
  problem: Omit<ReportedProblem, 'entityRef' | 'path'>,
  path: readonly (string | number)[] = ['metadata', 'name'],
): ReportedProblem {
  return { ...problem, entityRef: stringifyEntityRef(entity), path };
}

/**
 * Reports problems of files in addition to the catalog's own, for example in files that descriptors
 * refer to. Unlike a processor, a source may work asynchronously.
 */
export interface ProblemSource {
  /** Fires with the URIs of files whose problems changed. */
  readonly onDidChangeProblems: Event<ReadonlySet<string>>;
  /**
   * Returns all problems of a file, synchronously. Called for each catalog file when the source is
   * added and when the file changes, and for each file of `onDidChangeProblems`. The `file` of the
   * problems must be that URI; a problem without `range` is shown at its `path`, at its entity, or at
   * the start of the file. The user's severity settings and disable comments are applied to the result. While
   * the source throws, its last result stays.
   */
  getProblems(file: string): readonly ReportedProblem[];
}

/**
 * Extension point for plugins that find problems asynchronously. They appear with the catalog's
 * problems in the Problems panel and in all counts, whether or not the file is open.
 */
export interface ProblemSourcesExtensionPoint {
  /** Adds a source until the Disposable is disposed; its problems are removed with it. */
  addProblemSource(source: ProblemSource): Disposable;
}

/** Adds problems of files. */
export const problemSourcesExtensionPoint = createExtensionPoint<ProblemSourcesExtensionPoint>({
  id: 'catalog.problem-sources',
});
