/**
 * Callboard's plugin API, version 1: generated from the declarations of Callboard, whose docs/extending.md explains it.
 * To take a newer version, replace this file.
 */

/** Something that holds a resource until it is disposed. Structurally the same as VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener; the subscription ends with the returned disposable. As VS Code's `Event`. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** Where diagnostics of the program itself go; in the editor an output channel with log levels. */
export interface Logger {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** A place in a text as LSP counts it: lines and UTF-16 code units from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Any value that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export type JsonObject = {
  [key: string]: JsonValue;
};

/**
 * A descriptor as Backstage holds it: what every kind has in common.
 * Source: `packages/catalog-model/src/entity/Entity.ts`.
 */
export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: EntityMeta;
  spec?: JsonObject;
  /** Only on entities that come out of the catalog; sorted by type, then by target. */
  relations?: EntityRelation[];
}

export interface EntityMeta extends JsonObject {
  name: string;
}

/** Links that an entity may have under `metadata.links`. */
export interface EntityLink {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
}

/** One end of a relation as an entity carries it; `targetRef` is full and lower-cased. */
export interface EntityRelation {
  type: string;
  targetRef: string;
}

/** The three parts that name an entity. */
export interface CompoundEntityRef {
  kind: string;
  namespace: string;
  name: string;
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A second place that belongs to a problem, such as the entity that won a conflict. */
export interface RelatedPlace {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
}

/** Something that makes many problems at once, such as a group that is not in the catalog. */
interface ProblemCause {
  /** What is missing or unknown: a full ref, or a kind as it is written. */
  readonly subject: string;
  /** The apiVersion of an unknown kind. */
  readonly apiVersion?: string;
}

/**
 * Something wrong with the input, with its place and, where there is one, a way out. The one type
 * that feeds diagnostics, tree badges, the dashboard and the command line.
 */
export interface Problem {
  /** A stable name, documented in docs/problems.md, such as `dangling-reference`. */
  readonly code: string;
  readonly severity: Severity;
  /** As Backstage words it, where Backstage has a message for it. */
  readonly message: string;
  /** URI of the file; undefined for entities that did not come from a file. */
  readonly file: string | undefined;
  /** 0-based index into `yaml`'s `parseAllDocuments`; undefined where the whole file is meant. */
  readonly document: number | undefined;
  readonly range: Range;
  /** `kind:namespace/name`, lower-cased, of the entity that the problem belongs to, if known. */
  readonly entityRef?: string;
  readonly related?: readonly RelatedPlace[];
  /** Refs or values that may have been meant, the nearest first. */
  readonly suggestions?: readonly string[];
  /** Problems with the same code and the same subject are reported as one; see `groupProblems`. */
  readonly cause?: ProblemCause;
}

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
  | {
      readonly type: 'discovery';
    }
  /** The configuration of a Backstage names it, or the command line does. */
  | {
      readonly type: 'configuration';
    }
  | {
      readonly type: 'provider';
      readonly name: string;
    }
  /** Nothing leads to it any more: an orphan. */
  | {
      readonly type: 'nothing';
    };

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
    options?: {
      readonly depth?: number;
      readonly signal?: AbortSignal;
    },
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

export declare const entityProvidersExtensionPoint: ExtensionPoint<EntityProvidersExtensionPoint>;

/** Where plugins take part in processing. */
export interface CatalogProcessorsExtensionPoint {
  addProcessor(processor: CatalogProcessor): Disposable;
}

export declare const catalogProcessorsExtensionPoint: ExtensionPoint<CatalogProcessorsExtensionPoint>;

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

export declare const problemSourcesExtensionPoint: ExtensionPoint<ProblemSourcesExtensionPoint>;

/** One group of a grouping that an entity belongs to. */
export interface TreeGroup {
  /** Stable, unique among its siblings. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Name of a codicon, such as `organization`. */
  readonly icon?: string;
  /**
   * Where the group stands for an entity, its full ref. The group then has the entity's actions,
   * and the entity itself, placed in it, is not listed a second time.
   */
  readonly entityRef?: string;
  /**
   * The type of the relation from the entity that the group stands for to what the group holds,
   * such as `ownerOf`: it is not shown a second time among the entity's relations.
   */
  readonly relation?: string;
  /** Groups are ordered by this, then by label. */
  readonly order?: number;
}

/** A way to group the Catalog tree, such as by owner. */
export interface TreeGrouping {
  /** Unique: `owner`. */
  readonly id: string;
  /** As offered to the user: `Owner`. */
  readonly label: string;
  /**
   * The path of groups, outermost first, for each place where the entity shall appear. An empty
   * path puts it at the top level; an empty list leaves it out.
   */
  groupsOf(entity: Entity): readonly (readonly TreeGroup[])[];
  /**
   * The same for the full ref of an entity, where that tells it all: a large catalog is grouped in a
   * moment, because its entities need not be put together. Undefined where it does not.
   */
  groupsOfRef?(ref: string): readonly (readonly TreeGroup[])[] | undefined;
  /** The same for a descriptor that is no entity; without it, those get a group of their own. */
  groupsOfFailed?(failed: FailedEntity): readonly (readonly TreeGroup[])[];
  /** Shows a group that holds one other group and nothing else as one row, as folders often are. */
  readonly compactGroups?: boolean;
}

export interface TreeGroupingsExtensionPoint {
  addTreeGrouping(grouping: TreeGrouping): Disposable;
}

export declare const treeGroupingsExtensionPoint: ExtensionPoint<TreeGroupingsExtensionPoint>;

/** A command on one entity, offered in "Entity Actions…", which its context menu opens. */
export interface EntityCommand {
  /** Unique: `todo.show`. */
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Whether it is offered for this entity; default: for all. */
  isEnabled?(entity: Entity): boolean;
  run(entity: Entity): unknown;
}

export interface EntityCommandsExtensionPoint {
  addEntityCommand(command: EntityCommand): Disposable;
}

export declare const entityCommandsExtensionPoint: ExtensionPoint<EntityCommandsExtensionPoint>;

/** A stretch of a text and what shall stand in its place; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * Changes to one file: edits of a file that is there, a file to be created with this content, or a file
 * to be moved to another URI, which comes after the edits of it.
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
  /** What happens, as the undo of the editor names it: `Set owner of orders`. */
  readonly label: string;
  /** Shows all changes in the editor's refactoring preview, to be confirmed one by one. */
  readonly preview?: boolean;
}

/** One field of an entity to be given one value, such as `spec.owner`. */
export interface FieldChange {
  /** Full ref of an entity that is written in the workspace. */
  readonly entityRef: string;
  /** Dotted path of the field below the entity. */
  readonly field: string;
  /** As it shall be read back; quotes are added where YAML needs them. */
  readonly value: string;
}

export interface RefusedChange {
  readonly entityRef: string;
  /** A sentence for the user, in the language of the editor. */
  readonly reason: string;
}

export interface SetFieldsResult {
  /** Refs of entities whose descriptor changed. */
  readonly changed: readonly string[];
  /** Refs of entities that had the value already. */
  readonly unchanged: readonly string[];
  readonly refused: readonly RefusedChange[];
  /** Takes the changes back, unless a file was edited since; then it rejects. */
  undo(): Promise<void>;
}

/** A place in a file that a problem points to. */
export interface EditPlace {
  readonly file: string;
  readonly range: Range;
}

/**
 * Writes to the files of the workspace, always as one step that the editor can undo. A file without
 * unsaved changes is saved afterwards, unless the user keeps refactorings unsaved
 * (`files.refactoring.autoSave`); one with unsaved changes is left to its author. Existing files
 * are never overwritten.
 */
export interface EditsService {
  /**
   * Applies all of the edits or none.
   *
   * @returns whether they were applied; a preview can be discarded
   * @throws Error naming the file that is read-only, that exists already or that cannot be written
   */
  apply(edits: readonly FileEdit[], options: ApplyEditsOptions): Promise<boolean>;
  /**
   * Shows in one editor what the files would become, beside what they are; nothing is changed. It stays
   * until it is disposed, or the user closes it.
   */
  preview(title: string, edits: readonly FileEdit[]): Promise<Disposable>;
  /**
   * Sets fields by the smallest edit of the YAML: comments, order, quotes and line ends stay. What
   * cannot be changed safely is refused with its reason; the others are changed.
   */
  setFields(
    changes: readonly FieldChange[],
    options: {
      label: string;
    },
  ): Promise<SetFieldsResult>;
  /**
   * Replaces the single YAML value at a place, quotes as they were.
   *
   * @throws Error with a sentence for the user when there is no such value
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
   * Switches a problem off by a comment before its line.
   *
   * @throws Error with a sentence for the user where no comment can stand
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

/** What in a folder says that there is something to describe. */
export interface ImportEvidence {
  /** Such as `npm`, `go`, `docker`, `openapi` or `git`. */
  readonly type: string;
  /** URI of the file, or of the repository. */
  readonly uri: string;
}

/** A folder that looks like a component. */
export interface ImportCandidate {
  /** URI of the folder. */
  readonly folder: string;
  /** The folder as people know it: relative to the workspace folder, `.` for itself. */
  readonly path: string;
  /** At least one. */
  readonly evidence: readonly ImportEvidence[];
  /** URI of the descriptor that may speak for the folder already: one above it, or below. */
  readonly coveredBy: string | undefined;
  /** Whether most people would want it: not covered, no fixture, not only the root of others. */
  readonly isSuggested: boolean;
}

/** A descriptor that could be written. */
export interface DescriptorDraft {
  /** URI of the folder that it describes. */
  readonly folder: string;
  /** URI of the file, where nothing is yet. */
  readonly file: string;
  readonly text: string;
  /** Full refs of the entities in it, the component first. */
  readonly entityRefs: readonly string[];
  /** As written; undefined where nobody is known, and `unknown` was written. */
  readonly owner: string | undefined;
  /** What was left out, and why, in sentences. */
  readonly notes: readonly string[];
}

export interface ImportSearch {
  readonly candidates: readonly ImportCandidate[];
  /** Folders that have a descriptor of their own, and are therefore not among the candidates. */
  readonly described: number;
}

export interface DraftOptions {
  readonly signal?: AbortSignal;
  /** Such as `production`; what the evidence says if not given. */
  readonly lifecycle?: string;
  /** An entity ref, for folders that nobody in CODEOWNERS owns. */
  readonly owner?: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Finds what has no descriptor yet, and drafts some. Reads only; writing is up to the caller. */
export interface ImportService {
  /** @throws AbortError if the signal is aborted */
  findCandidates(options?: { readonly signal?: AbortSignal }): Promise<ImportSearch>;
  /**
   * Drafts descriptors whose names are neither in the catalog nor in each other. What cannot be
   * drafted, because there is a file in the meantime, is left out.
   *
   * @throws AbortError if the signal is aborted
   */
  draft(
    candidates: readonly ImportCandidate[],
    options?: DraftOptions,
  ): Promise<readonly DescriptorDraft[]>;
}

/** A change of an entity that everything which refers to it follows. */
export type Refactoring =
  | {
      readonly type: 'rename';
      /** Full ref of an entity that is written in the workspace. */
      readonly entityRef: string;
      readonly newName: string;
      /** URI that its file is to be moved to; by default the file stays where it is. */
      readonly moveFile?: string;
    }
  | {
      readonly type: 'moveToNamespace';
      readonly entityRef: string;
      readonly namespace: string;
    }
  | {
      readonly type: 'changeOwner';
      /** Full refs of the entities that get another owner. */
      readonly entityRefs: readonly string[];
      /** A Group by its name, or a ref with its kind: `team-a`, `user:mary`. */
      readonly owner: string;
    };

/** Changes that belong together, and are made or left together. */
export interface RefactoringPart {
  /** What changes, in a word or two: `References`. */
  readonly label: string;
  readonly description?: string;
  /** Whether only the user can tell if they are wanted, as they depend on what is not in the catalog. */
  readonly isOptional: boolean;
  readonly edits: readonly FileEdit[];
}

export interface RefactoringPlan {
  readonly parts: readonly RefactoringPart[];
  /** Sentences about what stays as it is and may have to be changed by hand. */
  readonly warnings: readonly string[];
}

/** Plans changes of entities over all files of the workspace, by the catalog and open editors. */
export interface RefactoringService {
  /**
   * What would change; nothing does. `EditsService` shows and applies it.
   *
   * @throws Error with a sentence for the user where it is refused, such as for a name that is taken,
   *   and in hosts without processes; an `AbortError` once the signal is aborted
   */
  plan(
    refactoring: Refactoring,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<RefactoringPlan>;
}

/** `catalog`: entities in YAML files of a repository or behind an address; `backstage`: those of a running one. */
export type CatalogSourceType = 'git' | 'url' | 'github' | 'gitlab' | 'backstage';

/** Why the copy of a source is not of today. */
export interface CatalogSourceFailure {
  /** A sentence for people. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly advice: string | undefined;
  /** Whether a token is missing, or is not good for it. */
  readonly needsToken: boolean;
  /** Whether the user can sign in there instead of giving a token. */
  readonly canSignIn: boolean;
  /** Milliseconds since the epoch: since when, and when it is tried again by itself. */
  readonly since: number;
  readonly retryAt: number | undefined;
}

/** What a source holds where it does not hold all that there is: what the catalog refers to, and what was opened by name. */
export interface CatalogSourcePart {
  /** How many entities there are, where that is known. */
  readonly total: number | undefined;
  /** Whether there are more than it may hold; else its settings want it so. */
  readonly isTooLarge: boolean;
}

/** A kind that a source has entities of and isn't allowed to bring. */
export interface NotAllowedKind {
  /** As the first of its entities spells it. */
  readonly kind: string;
  readonly entities: number;
}

/** A place besides the workspace that entities come from, and how it is with it. */
export interface CatalogSourceInfo {
  readonly id: string;
  readonly name: string;
  readonly type: CatalogSourceType;
  /** Where it is, without a user or password. */
  readonly url: string;
  /** Of VS Code's chart colours, where the user gave it one. */
  readonly color: string | undefined;
  readonly isFetching: boolean;
  /** What it is at while it is fetched. */
  readonly progress: string | undefined;
  /** Milliseconds since the epoch at which its copy was good; undefined where there is none yet. */
  readonly fetchedAt: number | undefined;
  /** Who has signed in to it, in the words of a Backstage: mostly the ref of a user; undefined where nobody has. */
  readonly account: string | undefined;
  /** Entities in the copy, including those that another source wins and those in `notAllowed`. */
  readonly entities: number;
  /** Entities in the copy that `allow` keeps out of the catalog, by kind; the kind with the most entities first. */
  readonly notAllowed: readonly NotAllowedKind[];
  /** Kinds that the source may bring: names, `*` for all, and `!Kind` for an exception from all. */
  readonly allow: readonly string[];
  /** Undefined where it holds all that there is. */
  readonly part: CatalogSourcePart | undefined;
  readonly failure: CatalogSourceFailure | undefined;
  /** Whose settings name it, those that count first. */
  readonly scopes?: readonly CatalogSourceScope[] | undefined;
}

/** Whose settings a source is named in: those of a workspace count once the user trusts it. */
export type CatalogSourceScope = 'user' | 'workspace';

/** Where a file of a source is really, as far as that is known. */
export interface CatalogSourcePlace {
  /** For a browser; `https:` or `http:`. */
  readonly webPage: string | undefined;
  /** The repository that it lies in, as git clones it. */
  readonly repository: string | undefined;
}

/** Where a file of the workspace would be registered in a Backstage. */
export interface FileAddress {
  /** Of its page: `https://github.com/acme/shop/blob/main/catalog-info.yaml`. */
  readonly url: string;
  /** Of the page of its repository. */
  readonly repository: string;
  /** That is checked out. */
  readonly branch: string;
  /** Below the top of the repository. */
  readonly path: string;
}

/** Which sources have an entity. */
export interface EntityOrigin {
  /** The source that it comes from; undefined for entities of the workspace and of plugins. */
  readonly from: CatalogSourceInfo | undefined;
  /** Sources that have one of the same ref, which does not count. */
  readonly alsoIn: readonly CatalogSourceInfo[];
}

/** What is looked for by what it is called. */
export interface SourceEntityQuery {
  /** Words that its name, its title or the name of a person has, in any case; empty: whatever it is called. */
  readonly text: string;
  /** Of which kinds it may be, in any case; default: of all. */
  readonly kinds?: readonly string[];
  readonly namespace?: string;
  /** From each source: 1 to 200. */
  readonly limit: number;
}

/** An entity that a source has, with no more of it than tells it from others. */
export interface SourceEntity {
  /** Full, lower-cased. */
  readonly ref: string;
  /** As it is written, as are namespace and name. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Its title, or the name of a person or a team. */
  readonly title: string | undefined;
  /** `spec.type` */
  readonly type: string | undefined;
}

/** What a source has found of what was looked for. */
export interface SourceEntities {
  readonly source: CatalogSourceInfo;
  /** By name; what the catalog has is among them. */
  readonly entities: readonly SourceEntity[];
  /** Whether there is nothing else that fits. */
  readonly isComplete: boolean;
  /** Why there are none, as a sentence for people. */
  readonly failure?: string;
}

export interface FindEntitiesOptions {
  /** Aborted for another question: nobody is asked for one that lasts for no longer than a moment. */
  readonly signal: AbortSignal;
  /** Whether it is for who goes on with something else meanwhile: a source whose last fetch failed is left alone then. */
  readonly isAside?: boolean;
  /** Called once for each source that is asked. */
  readonly onAnswer: (answer: SourceEntities) => void;
}

/** The sources of the catalog besides the workspace: how it is with them. */
export interface CatalogSources {
  readonly onDidChange: Event<void>;
  /** In the order of conflicts: the first that has an entity wins. */
  getSources(): readonly CatalogSourceInfo[];
  /** The source of a file of the catalog; undefined for files of the workspace. */
  getSourceOf(file: string): CatalogSourceInfo | undefined;
  /**
   * Fetches one, or all, now. Failures are in the info.
   *
   * @throws AbortError
   */
  refresh(options?: { readonly id?: string; readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Asks the sources for an entity that the catalog does not have, as theirs may be too large to be held, or newer than
   * the copy.
   *
   * @param ref - full
   * @returns whether one of them has it, which is in the catalog then
   * @throws an Error that says why it could not be asked for; AbortError
   */
  bring(
    ref: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<boolean>;
  /**
   * Asks the sources that hold a part of what they have for entities by their names. Each answers for itself, or fails; those
   * that hold all of it are not asked.
   *
   * @returns once all have answered
   * @throws AbortError
   */
  findEntities(query: SourceEntityQuery, options: FindEntitiesOptions): Promise<void>;
  /** Takes it out of the settings of the user and of the workspace, and deletes its copy once that is done. */
  remove(id: string): Promise<void>;
  /** Forgets the copy, so that the next fetch starts anew. */
  forget(id: string): Promise<void>;
}

/** The sources of the catalog besides the workspace, and what the user says of them. */
export interface CatalogSourcesService extends CatalogSources {
  /**
   * What is wrong with a source as it would stand in the setting `callboard.catalog.sources`, in sentences; none where
   * it can be used.
   */
  check(source: JsonObject): Promise<readonly string[]>;
  /** What is wrong in the setting, in sentences: sources that cannot be used, and are not there therefore. */
  getSettingProblems(): readonly string[];
  /**
   * Adds a source to the settings, behind those that are there.
   *
   * @throws TypeError with what is wrong with it; Error in words for people where it cannot be written without taking
   * something away, or is there already
   */
  add(source: JsonObject, scope: CatalogSourceScope): Promise<void>;
  /**
   * Replaces the `allow` list of a source in all settings that name it.
   *
   * @throws Error in words for people where no setting names the source
   */
  setAllowedKinds(id: string, kinds: readonly string[]): Promise<void>;
  /** Asks the user for a token of the host that a source is on, and keeps it in the secret storage. */
  setToken(id: string): Promise<void>;
  /** Deletes that token. @returns the host; undefined where there was none */
  removeToken(id: string): Promise<string | undefined>;
  /**
   * Has the user sign in to a Backstage in the browser, and keeps what comes of it in the secret storage.
   *
   * @throws Error in words for people where that cannot be; AbortError where the user gave up
   */
  signIn(id: string): Promise<void>;
  /** Forgets that, and has the Backstage forget it. @returns its host; undefined where nobody had signed in */
  signOut(id: string): Promise<string | undefined>;
  /** @param ref - full */
  getOriginOf(ref: string): EntityOrigin;
  /** Where a file of a source is; undefined for files of the workspace. */
  getPlaceOf(file: string): CatalogSourcePlace | undefined;
  /** Addresses of files of the workspace, as far as their repositories have a remote with pages that are known. */
  findAddresses(files: readonly string[]): Promise<ReadonlyMap<string, FileAddress>>;
}

/** A file of docs that a Backstage has built, or that it had when it was asked last. */
export interface InstanceDocsFile {
  readonly content: Uint8Array;
  /** Milliseconds since the epoch at which the server said so. */
  readonly fetchedAt: number;
  /** Why it is not of now, as a sentence for people; undefined where it is. */
  readonly failure: string | undefined;
}

export interface InstanceDocsMetadata {
  /** `site_name` of the `mkdocs.yml`. */
  readonly siteName: string | undefined;
  readonly siteDescription: string | undefined;
  /** Milliseconds since the epoch. */
  readonly builtAt: number | undefined;
}

export interface InstanceDocsBuildOptions {
  readonly signal: AbortSignal;
  /** Told what the server says while it builds, line by line. */
  readonly report?: (line: string) => void;
}

/**
 * The docs that a Backstage serves, as MkDocs built them. Whatever comes is what somebody wrote who may write docs there:
 * it is not to be shown as it is.
 *
 * Source: `plugins/techdocs-backend/src/service/router.ts` of Backstage.
 */
export interface InstanceDocs {
  /**
   * A file of the docs of an entity. Those that were read lately are kept, and given where the server cannot be asked.
   *
   * @param entityRef - full
   * @param path - below the site, with `/`: `guides/setup/index.html`, `search/search_index.json`
   * @param options.maxSize - in bytes; what is larger is a failure
   * @returns undefined where the server has no such file
   * @throws Error with a sentence for people where it cannot be asked and nothing is kept; AbortError
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
   * What the server says of the docs of an entity; undefined where they are not built.
   *
   * @param entityRef - full
   * @throws as `read` does
   */
  getMetadata(
    entityRef: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<InstanceDocsMetadata | undefined>;
  /**
   * Has the server build the docs of an entity, if it builds any, and waits for that. Whoever calls has asked the user.
   *
   * @param entityRef - full
   * @returns whether there is another state of them now
   * @throws Error with a sentence for people; AbortError, which does not end the build there
   */
  build(entityRef: string, options: InstanceDocsBuildOptions): Promise<boolean>;
}

/** Whoever asks can end it. */
export interface InstanceOptions {
  readonly signal: AbortSignal;
}

/** What the table of the catalog shows. Values are as `EntityFilterCondition` compares them. */
export interface CatalogQuery {
  /** Lower-cased; undefined: all kinds. */
  readonly kind?: string;
  /**
   * By the id of a facet (`type`, `lifecycle`, `owner`, `system`, `tag`, `namespace`), the values of which
   * an entity has to have one. Owners and systems are full refs.
   */
  readonly facets?: Readonly<Record<string, readonly string[]>>;
  /** Of which all have to hold: `owned` by the user, `starred`, and so on. */
  readonly only?: readonly CatalogCondition[];
  /** Words that all have to occur in what a row shows. */
  readonly text?: string;
  readonly sort?: {
    readonly column: string;
    readonly descending?: boolean;
  };
}

export type CatalogCondition =
  'owned' | 'starred' | 'withoutDocs' | 'withProblems' | 'withoutOwner';

/** What the graph shows, and how. */
export interface GraphQuery {
  /** Full refs of the entities that it is drawn around; none: the whole catalog. */
  readonly rootRefs?: readonly string[];
  /** Relations to go from the roots at most; undefined: as many as there are. */
  readonly depth?: number;
  /** `outgoing`: what the roots depend on; `incoming`: what depends on them. Default: both. */
  readonly direction?: 'both' | 'outgoing' | 'incoming';
  /** Types of relations, either half of a pair; undefined: all. */
  readonly relations?: readonly string[];
  /** Lower-cased; undefined: all. */
  readonly kinds?: readonly string[];
  /** Full refs of owners of which a node has to have one. */
  readonly owners?: readonly string[];
  readonly lifecycles?: readonly string[];
  /** Draws what belongs together as one node that can be expanded. */
  readonly rollUp?: 'system' | 'domain' | 'owner';
  /** Refs of rolled-up nodes that are expanded. */
  readonly expanded?: readonly string[];
  /** Whether a component that consumes an API is drawn to depend on what provides it. */
  readonly implied?: boolean;
  /** Marks the shortest path from the first root to this ref. */
  readonly pathTo?: string;
  /** Shows the dependents of the roots, as `CatalogService.getDependents` finds them. */
  readonly dependents?: boolean;
  /** Ref of the node that is selected. */
  readonly selected?: string;
  /** Whether it is shown as a table of nodes and their relations, and not drawn. */
  readonly asList?: boolean;
}

/** A page of the portal, with what it is about: all that is needed to show it again. */
export type PortalPage =
  | {
      readonly page: 'home';
    }
  | {
      readonly page: 'catalog';
      readonly query?: CatalogQuery;
      /** 0-based index of the row that is shown first. */
      readonly row?: number;
    }
  | {
      readonly page: 'entity';
      /** Full, lower-cased. */
      readonly entityRef: string;
      /** Id of an `EntityTab`; default: the first one. */
      readonly tab?: string;
      /** What a tab shows in particular, such as an operation of an API or a page of docs. */
      readonly anchor?: string;
    }
  | {
      readonly page: 'graph';
      readonly query?: GraphQuery;
    }
  | {
      readonly page: 'docs';
      /** Id of a site; undefined: the list of all. */
      readonly site?: string;
      /** Of a page, below the docs folder of its site; undefined: the first one. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      /** The form of a Template. */
      readonly page: 'template';
      /** Full ref, lower-cased. */
      readonly template: string;
      /** Whether what is filled in is only for a dry run. */
      readonly isDryRun?: boolean;
    }
  /** The runs of Templates. */
  | {
      readonly page: 'tasks';
    }
  | {
      /** A run of a Template. */
      readonly page: 'task';
      readonly id: string;
    }
  | {
      readonly page: 'organization';
      /** Full ref of the group or user that is selected. */
      readonly entityRef?: string;
    }
  | {
      readonly page: 'search';
      /** As people type it; undefined: nothing is searched for yet. */
      readonly query?: string;
      /** 0-based index of the result that was gone to. */
      readonly result?: number;
    };

export interface OpenPageOptions {
  /** In a new editor beside the active one. */
  readonly toSide?: boolean;
  /** Keys go on to where they go now. */
  readonly preserveFocus?: boolean;
}

/** Opens pages of the portal. */
export interface PortalService {
  /** The page in the active editor; undefined while another editor is active. */
  readonly activePage: PortalPage | undefined;
  /**
   * Shows a page: in the editor that shows it already, else in the one where the portal was last, else in a
   * new one.
   */
  open(page: PortalPage, options?: OpenPageOptions): Promise<void>;
}

/** Where something in a page leads. */
export type LinkTarget =
  | {
      readonly type: 'entity';
      readonly entityRef: string;
    }
  | {
      readonly type: 'page';
      readonly page: PortalPage;
    }
  /** Opened outside, if it is `http:`, `https:` or `mailto:`. */
  | {
      readonly type: 'url';
      readonly url: string;
    }
  /** A place in a file: the URI of the file. */
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

/** What results can be filtered by besides their type, with the words of a query: `kind:api`. */
export type SearchFacet = 'kind' | 'type' | 'owner' | 'lifecycle' | 'tag' | 'system';

/** Values in lower case; owners and systems are full refs. */
export type SearchFacets = {
  readonly [Facet in SearchFacet]?: readonly string[];
};

/** A place in a file. */
export interface SearchLocation {
  /** URI. */
  readonly file: string;
  readonly range?: Range;
}

/** Something that is found as one: Backstage's `IndexableDocument`, with its place in the workspace. */
export interface SearchDocument {
  /** Unlike those of the other documents of its source; of the same thing the same another time. */
  readonly id: string;
  /** What it is called where it is shown. */
  readonly title: string;
  /** What else it is called: the name of an entity, the path of an operation. As good as the title to find it by. */
  readonly names?: readonly string[];
  /** Single words that speak of it: tags, values of annotations. */
  readonly keywords?: readonly string[];
  /** What it says, without markup. */
  readonly text?: string;
  /** What it is part of, from the outside: a site, a page, the headings above it. Shown beside the title. */
  readonly path?: readonly string[];
  /** Full ref, lower-cased, of the entity that it is or belongs to. */
  readonly ref?: string;
  /** Whether it is that entity itself: it comes before what belongs to it, and can be found by its ref. */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Where it is written; collators whose places move without the document say it in `locate`. */
  readonly location?: SearchLocation;
  /** What opens it; default: its location. */
  readonly target?: LinkTarget;
  /** Name of a codicon; default: that of the collator. */
  readonly icon?: string;
}

/** What documents come from, all at once: an entity, a page of docs, a definition. */
export interface SearchSource {
  /** Unlike those of the other sources of the collator. */
  readonly id: string;
  /** Changes with what its documents say, where that can be told without making them; else they are made anew after a start. */
  readonly stamp?: string;
}

export interface SearchChangeEvent {
  /** Ids of the sources that are others, new or gone; undefined: any may be. */
  readonly sources: ReadonlySet<string> | undefined;
}

/**
 * Brings documents into the search, as collators do in a Backstage. Sources are read when there is nothing more
 * urgent to do, and kept over sessions with their stamps.
 */
export interface SearchCollator {
  /** Unique, one word in lower case, as people write it behind `in:`: `docs`. The type of its documents. */
  readonly id: string;
  /** `Docs` */
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** How much one of these means beside another that matches as well; default: 1. */
  readonly weight?: number;
  /** So many sources may be read at a time, where other threads do the work, 64 at most; default: 1. */
  readonly concurrency?: number;
  /** Whether `locate` takes longer than a moment: answers do not wait for it then, unless places are what was asked for. */
  readonly locatesOnDemand?: boolean;
  readonly onDidChange: Event<SearchChangeEvent>;
  /** All there are. @throws AbortError */
  getSources(signal: AbortSignal): Promise<readonly SearchSource[]>;
  /**
   * Resolves once all has been told that was known to be another when this was asked, for collators that look first
   * at what of it is. Who waits until everything has been read waits for that.
   */
  settle?(): Promise<void>;
  /**
   * The documents of a source; none where it is gone. At once where that takes no time.
   *
   * @throws what is logged, once for each collator; the source has no documents then
   */
  collate(
    source: string,
    signal: AbortSignal,
  ): readonly SearchDocument[] | Promise<readonly SearchDocument[]>;
  /** Where a document is written now. Asked for what is shown, or only when somebody goes there. */
  locate?(
    document: SearchDocument,
    signal: AbortSignal,
  ): SearchLocation | undefined | Promise<SearchLocation | undefined>;
}

export interface SearchCollatorsExtensionPoint {
  addCollator(collator: SearchCollator): Disposable;
}

/** Where plugins bring documents into the search. */
export declare const searchCollatorsExtensionPoint: ExtensionPoint<SearchCollatorsExtensionPoint>;

export interface SearchRequest {
  /**
   * As people type it: words, which may be unfinished or misspelt; "phrases"; -excluded words; filters as
   * `kind:api`, `in:docs`, `-tag:java`, `owner:me`, several of one kind being alternatives. Empty: what the user is likely to want.
   */
  readonly query: string;
  readonly limit: number;
  /** So many of the best are left out; default: 0. */
  readonly offset?: number;
  /** Whether to count the values of facets among all results. */
  readonly withFacets?: boolean;
  /** Whether to wait until it is known of each result where it is written; that may take seconds. */
  readonly withPlaces?: boolean;
}

/** From and to, in UTF-16 code units of a text. */
export type TextMark = readonly [from: number, to: number];

export interface MarkedText {
  readonly text: string;
  /** In order, apart. */
  readonly marks: readonly TextMark[];
}

export interface SearchResult {
  /** Id of its collator. */
  readonly type: string;
  readonly title: MarkedText;
  /** The part of its text in which most of the words stand; undefined where it has none. */
  readonly snippet: MarkedText | undefined;
  readonly path: readonly string[];
  readonly ref: string | undefined;
  readonly facets: SearchFacets;
  readonly icon: string;
  /** More is better; of one answer only. */
  readonly score: number;
  /** Where it is written, or where the entity is that it belongs to as long as that takes a while to find. */
  readonly location: SearchLocation | undefined;
  /** `locate` finds where it is written, and so what opens it where that is a place. */
  readonly isPlacePending?: boolean;
  readonly target: LinkTarget;
}

/** How many results have a value. */
export interface SearchFacetCount {
  readonly value: string;
  readonly count: number;
}

export interface SearchResults {
  /** The best first. */
  readonly results: readonly SearchResult[];
  /** How many there are in all. */
  readonly total: number;
  /** By facet, and by `in` for types; the most frequent first, at most 50 of each; none unless asked for. */
  readonly facets: {
    readonly [Facet in SearchFacet | 'in']?: readonly SearchFacetCount[];
  };
  /**
   * Words of the query, in lower case, that were ignored because no document has all words. The results have all the
   * others. Filters, phrases and excluded words are never ignored.
   */
  readonly ignored: readonly string[];
  /** Whether there may be more: the index is being made. */
  readonly isPartial: boolean;
  /** Milliseconds. */
  readonly tookMs: number;
}

/** What can stand at a place of a query. */
export interface SearchCompletion {
  /** What it puts in place of which part of the query. */
  readonly text: string;
  readonly replaces: TextMark;
  readonly label: string;
  readonly detail?: string;
}

export type SearchState =
  /** Nobody has searched yet. */
  | {
      readonly type: 'asleep';
    }
  /** Undefined: how many sources there are is not known yet. */
  | {
      readonly type: 'indexing';
      readonly done: number;
      readonly total: number | undefined;
    }
  | {
      readonly type: 'ready';
    }
  /** There can be no index, as for want of memory: names alone are searched until it is made anew. */
  | {
      readonly type: 'failed';
      readonly message: string;
    };

/** What somebody searched for, and what is kept to be searched for again: queries as they were typed. */
export interface SearchHistory {
  /** Either of the lists is another. */
  readonly onDidChange: Event<void>;
  /** What led to something that was opened, the latest first. */
  readonly recent: readonly string[];
  /** The latest first. */
  readonly saved: readonly string[];
  /** Something was opened that a query had found. */
  add(query: string): Promise<void>;
  /** Takes a query out of the recent ones. Default: all. */
  forget(query?: string): Promise<void>;
  setSaved(query: string, isSaved: boolean): Promise<void>;
}

/** What somebody else has found, who is asked later. */
export interface ElsewhereAnswer {
  readonly provider: SearchService['providers'][number];
  /**
   * The likeliest first; what is in the index, or in an answer before, is left out. The type of each says what it is, for
   * people, and none has a place in a file.
   */
  readonly results: readonly SearchResult[];
  /** Why there are none, as a sentence for people. */
  readonly failure?: string;
}

/** Finds everything: entities, docs, operations of APIs, templates, people, and what plugins add. */
export interface SearchService {
  readonly state: SearchState;
  /** The state is another, or answers may be. */
  readonly onDidChange: Event<void>;
  /** In the order in which they came. */
  readonly collators: readonly Pick<SearchCollator, 'id' | 'title' | 'icon'>[];
  /**
   * Answers with what is known so far, and by names alone as long as there is no index. What it was doing for a signal ends soon after
   * that is aborted.
   *
   * @throws AbortError
   */
  find(request: SearchRequest, signal: AbortSignal): Promise<SearchResults>;
  /** Who searches other machines, in the order in which they came. */
  readonly providers: readonly {
    readonly id: string;
    readonly title: string;
  }[];
  /**
   * Asks the providers, unless another query comes within a moment: each answers for itself, or fails. Nobody is asked for less
   * than two letters, nor for filters alone.
   *
   * @param request.provider - the id of the only one to be asked; default: all
   * @param options.onAnswer - called once for each
   * @returns once all have answered
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
   * Where a result of `find` is written now; undefined where that cannot be told.
   *
   * @throws AbortError
   */
  locate(result: SearchResult, signal: AbortSignal): Promise<SearchLocation | undefined>;
  /** What a filter at a place (a UTF-16 offset) of a query can go on with, the likeliest first. @throws AbortError */
  complete(query: string, at: number, signal: AbortSignal): Promise<readonly SearchCompletion[]>;
  /** The same for all who search in a window. */
  history(): Promise<SearchHistory>;
  /** Resolves once all that is there has been read. @throws AbortError, Error where there can be no index */
  whenReady(signal: AbortSignal): Promise<void>;
  /** Drops the index, and makes another. */
  rebuild(): Promise<void>;
}

export interface InstanceSearchRequest {
  /** At most 100 characters count. */
  readonly term: string;
  /** `software-catalog`, `techdocs`, and what else the instance has; default: all. */
  readonly types?: readonly string[];
  /** By the field of the documents, the value that it has to have, with its case: `kind`, `lifecycle`. */
  readonly filters?: Readonly<Record<string, string>>;
  /** 1 to 100. */
  readonly limit: number;
  /** Of the page before; without it, the first one. */
  readonly cursor?: string;
}

/** Something that an instance has found. */
export interface InstanceSearchResult {
  /** `software-catalog`, `techdocs`, or of a plugin of the instance. */
  readonly type: string;
  readonly title: MarkedText;
  /** A part of what it says. */
  readonly text: MarkedText;
  /** An address of the app: `/catalog/default/component/shop`, or one with its host. */
  readonly location: string;
  /** Full ref of the entity that it is, or whose docs it is of; undefined where that cannot be told. */
  readonly entityRef: string | undefined;
  /** Of docs: the place below the address of the site: `guides/setup/#before`. */
  readonly docsPath: string | undefined;
  /** `spec.type`, `spec.lifecycle` and the name of the owner, as far as the instance says them. */
  readonly entityType: string | undefined;
  readonly lifecycle: string | undefined;
  readonly owner: string | undefined;
}

export interface InstanceSearchPage {
  readonly results: readonly InstanceSearchResult[];
  /** Undefined where the instance does not say. */
  readonly total: number | undefined;
  readonly nextCursor: string | undefined;
}

/** The search of a running Backstage. Source: `plugins/search-backend/src/service/router.ts`. */
export interface InstanceSearch {
  /** Undefined where the instance has no search. */
  query(
    request: InstanceSearchRequest,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<InstanceSearchPage | undefined>;
}

/** A running Backstage that has Templates run. */
export interface TemplateInstance {
  /** As `CatalogSourceInfo.id`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly url: string;
}

/** A run of a Template, be it under way or over, as a list of them shows it. */
export interface TemplateTaskSummary {
  readonly id: string;
  /** Ref of the Template: `template:namespace/name`, in lower case. */
  readonly template: string;
  /** Of the Template. */
  readonly title: string;
  /** Whether it changed nothing but what it shows. */
  readonly isDryRun: boolean;
  /** URI of the folder that it writes into, or that a dry run is held against; undefined: against nothing. */
  readonly folder: string | undefined;
  /** Where it runs on a Backstage, and not here. */
  readonly instance?: TemplateTaskInstance | undefined;
  /**
   * `waiting` while the user looks at what it would do; `interrupted` where the window was closed before it
   * had come to its end, or a Backstage does not tell any more how it goes on there.
   */
  readonly status: 'processing' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'interrupted';
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

export interface TemplateTaskInstance extends TemplateInstance {
  /** What the server calls the task; undefined where it has not begun there, or was only tried. */
  readonly taskId?: string | undefined;
}

/** A run of a Template with all that is known of it. Nothing in it is secret. */
export interface TemplateTask extends TemplateTaskSummary {
  readonly steps: readonly TemplateTaskStep[];
  /** What was said of the run as a whole. */
  readonly log: readonly string[];
  /** What was filled in, without secrets and passwords. */
  readonly values: JsonObject;
  /** Links, texts, and whatever else the Template gave. */
  readonly output: JsonObject;
  /** In Backstage's words. */
  readonly error: string | undefined;
  /** What it made. */
  readonly files: readonly TemplateTaskFile[];
  /** What is in the way of knowing how it goes on, for people. */
  readonly trouble?: string | undefined;
  /** Whether it can go on from the step that failed or was cancelled; of an interrupted one, be followed again. */
  readonly canRetry: boolean;
}

export interface TemplateTaskStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** As that of a `TemplateStepResult`. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  /** In milliseconds since the epoch; undefined for what has not begun. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Whether what it does elsewhere is only pretended. */
  readonly isSimulated: boolean;
}

/** A file that a run made, or would make. */
export interface TemplateTaskFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly isExecutable: boolean;
  /** What becomes of what was there; `kept`: the user did not want it to be replaced. */
  readonly change: 'added' | 'changed' | 'unchanged' | 'kept';
}

/** The runs of Templates in this workspace: those under way, and the last ones that are over. */
export interface TemplateTasksService {
  /** Fires when there are others, and some time after one has gone on. */
  readonly onDidChange: Event<void>;
  /** The latest first. */
  list(): readonly TemplateTaskSummary[];
  get(id: string): TemplateTask | undefined;
  /** Ends one that is under way; nothing happens where there is none. A Backstage is asked to end it. */
  cancel(id: string): void;
  /**
   * Goes on from the step that failed or was cancelled, with what was there before it. A Backstage begins anew, unless it
   * knows better; of what was interrupted there, it is told how it goes on.
   *
   * @throws an Error where it cannot go on
   */
  retry(id: string): Promise<void>;
  /** Forgets all that are over. */
  clear(): Promise<void>;
}

/** A Template that can be run. */
export interface TemplateSummary {
  /** `template:namespace/name`, in lower case. */
  readonly ref: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly type: string;
  readonly tags: readonly string[];
  /** Full ref, in lower case; undefined where it names none, or none that could be read. */
  readonly owner: string | undefined;
  /** URI of the file that it stands in. */
  readonly file: string;
  /** Whether it comes with Callboard, and not from the catalog. */
  readonly isShipped: boolean;
  /** The Backstage that it comes from, and runs on; undefined where it runs here. */
  readonly instance?: TemplateInstance | undefined;
}

/** A Template with all that it says. */
export interface LoadedTemplate extends TemplateSummary {
  /** With its placeholders resolved. */
  readonly entity: JsonObject;
  /** What its steps do, the first of each action; ids of actions that nobody knows here are told apart. */
  readonly actions: readonly TemplateActionUse[];
}

export interface TemplateActionUse {
  readonly id: string;
  /** Whether there is such an action: without it, the Template cannot run to its end. */
  readonly isKnown: boolean;
  /** Whether it does more than make files. */
  readonly isOutward: boolean;
  /** Whether only a Backstage does what it does: here it is passed over, and an example stands for what it gives. */
  readonly isPassedOver: boolean;
}

/** What somebody filled in. */
export interface TemplateInput {
  readonly values: JsonObject;
  /** Never kept, logged or shown. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What does not fit a Template's form. */
export interface TemplateInputError {
  /** Keys that lead to the value. */
  readonly path: readonly (string | number)[];
  /** In the words of the validator that Backstage uses. */
  readonly message: string;
}

export interface TemplateInputCheck {
  /** Those of the first page that is not satisfied. */
  readonly errors: readonly TemplateInputError[];
  /** Whether each page of the form is shown, by its `when`. */
  readonly visible: readonly boolean[];
}

/** What a step has come to. */
export interface TemplateStepResult {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** `processing` while it runs; a step that did not run, or did nothing here, is `skipped`. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  readonly output: JsonObject;
}

/** A file that a Template made. */
export interface TemplateFile {
  /** Relative to what is written to, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** What came of a run. */
export interface TemplateRunResult {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly steps: readonly TemplateStepResult[];
  /** Links, texts, and whatever else the Template gives. */
  readonly output: JsonObject;
  /** In Backstage's words. */
  readonly error?: string | undefined;
  /** None where it did not run to its end. */
  readonly files: readonly TemplateFile[];
}

export interface TemplateRunOptions {
  readonly signal: AbortSignal;
  /** Told of each line of the log as it comes, without secrets. */
  readonly onLog?: (line: TemplateLogLine) => void;
}

export interface TemplateLogLine {
  /** Undefined for what is said of the run as a whole. */
  readonly stepId: string | undefined;
  /** Where the step is in another state now. */
  readonly status?: TemplateStepResult['status'];
  readonly message: string;
  /** When that was, in milliseconds since the epoch; default: now. */
  readonly time?: number;
}

/** A test of a template, as a `*.callboard-test.yaml` states it. */
export interface TemplateTest {
  /** Unlike those of all others in its file. */
  readonly name: string;
  /** Of the name. */
  readonly range: Range;
}

export interface TemplateTestFile {
  /** Those that can be run. */
  readonly tests: readonly TemplateTest[];
  /** Why others cannot. */
  readonly problems: readonly Problem[];
}

/** How a test went. */
export interface TemplateTestResult {
  readonly status: 'passed' | 'failed' | 'cancelled';
  readonly failures: readonly TemplateTestFailure[];
  /** What the run said, without secrets. */
  readonly log: readonly string[];
  /** In milliseconds. */
  readonly duration: number;
  /** Whether what came out can become what is expected. */
  readonly canAccept: boolean;
}

export interface TemplateTestFailure {
  readonly message: string;
  /** URI of the file with the test. */
  readonly file: string;
  /** Of what is expected. */
  readonly range: Range;
  /** What was expected, and what came instead, where both are texts. */
  readonly difference:
    | {
        readonly expected: string;
        readonly actual: string;
      }
    | undefined;
}

/** Software templates: those of the catalog, and those that come with Callboard. */
export interface ScaffolderService {
  /** The Templates are others now, or say something else. */
  readonly onDidChange: Event<void>;
  /** By their titles. */
  getTemplates(): Promise<readonly TemplateSummary[]>;
  /** @returns undefined where there is none @throws an Error for one that a Backstage would refuse */
  loadTemplate(ref: string): Promise<LoadedTemplate | undefined>;
  /** Checks what is filled in as a backend does before it runs a Template. */
  check(ref: string, values: JsonObject, signal: AbortSignal): Promise<TemplateInputCheck>;
  /**
   * Runs a Template without any consequence: what publishes, registers or asks others is passed over. One of a Backstage is
   * tried there.
   *
   * @throws an Error where there is no such Template
   */
  dryRun(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions,
  ): Promise<TemplateRunResult>;
  /** @param file - URI of a `*.callboard-test.yaml` */
  readTests(file: string): Promise<TemplateTestFile>;
  /** Runs a test without any consequence. */
  runTest(
    file: string,
    name: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<TemplateTestResult>;
  /** Makes what comes out of a test what is expected of it: writes its golden folder. */
  acceptTest(
    file: string,
    name: string,
    options: {
      readonly signal: AbortSignal;
    },
  ): Promise<void>;
  /**
   * Asks the user for what a Template wants, one thing after the other, and where to put what it makes, and runs it.
   *
   * @param options.folder - URI of what it is put into; undefined: the user is asked
   * @param options.isDryRun - whether it is only to be shown what it would make
   * @returns `form` where it wants what is to be filled in on its page (`PortalPage`), which is for the caller to open
   */
  start(
    ref: string,
    options: {
      readonly folder?: string;
      readonly isDryRun?: boolean;
    },
  ): Promise<'started' | 'cancelled' | 'form'>;
  /**
   * Asks the user where to put what a Template makes, shows it, and writes it; of a dry run, what it is held against.
   *
   * @returns whether the user went on to where it could be run
   */
  create(
    ref: string,
    input: TemplateInput,
    options: {
      readonly folder?: string;
      readonly isDryRun?: boolean;
    },
  ): Promise<boolean>;
  /** The runs that `start` and `create` have led to. */
  tasks(): Promise<TemplateTasksService>;
  /**
   * Runs a Template and writes what it makes into a folder, after the user has agreed to what it does. What
   * goes wrong, or is cancelled, leaves the folder as it was; files that are there are replaced only after the
   * user has agreed to that, too.
   *
   * @param folder - URI; need not be there
   * @returns undefined where the user did not agree
   * @throws an Error where there is no such Template, or templates cannot be run here
   */
  run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & {
      readonly folder: string;
    },
  ): Promise<TemplateRunResult | undefined>;
  /** Has the user set, replace or take away the token that publishing to a host takes; nobody gets to see it. */
  setToken(): Promise<void>;
  /**
   * Looks whether a Template has moved on since a project was made from it, shows what that changes in the project,
   * and makes the changes that the user wants.
   *
   * @param options.folder - URI of the project's folder; undefined: the user is asked
   */
  checkForUpdates(options: { readonly folder?: string }): Promise<void>;
}

/** A Template's form, as the server has it for whoever asks. */
export interface InstanceTemplateForm {
  readonly title: string;
  readonly description: string | undefined;
  /** As `spec.parameters` of a Template: its pages, without those that may not be seen. */
  readonly parameters: readonly JsonObject[];
  /** As `spec.presentation` of a Template. */
  readonly presentation: JsonObject | undefined;
}

/** What steps can do there. */
export interface InstanceAction {
  readonly id: string;
  readonly description: string | undefined;
}

export type InstanceTaskStatus =
  'open' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'skipped';

/** A run of a Template on the server, as far as the server tells of it. */
export interface InstanceTask {
  readonly id: string;
  /** In what others made of the server, there may be states that nobody knows here. */
  readonly status: InstanceTaskStatus | undefined;
  /** Full ref of its Template, in lower case; undefined where the server does not say. */
  readonly template: string | undefined;
  /** In milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** Ref of whoever started it. */
  readonly createdBy: string | undefined;
  readonly steps: readonly Pick<TemplateStepResult, 'id' | 'name' | 'action'>[];
}

export interface InstanceTaskQuery extends InstanceOptions {
  /** At most 100; default: 20. */
  readonly limit?: number;
  readonly offset?: number;
  /** Refs of those who started them. */
  readonly createdBy?: readonly string[];
  readonly status?: readonly InstanceTaskStatus[];
}

/** Something that a task told. */
export interface InstanceTaskEvent {
  /** Grows with each event of a task. */
  readonly id: number;
  /** `recovered`: what failed or was cancelled begins anew. Others tell nothing but their message. */
  readonly type: 'log' | 'completion' | 'cancelled' | 'recovered' | 'other';
  /** In milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  readonly stepId: string | undefined;
  /** Where the step is in another state now. */
  readonly status: TemplateStepResult['status'] | undefined;
  /** Without the colours of a terminal. */
  readonly message: string;
  /** Whether all of its steps begin anew. */
  readonly isFresh: boolean;
}

/** How a task ended. */
export interface InstanceTaskEnd {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly output: JsonObject;
  /** In the server's words. */
  readonly error: string | undefined;
}

/** Whether a server can be asked how a task goes on. */
export type InstanceConnection =
  | {
      readonly type: 'connected';
    }
  /** The task goes on, or not: nobody knows. It is tried again after so many milliseconds. */
  | {
      readonly type: 'lost';
      readonly reason: string;
      readonly retryIn: number;
    };

export interface FollowOptions extends InstanceOptions {
  /** Id of the last event that is known; default: all are told. */
  readonly after?: number | undefined;
  /** Told of each event once, in their order. */
  readonly onEvent: (event: InstanceTaskEvent) => void;
  readonly onConnection?: ((connection: InstanceConnection) => void) | undefined;
}

export interface InstanceDryRunOptions extends InstanceOptions {
  /** What lies beside the Template. */
  readonly files?: readonly Pick<TemplateFile, 'path' | 'content'>[];
}

/** What a server refuses of what was filled in, by its fields. */
export interface InstanceInputError extends Error {
  readonly errors: readonly {
    readonly path: string;
    readonly message: string;
  }[];
}

/**
 * The Templates of a running Backstage, which run there, with what that Backstage may do. What changes something there does
 * so at once: whoever calls has asked the user.
 *
 * Source: `plugins/scaffolder-backend/src/service/router.ts`.
 */
export interface InstanceTemplates {
  /** @param ref - full, of the Template */
  getForm(ref: string, options: InstanceOptions): Promise<InstanceTemplateForm>;
  getActions(options: InstanceOptions): Promise<readonly InstanceAction[]>;
  /**
   * Runs a Template. Secrets go nowhere else.
   *
   * @returns the id of the task
   * @throws InstanceInputError, too
   */
  start(ref: string, input: TemplateInput, options: InstanceOptions): Promise<string>;
  /** Undefined where there is no such task, or it may not be seen. */
  getTask(id: string, options: InstanceOptions): Promise<InstanceTask | undefined>;
  /** The latest first. */
  getTasks(query: InstanceTaskQuery): Promise<{
    readonly tasks: readonly InstanceTask[];
    readonly total: number | undefined;
  }>;
  /**
   * Tells of a task until it has ended. Connections that break are made again for a quarter of an hour.
   *
   * @throws an Error where that is no use, or has not helped. It says nothing of the task: that may go on
   */
  follow(id: string, options: FollowOptions): Promise<InstanceTaskEnd>;
  /** The step that is under way may come to its end all the same. */
  cancel(id: string, options: InstanceOptions): Promise<void>;
  /** Runs a task again that failed or was cancelled. Events of how it ended are gone then. */
  retry(id: string, secrets: TemplateInput['secrets'], options: InstanceOptions): Promise<void>;
  /**
   * Has the server try a Template: actions that cannot be tried are passed over.
   *
   * @param template - the entity
   * @throws InstanceInputError, too
   */
  dryRun(
    template: JsonObject,
    input: TemplateInput,
    options: InstanceDryRunOptions,
  ): Promise<TemplateRunResult>;
}

/**
 * The running Backstages that are sources of the catalog, and what they can be asked besides their entities.
 *
 * What they answer is checked and in bounds. Methods of an instance throw an Error whose message says what went wrong, and
 * whose `advice`, where it has one, says what to do; and an AbortError.
 */
export interface BackstageInstances {
  /** In the order of the sources. */
  getInstances(): Promise<readonly BackstageInstance[]>;
  /**
   * The one that is a source.
   *
   * @param sourceId - as `CatalogSourceInfo.id`
   */
  getInstance(sourceId: string): Promise<BackstageInstance | undefined>;
}

/** A running Backstage. */
export interface BackstageInstance {
  /** As it is now. */
  readonly source: CatalogSourceInfo;
  /**
   * The address of a page of its app, for browsers, as far as it is on the host of its backend; undefined for what is
   * none of its pages.
   *
   * @param location - `/catalog/default/component/shop`, or a whole address of its host
   */
  urlOf(location: string): string | undefined;
  readonly catalog: InstanceCatalog;
  readonly docs: InstanceDocs;
  readonly search: InstanceSearch;
  readonly templates: InstanceTemplates;
}

/** A location that somebody has registered. */
export interface RegisteredLocation {
  readonly id: string;
  /** `url`, mostly. */
  readonly type: string;
  readonly target: string;
}

/** What stands at an address, and what could be made for it. */
export interface LocationAnalysis {
  /** Full refs of what descriptors there have. */
  readonly existing: readonly {
    readonly ref: string;
    readonly isRegistered: boolean;
  }[];
  /** Entities that a descriptor could be made of; parts of them may be missing. */
  readonly proposed: readonly JsonObject[];
}

/** What registering an address comes to. */
export interface LocationRegistration {
  /** Undefined where nothing was registered. */
  readonly location: RegisteredLocation | undefined;
  /** Full refs of what it brings at once; what its Locations lead to comes later. */
  readonly entityRefs: readonly string[];
  /** Whether it was registered already; undefined where the server does not say. */
  readonly exists: boolean | undefined;
}

/** What came by a location. */
export interface LocationEntities {
  /** Full refs, sorted: all, or a hundred of them. */
  readonly refs: readonly string[];
  /** How many there are. */
  readonly total: number;
}

/** What a server objects to in a text. */
export interface DescriptorObjection {
  /** A sentence of the server's. */
  readonly message: string;
  /** What it is about, as far as the sentence tells. */
  readonly range: Range;
}

/** What a server says of the descriptors in a text. */
export interface DescriptorVerdict {
  /** How many entities it was asked about. */
  readonly entities: number;
  /** How many documents are no YAML, or no entity that could be asked about. */
  readonly unreadable: number;
  /** In the order of the text. */
  readonly objections: readonly DescriptorObjection[];
}

/**
 * The catalog of a running Backstage. What changes something there does so at once: whoever calls has asked the user.
 *
 * Source: `plugins/catalog-backend/src/service/createRouter.ts`.
 */
export interface InstanceCatalog {
  /** As the server has it now, relations left out; undefined where there is no such entity. @param ref - full */
  getEntity(ref: string, options: InstanceOptions): Promise<JsonObject | undefined>;
  /** Those of some entities that the server has now. @param refs - full, in lower case, as the answer has them */
  existing(refs: readonly string[], options: InstanceOptions): Promise<ReadonlySet<string>>;
  /**
   * What the server says of an entity. Changes nothing.
   *
   * @param location - `url:https://…`, where it would stand
   * @returns sentences about what is wrong; none where it is right
   */
  validate(entity: Entity, location: string, options: InstanceOptions): Promise<readonly string[]>;
  /**
   * What the server says of each entity of a text. Changes nothing.
   *
   * @param location - `url:https://…`, where the text would stand
   */
  validateText(
    text: string,
    location: string,
    options: InstanceOptions,
  ): Promise<DescriptorVerdict>;
  /** What is registered of an address already, and what could be made for it. Changes nothing. */
  analyze(url: string, options: InstanceOptions): Promise<LocationAnalysis>;
  /** Registers a location; a trial says what that would come to. One that is there already `exists`, and stays. */
  register(
    url: string,
    options: InstanceOptions & {
      readonly isTrial: boolean;
    },
  ): Promise<LocationRegistration>;
  /** The registered location that brought an entity; undefined where none did. @param ref - full */
  locationOf(ref: string, options: InstanceOptions): Promise<RegisteredLocation | undefined>;
  /**
   * What came by a location, and goes with it, as the server has it now.
   *
   * @returns undefined where the server cannot be asked for that, as with a target that holds a comma or is very long
   */
  broughtBy(
    location: RegisteredLocation,
    options: InstanceOptions,
  ): Promise<LocationEntities | undefined>;
  /** Takes a location away, with all entities that nothing else has. */
  unregister(location: RegisteredLocation, options: InstanceOptions): Promise<void>;
  /**
   * Deletes one entity. Where something still leads to it, the server has it again soon: this is for orphans.
   *
   * @param uid - its `metadata.uid`; one that is gone is no error
   */
  deleteEntity(uid: string, options: InstanceOptions): Promise<void>;
  /** Has the server read an entity again, soon. @param ref - full */
  refresh(ref: string, options: InstanceOptions): Promise<void>;
}

/** Documentation of the workspace that TechDocs would build, or that is read where there is none. */
export interface TechDocsSite {
  /** Stable as long as the folder is: its URI. */
  readonly id: string;
  /** `site_name`; the title of an entity, or the name of the folder, where no config says. */
  readonly name: string;
  /** URI of the folder that `backstage.io/techdocs-ref` leads to. */
  readonly folder: string;
  /**
   * `mkdocs`: there is a config; `generated`: there is none, and TechDocs makes one for the folder `docs`;
   * `readme`: there is nothing but a README.
   */
  readonly origin: 'mkdocs' | 'generated' | 'readme';
  /** URI of the `mkdocs.yml` or `mkdocs.yaml`. */
  readonly config: string | undefined;
  /** Full refs of the entities whose documentation it is; empty for a config that no entity leads to. */
  readonly entityRefs: readonly string[];
  /** Entities that show it as theirs, by `backstage.io/techdocs-entity`. */
  readonly sharedWith: readonly TechDocsShare[];
}

export interface TechDocsShare {
  readonly entityRef: string;
  /** Below the site's own address, as `backstage.io/techdocs-entity-path` says; `''` where it does not. */
  readonly path: string;
}

/** What a site consists of. */
export interface TechDocsContent {
  readonly site: TechDocsSite;
  /** As it is shown beside the pages. */
  readonly nav: readonly TechDocsNavItem[];
  /** All pages, those that the navigation leaves out included, in MkDocs' order of files. */
  readonly pages: readonly TechDocsPage[];
  /** Path of the page that the site begins with; undefined where it has none. */
  readonly home: string | undefined;
  /** From the address of a page that was, to a page's path, or an address, both with what follows `#`. */
  readonly redirects: ReadonlyMap<string, string>;
  /** Options of Markdown extensions by name, as the config has them; what TechDocs adds is not in it. */
  readonly markdownExtensions: ReadonlyMap<string, JsonValue>;
  /** `extra` of the config. */
  readonly extra: JsonValue;
  /** What is wrong with the config, the navigation, and what they lead to; each has a file and a range. */
  readonly problems: readonly Problem[];
}

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
      /** As written: an address of the web, or what leads nowhere. */
      readonly url: string;
      /** URI, where it is a file of the site that is no page. */
      readonly file?: string;
    };

export interface TechDocsPage {
  /** From the docs folder, with `/`; of a site that is taken in, with its alias before it. */
  readonly path: string;
  /** Below the site's own address, encoded; `''` for the page that it begins with. */
  readonly url: string;
  readonly title: string;
  /** URI of the Markdown. */
  readonly file: string;
  /** The page that edits it on the repository's host. */
  readonly editUrl?: string;
  /** Paths of the pages before and after it in the navigation. */
  readonly previous?: string;
  readonly next?: string;
  readonly isInNav: boolean;
  /** What stands before the Markdown. */
  readonly meta: Readonly<Record<string, JsonValue>>;
}

/** What a page says below one of its headings, up to the next. */
export interface TechDocsSection {
  /** Id of the heading in the page; undefined for what stands before the first, and at one without. */
  readonly anchor: string | undefined;
  /** Of the heading, from 1; 0 before the first. */
  readonly level: number;
  /** What the heading says; empty before the first. */
  readonly title: string;
  /** Without markup, in one line. */
  readonly text: string;
  /** Of the heading in the Markdown, or of the line that includes it; undefined before the first. */
  readonly range: Range | undefined;
}

/** Where the documentation of an entity is. */
export type TechDocsLocation =
  | {
      readonly type: 'site';
      readonly siteId: string;
      /** Below the site's own address. */
      readonly path: string;
      /** Full ref of the entity whose documentation it shares. */
      readonly sharedFrom?: string;
    }
  /** What a Backstage that is a source has built, where the workspace does not have the files. */
  | {
      readonly type: 'instance';
      /** As pages of the portal name it; `TechDocsService` has no such site. */
      readonly siteId: string;
      /** As `CatalogSourceInfo.id`. */
      readonly sourceId: string;
      /** Full ref of the entity whose docs they are there. */
      readonly entityRef: string;
      /** Below the site's own address. */
      readonly path: string;
      /** Full ref of the entity whose documentation it shares. */
      readonly sharedFrom?: string;
    }
  /** A page of the web, where neither has them. */
  | {
      readonly type: 'web';
      readonly url: string;
    };

export interface TechDocsChangeEvent {
  /** Whether sites have come or gone, or are another's. */
  readonly list: boolean;
  /** Ids of sites whose content may be another. */
  readonly siteIds: ReadonlySet<string>;
  /** By id of a site, the paths of pages that may say something else: theirs or what they include has changed. */
  readonly pages: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The documentation of the workspace, as TechDocs and MkDocs read it. Files are read when somebody first
 * asks, and followed from then on. All methods reject with an `AbortError` when their signal is aborted.
 */
export interface TechDocsService {
  readonly onDidChange: Event<TechDocsChangeEvent>;
  /** All sites, in the order of their folders. */
  getSites(options?: { readonly signal?: AbortSignal }): Promise<readonly TechDocsSite[]>;
  /** Undefined where there is no such site. */
  loadContent(
    siteId: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<TechDocsContent | undefined>;
  /**
   * What a page says, by its headings: as it is shown, includes and all. Undefined where there is no such page, or it
   * cannot be read.
   */
  loadSections(
    siteId: string,
    path: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<readonly TechDocsSection[] | undefined>;
  /**
   * By path of each page of a site, a text that is another when the page may say something else. It stays the same over
   * sessions, and takes no rendering. Undefined where there is no such site.
   */
  loadStamps(
    siteId: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<ReadonlyMap<string, string> | undefined>;
  /** Undefined where an entity has none, or none that is there. */
  locate(
    entityRef: string,
    options?: {
      readonly signal?: AbortSignal;
    },
  ): Promise<TechDocsLocation | undefined>;
}

export interface TechDocsBuildOptions {
  /** URI of the folder that the site is put into; it need not be there. */
  readonly target: string;
  /** Whether whatever lies in the folder may go, but for what begins with a dot. */
  readonly isCleaned?: boolean;
  readonly signal?: AbortSignal;
  /** Told how far the work has come, in a few words. */
  readonly report?: (message: string) => void;
}

export type TechDocsBuildResult =
  | {
      readonly type: 'built';
      /** Undefined where MkDocs did the work, which does not say. */
      readonly pages: number | undefined;
      /** Of which the log of the build tells. */
      readonly warnings: number;
      readonly showLog: () => void;
    }
  /** The folder holds something that is no site that was built: nothing was written. */
  | {
      readonly type: 'foreign-folder';
    };

/** What gives an entity docs, or why it cannot have any. */
export type TechDocsDraft =
  | {
      readonly type: 'draft';
      /** The edit of the descriptor, and the files that are not there, to be applied as one step. */
      readonly edits: readonly FileEdit[];
      /** URI of the first page, where it is one of them. */
      readonly page: string | undefined;
    }
  /** With a sentence for the user. */
  | {
      readonly type: 'refused';
      readonly reason: string;
    };

/** Builds sites into folders, by the program that the user has chosen, and drafts new ones. */
export interface TechDocsBuilderService {
  /**
   * What has an entity that says nothing of docs have some beside its descriptor: `backstage.io/techdocs-ref: dir:.`, a
   * `mkdocs.yml` and a first page. Nothing is written, and nothing that is there would be.
   */
  draft(entityRef: string): Promise<TechDocsDraft>;
  /**
   * @throws Error with a sentence for the user, where the folder holds the sources or cannot be written to, where the
   *   site has errors, or where the program is not to be run; AbortError when the signal is aborted
   */
  build(siteId: string, options: TechDocsBuildOptions): Promise<TechDocsBuildResult>;
}

/**
 * Names a service and carries its type. Services are looked up by `id`, so a plugin that was
 * bundled elsewhere, with a copy of this module of its own, still gets the same service.
 */
export interface ServiceRef<T> {
  readonly $$type: 'service';
  /** Unique, dotted, the owner first: `core.catalog`, `todo.items`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

export declare function createServiceRef<T>(options: { id: string }): ServiceRef<T>;

/** Settings of the portal, `callboard.` left out: `catalog.exclude`. Values are unchecked input. */
export interface ConfigService {
  get(key: string): unknown;
  readonly onDidChange: Event<{
    affects(key: string): boolean;
  }>;
}

/** Reads what the user's workspace and its providers can read. */
export interface FilesService {
  /** @throws an error with Node's `code` (`ENOENT`, …) */
  readFile(uri: string): Promise<Uint8Array>;
  exists(uri: string): Promise<boolean>;
}

/** What a plugin keeps for this workspace between sessions. JSON values only. */
export interface StateService {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}

/** What a task that takes its time learns and tells. */
export interface ActionProgress {
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  /** Shows how far it is, in place of what was shown before. */
  readonly report: (message: string) => void;
}

/**
 * The one wrapper around every user action: logs once, shows at most one notification with "Show
 * log", is silent when the user cancelled.
 */
export interface ActionsService {
  /** Runs an action; resolves to undefined when it failed or was cancelled. */
  run<T>(name: string, action: () => T | Promise<T>): Promise<T | undefined>;
  /**
   * Does what can take its time. Once it has taken half a second, a notification tells of it, with
   * what was reported last, and offers to cancel.
   *
   * @throws whatever the task throws, also about its signal: `run` is silent about `AbortError`
   */
  withProgress<T>(title: string, task: (progress: ActionProgress) => Promise<T>): Promise<T>;
  /** Registers a command under its id, wrapped in `run`. @throws if the id is taken. */
  registerCommand(id: string, action: (...args: unknown[]) => unknown): Disposable;
}

/** Who "me" is, for "owned by me". */
export interface IdentityService {
  /** The refs that count as the user: the user's entity and its groups, their parents included. */
  getOwnershipRefs(): readonly string[];
  readonly onDidChange: Event<void>;
}

export interface EntitySearchOptions {
  /** Words, all of which must occur somewhere; empty matches everything. */
  readonly query: string;
  readonly limit: number;
  /** Refs that come before others that match as well, the first of them first. */
  readonly preferred?: readonly string[];
  /** Which entities count; asked only of those that are likely enough. */
  readonly accept?: ((entity: Entity) => boolean) | undefined;
}

/** Finds entities by a few letters of their names, titles, owners, tags or descriptions. */
export interface EntitySearchService {
  /** Full refs, the likeliest first; undefined when the signal was aborted. */
  find(options: EntitySearchOptions, signal?: AbortSignal): Promise<readonly string[] | undefined>;
  /** Whether more than the names of all entities is known: until then, more may match later. */
  readonly isComplete: boolean;
  /** Looks at all entities. */
  complete(signal?: AbortSignal): Promise<void>;
}

/** The entities that the user has marked in this workspace. */
export interface StarredEntitiesService {
  /** Carries the refs that gained or lost their star. */
  readonly onDidChange: Event<ReadonlySet<string>>;
  /** @param ref - full, lower-cased */
  has(ref: string): boolean;
  /** In their order (code units); also those whose entities are away, as on another branch. */
  all(): readonly string[];
  set(ref: string, starred: boolean): Promise<void>;
}

/** The entities that the user had to do with lately in this workspace. */
export interface RecentEntitiesService {
  readonly onDidChange: Event<void>;
  /** Full refs of those whose pages were shown, the latest first. */
  viewed(): readonly string[];
  /** Full refs of those whose files were saved, the latest first. */
  edited(): readonly string[];
}

/** The services that every plugin can ask for. */
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
 * Names a place where plugins contribute to another plugin, and carries the type of what they get
 * there. The methods of an extension point return Disposables: a contribution can come at any time
 * and can be taken back.
 */
export interface ExtensionPoint<T> {
  readonly $$type: 'extension-point';
  /** Unique, dotted, the owner first: `catalog.processors`. */
  readonly id: string;
  /** Carries the type only; never set. */
  readonly T?: T;
}

export declare function createExtensionPoint<T>(options: { id: string }): ExtensionPoint<T>;

/** Docs of an entity that a Backstage serves, as pages and targets name them. */
export interface InstanceSite {
  /** As `CatalogSourceInfo.id`. */
  readonly sourceId: string;
  /** Full. */
  readonly entityRef: string;
}

/** The id of a site that a Backstage serves; there is none of the workspace by that name. @param site.entityRef - full */
export declare function instanceSiteId({ sourceId, entityRef }: InstanceSite): string;

/** Undefined for the id of a site of the workspace, and for what is none. */
export declare function readInstanceSiteId(siteId: string): InstanceSite | undefined;

/** What a plugin may depend on, by the names that it gives them. */
export type PluginDeps = {
  readonly [name: string]: ServiceRef<unknown> | ExtensionPoint<unknown>;
};

/** The implementations behind the refs of `PluginDeps`. */
export type ResolvedDeps<TDeps extends PluginDeps> = {
  readonly [K in keyof TDeps]: TDeps[K] extends ServiceRef<infer T>
    ? T
    : TDeps[K] extends ExtensionPoint<infer T>
      ? T
      : never;
};

/**
 * What `init` may give back; it is disposed when the plugin is taken away. What an extension point
 * returned is disposed in any case, so that disposing twice must do no harm.
 */
export type PluginContribution = Disposable | readonly Disposable[] | void;

export interface PluginInit<TDeps extends PluginDeps> {
  readonly deps: TDeps;
  /**
   * Runs when every owner of what it depends on is active, and not before everything that registers
   * in the same turn has registered. Should an owner go away, what `init` returned is disposed, and
   * it runs again when the owner, or another, is back. A plugin whose `init` throws or rejects is
   * shown as failed; the others go on.
   */
  init(deps: ResolvedDeps<TDeps>): PluginContribution | Promise<PluginContribution>;
}

export interface PluginEnvironment {
  /** Offers a service to other plugins. @throws if the id is taken. */
  registerService<T>(ref: ServiceRef<T>, implementation: T): void;
  /** Opens an extension point to other plugins. @throws if the id is taken. */
  registerExtensionPoint<T>(point: ExtensionPoint<T>, implementation: T): void;
  /** At most once. Plugins are initialised in an order in which owners come before their users. */
  registerInit<TDeps extends PluginDeps>(init: PluginInit<TDeps>): void;
}

export interface PortalPlugin {
  readonly $$type: 'portal-plugin';
  readonly id: string;
  register(env: PluginEnvironment): void;
}

/**
 * Declares a plugin. Built-in plugins and those of other extensions are the same.
 *
 * @param options.id - lower-case words joined by `-`; unique among the plugins of a portal
 * @throws TypeError if the id is not of that form
 */
export declare function createPortalPlugin(options: {
  id: string;
  register(env: PluginEnvironment): void;
}): PortalPlugin;

/**
 * `waiting`: something that it depends on is not there (yet); `initializing`: its asynchronous
 * `init` runs; `failed`: it threw, or is part of a cycle, and is out until it is registered anew.
 */
export type PluginStatus = 'waiting' | 'initializing' | 'active' | 'failed';

/** A plugin as shown to people. */
export interface PluginInfo {
  readonly id: string;
  readonly status: PluginStatus;
  /** Why it failed, or what it waits for. */
  readonly error: string | undefined;
}

/** How something is meant: `none` has no colour. */
export type Tone = 'none' | 'info' | 'good' | 'warning' | 'bad';

/** A piece of a line. Texts are shown as they are, never as Markdown or HTML. */
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
      /** Whether a button copies it. */
      readonly canCopy?: boolean;
    }
  /** A line of its own, for what went or came. */
  | {
      readonly type: 'change';
      readonly change: 'removed' | 'added';
      readonly piece: Inline;
    };

export interface CardField {
  readonly label: string;
  /** None: the field is shown as empty. */
  readonly value: readonly Inline[];
  /** Whether it takes the whole width of the card. */
  readonly wide?: boolean;
}

/** Columns that a table of entities can have; the name is always the first. */
export type EntityColumn =
  | 'kind'
  | 'problems'
  | 'type'
  | 'lifecycle'
  | 'owner'
  | 'system'
  | 'description'
  | 'tags'
  | 'namespace';

export interface CardTreeItem {
  /** Unique among its siblings. */
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
  /** What is shown below the item while it is expanded. */
  readonly content?: CardContent;
}

export interface CardBar {
  readonly label: string;
  readonly value: number;
  /** What `value` is a part of; default: the largest value of the bars. */
  readonly total?: number;
  /** In place of the number. */
  readonly text?: string;
  /** The parts of the number; shown on hover, and read by screen readers. */
  readonly details?: string;
  readonly tone?: Tone;
  readonly icon?: string;
  readonly target?: LinkTarget;
}

/**
 * What a card shows, as data: the portal draws it, in the colours of the editor and for keyboards and screen
 * readers. Entities are named by full refs; what they are called, and whether they exist, the portal adds.
 * A card of the page of an entity that shows a message and nothing else has no frame and no title.
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
      /** However many: of long lists the first hundred are shown, and others when somebody asks for them. */
      readonly entityRefs: readonly string[];
      /** Default: type, lifecycle and description. */
      readonly columns?: readonly EntityColumn[];
      /** What is said where there are none. */
      readonly empty?: string;
      /** How many there are besides, and where those are. */
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
      /** Id of a language of the editor, such as `yaml`. */
      readonly language?: string;
      /** Where it is written. */
      readonly source?: LinkTarget;
      /** 0-based number of its first line there; default: 0. */
      readonly firstLine?: number;
    }
  | {
      readonly type: 'tree';
      /** For screen readers. */
      readonly label: string;
      readonly items: readonly CardTreeItem[];
      /** Whether a box filters the items by their labels and descriptions. */
      readonly canFilter?: boolean;
      /** An item that is brought into view and marked: the ids of all above it and its own, each after a `/`. */
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
       * A page of docs with the navigation of its site, on the pages of entities; elsewhere a link to it. Where one has
       * gone to is kept in the `anchor` that `load` is given: `guide/setup.md#install`, with `%25` and `%23` for a `%`
       * and a `#` of the path.
       */
      readonly type: 'docs';
      /** Id of a `TechDocsSite`. */
      readonly site: string;
      /** Of a page, below the docs folder; default: the first one. */
      readonly path?: string;
      /** Id of a heading or another element of the page. */
      readonly anchor?: string;
    }
  | {
      readonly type: 'message';
      readonly tone: Tone;
      readonly text: string;
      readonly detail?: string;
      /** Entities that it tells of. */
      readonly entityRefs?: readonly string[];
      readonly actions?: readonly {
        readonly text: string;
        readonly target: LinkTarget;
      }[];
    }
  | {
      /** A person or a team. */
      readonly type: 'profile';
      readonly name: string;
      readonly description?: string;
      /** A `data:` URL of an image. Without one, the initials of the name are shown. */
      readonly picture?: string;
      readonly fields: readonly CardField[];
    }
  | {
      /** Contents of which one is shown at a time. */
      readonly type: 'choices';
      /** For screen readers: what is chosen. */
      readonly label: string;
      readonly choices: readonly {
        /** Unique among the choices. */
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

/** Columns of the page's twelve that a card takes where there is room: a third, half, two thirds, all. */
export type CardWidth = 'third' | 'half' | 'twoThirds' | 'full';

/** What cards have in common, of whatever page. */
export interface CardFrame {
  /** Unique among the cards of a page: `todo.items`. */
  readonly id: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** Default: half. */
  readonly width?: CardWidth;
  /** Cards are ordered by this, then as they came; default: 100. */
  readonly order?: number;
}

/** A card on the pages of entities. */
export interface EntityCard extends CardFrame {
  /** Id of the tab that it is on; default: `overview`. */
  readonly tab?: string;
  /** Whether an entity has it; default: all have. Is asked often: it must be quick. */
  isShownFor?(entity: Entity): boolean;
  /** Buttons at the card's title. */
  actionsFor?(entity: Entity): readonly CardAction[];
  /**
   * What it shows of an entity, with the entity as `CatalogService.getEntityByRef` gives it; undefined: there
   * is nothing to show, the card is left out. It is asked again whenever the catalog changes and `onDidChange`
   * fires: what rejects is shown on the card. What is returned at once, not as a promise, is there with the page.
   */
  load(
    entity: Entity,
    options: {
      readonly signal: AbortSignal;
      readonly anchor?: string;
    },
  ): CardContent | undefined | Promise<CardContent | undefined>;
  /** Fires when it shows something else, otherwise than with the catalog. Has listeners only while the page is shown. */
  readonly onDidChange?: Event<void>;
}

export interface CardAction {
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/** A tab of the pages of entities; it is shown where it has cards. */
export interface EntityTab {
  /** Unique: `todo`. */
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Default: 100. */
  readonly order?: number;
  /** Whether an entity has it, given cards; default: all have. */
  isShownFor?(entity: Entity): boolean;
  /** A number at its title; 0 and undefined: none. */
  badgeFor?(entity: Entity): number | undefined;
}

export interface EntityCardsExtensionPoint {
  addEntityCard(card: EntityCard): Disposable;
}

/** Where plugins add cards to the pages of entities. */
export declare const entityCardsExtensionPoint: ExtensionPoint<EntityCardsExtensionPoint>;

export interface EntityTabsExtensionPoint {
  addEntityTab(tab: EntityTab): Disposable;
}

/** Where plugins add tabs to the pages of entities. */
export declare const entityTabsExtensionPoint: ExtensionPoint<EntityTabsExtensionPoint>;

/** A card on the home page, which users can move and hide. */
export interface HomeCard extends CardFrame {
  /** As `EntityCard.load`. */
  load(options: {
    readonly signal: AbortSignal;
  }): CardContent | undefined | Promise<CardContent | undefined>;
  /** As `EntityCard.onDidChange`. */
  readonly onDidChange?: Event<void>;
}

export interface HomeCardsExtensionPoint {
  addHomeCard(card: HomeCard): Disposable;
}

/** Where plugins add cards to the home page. */
export declare const homeCardsExtensionPoint: ExtensionPoint<HomeCardsExtensionPoint>;

/** The extension points of the built-in plugins, by the names that plugins are used to. */
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
 * What another extension gets from Callboard. The factories and refs are here as values, so that
 * an extension needs nothing of Callboard at run time but this object.
 */
export interface PortalApi {
  readonly version: 1;
  /**
   * Adds a plugin until the Disposable is disposed. A plugin that fails does not throw here; it is
   * logged and listed in "Callboard: Show Plugins".
   *
   * @throws TypeError if it is no plugin; Error if its id is taken
   */
  registerPlugin(plugin: PortalPlugin): Disposable;
  /** All plugins, the built-in ones included, in the order of their registration. */
  readonly plugins: readonly PluginInfo[];
  /** Fires when a plugin came, went or changed its status. */
  readonly onDidChangePlugins: Event<void>;
  /** The same as the service `coreServices.catalog`, for extensions that only want to read. */
  readonly catalog: CatalogService;
  readonly coreServices: typeof coreServices;
  readonly extensionPoints: typeof extensionPoints;
  readonly createPortalPlugin: typeof createPortalPlugin;
  readonly createServiceRef: typeof createServiceRef;
  readonly createExtensionPoint: typeof createExtensionPoint;
}

/**
 * What Callboard's `activate()` returns:
 * `vscode.extensions.getExtension<PortalExports>('callboard.callboard')`.
 */
export interface PortalExports {
  /**
   * The API in a version that stays as it is; later versions come beside it.
   *
   * @throws RangeError for a version that this Callboard does not have, naming those that it has
   */
  getApi(version: 1): PortalApi;
}

/** What a provider is asked. */
export interface ProvidedSearchRequest {
  /** Words and phrases that are looked for, without filters and what is excluded; never empty. */
  readonly text: string;
  /** Values in lower case; several of a field are alternatives. `in` names types of what is indexed here. */
  readonly filters: readonly {
    readonly field: SearchFacet | 'in';
    readonly value: string;
    readonly isExcluded: boolean;
  }[];
  readonly limit: number;
}

/** Something that a provider has found. */
export interface ProvidedSearchResult {
  /** The same for the same thing, whoever finds it: what another provider has found before is left out. */
  readonly key: string;
  readonly title: MarkedText;
  readonly snippet?: MarkedText;
  /** What it is, for people: `Component`, `Docs`. */
  readonly kind: string;
  /** What it is part of, from the outside. */
  readonly path?: readonly string[];
  /** Full ref of the entity that it is or belongs to. */
  readonly ref?: string;
  /** Whether it is that entity itself: it is left out where the catalog has it, which is searched already. */
  readonly isEntity?: boolean;
  readonly facets?: SearchFacets;
  /** Name of a codicon. */
  readonly icon: string;
  readonly target: LinkTarget;
}

/**
 * Finds what the index does not hold, on another machine. It is asked once who types pauses, and answers beside what is
 * found here, later.
 */
export interface SearchProvider {
  /** Unique. */
  readonly id: string;
  /** Where it searches, for people: `Acme`. */
  readonly title: string;
  /**
   * @returns the likeliest first
   * @throws AbortError; Error whose message says why it cannot be searched, which is shown in a line
   */
  find(
    request: ProvidedSearchRequest,
    signal: AbortSignal,
  ): Promise<readonly ProvidedSearchResult[]>;
}

export interface SearchProvidersExtensionPoint {
  addProvider(provider: SearchProvider): Disposable;
}

/** Where plugins have other machines searched. */
export declare const searchProvidersExtensionPoint: ExtensionPoint<SearchProvidersExtensionPoint>;

/**
 * The page of a site that is found at an address below the site's own; the first page, where there is none.
 *
 * @returns undefined where the site has no page at all
 */
export declare function findTechDocsPage(
  { pages, home }: Pick<TechDocsContent, 'pages' | 'home'>,
  address: string,
): TechDocsPage | undefined;

/**
 * What a step of a Template can do. Names and behaviour are those of `createTemplateAction` of
 * `@backstage/plugin-scaffolder-node`, with files in memory in the place of a folder on disk.
 */
export interface ScaffolderAction {
  /** Such as `acme:ticket:create`: letters, digits, `:`, `-`, `_` and `.`. */
  readonly id: string;
  /** Markdown. */
  readonly description?: string;
  /**
   * JSON schemas of what a step passes and of what it gives. What does not fit the first fails the step
   * before the action runs.
   */
  readonly schema?: {
    readonly input?: JsonObject;
    readonly output?: JsonObject;
  };
  /**
   * Whether it runs in a dry run too: it must not change anything but the task's workspace then. Where it
   * does not, the step is skipped and gives an example of its output.
   */
  readonly supportsDryRun?: boolean;
  /**
   * Does the work of a step, once for each `each`.
   *
   * @throws an Error whose message says what went wrong; the task fails then
   */
  handler(context: ScaffolderActionContext): Promise<void>;
}

/** What an action gets to do its work with. */
export interface ScaffolderActionContext {
  /** As the step has it, with all expressions resolved; fits the schema. */
  readonly input: JsonObject;
  readonly workspace: TaskWorkspace;
  /** What is logged is shown while the task runs. Secrets in it come out as `***`. */
  readonly logger: ScaffolderLogger;
  /** Gives `steps.<id>.output.<name>`: with `each`, a list with what each gave. */
  readonly output: (name: string, value: JsonValue) => void;
  /**
   * Reports the step as skipped once it ends: it doesn't do here what it does in a Backstage. Its output counts all the
   * same, so that later steps go on. The reason is logged.
   */
  readonly skip: (reason: string) => void;
  /** What the user was asked for in confidence; must not be written anywhere. */
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

export interface TemplateInfo {
  /** `template:namespace/name`, in lower case. */
  readonly entityRef: string;
  /** URI of the file that the Template stands in: what relative addresses are relative to. */
  readonly baseUrl: string;
}

export interface ScaffolderLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * The files that a task makes. Paths are relative with `/`; one that leads out of the workspace is
 * refused with a `NotAllowedError`. Nothing is written to disk before the task has come to its end.
 *
 * Errors read as those of Node's file system do, and have its codes.
 */
export interface TaskWorkspace {
  /** What the workspace is called in messages, and what absolute paths begin with. */
  readonly path: string;
  /** @throws what Node throws for a path that leads out of it: `NotAllowedError` */
  resolve(path: string): string;
  has(path: string): boolean;
  isDirectory(path: string): boolean;
  /** @throws `ENOENT`, `EISDIR` */
  readFile(path: string): Uint8Array;
  /** Puts a file in the place of what was there; makes folders on the way. @throws `EISDIR`, `ENOTDIR` */
  writeFile(path: string, content: Uint8Array | string, options?: WriteFileOptions): void;
  /** Makes a folder, and those on the way, where they are not there yet. @throws `EEXIST`, `ENOTDIR` */
  makeDirectory(path: string): void;
  /** Takes away a file, or a folder with all that is in it, if it is there. */
  remove(path: string): void;
  /** Puts what lies at a path, a file or a folder, elsewhere. @throws `ENOENT`, `EEXIST`, `ENOTDIR`, `EINVAL` */
  move(from: string, to: string): void;
  /** What lies in a folder, sorted by code units. @throws `ENOENT`, `ENOTDIR` */
  list(path: string): readonly WorkspaceEntry[];
  /** All that lies below a folder, a folder's own before those deeper; nothing where it is no folder. */
  entries(path?: string): Iterable<WorkspaceEntryBelow>;
  /** Whether there is a file that is a program. */
  isExecutable(path: string): boolean;
}

export interface WorkspaceEntryBelow {
  /** From the folder that was asked for. */
  readonly path: string;
  readonly isDirectory: boolean;
}

export interface WriteFileOptions {
  /** Whether it is a program. Default: as the file that was there, else no. */
  readonly isExecutable?: boolean;
}

export interface WorkspaceEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** Where plugins add actions that Templates may use. */
export interface ScaffolderActionsExtensionPoint {
  /**
   * @returns takes it back
   * @throws TypeError where there is an action of that id already
   */
  addAction(action: ScaffolderAction): Disposable;
}

/** Adds actions that Templates may use. */
export declare const scaffolderActionsExtensionPoint: ExtensionPoint<ScaffolderActionsExtensionPoint>;

export {};
