/**
 * Callboard's plugin API, version 1: generated from the declarations of Callboard, whose docs/extending.md explains it.
 * To take a newer version, replace this file.
 */

/** A resource that can be released. Structurally the same as VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener until the returned Disposable is disposed, like VS Code's `Event`. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** Log of the program; in the editor, an output channel with log levels. */
export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** A position in a text, as in LSP: 0-based line and UTF-16 code unit. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A range of a text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = {
  [key: string]: JsonValue;
};

/**
 * An entity with the fields that all kinds share.
 * Source: `packages/catalog-model/src/entity/Entity.ts`.
 */
export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: EntityMeta;
  spec?: JsonObject;
  /** Relations, which only entities of a catalog have; sorted by type, then by target. */
  relations?: EntityRelation[];
}

/** Metadata of an entity. */
export interface EntityMeta extends JsonObject {
  name: string;
}

/** A link in `metadata.links`. */
export interface EntityLink {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
}

/** A relation of an entity; `targetRef` is full and lowercase. */
export interface EntityRelation {
  type: string;
  targetRef: string;
}

/** The three parts of an entity ref. */
export interface CompoundEntityRef {
  kind: string;
  namespace: string;
  name: string;
}

/** Severities of problems, as in VS Code. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A second place of a problem, such as the entity that takes precedence in a conflict. */
export interface RelatedPlace {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
}

/** Common cause of many problems, such as a group that isn't in the catalog. */
interface ProblemCause {
  /** Missing or unknown item: a full ref, or a kind as written. */
  readonly subject: string;
  /** The apiVersion of an unknown kind. */
  readonly apiVersion?: string;
}

/**
 * A problem of the catalog, with its place and possible fixes. The only type of problems: shown in
 * diagnostics, tree badges, the dashboard and the command line.
 */
export interface Problem {
  /** Stable identifier, documented in `docs/problems.md`, such as `dangling-reference`. */
  readonly code: string;
  readonly severity: Severity;
  /** Backstage's message, if Backstage has one for it. */
  readonly message: string;
  /** URI of the file; undefined for entities that aren't from a file. */
  readonly file: string | undefined;
  /** 0-based index into `yaml`'s `parseAllDocuments`; undefined for problems of the whole file. */
  readonly document: number | undefined;
  readonly range: Range;
  /** `kind:namespace/name`, lowercase, of the entity with the problem, if known. */
  readonly entityRef?: string;
  readonly related?: readonly RelatedPlace[];
  /** Likely intended refs or values, best first. */
  readonly suggestions?: readonly string[];
  /** Problems with the same code and the same subject are reported as one; see `groupProblems`. */
  readonly cause?: ProblemCause;
}

/**
 * A condition on a value such as an entity. Keys are dotted paths whose values must all match; keys
 * of the value may contain dots, too. Texts are compared case-insensitively, numbers as texts.
 * Unknown operators never match.
 *
 * Example: `{ "$all": [{ "kind": "Component" }, { "spec.type": { "$in": ["service", "website"] } }] }`
 *
 * Source: `FilterPredicate` of `@backstage/filter-predicates`.
 */
export type FilterPredicate =
  | FilterPredicateExpression
  | {
      readonly $all: readonly FilterPredicate[];
    }
  | {
      readonly $any: readonly FilterPredicate[];
    }
  | {
      readonly $not: FilterPredicate;
    };

/** Conditions by dotted path. All must hold. */
export type FilterPredicateExpression = {
  readonly [path: string]: FilterPredicateValue;
};

/** The wanted value at a path, or an operator on it. */
export type FilterPredicateValue =
  | FilterPredicatePrimitive
  | {
      readonly $exists: boolean;
    }
  | {
      readonly $in: readonly FilterPredicatePrimitive[];
    }
  /** The value is a list with an item that matches. */
  | {
      readonly $contains: AnyFilterPredicate;
    }
  | {
      readonly $hasPrefix: string;
    };

export type FilterPredicatePrimitive = string | number | boolean;

/** A predicate on items of lists, which may be primitive values. */
export type AnyFilterPredicate =
  | FilterPredicate
  | FilterPredicatePrimitive
  | {
      readonly $all: readonly AnyFilterPredicate[];
    }
  | {
      readonly $any: readonly AnyFilterPredicate[];
    }
  | {
      readonly $not: AnyFilterPredicate;
    };

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
  | {
      readonly type: 'discovery';
    }
  /** Listed in a Backstage configuration or on the command line. */
  | {
      readonly type: 'configuration';
    }
  /** Added by the entity provider with this name. */
  | {
      readonly type: 'provider';
      readonly name: string;
    }
  /** An orphan: nothing leads to it any more. */
  | {
      readonly type: 'nothing';
    };

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
    options?: {
      readonly depth?: number;
      readonly signal?: AbortSignal;
    },
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
  | {
      readonly type: 'full';
      readonly entities: readonly DeferredEntity[];
    }
  | {
      readonly type: 'delta';
      readonly added: readonly DeferredEntity[];
      readonly removed: readonly {
        readonly entityRef: string;
      }[];
    };

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
 * session isn't used.
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

export declare const entityProvidersExtensionPoint: ExtensionPoint<EntityProvidersExtensionPoint>;

/** Extension point for plugins that process entities. */
export interface CatalogProcessorsExtensionPoint {
  /** Adds a processor until the Disposable is disposed. */
  addProcessor(processor: CatalogProcessor): Disposable;
}

export declare const catalogProcessorsExtensionPoint: ExtensionPoint<CatalogProcessorsExtensionPoint>;

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
   * problems must be that URI; a problem without `range` is shown at its entity, or at the start of
   * the file. The user's severity settings and disable comments are applied to the result. While
   * the source throws, its last result stays.
   */
  getProblems(file: string): readonly Problem[];
}

/**
 * Extension point for plugins that find problems asynchronously. They appear with the catalog's
 * problems in the Problems panel and in all counts, whether or not the file is open.
 */
export interface ProblemSourcesExtensionPoint {
  /** Adds a source until the Disposable is disposed; its problems are removed with it. */
  addProblemSource(source: ProblemSource): Disposable;
}

export declare const problemSourcesExtensionPoint: ExtensionPoint<ProblemSourcesExtensionPoint>;

export interface TreeGroup {
  /** Stable id, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a codicon, such as `organization`. */
  readonly icon?: string;
  /**
   * Full ref of the entity that the group represents. The group then offers the entity's actions,
   * and the entity isn't listed in the group again.
   */
  readonly entityRef?: string;
  /**
   * Type of the relation from the group's entity to the group's members, such as `ownerOf`. It
   * isn't listed again among the entity's relations.
   */
  readonly relation?: string;
  /** Sort key; groups with the same key are sorted by label. */
  readonly order?: number;
}

/** A way to group the Catalog tree, such as by owner. */
export interface TreeGrouping {
  /** Unique id: `owner`. */
  readonly id: string;
  /** Name as shown to users: `Owner`. */
  readonly label: string;
  /**
   * Returns the path of groups, outermost first, for each place where the entity appears. An empty
   * path places it at the top level; an empty list omits it.
   */
  groupsOf(entity: Entity): readonly (readonly TreeGroup[])[];
  /**
   * Returns the same for an entity's full ref, or undefined if the ref isn't enough. Makes grouping large catalogs fast.
   */
  groupsOfRef?(ref: string): readonly (readonly TreeGroup[])[] | undefined;
  /**
   * Returns the same for a descriptor that isn't an entity. Without it, such descriptors are in a
   * group of their own.
   */
  groupsOfFailed?(failed: FailedEntity): readonly (readonly TreeGroup[])[];
  /** Whether a group whose only child is another group is shown with it in one row, like compact folders. */
  readonly compactGroups?: boolean;
}

/** Extension point for plugins that group the Catalog tree. */
export interface TreeGroupingsExtensionPoint {
  /** Adds a grouping until the Disposable is disposed. */
  addTreeGrouping(grouping: TreeGrouping): Disposable;
}

export declare const treeGroupingsExtensionPoint: ExtensionPoint<TreeGroupingsExtensionPoint>;

/** A command on one entity, listed in "Entity Actions…" of its context menu. */
export interface EntityCommand {
  /** Unique id: `todo.show`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Entities that the command is available for, if `isEnabled` returns true; default: all. */
  readonly where?: FilterPredicate;
  /** Whether the command is available for the entity; default: true. */
  isEnabled?(entity: Entity): boolean;
  /** Runs the command. Errors, and rejections of a returned promise, are shown to the user. */
  run(entity: Entity): unknown;
}

/** Extension point for plugins that add commands on entities. */
export interface EntityCommandsExtensionPoint {
  /** Adds a command until the Disposable is disposed. */
  addEntityCommand(command: EntityCommand): Disposable;
}

export declare const entityCommandsExtensionPoint: ExtensionPoint<EntityCommandsExtensionPoint>;

/** Replacement of a range of text; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * Changes to one file: edits of an existing file, content of a new file, or the new URI of a file.
 * A move is applied after the file's edits.
 */
export type FileEdit =
  | {
      readonly file: string;
      readonly edits: readonly TextEdit[];
    }
  | {
      readonly file: string;
      readonly content: string;
    }
  | {
      readonly file: string;
      readonly moveTo: string;
    };

export interface ApplyEditsOptions {
  /** Name of the change in the editor's undo history: `Set owner of orders`. */
  readonly label: string;
  /** Whether the changes are shown in the editor's refactoring preview, to be confirmed one by one. */
  readonly preview?: boolean;
}

/** A new value for one field of an entity, such as `spec.owner`. */
export interface FieldChange {
  /** Full ref of an entity that is written in the workspace. */
  readonly entityRef: string;
  /** Path of the field in the entity, with dots. */
  readonly field: string;
  /** The value after parsing; quotes are added where YAML needs them. */
  readonly value: string;
}

/** A change that can't be made safely. */
export interface RefusedChange {
  readonly entityRef: string;
  /** A sentence for the user, in the language of the editor. */
  readonly reason: string;
}

/** Outcome of `EditsService.setFields`, by entity. */
export interface SetFieldsResult {
  /** Refs of entities whose descriptors changed. */
  readonly changed: readonly string[];
  /** Refs of entities that already had the value. */
  readonly unchanged: readonly string[];
  /** Changes that were not made. */
  readonly refused: readonly RefusedChange[];
  /**
   * Reverts the changes.
   *
   * @throws Error if a file was edited since
   */
  undo(): Promise<void>;
}

/** The place of a problem in a file. */
export interface EditPlace {
  readonly file: string;
  readonly range: Range;
}

/**
 * Edits files of the workspace, each call as one undo step. Files without unsaved changes are saved
 * afterwards, unless the user turned `files.refactoring.autoSave` off; files with unsaved changes
 * stay unsaved. Existing files are never overwritten.
 */
export interface EditsService {
  /**
   * Applies all edits or none.
   *
   * @returns whether they were applied; the user can discard a preview
   * @throws Error naming the file that is read-only, exists already or can't be written
   */
  apply(edits: readonly FileEdit[], options: ApplyEditsOptions): Promise<boolean>;
  /**
   * Shows the edited files beside the current ones in one editor, without changing them. The editor
   * stays open until it is disposed or the user closes it.
   */
  preview(title: string, edits: readonly FileEdit[]): Promise<Disposable>;
  /**
   * Sets fields with minimal edits of the YAML: comments, order, quotes and line endings stay. A
   * change that can't be made safely is refused with its reason; the others are made.
   */
  setFields(
    changes: readonly FieldChange[],
    options: {
      label: string;
    },
  ): Promise<SetFieldsResult>;
  /**
   * Replaces the YAML scalar at a place and keeps its quotes.
   *
   * @throws Error with a sentence for the user if there is no scalar
   */
  replaceValue(
    place: EditPlace & {
      value: string;
    },
    options: {
      label: string;
    },
  ): Promise<void>;
  /**
   * Disables a problem with a comment before its line.
   *
   * @throws Error with a sentence for the user if no comment is possible there
   */
  ignoreProblem(
    place: EditPlace & {
      code: string;
    },
    options: {
      label: string;
    },
  ): Promise<void>;
}

/** A file or repository that shows that a folder contains a component. */
export interface ImportEvidence {
  /** Kind of evidence, such as `npm`, `go`, `docker`, `openapi` or `git`. */
  readonly type: string;
  /** URI of the file, or of the repository. */
  readonly uri: string;
}

/** A folder that looks like a component. */
export interface ImportCandidate {
  /** URI of the folder. */
  readonly folder: string;
  /** Path relative to the workspace folder; `.` for the workspace folder itself. */
  readonly path: string;
  /** Reasons for the candidate; never empty. */
  readonly evidence: readonly ImportEvidence[];
  /** URI of a descriptor above or below the folder that may already describe it. */
  readonly coveredBy: string | undefined;
  /**
   * Whether the candidate is selected by default: not covered, not a fixture, and not just the
   * parent of other candidates.
   */
  readonly isSuggested: boolean;
}

/** A descriptor that can be created. */
export interface DescriptorDraft {
  /** URI of the described folder. */
  readonly folder: string;
  /** URI of the new file. */
  readonly file: string;
  /** Content of the new file. */
  readonly text: string;
  /** Full refs of its entities, the component first. */
  readonly entityRefs: readonly string[];
  /** Owner as written; undefined if it couldn't be determined and `unknown` was written. */
  readonly owner: string | undefined;
  /** Sentences about omitted parts and the reasons. */
  readonly notes: readonly string[];
}

/** Result of `ImportService.findCandidates`. */
export interface ImportSearch {
  /** Folders that could get a descriptor. */
  readonly candidates: readonly ImportCandidate[];
  /** Number of folders with a descriptor of their own, which are not candidates. */
  readonly described: number;
}

export interface DraftOptions {
  readonly signal?: AbortSignal;
  /** Value of `spec.lifecycle`, such as `production`; default: derived from the evidence. */
  readonly lifecycle?: string;
  /** Entity ref of the owner of folders without an owner in CODEOWNERS. */
  readonly owner?: string;
  /** Called with the number of drafted candidates. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Finds folders without a descriptor and drafts descriptors for them. Never writes; callers do. */
export interface ImportService {
  /**
   * Finds folders that look like components.
   *
   * @throws AbortError if the signal is aborted
   */
  findCandidates(options?: { readonly signal?: AbortSignal }): Promise<ImportSearch>;
  /**
   * Drafts descriptors with names that are unique in the catalog and among the drafts. Candidates
   * whose file exists meanwhile are omitted.
   *
   * @throws AbortError if the signal is aborted
   */
  draft(
    candidates: readonly ImportCandidate[],
    options?: DraftOptions,
  ): Promise<readonly DescriptorDraft[]>;
}

/** A change of an entity together with all references to it. */
export type Refactoring =
  | {
      readonly type: 'rename';
      /** Full ref of an entity that is written in the workspace. */
      readonly entityRef: string;
      readonly newName: string;
      /** New URI of its file; default: the file isn't moved. */
      readonly moveFile?: string;
    }
  | {
      readonly type: 'moveToNamespace';
      readonly entityRef: string;
      readonly namespace: string;
    }
  | {
      readonly type: 'changeOwner';
      /** Full refs of the entities whose owner changes. */
      readonly entityRefs: readonly string[];
      /** Name of a Group, or a ref with its kind: `team-a`, `user:mary`. */
      readonly owner: string;
    };

/** Changes that are applied or omitted together. */
export interface RefactoringPart {
  /** Title in a word or two: `References`. */
  readonly label: string;
  readonly description?: string;
  /** Whether the user must decide about the changes, because they depend on facts outside the catalog. */
  readonly isOptional: boolean;
  readonly edits: readonly FileEdit[];
}

/** Changes that a refactoring makes. */
export interface RefactoringPlan {
  readonly parts: readonly RefactoringPart[];
  /** Sentences about places that aren't changed and may need a manual change. */
  readonly warnings: readonly string[];
}

/** Plans changes of entities across all files of the workspace, based on the catalog and open editors. */
export interface RefactoringService {
  /**
   * Plans a refactoring without changing anything. `EditsService` shows and applies the plan.
   *
   * @throws Error with a sentence for the user if it is impossible, such as for a name in use, or
   * in hosts without processes; AbortError when the signal is aborted
   */
  plan(
    refactoring: Refactoring,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<RefactoringPlan>;
}

/**
 * Type of a source: `git` and `url` are YAML files in a repository or at an address; `github` and
 * `gitlab` discover them; `backstage` is a running Backstage.
 */
export type CatalogSourceType = 'git' | 'url' | 'github' | 'gitlab' | 'backstage';

/** Reason why the last fetch of a source failed. */
export interface CatalogSourceFailure {
  /** A sentence for the user. */
  readonly message: string;
  /** Next step for the user, as a sentence. */
  readonly advice: string | undefined;
  /** Whether a token is missing or not accepted. */
  readonly needsToken: boolean;
  /** Whether the user can sign in instead of setting a token. */
  readonly canSignIn: boolean;
  /** Time of the first failure, in milliseconds since the epoch. */
  readonly since: number;
  /** Time of the next automatic attempt, in milliseconds since the epoch. */
  readonly retryAt: number | undefined;
}

/**
 * Marks a source whose local copy is partial: it contains only entities that the catalog refers to
 * or that were opened by name.
 */
export interface CatalogSourcePart {
  /** Number of all entities in the source, if known. */
  readonly total: number | undefined;
  /** Whether the copy is partial because the source exceeds its limit; otherwise, because its settings say so. */
  readonly isTooLarge: boolean;
}

/** A kind that the source has entities of but isn't allowed to provide. */
export interface NotAllowedKind {
  /** Kind as the first entity spells it. */
  readonly kind: string;
  /** Number of entities of the kind. */
  readonly entities: number;
}

/** A source of catalog entities besides the workspace, with its state. */
export interface CatalogSourceInfo {
  readonly id: string;
  readonly name: string;
  readonly type: CatalogSourceType;
  /** Address without user name and password. */
  readonly url: string;
  /** A chart color of VS Code; undefined if the user didn't set one. */
  readonly color: string | undefined;
  readonly isFetching: boolean;
  /** Progress message of the current fetch. */
  readonly progress: string | undefined;
  /** Time when the cached copy was last current, in milliseconds since the epoch; undefined if there is no copy. */
  readonly fetchedAt: number | undefined;
  /** Signed-in account of a Backstage, usually the ref of a user; undefined if signed out. */
  readonly account: string | undefined;
  /** Number of entities in the copy, including those that another source overrides and those in `notAllowed`. */
  readonly entities: number;
  /** Entities of the copy that `allow` excludes from the catalog, by kind, most frequent first. */
  readonly notAllowed: readonly NotAllowedKind[];
  /** Kinds that the source may provide: names, `*` for all, and `!Kind` for exceptions. */
  readonly allow: readonly string[];
  /** Undefined if the copy is complete. */
  readonly part: CatalogSourcePart | undefined;
  readonly failure: CatalogSourceFailure | undefined;
  /** Scopes of the settings that list the source, highest priority first. */
  readonly scopes?: readonly CatalogSourceScope[] | undefined;
}

/** Settings that list a source. Workspace settings apply only in trusted workspaces. */
export type CatalogSourceScope = 'user' | 'workspace';

/** Original place of a file of a source, if known. */
export interface CatalogSourcePlace {
  /** Web page of the file; `https:` or `http:`. */
  readonly webPage: string | undefined;
  /** Clone URL of its repository. */
  readonly repository: string | undefined;
}

/** Address for registering a file of the workspace in a Backstage. */
export interface FileAddress {
  /** URL of the file's page: `https://github.com/acme/shop/blob/main/catalog-info.yaml`. */
  readonly url: string;
  /** URL of the repository's page. */
  readonly repository: string;
  /** Checked-out branch. */
  readonly branch: string;
  /** Path relative to the repository root. */
  readonly path: string;
}

/** Sources that provide an entity. */
export interface EntityOrigin {
  /** Source of the entity; undefined for entities of the workspace and of plugins. */
  readonly from: CatalogSourceInfo | undefined;
  /** Sources with an entity of the same ref that is overridden. */
  readonly alsoIn: readonly CatalogSourceInfo[];
}

/** A query for entities by name. */
export interface SourceEntityQuery {
  /** Words that must occur in the name, title or profile name, in any case; empty: all. */
  readonly text: string;
  /** Kinds, in any case; default: all. */
  readonly kinds?: readonly string[];
  readonly namespace?: string;
  /** The maximum number of results per source: 1 to 200. */
  readonly limit: number;
}

/** An entity of a source, reduced to the fields that identify it. */
export interface SourceEntity {
  /** Full ref, lowercase. */
  readonly ref: string;
  /** Kind as written, like `namespace` and `name`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Title of the entity, or display name of a user or group. */
  readonly title: string | undefined;
  /** `spec.type` of the entity. */
  readonly type: string | undefined;
}

/** Response of one source to a query. */
export interface SourceEntities {
  readonly source: CatalogSourceInfo;
  /** Matches by name, including entities that are already in the catalog. */
  readonly entities: readonly SourceEntity[];
  /** Whether these are all matches. */
  readonly isComplete: boolean;
  /** Error message, as a sentence for the user. */
  readonly failure?: string;
}

export interface FindEntitiesOptions {
  /** Aborts the query. Queries that are aborted within a moment aren't sent. */
  readonly signal: AbortSignal;
  /** Whether the query runs in the background. Sources whose last fetch failed are then skipped. */
  readonly isAside?: boolean;
  /** Called once per queried source. */
  readonly onAnswer: (answer: SourceEntities) => void;
}

/** State of the catalog's sources, and requests to them. */
export interface CatalogSources {
  readonly onDidChange: Event<void>;
  /** Returns all sources by priority: in a conflict, the first with an entity wins. */
  getSources(): readonly CatalogSourceInfo[];
  /** Returns the source of a file; undefined for files of the workspace. */
  getSourceOf(file: string): CatalogSourceInfo | undefined;
  /**
   * Fetches one source, or all, now. Failures are reported in `CatalogSourceInfo.failure`.
   *
   * @throws AbortError
   */
  refresh(options?: { readonly id?: string; readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Fetches an entity that the catalog doesn't have, because a source has a partial or outdated
   * copy.
   *
   * @param ref - full
   * @returns whether a source has the entity, which is then in the catalog
   * @throws Error that says why the sources couldn't be queried; AbortError
   */
  bring(
    ref: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<boolean>;
  /**
   * Queries the sources with a partial copy for entities by name. Sources respond or fail
   * independently; those with a complete copy aren't queried.
   *
   * @returns when all sources have responded
   * @throws AbortError
   */
  findEntities(query: SourceEntityQuery, options: FindEntitiesOptions): Promise<void>;
  /** Removes a source from the user and workspace settings, then deletes its copy. */
  remove(id: string): Promise<void>;
  /** Deletes the copy, so that the next fetch starts from scratch. */
  forget(id: string): Promise<void>;
}

/** State and configuration of the catalog's sources. */
export interface CatalogSourcesService extends CatalogSources {
  /**
   * Validates an item of the setting `callboard.catalog.sources`.
   *
   * @returns error messages as sentences; empty if the source is valid
   */
  check(source: JsonObject): Promise<readonly string[]>;
  /** Returns errors in the setting, as sentences. Invalid sources are not loaded. */
  getSettingProblems(): readonly string[];
  /**
   * Adds a source to the end of the setting.
   *
   * @throws TypeError with the validation errors; Error with a message for the user if the source
   * exists or the setting can't be edited without losing data
   */
  add(source: JsonObject, scope: CatalogSourceScope): Promise<void>;
  /**
   * Replaces the `allow` list of a source in all settings that list it.
   *
   * @throws Error with a message for the user if no setting lists the source
   */
  setAllowedKinds(id: string, kinds: readonly string[]): Promise<void>;
  /** Asks the user for an access token of the source's host and saves it in secret storage. */
  setToken(id: string): Promise<void>;
  /**
   * Deletes the token.
   *
   * @returns the host; undefined if there was no token
   */
  removeToken(id: string): Promise<string | undefined>;
  /**
   * Signs in to a Backstage in the browser and saves the session in secret storage.
   *
   * @throws Error with a message for the user if signing in is impossible; AbortError if the user
   * canceled
   */
  signIn(id: string): Promise<void>;
  /**
   * Signs out of a Backstage and deletes the session.
   *
   * @returns the host; undefined if nobody was signed in
   */
  signOut(id: string): Promise<string | undefined>;
  /**
   * Returns the sources that provide an entity.
   *
   * @param ref - full
   */
  getOriginOf(ref: string): EntityOrigin;
  /** Returns the original place of a file of a source; undefined for files of the workspace. */
  getPlaceOf(file: string): CatalogSourcePlace | undefined;
  /** Returns the addresses of workspace files whose repositories have a remote on a known host. */
  findAddresses(files: readonly string[]): Promise<ReadonlyMap<string, FileAddress>>;
}

/** A file of built docs from a Backstage, or its cached copy. */
export interface InstanceDocsFile {
  readonly content: Uint8Array;
  /** Time of the server's response, in milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Reason why a cached copy was returned, as a sentence for the user; undefined for a current file. */
  readonly failure: string | undefined;
}

/** Metadata of built docs. */
export interface InstanceDocsMetadata {
  /** `site_name` in `mkdocs.yml`. */
  readonly siteName: string | undefined;
  /** `site_description` in `mkdocs.yml`. */
  readonly siteDescription: string | undefined;
  /** Time of the build, in milliseconds since the epoch. */
  readonly builtAt: number | undefined;
}

export interface InstanceDocsBuildOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the server's build log. */
  readonly report?: (line: string) => void;
}

/**
 * Docs that a Backstage serves, as MkDocs built them. Content is untrusted and must be sanitized
 * before it is shown.
 *
 * Source: `plugins/techdocs-backend/src/service/router.ts` of Backstage.
 */
export interface InstanceDocs {
  /**
   * Reads a file of an entity's docs. Recently read files are cached and returned when the server
   * is unavailable.
   *
   * @param entityRef - full
   * @param path - relative to the site, with `/`: `guides/setup/index.html`,
   * `search/search_index.json`
   * @param options.maxSize - the maximum size in bytes; larger files are an error
   * @returns undefined if the server has no such file
   * @throws Error with a sentence for the user if the server is unavailable and nothing is cached;
   * AbortError
   */
  read(
    entityRef: string,
    path: string,
    options: {
      readonly signal: AbortSignal;
      readonly maxSize?: number;
    },
  ): Promise<InstanceDocsFile | undefined>;
  /**
   * Returns the metadata of an entity's docs; undefined if they aren't built.
   *
   * @param entityRef - full
   * @throws the same errors as `read`
   */
  getMetadata(
    entityRef: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<InstanceDocsMetadata | undefined>;
  /**
   * Builds the docs of an entity on the server, if the server builds docs, and waits for the
   * result. Callers must have the user's consent.
   *
   * @param entityRef - full
   * @returns whether the docs changed
   * @throws Error with a sentence for the user; AbortError, which doesn't stop the build on the
   * server
   */
  build(entityRef: string, options: InstanceDocsBuildOptions): Promise<boolean>;
}

/** Options of all requests. */
export interface InstanceOptions {
  /** Cancels the request. */
  readonly signal: AbortSignal;
}

/** Query of the catalog table. Values are compared as in `EntityFilterCondition`. */
export interface CatalogQuery {
  /** Kind, lowercase; undefined: all kinds. */
  readonly kind?: string;
  /**
   * Accepted values by facet id (`type`, `lifecycle`, `owner`, `system`, `tag`, `namespace`). An
   * entity must have one of them for each facet. Owners and systems are full refs.
   */
  readonly facets?: Readonly<Record<string, readonly string[]>>;
  /** Conditions that must all hold. */
  readonly only?: readonly CatalogCondition[];
  /** Words that must all occur in the text of a row, and predicates: `where:{"spec.type": "grpc"}`. */
  readonly text?: string;
  readonly sort?: {
    readonly column: string;
    readonly descending?: boolean;
  };
}

/** Conditions on entities, such as `owned` by the user. */
export type CatalogCondition =
  'owned' | 'starred' | 'withoutDocs' | 'withProblems' | 'withoutOwner';

/** Contents and layout of the graph. */
export interface GraphQuery {
  /** Full refs of the entities at the center; none: the whole catalog. */
  readonly rootRefs?: readonly string[];
  /** The maximum number of relations from a root; undefined: no limit. */
  readonly depth?: number;
  /** `outgoing`: dependencies of the roots; `incoming`: their dependents. Default: both. */
  readonly direction?: 'both' | 'outgoing' | 'incoming';
  /** Types of relations, either one of a pair; undefined: all. */
  readonly relations?: readonly string[];
  /** Kinds, lowercase; undefined: all. */
  readonly kinds?: readonly string[];
  /** Full refs of owners, one of which each node must have. */
  readonly owners?: readonly string[];
  readonly lifecycles?: readonly string[];
  /** Combines entities of a system, domain or owner into one node that can be expanded. */
  readonly rollUp?: 'system' | 'domain' | 'owner';
  /** Refs of combined nodes that are expanded. */
  readonly expanded?: readonly string[];
  /** Whether components that consume an API are also connected to its providers. */
  readonly implied?: boolean;
  /** Ref of an entity; the shortest path from the first root to it is highlighted. */
  readonly pathTo?: string;
  /** Whether the dependents of the roots are shown, as `CatalogService.getDependents` returns them. */
  readonly dependents?: boolean;
  /** Ref of the selected node. */
  readonly selected?: string;
  /** Whether nodes and relations are shown as a table instead of a drawing. */
  readonly asList?: boolean;
}

/** A page of the portal with the state needed to restore it. */
export type PortalPage =
  | {
      readonly page: 'home';
    }
  | {
      readonly page: 'catalog';
      readonly query?: CatalogQuery;
      /** 0-based index of the first visible row. */
      readonly row?: number;
    }
  | {
      readonly page: 'entity';
      /** Full ref, lowercase. */
      readonly entityRef: string;
      /** Id of an `EntityTab`; default: the first tab. */
      readonly tab?: string;
      /** Place in the tab, such as an operation of an API or a page of docs. */
      readonly anchor?: string;
    }
  | {
      readonly page: 'graph';
      readonly query?: GraphQuery;
    }
  | {
      readonly page: 'docs';
      /** Id of a site; undefined: the list of all sites. */
      readonly site?: string;
      /** Path of a page in the site's docs folder; undefined: the first page. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      /** The templates by category. */
      readonly page: 'create';
      /** Words that must all occur in a template's texts. */
      readonly text?: string;
      /** Type of the templates, lowercase; undefined: all. */
      readonly type?: string;
    }
  | {
      /** The form of a Template. */
      readonly page: 'template';
      /** Full ref of the Template, lowercase. */
      readonly template: string;
      /** Whether the input is only used for a dry run. */
      readonly isDryRun?: boolean;
    }
  /** The list of template runs. */
  | {
      readonly page: 'tasks';
    }
  | {
      /** A template run. */
      readonly page: 'task';
      readonly id: string;
    }
  | {
      readonly page: 'organization';
      /** Full ref of the selected group or user. */
      readonly entityRef?: string;
    }
  | {
      readonly page: 'search';
      /** Query as typed; undefined: no query yet. */
      readonly query?: string;
      /** 0-based index of the last opened result. */
      readonly result?: number;
    };

export interface OpenPageOptions {
  /** Whether the page opens in a new editor beside the active one. */
  readonly toSide?: boolean;
  /** Whether focus stays where it is. */
  readonly preserveFocus?: boolean;
}

/** Opens pages of the portal. */
export interface PortalService {
  /** Page in the active editor; undefined if the active editor isn't the portal. */
  readonly activePage: PortalPage | undefined;
  /** Opens a page in the editor that shows it already, else in the last active portal editor, else in a new one. */
  open(page: PortalPage, options?: OpenPageOptions): Promise<void>;
}

/** Target of a link in a page. */
export type LinkTarget =
  | {
      readonly type: 'entity';
      readonly entityRef: string;
    }
  | {
      readonly type: 'page';
      readonly page: PortalPage;
    }
  /** An external link; only `http:`, `https:` and `mailto:` are opened. */
  | {
      readonly type: 'url';
      readonly url: string;
    }
  /** A range of a file, or its start; `file` is a URI. */
  | {
      readonly type: 'source';
      readonly file: string;
      readonly range?: Range;
    }
  /** A command of the editor. */
  | {
      readonly type: 'command';
      readonly command: string;
      readonly arguments?: readonly JsonValue[];
    };

/** Facets that filter results, in addition to the document type: `kind:api`. */
export type SearchFacet = 'kind' | 'type' | 'owner' | 'lifecycle' | 'tag' | 'system';

/** Values of a document by facet, lowercase; owners and systems are full refs. */
export type SearchFacets = {
  readonly [Facet in SearchFacet]?: readonly string[];
};

/** A range of a file, or its start. */
export interface SearchLocation {
  /** URI of the file. */
  readonly file: string;
  readonly range?: Range;
}

/** A document of the search index: Backstage's `IndexableDocument` with its place in the workspace. */
export interface SearchDocument {
  /** Id, unique in the source and stable across sessions. */
  readonly id: string;
  readonly title: string;
  /** Other names, such as the name of an entity or the path of an operation. They rank like the title. */
  readonly names?: readonly string[];
  /** Single words, such as tags or values of annotations. */
  readonly keywords?: readonly string[];
  /** Full text, without markup. */
  readonly text?: string;
  /** Containers of the document, outermost first: a site, a page, the headings above it. Shown beside the title. */
  readonly path?: readonly string[];
  /** Full ref, lowercase, of the entity that the document describes or belongs to. */
  readonly ref?: string;
  /**
   * Whether the document is the entity itself. It then ranks above documents that belong to the
   * entity, and its ref is searchable.
   */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Place of the document. Collators whose documents move without other changes return it from `locate` instead. */
  readonly location?: SearchLocation;
  /** Target that opens the document; default: its location. */
  readonly target?: LinkTarget;
  /** Name of a codicon; default: the collator's icon. */
  readonly icon?: string;
}

/** Unit of indexing that provides documents: an entity, a page of docs, an API definition. */
export interface SearchSource {
  /** Id, unique in the collator. */
  readonly id: string;
  /**
   * Version of the documents, if it can be determined without building them. Sources without a
   * stamp are indexed again in each session.
   */
  readonly stamp?: string;
}

/** A change of a collator's documents. */
export interface SearchChangeEvent {
  /** Ids of sources that were added, changed or removed; undefined: any source may have changed. */
  readonly sources: ReadonlySet<string> | undefined;
}

/**
 * Adds documents to the search, like a collator in Backstage. Sources are indexed in the background
 * and cached across sessions by their stamps.
 */
export interface SearchCollator {
  /** Unique id, one lowercase word, used in `in:` filters: `docs`. The type of its documents. */
  readonly id: string;
  /** Name as shown to users: `Docs`. */
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Factor of the score of its documents; default: 1. */
  readonly weight?: number;
  /**
   * The maximum number of sources that may be read at a time, for collators that work in other
   * threads; at most 64, default: 1.
   */
  readonly concurrency?: number;
  /** Whether `locate` is slow. Results are then returned without places, unless the request asks for them. */
  readonly locatesOnDemand?: boolean;
  readonly onDidChange: Event<SearchChangeEvent>;
  /**
   * Returns all sources.
   *
   * @throws AbortError
   */
  getSources(signal: AbortSignal): Promise<readonly SearchSource[]>;
  /**
   * Resolves when pending changes have been reported with `onDidChange`, for collators that detect
   * changes asynchronously. `SearchService.whenReady` waits for it.
   */
  settle?(): Promise<void>;
  /**
   * Returns the documents of a source; none if it no longer exists. Synchronously if possible.
   *
   * @throws Error, logged once per collator; the source has no documents then
   */
  collate(
    source: string,
    signal: AbortSignal,
  ): readonly SearchDocument[] | Promise<readonly SearchDocument[]>;
  /** Returns the current place of a document. Called for visible results, or only when the user opens one. */
  locate?(
    document: SearchDocument,
    signal: AbortSignal,
  ): SearchLocation | undefined | Promise<SearchLocation | undefined>;
}

/** Extension point for plugins that add documents to the search. */
export interface SearchCollatorsExtensionPoint {
  /** Adds a collator until the Disposable is disposed. */
  addCollator(collator: SearchCollator): Disposable;
}

export declare const searchCollatorsExtensionPoint: ExtensionPoint<SearchCollatorsExtensionPoint>;

/** A search request. */
export interface SearchRequest {
  /**
   * Query as typed: words, which may be unfinished or misspelled; "phrases"; -excluded words;
   * filters such as `kind:api`, `in:docs`, `-tag:java`, `owner:me`; several filters of one field
   * are alternatives. An empty query returns suggestions.
   */
  readonly query: string;
  /** Entities that results are or belong to; default: all, and results without an entity. */
  readonly where?: FilterPredicate;
  readonly limit: number;
  /** Number of results to skip; default: 0. */
  readonly offset?: number;
  /** Whether to count facet values among all results. */
  readonly withFacets?: boolean;
  /** Whether to wait for the places of all results, which may take seconds. */
  readonly withPlaces?: boolean;
}

/** Start and end of a range, in UTF-16 code units. */
export type TextMark = readonly [from: number, to: number];

/** A text with highlighted ranges. */
export interface MarkedText {
  readonly text: string;
  /** Ranges in order, without overlaps. */
  readonly marks: readonly TextMark[];
}

/** A search result. */
export interface SearchResult {
  readonly type: string;
  readonly title: MarkedText;
  /** Excerpt with the most matching words; undefined for documents without text. */
  readonly snippet: MarkedText | undefined;
  readonly path: readonly string[];
  readonly ref: string | undefined;
  readonly facets: SearchFacets;
  readonly icon: string;
  /** Score; higher is better. Comparable only within one response. */
  readonly score: number;
  /** Place of the document. While `isPlacePending`, the place of the entity that it belongs to. */
  readonly location: SearchLocation | undefined;
  /** Whether `locate` is needed to find the place, and with it the target. */
  readonly isPlacePending?: boolean;
  readonly target: LinkTarget;
}

/** Number of results with a value. */
export interface SearchFacetCount {
  readonly value: string;
  readonly count: number;
}

/** Response to a search request. */
export interface SearchResults {
  /** Results, best first. */
  readonly results: readonly SearchResult[];
  /** Number of all results. */
  readonly total: number;
  /** Counts by facet, and by `in` for types; most frequent first, at most 50 per facet. Empty unless requested. */
  readonly facets: {
    readonly [Facet in SearchFacet | 'in']?: readonly SearchFacetCount[];
  };
  /**
   * Words of the query, lowercase, that were ignored because no document contains all words.
   * Results match all other words. Filters, phrases and excluded words are never ignored.
   */
  readonly ignored: readonly string[];
  /** Whether the index is still being built, so that results may be missing. */
  readonly isPartial: boolean;
  /** Duration in milliseconds. */
  readonly tookMs: number;
}

/** A completion in a query. */
export interface SearchCompletion {
  /** Inserted text. */
  readonly text: string;
  /** Range of the query that `text` replaces. */
  readonly replaces: TextMark;
  readonly label: string;
  readonly detail?: string;
}

/** State of the search index. */
export type SearchState =
  /** Not loaded, because there was no search yet. */
  | {
      readonly type: 'asleep';
    }
  /** `total` is the number of sources; undefined while unknown. */
  | {
      readonly type: 'indexing';
      readonly done: number;
      readonly total: number | undefined;
    }
  | {
      readonly type: 'ready';
    }
  /** The index can't be built, for example because memory is low. Only names are searched until it is rebuilt. */
  | {
      readonly type: 'failed';
      readonly message: string;
    };

/** Recent and saved queries, as typed. */
export interface SearchHistory {
  readonly onDidChange: Event<void>;
  /** Queries whose results were opened, most recent first. */
  readonly recent: readonly string[];
  /** Saved queries, most recent first. */
  readonly saved: readonly string[];
  /** Adds a query whose result was opened. */
  add(query: string): Promise<void>;
  /** Removes a recent query; default: all. */
  forget(query?: string): Promise<void>;
  /** Saves a query or removes it from the saved ones. */
  setSaved(query: string, isSaved: boolean): Promise<void>;
}

/** Response of one search provider. */
export interface ElsewhereAnswer {
  readonly provider: SearchService['providers'][number];
  /**
   * Results, best first, without those in the index or in an earlier provider's answer. Their
   * `type` is a name as shown to users, and they have no place in a file.
   */
  readonly results: readonly SearchResult[];
  /** Error message for the user. */
  readonly failure?: string;
}

/** Searches entities, docs, API operations, templates, users and groups, and documents of plugins. */
export interface SearchService {
  readonly state: SearchState;
  readonly onDidChange: Event<void>;
  /** Registered collators, in order of registration. */
  readonly collators: readonly Pick<SearchCollator, 'id' | 'title' | 'icon'>[];
  /**
   * Returns results from the index as far as it is built; before, matches by name only. Work for an
   * aborted signal ends soon.
   *
   * @throws AbortError
   */
  find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults>;
  /** Registered search providers, in order of registration. */
  readonly providers: readonly {
    readonly id: string;
    readonly title: string;
  }[];
  /**
   * Searches with the providers, unless the query changes within a moment. Providers respond or
   * fail independently. Queries of less than two letters, or of filters only, aren't sent.
   *
   * @param request.provider - the id of the only provider to use; default: all
   * @param options.onAnswer - called once per provider
   * @returns when all providers have responded
   * @throws AbortError
   */
  findElsewhere(
    request: Pick<SearchRequest, 'query' | 'limit'> & {
      readonly provider?: string;
    },
    options: {
      readonly signal: AbortSignal;
      readonly onAnswer: (answer: ElsewhereAnswer) => void;
    },
  ): Promise<void>;
  /**
   * Returns the current place of a result of `find`; undefined if unknown.
   *
   * @throws AbortError
   */
  locate(result: SearchResult, signal: AbortSignal): Promise<SearchLocation | undefined>;
  /**
   * Returns completions of the filter at a UTF-16 offset of the query, best first.
   *
   * @throws AbortError
   */
  complete(query: string, at: number, signal: AbortSignal): Promise<readonly SearchCompletion[]>;
  /** Returns the history, shared by all searches of a window. */
  history(): Promise<SearchHistory>;
  /**
   * Resolves when all sources are indexed.
   *
   * @throws AbortError; Error if the index can't be built
   */
  whenReady(signal: AbortSignal): Promise<void>;
  /** Deletes the index and builds it again. */
  rebuild(): Promise<void>;
}

/** A search in a running Backstage. */
export interface InstanceSearchRequest {
  /** Search text; only the first 100 characters are used. */
  readonly term: string;
  /** Document types: `software-catalog`, `techdocs` and others that the instance has; default: all. */
  readonly types?: readonly string[];
  /** Required value by document field, case-sensitive. Fields are `kind`, `lifecycle` and others. */
  readonly filters?: Readonly<Record<string, string>>;
  /** The maximum number of results: 1 to 100. */
  readonly limit: number;
  /** `nextCursor` of the previous page; default: the first page. */
  readonly cursor?: string;
}

/** A search result of an instance. */
export interface InstanceSearchResult {
  /** Document type: `software-catalog`, `techdocs` or the type of a plugin. */
  readonly type: string;
  readonly title: MarkedText;
  /** Excerpt of the document. */
  readonly text: MarkedText;
  /** Address in the app: a path (`/catalog/default/component/shop`) or a full URL. */
  readonly location: string;
  /** Full ref of the entity that was found or whose docs were found; undefined if unknown. */
  readonly entityRef: string | undefined;
  /** For docs, the address relative to the site: `guides/setup/#before`. */
  readonly docsPath: string | undefined;
  /** `spec.type`, if the instance returns it. */
  readonly entityType: string | undefined;
  /** `spec.lifecycle`, if the instance returns it. */
  readonly lifecycle: string | undefined;
  /** Name of the owner, if the instance returns it. */
  readonly owner: string | undefined;
}

/** A page of search results. */
export interface InstanceSearchPage {
  readonly results: readonly InstanceSearchResult[];
  /** Number of all results; undefined if the instance doesn't return it. */
  readonly total: number | undefined;
  /** Cursor of the next page; undefined on the last page. */
  readonly nextCursor: string | undefined;
}

/**
 * The search of a running Backstage.
 * Source: `plugins/search-backend/src/service/router.ts`.
 */
export interface InstanceSearch {
  /** Searches the instance; undefined if it has no search. */
  query(
    request: InstanceSearchRequest,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<InstanceSearchPage | undefined>;
}

/** A running Backstage that runs Templates. */
export interface TemplateInstance {
  /** `CatalogSourceInfo.id` of the source. */
  readonly id: string;
  readonly name: string;
  /** Address of the Backstage. */
  readonly url: string;
}

/** A current or past template run, as listed. */
export interface TemplateTaskSummary {
  readonly id: string;
  /** Ref of the Template: `template:namespace/name`, lowercase. */
  readonly template: string;
  readonly title: string;
  /** Whether it is a dry run. */
  readonly isDryRun: boolean;
  /** URI of the target folder, or of the folder that a dry run is compared with; undefined: none. */
  readonly folder: string | undefined;
  /** The Backstage that runs it; undefined for local runs. */
  readonly instance?: TemplateTaskInstance | undefined;
  /**
   * Status of the run. `waiting`: the user is reviewing the changes. `interrupted`: the window was
   * closed before the end, or the Backstage no longer reports the run.
   */
  readonly status: 'processing' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'interrupted';
  /** Start time, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** End time, in milliseconds since the epoch; undefined while it runs. */
  readonly endedAt: number | undefined;
}

/** The Backstage that runs a Template, with its task. */
export interface TemplateTaskInstance extends TemplateInstance {
  /** Id of the task on the server; undefined before it starts there, and for dry runs. */
  readonly taskId?: string | undefined;
}

/** A template run with all details. Contains no secrets. */
export interface TemplateTask extends TemplateTaskSummary {
  readonly steps: readonly TemplateTaskStep[];
  /** Log lines that don't belong to a step. */
  readonly log: readonly string[];
  /** Input without secrets and passwords. */
  readonly values: JsonObject;
  /** Links, texts and other output of the Template. */
  readonly output: JsonObject;
  /** Error message, as Backstage words it. */
  readonly error: string | undefined;
  /** Files that the run created. */
  readonly files: readonly TemplateTaskFile[];
  /** Reason why the status is unknown, for the user. */
  readonly trouble?: string | undefined;
  /** Whether the run can continue from the failed or canceled step, or an interrupted run can be followed again. */
  readonly canRetry: boolean;
}

/** A step of a template run. */
export interface TemplateTaskStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** Status as in `TemplateStepResult`. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  /** Start time, in milliseconds since the epoch; undefined before the start. */
  readonly startedAt: number | undefined;
  /** End time, in milliseconds since the epoch; undefined before the end. */
  readonly endedAt: number | undefined;
  /** Whether external effects are only simulated. */
  readonly isSimulated: boolean;
}

/** A file that a run created, or would create. */
export interface TemplateTaskFile {
  /** Path relative to the folder, with `/`. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  readonly isExecutable: boolean;
  /** Effect on an existing file; `kept`: the user declined replacing it. */
  readonly change: 'added' | 'changed' | 'unchanged' | 'kept';
}

/** Current and recent template runs of this workspace. */
export interface TemplateTasksService {
  /** Fires when runs are added or removed, and throttled on progress. */
  readonly onDidChange: Event<void>;
  /** Returns all runs, latest first. */
  list(): readonly TemplateTaskSummary[];
  /** Returns a run; undefined if it doesn't exist. */
  get(id: string): TemplateTask | undefined;
  /** Cancels a run, if it is active; a run on a Backstage is canceled there. */
  cancel(id: string): void;
  /**
   * Continues from the failed or canceled step, with the files before it. A Backstage decides
   * itself where to restart. An interrupted run on a Backstage is followed again.
   *
   * @throws Error if the run can't continue
   */
  retry(id: string): Promise<void>;
  /** Removes all finished runs. */
  clear(): Promise<void>;
}

/** A Template that can be run, as listed. */
export interface TemplateSummary {
  /** `template:namespace/name`, lowercase. */
  readonly ref: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly type: string;
  readonly tags: readonly string[];
  /** Full ref of the owner, lowercase; undefined if missing or invalid. */
  readonly owner: string | undefined;
  /** URI of the Template's file. */
  readonly file: string;
  /** Whether it is bundled with Callboard instead of in the catalog. */
  readonly isShipped: boolean;
  /** The Backstage that provides and runs it; undefined for local Templates. */
  readonly instance?: TemplateInstance | undefined;
}

/** A Template with its full content. */
export interface LoadedTemplate extends TemplateSummary {
  /** The entity with placeholders resolved. */
  readonly entity: JsonObject;
  /** Actions of its steps, in order of first use, including unknown ones. */
  readonly actions: readonly TemplateActionUse[];
}

/** An action that a Template uses. */
export interface TemplateActionUse {
  readonly id: string;
  /** Whether the action exists. A Template with an unknown action can't complete. */
  readonly isKnown: boolean;
  /** Whether the action has effects beyond creating files. */
  readonly isOutward: boolean;
  /** Whether the action runs only in Backstage. It is skipped here, and its output is an example. */
  readonly isPassedOver: boolean;
}

/** Input for a Template. */
export interface TemplateInput {
  readonly values: JsonObject;
  /** Secrets, which are never saved, logged or shown. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** A validation error of an input. */
export interface TemplateInputError {
  /** Path of the value. */
  readonly path: readonly (string | number)[];
  /** Error message of the validator that Backstage uses. */
  readonly message: string;
}

/** Result of validating an input. */
export interface TemplateInputCheck {
  /** Errors of the first invalid page. */
  readonly errors: readonly TemplateInputError[];
  /** Whether each page of the form is visible according to its `when`. */
  readonly visible: readonly boolean[];
}

/** Outcome of a step. */
export interface TemplateStepResult {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** Status of the step. `skipped`: it didn't run or had no effect here. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  readonly output: JsonObject;
}

/** A file that a Template created. */
export interface TemplateFile {
  /** Path relative to the target folder, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** Outcome of a run. */
export interface TemplateRunResult {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly steps: readonly TemplateStepResult[];
  /** Links, texts and other output of the Template. */
  readonly output: JsonObject;
  /** Error message, as Backstage words it. */
  readonly error?: string | undefined;
  /** Created files; empty if the run didn't complete. */
  readonly files: readonly TemplateFile[];
}

/** Options of runs. */
export interface TemplateRunOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the log, without secrets. */
  readonly onLog?: (line: TemplateLogLine) => void;
}

/** A line of a run's log. */
export interface TemplateLogLine {
  /** Id of the step; undefined for lines of the whole run. */
  readonly stepId: string | undefined;
  /** New status of the step, if it changed. */
  readonly status?: TemplateStepResult['status'];
  readonly message: string;
  /** Time of the line, in milliseconds since the epoch; default: now. */
  readonly time?: number;
}

/** A test of a Template in a `*.callboard-test.yaml` file. */
export interface TemplateTest {
  /** Name, unique in the file. */
  readonly name: string;
  /** Range of the name. */
  readonly range: Range;
}

/** Tests of a file. */
export interface TemplateTestFile {
  /** Valid tests. */
  readonly tests: readonly TemplateTest[];
  /** Problems of invalid tests. */
  readonly problems: readonly Problem[];
}

/** Outcome of a test. */
export interface TemplateTestResult {
  readonly status: 'passed' | 'failed' | 'cancelled';
  readonly failures: readonly TemplateTestFailure[];
  /** Log of the run, without secrets. */
  readonly log: readonly string[];
  /** Duration in milliseconds. */
  readonly duration: number;
  /** Whether the actual output can be accepted as the expected output. */
  readonly canAccept: boolean;
}

/** A failed expectation of a test. */
export interface TemplateTestFailure {
  readonly message: string;
  /** URI of the test's file. */
  readonly file: string;
  /** Range of the expectation. */
  readonly range: Range;
  /** Expected and actual values, if both are texts. */
  readonly difference:
    | {
        readonly expected: string;
        readonly actual: string;
      }
    | undefined;
}

/** Software templates of the catalog and those bundled with Callboard. */
export interface ScaffolderService {
  readonly onDidChange: Event<void>;
  /** Returns all Templates, sorted by title. */
  getTemplates(): Promise<readonly TemplateSummary[]>;
  /**
   * Returns a Template with its content; undefined if it doesn't exist.
   *
   * @throws Error for a Template that Backstage would reject
   */
  loadTemplate(ref: string): Promise<LoadedTemplate | undefined>;
  /** Validates input as the scaffolder backend does before a run. */
  check(ref: string, values: JsonObject, signal: AbortSignal): Promise<TemplateInputCheck>;
  /**
   * Runs a Template without side effects: actions that publish, register or contact others are
   * skipped. A Template of a Backstage runs there as a dry run.
   *
   * @throws Error if the Template doesn't exist
   */
  dryRun(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions,
  ): Promise<TemplateRunResult>;
  /**
   * Reads the tests of a file.
   *
   * @param file - URI of a `*.callboard-test.yaml`
   */
  readTests(file: string): Promise<TemplateTestFile>;
  /** Runs a test without side effects. */
  runTest(
    file: string,
    name: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<TemplateTestResult>;
  /** Accepts the actual output of a test as the expected output: writes its golden folder. */
  acceptTest(
    file: string,
    name: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<void>;
  /**
   * Asks the user for the input and the target folder, then runs the Template.
   *
   * @param options.folder - URI of the target folder; undefined: the user is asked
   * @param options.isDryRun - whether the output is only shown
   * @returns `form` if the input must be entered on the form's page (`PortalPage`), which the
   * caller opens
   */
  start(
    ref: string,
    options: {
      readonly folder?: string;
      readonly isDryRun?: boolean;
    },
  ): Promise<'started' | 'cancelled' | 'form'>;
  /**
   * Asks the user for the target folder, shows the output and writes it; for a dry run, asks what
   * to compare with.
   *
   * @returns whether the user continued until the run
   */
  create(
    ref: string,
    input: TemplateInput,
    options: {
      readonly folder?: string;
      readonly isDryRun?: boolean;
    },
  ): Promise<boolean>;
  /** Returns the runs that `start` and `create` started. */
  tasks(): Promise<TemplateTasksService>;
  /**
   * Runs a Template and writes its output into a folder, after the user has agreed to its actions.
   * A failed or canceled run leaves the folder unchanged; existing files are replaced only with the
   * user's consent.
   *
   * @param folder - URI; created if needed
   * @returns undefined if the user declined
   * @throws Error if the Template doesn't exist or templates can't run here
   */
  run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & {
      readonly folder: string;
    },
  ): Promise<TemplateRunResult | undefined>;
  /** Lets the user set, replace or remove the access token for publishing to a host. The token is never shown. */
  setToken(): Promise<void>;
  /**
   * Checks whether a project's Template has changed since the project was created, shows the
   * resulting changes and applies the ones the user selects.
   *
   * @param options.folder - URI of the project's folder; undefined: the user is asked
   */
  checkForUpdates(options: { readonly folder?: string }): Promise<void>;
}

/** A Template's form, as the server returns it for the current user. */
export interface InstanceTemplateForm {
  readonly title: string;
  readonly description: string | undefined;
  /** Pages of `spec.parameters` that the user may see. */
  readonly parameters: readonly JsonObject[];
  /** `spec.presentation` of the Template. */
  readonly presentation: JsonObject | undefined;
}

/** An action that is installed on the server. */
export interface InstanceAction {
  readonly id: string;
  readonly description: string | undefined;
}

/** Status of a task, as Backstage names it. */
export type InstanceTaskStatus =
  'open' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'skipped';

/** A task: a run of a Template on the server. */
export interface InstanceTask {
  readonly id: string;
  /** Undefined for a status that customized servers may add. */
  readonly status: InstanceTaskStatus | undefined;
  /** Full ref of the Template, lowercase; undefined if the server doesn't return it. */
  readonly template: string | undefined;
  /** Start time, in milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** Ref of the user who started it. */
  readonly createdBy: string | undefined;
  readonly steps: readonly Pick<TemplateStepResult, 'id' | 'name' | 'action'>[];
}

/** A query for tasks. */
export interface InstanceTaskQuery extends InstanceOptions {
  /** The maximum number of tasks, at most 100; default: 20. */
  readonly limit?: number;
  /** Number of tasks to skip. */
  readonly offset?: number;
  /** Refs of users who started the tasks; default: all. */
  readonly createdBy?: readonly string[];
  /** Statuses of the tasks; default: all. */
  readonly status?: readonly InstanceTaskStatus[];
}

/** An event of a task. */
export interface InstanceTaskEvent {
  /** Id of the event, increasing within a task. */
  readonly id: number;
  /** Type of the event. `recovered`: a failed or canceled task restarts. `other`: only the message matters. */
  readonly type: 'log' | 'completion' | 'cancelled' | 'recovered' | 'other';
  /** Time of the event, in milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** Id of the step; undefined for events of the whole task. */
  readonly stepId: string | undefined;
  /** New status of the step, if it changed. */
  readonly status: TemplateStepResult['status'] | undefined;
  /** Log message, without terminal color codes. */
  readonly message: string;
  /** Whether all steps restart. */
  readonly isFresh: boolean;
}

/** Outcome of a task. */
export interface InstanceTaskEnd {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly output: JsonObject;
  /** The server's error message. */
  readonly error: string | undefined;
}

/** State of the connection while a task is followed. */
export type InstanceConnection =
  | {
      readonly type: 'connected';
    }
  /** The connection failed, and the task's state is unknown. Retries after `retryIn` milliseconds. */
  | {
      readonly type: 'lost';
      readonly reason: string;
      readonly retryIn: number;
    };

export interface FollowOptions extends InstanceOptions {
  /** Id of the last known event; default: all events are reported. */
  readonly after?: number | undefined;
  /** Called once for each event, in order. */
  readonly onEvent: (event: InstanceTaskEvent) => void;
  /** Called when the connection fails or is restored. */
  readonly onConnection?: ((connection: InstanceConnection) => void) | undefined;
}

export interface InstanceDryRunOptions extends InstanceOptions {
  /** Files in the Template's folder. */
  readonly files?: readonly Pick<TemplateFile, 'path' | 'content'>[];
}

/** The server rejected the input of a form. */
export interface InstanceInputError extends Error {
  /** Errors by the path of their field. */
  readonly errors: readonly {
    readonly path: string;
    readonly message: string;
  }[];
}

/**
 * Templates of a running Backstage, which run on its server with its permissions. Callers must have
 * the user's consent before they start, cancel or retry a task.
 *
 * Source: `plugins/scaffolder-backend/src/service/router.ts`.
 */
export interface InstanceTemplates {
  /**
   * Returns the form of a Template.
   *
   * @param ref - full ref of the Template
   */
  getForm(ref: string, options: InstanceOptions): Promise<InstanceTemplateForm>;
  /** Returns the actions that are installed on the server. */
  getActions(options: InstanceOptions): Promise<readonly InstanceAction[]>;
  /**
   * Runs a Template. Secrets are sent only to this server.
   *
   * @returns the id of the task
   * @throws InstanceInputError if the server rejects the input
   */
  start(ref: string, input: TemplateInput, options: InstanceOptions): Promise<string>;
  /** Returns a task; undefined if it doesn't exist or the user may not see it. */
  getTask(id: string, options: InstanceOptions): Promise<InstanceTask | undefined>;
  /** Returns tasks, latest first. */
  getTasks(query: InstanceTaskQuery): Promise<{
    readonly tasks: readonly InstanceTask[];
    readonly total: number | undefined;
  }>;
  /**
   * Reports events of a task until it ends. Reconnects for up to 15 minutes after the connection
   * fails.
   *
   * @throws Error if reconnecting fails or can't help; the task itself may still be running
   */
  follow(id: string, options: FollowOptions): Promise<InstanceTaskEnd>;
  /** Cancels a task. The current step may still complete. */
  cancel(id: string, options: InstanceOptions): Promise<void>;
  /** Restarts a failed or canceled task. Events about its end are removed. */
  retry(id: string, secrets: TemplateInput['secrets'], options: InstanceOptions): Promise<void>;
  /**
   * Runs a Template on the server as a dry run: actions without support for dry runs are skipped.
   *
   * @param template - the entity
   * @throws InstanceInputError if the server rejects the input
   */
  dryRun(
    template: JsonObject,
    input: TemplateInput,
    options: InstanceDryRunOptions,
  ): Promise<TemplateRunResult>;
}

/**
 * Backstage instances that are sources of the catalog, with their APIs beyond entities.
 *
 * Responses are validated and limited in size. Methods throw an Error whose message says what
 * failed and whose `advice`, if any, says what to do; or an AbortError.
 */
export interface BackstageInstances {
  /** Returns all instances, in the order of the sources. */
  getInstances(): Promise<readonly BackstageInstance[]>;
  /**
   * Returns the instance that is a source.
   *
   * @param sourceId - `CatalogSourceInfo.id`
   */
  getInstance(sourceId: string): Promise<BackstageInstance | undefined>;
}

/** A running Backstage. */
export interface BackstageInstance {
  /** Current state of the source. */
  readonly source: CatalogSourceInfo;
  /**
   * Returns the browser URL of a page of the app, if the app is on its backend's host; undefined if
   * `location` isn't a page of the app.
   *
   * @param location - a path (`/catalog/default/component/shop`) or a URL of the host
   */
  urlOf(location: string): string | undefined;
  readonly catalog: InstanceCatalog;
  readonly docs: InstanceDocs;
  readonly search: InstanceSearch;
  readonly templates: InstanceTemplates;
}

/** A registered location. */
export interface RegisteredLocation {
  readonly id: string;
  /** Usually `url`. */
  readonly type: string;
  /** Address of the descriptor. */
  readonly target: string;
}

/** Entities at an address. */
export interface LocationAnalysis {
  /** Full refs of entities in existing descriptors. */
  readonly existing: readonly {
    readonly ref: string;
    readonly isRegistered: boolean;
  }[];
  /** Entities that could be created there; they may be incomplete. */
  readonly proposed: readonly JsonObject[];
}

/** Outcome of registering an address. */
export interface LocationRegistration {
  /** Undefined if nothing was registered. */
  readonly location: RegisteredLocation | undefined;
  /** Full refs of entities in the file itself. Entities of nested Locations are added later. */
  readonly entityRefs: readonly string[];
  /** Whether it was already registered; undefined if the server doesn't say. */
  readonly exists: boolean | undefined;
}

/** Entities that originate from a location. */
export interface LocationEntities {
  /** Full refs, sorted; at most 100. */
  readonly refs: readonly string[];
  /** Number of all entities. */
  readonly total: number;
}

/** A server's error about a descriptor. */
export interface DescriptorObjection {
  /** The server's message. */
  readonly message: string;
  /** Range of the value that the message refers to, or of the entity. */
  readonly range: Range;
}

/** Outcome of validating the descriptors in a text on the server. */
export interface DescriptorVerdict {
  /** Number of validated entities. */
  readonly entities: number;
  /** Number of documents that aren't valid YAML or aren't entities. */
  readonly unreadable: number;
  /** Errors in the order of the text. */
  readonly objections: readonly DescriptorObjection[];
}

/**
 * The catalog of a running Backstage. Callers must have the user's consent before they register,
 * unregister, delete or refresh.
 *
 * Source: `plugins/catalog-backend/src/service/createRouter.ts`.
 */
export interface InstanceCatalog {
  /**
   * Returns the server's current entity without relations; undefined if it doesn't exist.
   *
   * @param ref - full
   */
  getEntity(ref: string, options: InstanceOptions): Promise<JsonObject | undefined>;
  /**
   * Returns the refs that exist on the server.
   *
   * @param refs - full, lowercase
   */
  existing(refs: readonly string[], options: InstanceOptions): Promise<ReadonlySet<string>>;
  /**
   * Validates an entity on the server. Changes nothing.
   *
   * @param location - the entity's future place, `url:https://…`
   * @returns error messages; empty if the entity is valid
   */
  validate(entity: Entity, location: string, options: InstanceOptions): Promise<readonly string[]>;
  /**
   * Validates each entity of a text on the server. Changes nothing.
   *
   * @param location - the text's future place, `url:https://…`
   */
  validateText(
    text: string,
    location: string,
    options: InstanceOptions,
  ): Promise<DescriptorVerdict>;
  /** Returns the entities that exist at an address and those that could be created. Changes nothing. */
  analyze(url: string, options: InstanceOptions): Promise<LocationAnalysis>;
  /**
   * Registers a location. `isTrial` returns the outcome without registering. A location that is
   * already registered is reported as `exists` and kept.
   */
  register(
    url: string,
    options: InstanceOptions & {
      readonly isTrial: boolean;
    },
  ): Promise<LocationRegistration>;
  /**
   * Returns the registered location that an entity originates from; undefined if there is none.
   *
   * @param ref - full
   */
  locationOf(ref: string, options: InstanceOptions): Promise<RegisteredLocation | undefined>;
  /**
   * Returns the entities that originate from a location, and would be removed with it.
   *
   * @returns undefined if the server can't be queried for the location, as with a target that
   * contains a comma or is very long
   */
  entitiesOfLocation(
    location: RegisteredLocation,
    options: InstanceOptions,
  ): Promise<LocationEntities | undefined>;
  /** Unregisters a location, which removes all entities that only it provides. */
  unregister(location: RegisteredLocation, options: InstanceOptions): Promise<void>;
  /**
   * Deletes one entity, usually an orphan: an entity that is still referenced by a location comes
   * back.
   *
   * @param uid - `metadata.uid`; a missing entity is not an error
   */
  deleteEntity(uid: string, options: InstanceOptions): Promise<void>;
  /**
   * Schedules a refresh of an entity on the server.
   *
   * @param ref - full
   */
  refresh(ref: string, options: InstanceOptions): Promise<void>;
}

/** A documentation site of the workspace: one that TechDocs would build, or a README. */
export interface TechDocsSite {
  /** URI of the folder; stable. */
  readonly id: string;
  /** `site_name`; without a config, the title of an entity or the name of the folder. */
  readonly name: string;
  /** URI of the folder that `backstage.io/techdocs-ref` refers to. */
  readonly folder: string;
  /**
   * `mkdocs`: has a config. `generated`: has no config, so TechDocs generates one for the folder
   * `docs`. `readme`: only a README.
   */
  readonly origin: 'mkdocs' | 'generated' | 'readme';
  /** URI of `mkdocs.yml` or `mkdocs.yaml`. */
  readonly config: string | undefined;
  /** Full refs of the entities whose docs they are; empty for a config that no entity refers to. */
  readonly entityRefs: readonly string[];
  /** Entities that use the docs through `backstage.io/techdocs-entity`. */
  readonly sharedWith: readonly TechDocsShare[];
}

/** An entity that uses the docs of another entity. */
export interface TechDocsShare {
  readonly entityRef: string;
  /** Path of `backstage.io/techdocs-entity-path`, relative to the site; `''` without the annotation. */
  readonly path: string;
}

/** Contents of a site. */
export interface TechDocsContent {
  readonly site: TechDocsSite;
  /** Navigation as shown beside the pages. */
  readonly nav: readonly TechDocsNavItem[];
  /** All pages, including those outside the navigation, in MkDocs' file order. */
  readonly pages: readonly TechDocsPage[];
  /** Path of the first page; undefined for sites without pages. */
  readonly home: string | undefined;
  /** Redirects from the address of a former page to a page's path or a URL, each with its `#` fragment. */
  readonly redirects: ReadonlyMap<string, string>;
  /** Options of the config's Markdown extensions by name, without the extensions that TechDocs adds. */
  readonly markdownExtensions: ReadonlyMap<string, JsonValue>;
  /** `extra` in the config. */
  readonly extra: JsonValue;
  /** Problems of the config, the navigation and their targets; each has a file and a range. */
  readonly problems: readonly Problem[];
}

/** An item of the navigation. */
export type TechDocsNavItem =
  | {
      readonly type: 'section';
      readonly title: string;
      readonly children: readonly TechDocsNavItem[];
    }
  | {
      readonly type: 'page';
      readonly title: string;
      readonly path: string;
    }
  | {
      readonly type: 'link';
      readonly title: string;
      /** URL as written, even if it is broken. */
      readonly url: string;
      /** URI of the target if it is a file of the site that isn't a page. */
      readonly file?: string;
    };

/** A page of a site. */
export interface TechDocsPage {
  /** Path in the docs folder, with `/`. Pages of included sites start with the alias of their site. */
  readonly path: string;
  /** Encoded address relative to the site; `''` for the first page. */
  readonly url: string;
  readonly title: string;
  /** URI of the Markdown file. */
  readonly file: string;
  /** URL that edits the page on the repository's host. */
  readonly editUrl?: string;
  /** Paths of the previous and next pages in the navigation. */
  readonly previous?: string;
  readonly next?: string;
  readonly isInNav: boolean;
  /** Front matter. */
  readonly meta: Readonly<Record<string, JsonValue>>;
}

/** The content of a page between two headings. */
export interface TechDocsSection {
  /** Id of the heading; undefined before the first heading and for headings without id. */
  readonly anchor: string | undefined;
  /** Level of the heading, from 1; 0 before the first heading. */
  readonly level: number;
  /** Text of the heading; empty before the first heading. */
  readonly title: string;
  /** Text without markup, in one line. */
  readonly text: string;
  /** Range of the heading, or of the line that includes it; undefined before the first heading. */
  readonly range: Range | undefined;
}

/** The place of an entity's docs. */
export type TechDocsLocation =
  | {
      readonly type: 'site';
      readonly siteId: string;
      /** Path relative to the site. */
      readonly path: string;
      /** Full ref of the entity whose docs it uses. */
      readonly sharedFrom?: string;
    }
  /** Docs that a source's Backstage has built, if the workspace doesn't have the files. */
  | {
      readonly type: 'instance';
      /** Id for pages of the portal; `TechDocsService` doesn't know the site. */
      readonly siteId: string;
      /** `CatalogSourceInfo.id` of the Backstage. */
      readonly sourceId: string;
      /** Full ref of the entity whose docs they are. */
      readonly entityRef: string;
      /** Path relative to the site. */
      readonly path: string;
      /** Full ref of the entity whose docs it uses. */
      readonly sharedFrom?: string;
    }
  /** A web page, if neither has the docs. */
  | {
      readonly type: 'web';
      readonly url: string;
    };

/** A change of sites. */
export interface TechDocsChangeEvent {
  /** Whether sites were added, removed or assigned to other entities. */
  readonly list: boolean;
  /** Ids of sites whose content may have changed. */
  readonly siteIds: ReadonlySet<string>;
  /** Paths of pages that may have changed, directly or through an included file, by site id. */
  readonly pages: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Documentation sites of the workspace, as TechDocs and MkDocs read them. Files are read on first
 * use and watched from then on. All methods reject with an AbortError when their signal is aborted.
 */
export interface TechDocsService {
  readonly onDidChange: Event<TechDocsChangeEvent>;
  /** Returns all sites, sorted by folder. */
  getSites(options?: { readonly signal?: AbortSignal }): Promise<readonly TechDocsSite[]>;
  /** Returns the contents of a site; undefined if it doesn't exist. */
  loadContent(
    siteId: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<TechDocsContent | undefined>;
  /**
   * Returns a page's rendered text by heading, includes resolved; undefined if the page doesn't
   * exist or can't be read.
   */
  loadSections(
    siteId: string,
    path: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<readonly TechDocsSection[] | undefined>;
  /**
   * Returns a version stamp by page path, computed without rendering and stable across sessions;
   * undefined if the site doesn't exist.
   */
  loadStamps(
    siteId: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<ReadonlyMap<string, string> | undefined>;
  /** Returns the place of an entity's docs; undefined if it has none or they don't exist. */
  locate(
    entityRef: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<TechDocsLocation | undefined>;
}

export interface TechDocsBuildOptions {
  /** URI of the target folder, which is created if needed. */
  readonly target: string;
  /** Whether existing files in the folder are deleted, except those that start with a dot. */
  readonly isCleaned?: boolean;
  readonly signal?: AbortSignal;
  /** Called with short progress messages. */
  readonly report?: (message: string) => void;
}

/** Outcome of a build. */
export type TechDocsBuildResult =
  | {
      readonly type: 'built';
      /** Number of pages; undefined if MkDocs, which doesn't report it, built the site. */
      readonly pages: number | undefined;
      /** Number of warnings in the build log. */
      readonly warnings: number;
      readonly showLog: () => void;
    }
  /** The folder contains files that aren't a built site. Nothing was written. */
  | {
      readonly type: 'foreign-folder';
    };

/** Changes that add docs to an entity, or the reason why it can't have any. */
export type TechDocsDraft =
  | {
      readonly type: 'draft';
      /** Edit of the descriptor and new files, to be applied in one step. */
      readonly edits: readonly FileEdit[];
      /** URI of the first page if it is among the new files. */
      readonly page: string | undefined;
    }
  /** `reason` is a sentence for the user. */
  | {
      readonly type: 'refused';
      readonly reason: string;
    };

/** Builds sites with the configured program, and drafts new sites. */
export interface TechDocsBuilderService {
  /**
   * Drafts docs beside the descriptor of an entity that has none: `backstage.io/techdocs-ref:
   * dir:.`, a `mkdocs.yml` and a first page. Writes nothing, and never replaces existing files.
   */
  draft(entityRef: string): Promise<TechDocsDraft>;
  /**
   * Builds a site into a folder.
   *
   * @throws Error with a sentence for the user if the folder contains the sources or isn't
   * writable, if the site has errors, or if the program may not be run; AbortError when the signal
   * is aborted
   */
  build(siteId: string, options: TechDocsBuildOptions): Promise<TechDocsBuildResult>;
}

/**
 * Identifies a service and carries its type. Services are looked up by `id`, so plugins that are
 * bundled with their own copy of this module get the same service.
 */
export interface ServiceRef<T> {
  readonly $$type: 'service';
  /** Unique id, with dots, starting with the owner: `core.catalog`, `todo.items`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

/** Creates the ref of a service. */
export declare function createServiceRef<T>(options: { id: string }): ServiceRef<T>;

/** Settings of the portal. Keys are without `callboard.`: `catalog.exclude`. Values are not validated. */
export interface ConfigService {
  get(key: string): unknown;
  readonly onDidChange: Event<{
    affects(key: string): boolean;
  }>;
}

/** Reads files of the workspace and of its file system providers. */
export interface FilesService {
  /**
   * Reads a file.
   *
   * @throws Error with Node's `code` (`ENOENT`, …)
   */
  readFile(uri: string): Promise<Uint8Array>;
  exists(uri: string): Promise<boolean>;
}

/** Storage of a plugin for this workspace, kept across sessions. JSON values only. */
export interface StateService {
  get(key: string): unknown;
  /** Stores a value; undefined removes it. */
  set(key: string, value: unknown): Promise<void>;
}

/** Cancellation and progress of a long-running task. */
export interface ActionProgress {
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  /** Shows a progress message that replaces the previous one. */
  readonly report: (message: string) => void;
}

/** Runs user actions: logs a failure once, shows at most one notification with "Show Log", and ignores cancellation. */
export interface ActionsService {
  /** Runs an action. Resolves to undefined if it failed or was canceled. */
  run<T>(name: string, action: () => T | Promise<T>): Promise<T | undefined>;
  /**
   * Runs a long task. After half a second, shows a notification with the last reported message and
   * a Cancel button.
   *
   * @throws any error of the task, AbortError included, which `run` ignores
   */
  withProgress<T>(title: string, task: (progress: ActionProgress) => Promise<T>): Promise<T>;
  /**
   * Registers a command that runs the action with `run`.
   *
   * @throws Error if the id is taken
   */
  registerCommand(id: string, action: (...args: unknown[]) => unknown): Disposable;
}

/** The current user, for "owned by me". */
export interface IdentityService {
  /** Returns the refs that represent the user: the user entity and its groups with their parents. */
  getOwnershipRefs(): readonly string[];
  readonly onDidChange: Event<void>;
}

export interface EntitySearchOptions {
  /** Words that must all match; an empty query matches every entity. */
  readonly query: string;
  readonly limit: number;
  /** Refs that rank above other matches, best first. */
  readonly preferred?: readonly string[];
  /** Filters results. Called only for likely matches. */
  readonly accept?: ((entity: Entity) => boolean) | undefined;
}

/** Finds entities by parts of their names, titles, owners, tags or descriptions. */
export interface EntitySearchService {
  /** Returns full refs, best match first; undefined if the signal was aborted. */
  find(options: EntitySearchOptions, signal?: AbortSignal): Promise<readonly string[] | undefined>;
  /** Whether all entities are indexed. Until then, only names are searched. */
  readonly isComplete: boolean;
  complete(signal?: AbortSignal): Promise<void>;
}

/** The user's starred entities in this workspace. */
export interface StarredEntitiesService {
  /** Fires with the refs whose star changed. */
  readonly onDidChange: Event<ReadonlySet<string>>;
  /**
   * Checks whether an entity is starred.
   *
   * @param ref - full, lowercase
   */
  has(ref: string): boolean;
  /**
   * Returns all starred refs, sorted by code units, including entities that currently don't exist,
   * as on another branch.
   */
  all(): readonly string[];
  /** Adds or removes a star. */
  set(ref: string, starred: boolean): Promise<void>;
}

/** The user's recent entities in this workspace. */
export interface RecentEntitiesService {
  readonly onDidChange: Event<void>;
  /** Returns full refs of entities whose pages were opened, most recent first. */
  viewed(): readonly string[];
  /** Returns full refs of entities whose files were saved, most recent first. */
  edited(): readonly string[];
}

/** Refs of the services that every plugin can use. */
export declare const coreServices: {
  readonly catalog: ServiceRef<CatalogService>;
  readonly config: ServiceRef<ConfigService>;
  readonly files: ServiceRef<FilesService>;
  readonly state: ServiceRef<StateService>;
  readonly logger: ServiceRef<Logger>;
  readonly actions: ServiceRef<ActionsService>;
  readonly identity: ServiceRef<IdentityService>;
  readonly edits: ServiceRef<EditsService>;
  readonly importer: ServiceRef<ImportService>;
  readonly portal: ServiceRef<PortalService>;
  readonly entitySearch: ServiceRef<EntitySearchService>;
  readonly search: ServiceRef<SearchService>;
  readonly recent: ServiceRef<RecentEntitiesService>;
  readonly starred: ServiceRef<StarredEntitiesService>;
  readonly refactoring: ServiceRef<RefactoringService>;
  readonly techdocs: ServiceRef<TechDocsService>;
  readonly docsBuilder: ServiceRef<TechDocsBuilderService>;
  readonly scaffolder: ServiceRef<ScaffolderService>;
  readonly sources: ServiceRef<CatalogSourcesService>;
  readonly instances: ServiceRef<BackstageInstances>;
};

/**
 * Identifies an extension point and carries the type of its API. Methods of extension points return
 * a Disposable: contributions can be added and removed at any time.
 */
export interface ExtensionPoint<T> {
  readonly $$type: 'extension-point';
  /** Unique id, with dots, starting with the owner: `catalog.processors`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

/** Creates the ref of an extension point. */
export declare function createExtensionPoint<T>(options: { id: string }): ExtensionPoint<T>;

/** Docs of an entity that a Backstage serves. */
export interface InstanceSite {
  /** `CatalogSourceInfo.id` of the Backstage. */
  readonly sourceId: string;
  /** Full ref of the entity. */
  readonly entityRef: string;
}

/** Returns the site id of docs that a Backstage serves, which differs from the ids of all workspace sites. */
export declare function instanceSiteId({ sourceId, entityRef }: InstanceSite): string;

/** Parses a site id; undefined if it is of a workspace site or invalid. */
export declare function readInstanceSiteId(siteId: string): InstanceSite | undefined;

/** Services and extension points that a plugin depends on, by names of its choice. */
export type PluginDeps = {
  readonly [name: string]: ServiceRef<unknown> | ExtensionPoint<unknown>;
};

/** Implementations of the refs in `PluginDeps`. */
export type ResolvedDeps<TDeps extends PluginDeps> = {
  readonly [K in keyof TDeps]: TDeps[K] extends ServiceRef<infer T>
    ? T
    : TDeps[K] extends ExtensionPoint<infer T>
      ? T
      : never;
};

/**
 * Disposables that `init` may return. They are disposed when the plugin is removed. Disposables of
 * extension points are disposed in any case, so disposing twice must be harmless.
 */
export type PluginContribution = Disposable | readonly Disposable[] | void;

/** Initialization of a plugin with its dependencies. */
export interface PluginInit<TDeps extends PluginDeps> {
  readonly deps: TDeps;
  /**
   * Runs when all dependencies are active, and after all plugins that register in the same turn
   * have registered. If a dependency is removed, the returned Disposables are disposed; `init` runs
   * again when it is back. A plugin whose `init` throws or rejects is listed as failed; the others
   * continue.
   */
  init(deps: ResolvedDeps<TDeps>): PluginContribution | Promise<PluginContribution>;
}

/** Registers a plugin's services, extension points and initialization. */
export interface PluginEnvironment {
  /**
   * Offers a service to other plugins.
   *
   * @throws Error if the id is taken
   */
  registerService<T>(ref: ServiceRef<T>, implementation: T): void;
  /**
   * Offers an extension point to other plugins.
   *
   * @throws Error if the id is taken
   */
  registerExtensionPoint<T>(point: ExtensionPoint<T>, implementation: T): void;
  /** Sets the initialization, at most once. Plugins are initialized after their dependencies. */
  registerInit<TDeps extends PluginDeps>(init: PluginInit<TDeps>): void;
}

/** A plugin, as `createPortalPlugin` returns it. */
export interface PortalPlugin {
  readonly $$type: 'portal-plugin';
  readonly id: string;
  register(env: PluginEnvironment): void;
}

/**
 * Declares a plugin. Built-in plugins and plugins of other extensions work the same way.
 *
 * @param options.id - lowercase words joined by `-`; unique among all plugins
 * @throws TypeError if the id is invalid
 */
export declare function createPortalPlugin(options: {
  id: string;
  register(env: PluginEnvironment): void;
}): PortalPlugin;

/**
 * `waiting`: a dependency is missing. `initializing`: the asynchronous `init` is running. `failed`:
 * `init` threw or the plugin is part of a cycle; it is inactive until it is registered again.
 */
export type PluginStatus = 'waiting' | 'initializing' | 'active' | 'failed';

export interface PluginInfo {
  readonly id: string;
  readonly status: PluginStatus;
  /** Reason of the failure, or the missing dependencies. */
  readonly error: string | undefined;
}

/** Severity that the color of a text or badge shows; `none` has no color. */
export type Tone = 'none' | 'info' | 'good' | 'warning' | 'bad';

/** Part of a line. Text is shown literally, never as Markdown or HTML. */
export type Inline =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly tone?: Tone;
    }
  | {
      readonly type: 'entity';
      readonly entityRef: string;
    }
  | {
      readonly type: 'badge';
      readonly text: string;
      readonly tone?: Tone;
      readonly target?: LinkTarget;
    }
  | {
      readonly type: 'link';
      readonly text: string;
      readonly target: LinkTarget;
      /** Name of a codicon. */
      readonly icon?: string;
    }
  | {
      readonly type: 'code';
      readonly text: string;
      /** Whether a button copies the text. */
      readonly canCopy?: boolean;
    }
  /** A removed or added value, on a line of its own. */
  | {
      readonly type: 'change';
      readonly change: 'removed' | 'added';
      readonly piece: Inline;
    };

/** A labeled value on a card. */
export interface CardField {
  readonly label: string;
  /** Content of the field; an empty array shows the field as empty. */
  readonly value: readonly Inline[];
  /** Whether the field takes the full width of the card. */
  readonly wide?: boolean;
}

/** Columns of a table of entities, after the name column. */
export type EntityColumn =
  | 'kind'
  | 'problems'
  | 'type'
  | 'lifecycle'
  | 'owner'
  | 'system'
  | 'description'
  | 'tags'
  | 'namespace'
  /** Numbers of components that provide or consume an API. */
  | 'providers'
  | 'consumers';

/** An item of a tree on a card. */
export interface CardTreeItem {
  /** Id, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: string;
  readonly badge?: {
    readonly text: string;
    readonly tone?: Tone;
  };
  readonly target?: LinkTarget;
  readonly children?: readonly CardTreeItem[];
  readonly isExpanded?: boolean;
  /** Content below the item while it is expanded. */
  readonly content?: CardContent;
}

/** A bar of a bar chart. */
export interface CardBar {
  readonly label: string;
  readonly value: number;
  /** The whole that `value` is part of; default: the largest value of all bars. */
  readonly total?: number;
  /** Text in place of the number. */
  readonly text?: string;
  /** Explanation of the number, shown on hover and read by screen readers. */
  readonly details?: string;
  readonly tone?: Tone;
  readonly icon?: string;
  readonly target?: LinkTarget;
  /** Target of the number, such as the list that it counts. */
  readonly textTarget?: LinkTarget;
}

/**
 * Content of a card, as data. The portal renders it in the editor's colors, for keyboards and
 * screen readers. Entities are given as full refs; the portal adds their titles and whether they
 * exist. A card on an entity page that only shows a message has no frame and no title.
 */
export type CardContent =
  | {
      readonly type: 'text';
      readonly text: string;
    }
  | {
      readonly type: 'fields';
      readonly fields: readonly CardField[];
    }
  | {
      readonly type: 'entities';
      /** Entities in any number; lists show the first 100 and load others on demand. */
      readonly entityRefs: readonly string[];
      /** Columns; default: type, lifecycle and description. */
      readonly columns?: readonly EntityColumn[];
      readonly empty?: string;
      /** Number of entities that are not listed, and where to find them. */
      readonly more?: {
        readonly count: number;
        readonly target?: LinkTarget;
      };
    }
  | {
      readonly type: 'links';
      readonly links: readonly {
        readonly text: string;
        readonly target: LinkTarget;
        readonly icon?: string;
        readonly description?: string;
      }[];
      readonly empty?: string;
    }
  | {
      readonly type: 'labels';
      readonly labels: readonly {
        readonly key: string;
        readonly value: string;
      }[];
    }
  | {
      readonly type: 'code';
      readonly text: string;
      /** Language id of the editor, such as `yaml`. */
      readonly language?: string;
      /** Place that the code is from. */
      readonly source?: LinkTarget;
      /** 0-based number of the first line in the source; default: 0. */
      readonly firstLine?: number;
    }
  | {
      readonly type: 'tree';
      /** Accessible name. */
      readonly label: string;
      readonly items: readonly CardTreeItem[];
      /** Whether a filter box matches labels and descriptions. */
      readonly canFilter?: boolean;
      /** Item that is revealed and selected: the ids of its ancestors and its own, each after a `/`. */
      readonly selected?: string;
      readonly empty?: string;
    }
  | {
      readonly type: 'bars';
      readonly bars: readonly CardBar[];
      readonly empty?: string;
    }
  | {
      readonly type: 'problems';
      readonly problems: readonly Problem[];
      readonly empty?: string;
    }
  | {
      readonly type: 'graph';
      readonly query: GraphQuery;
    }
  | {
      /**
       * A page of docs with the navigation of its site. On pages other than entity pages, a link to
       * it. The current place is stored in the `anchor` that `load` gets: `guide/setup.md#install`,
       * with `%25` and `%23` for `%` and `#` in the path.
       */
      readonly type: 'docs';
      /** Id of a `TechDocsSite`. */
      readonly site: string;
      /** Path of a page in the docs folder; default: the first page. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      readonly type: 'message';
      readonly tone: Tone;
      readonly text: string;
      readonly detail?: string;
      /** Entities that the message is about. */
      readonly entityRefs?: readonly string[];
      readonly actions?: readonly {
        readonly text: string;
        readonly target: LinkTarget;
      }[];
    }
  | {
      /** A user or group. */
      readonly type: 'profile';
      readonly name: string;
      readonly description?: string;
      /** A `data:` URL of an image. Default: the initials of the name. */
      readonly picture?: string;
      readonly fields: readonly CardField[];
    }
  | {
      /** Alternative contents, shown one at a time. */
      readonly type: 'choices';
      /** Accessible name of the choice. */
      readonly label: string;
      readonly choices: readonly {
        /** Id, unique among the choices. */
        readonly id: string;
        readonly title: string;
        readonly content: CardContent;
      }[];
    }
  | {
      readonly type: 'sections';
      readonly sections: readonly {
        readonly title?: string;
        readonly description?: string;
        readonly content: CardContent;
      }[];
    };

/** Width of a card in the page's 12-column grid: a third, half, two thirds or all. */
export type CardWidth = 'third' | 'half' | 'twoThirds' | 'full';

/** Common properties of cards of all pages. */
export interface CardFrame {
  /** Unique id among the cards of a page: `todo.items`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Width of the card; default: half. */
  readonly width?: CardWidth;
  /** Sort key; cards with the same key are in order of registration. Default: 100. */
  readonly order?: number;
}

/** A card on the pages of entities. */
export interface EntityCard extends CardFrame {
  /** Id of the card's tab; default: `overview`. */
  readonly tab?: string;
  /** Entities that have the card, if `isShownFor` returns true; default: all. */
  readonly where?: FilterPredicate;
  /** Whether the card is shown for the entity; default: true. Called often, so it must be fast. */
  isShownFor?(entity: Entity): boolean;
  /** Returns buttons beside the card's title. */
  actionsFor?(entity: Entity): readonly CardAction[];
  /**
   * Returns the content for an entity of `CatalogService.getEntityByRef`; undefined hides the card.
   * Called again when the catalog changes and when `onDidChange` fires. A synchronous result is
   * rendered together with the page. An error is shown on the card.
   */
  load(
    entity: Entity,
    options: {
      readonly signal: AbortSignal;
      readonly anchor?: string;
    },
  ): CardContent | undefined | Promise<CardContent | undefined>;
  /** Fires when the content changes independently of the catalog. Has listeners only while the page is shown. */
  readonly onDidChange?: Event<void>;
}

/** A button of a card. */
export interface CardAction {
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/** A tab of entity pages. Shown if it has cards. */
export interface EntityTab {
  /** Unique id: `todo`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Sort key; default: 100. */
  readonly order?: number;
  /** Entities that have the tab, if `isShownFor` returns true; default: all. */
  readonly where?: FilterPredicate;
  /** Whether a tab with cards is shown for the entity; default: true. */
  isShownFor?(entity: Entity): boolean;
  /** Returns a number to show beside the title; 0 and undefined hide it. */
  badgeFor?(entity: Entity): number | undefined;
}

/** Extension point for plugins that add cards to entity pages. */
export interface EntityCardsExtensionPoint {
  /** Adds a card until the Disposable is disposed. */
  addEntityCard(card: EntityCard): Disposable;
}

export declare const entityCardsExtensionPoint: ExtensionPoint<EntityCardsExtensionPoint>;

/** Extension point for plugins that add tabs to entity pages. */
export interface EntityTabsExtensionPoint {
  /** Adds a tab until the Disposable is disposed. */
  addEntityTab(tab: EntityTab): Disposable;
}

export declare const entityTabsExtensionPoint: ExtensionPoint<EntityTabsExtensionPoint>;

/** A card on the home page. Users can move and hide it. */
export interface HomeCard extends CardFrame {
  /** Returns the content; see `EntityCard.load`. */
  load(options: {
    readonly signal: AbortSignal;
  }): CardContent | undefined | Promise<CardContent | undefined>;
  /** Fires when the content changes; see `EntityCard.onDidChange`. */
  readonly onDidChange?: Event<void>;
}

/** Extension point for plugins that add cards to the home page. */
export interface HomeCardsExtensionPoint {
  /** Adds a card until the Disposable is disposed. */
  addHomeCard(card: HomeCard): Disposable;
}

export declare const homeCardsExtensionPoint: ExtensionPoint<HomeCardsExtensionPoint>;

/** Extension points of the built-in plugins, by short names. */
export declare const extensionPoints: {
  readonly entityProviders: ExtensionPoint<EntityProvidersExtensionPoint>;
  readonly catalogProcessors: ExtensionPoint<CatalogProcessorsExtensionPoint>;
  readonly problemSources: ExtensionPoint<ProblemSourcesExtensionPoint>;
  readonly treeGroupings: ExtensionPoint<TreeGroupingsExtensionPoint>;
  readonly entityCommands: ExtensionPoint<EntityCommandsExtensionPoint>;
  readonly entityCards: ExtensionPoint<EntityCardsExtensionPoint>;
  readonly entityTabs: ExtensionPoint<EntityTabsExtensionPoint>;
  readonly homeCards: ExtensionPoint<HomeCardsExtensionPoint>;
  readonly scaffolderActions: ExtensionPoint<ScaffolderActionsExtensionPoint>;
  readonly searchCollators: ExtensionPoint<SearchCollatorsExtensionPoint>;
  readonly searchProviders: ExtensionPoint<SearchProvidersExtensionPoint>;
};

/**
 * The API for other extensions. Factories and refs are values of this object, so extensions need no
 * other code of Callboard at run time.
 */
export interface PortalApi {
  readonly version: 1;
  /**
   * Adds a plugin until the Disposable is disposed. A plugin that fails doesn't throw here; it is
   * logged and listed in "Callboard: Show Plugins".
   *
   * @throws TypeError if it isn't a plugin; Error if its id is taken
   */
  registerPlugin(plugin: PortalPlugin): Disposable;
  /** All plugins, including built-in ones, in the order of registration. */
  readonly plugins: readonly PluginInfo[];
  /** Fires when a plugin was added, was removed or changed its status. */
  readonly onDidChangePlugins: Event<void>;
  /** The service `coreServices.catalog`, for extensions that only read. */
  readonly catalog: CatalogService;
  readonly coreServices: typeof coreServices;
  readonly extensionPoints: typeof extensionPoints;
  readonly createPortalPlugin: typeof createPortalPlugin;
  readonly createServiceRef: typeof createServiceRef;
  readonly createExtensionPoint: typeof createExtensionPoint;
}

/** Return value of Callboard's `activate()`: `vscode.extensions.getExtension<PortalExports>('callboard.callboard')`. */
export interface PortalExports {
  /**
   * Returns the API in a stable version; later versions are added beside it.
   *
   * @throws RangeError for an unsupported version, with a list of supported ones
   */
  getApi(version: 1): PortalApi;
}

/** A request to a search provider. */
export interface ProvidedSearchRequest {
  /** Words and phrases to search for, without filters and excluded words; never empty. */
  readonly text: string;
  /** Filters with lowercase values; several values of a field are alternatives. `in` filters by document type. */
  readonly filters: readonly {
    readonly field: SearchFacet | 'in';
    readonly value: string;
    readonly isExcluded: boolean;
  }[];
  readonly limit: number;
}

/** A result of a search provider. */
export interface ProvidedSearchResult {
  /** Identity of the result across providers; duplicates of an earlier provider are omitted. */
  readonly key: string;
  readonly title: MarkedText;
  readonly snippet?: MarkedText;
  /** Type as shown to users: `Component`, `Docs`. */
  readonly kind: string;
  /** Containers of the result, outermost first. */
  readonly path?: readonly string[];
  /** Full ref of the entity that the result describes or belongs to. */
  readonly ref?: string;
  /**
   * Whether the result is the entity itself. It is omitted if the catalog, which is already
   * searched, has the entity.
   */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/** Searches a remote system. Called when the user pauses typing; its results appear after the index's. */
export interface SearchProvider {
  /** Unique id. */
  readonly id: string;
  /** Name of the system as shown to users: `Acme`. */
  readonly title: string;
  /**
   * Searches the system.
   *
   * @returns results, best first
   * @throws AbortError; Error whose message, a single line for the user, says why the search failed
   */
  find(
    request: ProvidedSearchRequest,
    signal: AbortSignal,
  ): Promise<readonly ProvidedSearchResult[]>;
}

/** Extension point for plugins that search remote systems. */
export interface SearchProvidersExtensionPoint {
  /** Adds a provider until the Disposable is disposed. */
  addProvider(provider: SearchProvider): Disposable;
}

export declare const searchProvidersExtensionPoint: ExtensionPoint<SearchProvidersExtensionPoint>;

/**
 * Finds the page at an address relative to the site; falls back to the first page.
 *
 * @returns undefined if the site has no pages
 */
export declare function findTechDocsPage(
  { pages, home }: Pick<TechDocsContent, 'pages' | 'home'>,
  address: string,
): TechDocsPage | undefined;

/**
 * An action of template steps. Names and behavior follow `createTemplateAction` of
 * `@backstage/plugin-scaffolder-node`, but files are in memory instead of a folder on disk.
 */
export interface ScaffolderAction {
  /** Unique id, such as `acme:ticket:create`: letters, digits, `:`, `-`, `_` and `.`. */
  readonly id: string;
  /** Description in Markdown. */
  readonly description?: string;
  /** JSON schemas of a step's input and output. Invalid input fails the step before the action runs. */
  readonly schema?: {
    readonly input?: JsonObject;
    readonly output?: JsonObject;
  };
  /**
   * Whether the action runs in a dry run. It must then change only the task's workspace. Otherwise,
   * the step is skipped and returns an example output.
   */
  readonly supportsDryRun?: boolean;
  /**
   * Runs a step, once for each item of `each`.
   *
   * @throws Error with a message for the user; the task fails then
   */
  handler(context: ScaffolderActionContext): Promise<void>;
}

/** Inputs and services of a running action. */
export interface ScaffolderActionContext {
  /** Input of the step with all expressions resolved, validated by the schema. */
  readonly input: JsonObject;
  readonly workspace: TaskWorkspace;
  /** Log that is shown while the task runs. Secrets are replaced with `***`. */
  readonly logger: ScaffolderLogger;
  /** Sets `steps.<id>.output.<name>`; with `each`, a list with one value per item. */
  readonly output: (name: string, value: JsonValue) => void;
  /**
   * Reports the step as skipped when it ends, because it does less here than in a Backstage. Its
   * output is kept for later steps. The reason is logged.
   */
  readonly skip: (reason: string) => void;
  /** Secrets that the user entered. Must not be written anywhere. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly step: {
    readonly id: string;
    readonly name: string;
  };
  readonly task: {
    readonly id: string;
  };
  readonly templateInfo: TemplateInfo;
  readonly user: {
    readonly ref?: string;
  };
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

/** The Template of a task. */
export interface TemplateInfo {
  /** `template:namespace/name`, lowercase. */
  readonly entityRef: string;
  /** URI of the Template's file, the base of relative addresses. */
  readonly baseUrl: string;
}

/** Logger of a task. */
export interface ScaffolderLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * The files of a task, in memory. Paths are relative, with `/`; a path outside the workspace is
 * rejected with a `NotAllowedError`. Files are written to disk only after the task completed.
 *
 * Errors have the messages and codes of Node's file system.
 */
export interface TaskWorkspace {
  /** Name in messages and prefix of absolute paths. */
  readonly path: string;
  /**
   * Returns the absolute path.
   *
   * @throws `NotAllowedError` for a path outside the workspace, as in Backstage
   */
  resolve(path: string): string;
  has(path: string): boolean;
  /** Checks whether a folder exists. */
  isDirectory(path: string): boolean;
  /**
   * Reads a file.
   *
   * @throws `ENOENT`, `EISDIR`
   */
  readFile(path: string): Uint8Array;
  /**
   * Creates or replaces a file and its parent folders.
   *
   * @throws `EISDIR`, `ENOTDIR`
   */
  writeFile(path: string, content: Uint8Array | string, options?: WriteFileOptions): void;
  /**
   * Creates a folder and its parents, if missing.
   *
   * @throws `EEXIST`, `ENOTDIR`
   */
  makeDirectory(path: string): void;
  /** Removes a file or a folder with its contents, if it exists. */
  remove(path: string): void;
  /**
   * Moves a file or folder.
   *
   * @throws `ENOENT`, `EEXIST`, `ENOTDIR`, `EINVAL`
   */
  move(from: string, to: string): void;
  /**
   * Returns the entries of a folder, sorted by code units.
   *
   * @throws `ENOENT`, `ENOTDIR`
   */
  list(path: string): readonly WorkspaceEntry[];
  /** Returns all descendants of a folder, each folder before its contents; empty if it isn't a folder. */
  entries(path?: string): Iterable<WorkspaceEntryBelow>;
  /** Checks whether a file exists and is executable. */
  isExecutable(path: string): boolean;
}

/** A descendant of a folder. */
export interface WorkspaceEntryBelow {
  /** Path relative to the folder. */
  readonly path: string;
  readonly isDirectory: boolean;
}

export interface WriteFileOptions {
  /** Whether the file is executable; default: unchanged, or false for a new file. */
  readonly isExecutable?: boolean;
}

/** An entry of a folder. */
export interface WorkspaceEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** Extension point for plugins that add actions for templates. */
export interface ScaffolderActionsExtensionPoint {
  /**
   * Adds an action until the Disposable is disposed.
   *
   * @throws TypeError if the id is taken
   */
  addAction(action: ScaffolderAction): Disposable;
}

export declare const scaffolderActionsExtensionPoint: ExtensionPoint<ScaffolderActionsExtensionPoint>;

export {};
