import type { Disposable, Event, Logger } from '../base';
import type { Entity } from '../model';
import type { CatalogService } from './catalog/catalog';
import type { EditsService } from './catalog/edits';
import type { ImportService } from './catalog/import';
import type { RefactoringService } from './catalog/refactoring';
import type { BackstageInstances } from './instances/instances';
import type { PortalService } from './portal/portalPages';
import type { SearchService } from './search/search';
import { createServiceRef } from './services';
import type { CatalogSourcesService } from './sources';
import type { TechDocsBuilderService, TechDocsService } from './techdocs/techdocs';
import type { ScaffolderService } from './templates/templates';

/** Settings of the portal, `callboard.` left out: `catalog.exclude`. Values are unchecked input. */
export interface ConfigService {
  get(key: string): unknown;
  readonly onDidChange: Event<{ affects(key: string): boolean }>;
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
export const coreServices = {
  catalog: createServiceRef<CatalogService>({ id: 'core.catalog' }),
  config: createServiceRef<ConfigService>({ id: 'core.config' }),
  files: createServiceRef<FilesService>({ id: 'core.files' }),
  state: createServiceRef<StateService>({ id: 'core.state' }),
  logger: createServiceRef<Logger>({ id: 'core.logger' }),
  actions: createServiceRef<ActionsService>({ id: 'core.actions' }),
  identity: createServiceRef<IdentityService>({ id: 'core.identity' }),
  edits: createServiceRef<EditsService>({ id: 'core.edits' }),
  importer: createServiceRef<ImportService>({ id: 'core.importer' }),
  portal: createServiceRef<PortalService>({ id: 'core.portal' }),
  entitySearch: createServiceRef<EntitySearchService>({ id: 'core.entitySearch' }),
  search: createServiceRef<SearchService>({ id: 'core.search' }),
  recent: createServiceRef<RecentEntitiesService>({ id: 'core.recent' }),
  starred: createServiceRef<StarredEntitiesService>({ id: 'core.starred' }),
  refactoring: createServiceRef<RefactoringService>({ id: 'core.refactoring' }),
  techdocs: createServiceRef<TechDocsService>({ id: 'core.techdocs' }),
  docsBuilder: createServiceRef<TechDocsBuilderService>({ id: 'core.docsBuilder' }),
  scaffolder: createServiceRef<ScaffolderService>({ id: 'core.scaffolder' }),
  sources: createServiceRef<CatalogSourcesService>({ id: 'core.sources' }),
  instances: createServiceRef<BackstageInstances>({ id: 'core.instances' }),
} as const;
