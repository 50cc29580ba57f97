import type { Disposable, Event, Logger } from '../base';
import type { Entity } from '../model';
import type { NetworkService, ProgramsService, SecretsService } from './capabilities';
import type { CatalogService } from './catalog/catalog';
import type { EditsService } from './catalog/edits';
import type { EntityViewsService } from './catalog/entityViews';
import type { ImportService } from './catalog/import';
import type { RefactoringService } from './catalog/refactoring';
import type { BackstageInstances } from './instances/instances';
import type { PortalService } from './portal/portalPages';
import type { SearchService } from './search/search';
import { createServiceRef } from './services';
import type { CatalogSourcesService } from './sources';
import type { TechDocsBuilderService, TechDocsService } from './techdocs/techdocs';
import type { ScaffolderService } from './templates/templates';

/** Settings of the portal. Keys are without `callboard.`: `catalog.exclude`. Values are not validated. */
export interface ConfigService {
  get(key: string): unknown;
  readonly onDidChange: Event<{ affects(key: string): boolean }>;
}

/**
 * Metadata of a file or folder.
 *
 * @beta
 */
export interface FileInfo {
  readonly type: 'file' | 'directory';
  /** Size in bytes. */
  readonly size: number;
  /** Modification time in milliseconds since the epoch; 0 or negative if unknown. */
  readonly mtime: number;
}

/** @beta */
export interface WatchFilesOptions {
  /** URI of the folder that the glob is relative to; default: each workspace folder. */
  readonly in?: string;
}

/** @beta */
export interface ListFilesOptions extends WatchFilesOptions {
  /** The maximum number of files: 1,000 by default, at most 10,000. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * Files beside an entity's descriptor. Paths are relative to its folder and use `/`; they can't lead
 * out of the workspace folder.
 *
 * @beta
 */
export interface EntityFiles {
  /** URI of the descriptor's folder. */
  readonly folder: string;
  /**
   * Returns the URI of a path.
   *
   * @throws RangeError for a path that leads out of the workspace folder
   */
  uri(path: string): string;
  /** Reads a file; see `FilesService.readFile`. */
  readFile(path: string): Promise<Uint8Array>;
  stat(path: string): Promise<FileInfo | undefined>;
  /** Lists files in the folder; see `FilesService.list`. */
  list(glob: string, options?: Omit<ListFilesOptions, 'in'>): Promise<readonly string[]>;
  /** Watches files in the folder; see `FilesService.watch`. */
  watch(glob: string): Event<ReadonlySet<string>>;
}

/** Reads files of the workspace and of its file system providers, with unsaved changes. */
export interface FilesService {
  /**
   * Reads a file.
   *
   * @throws Error with Node's `code` (`ENOENT`, …)
   */
  readFile(uri: string): Promise<Uint8Array>;
  exists(uri: string): Promise<boolean>;
  /**
   * Returns the metadata of a file or folder; undefined if nothing exists at the URI.
   *
   * @beta
   */
  stat(uri: string): Promise<FileInfo | undefined>;
  /**
   * Returns the URIs of files that match a glob, such as `**.sonar.json`, sorted. Files that
   * `.gitignore` or the settings of the catalog exclude are left out.
   *
   * @throws the signal's reason when it is aborted
   * @beta
   */
  list(glob: string, options?: ListFilesOptions): Promise<readonly string[]>;
  /**
   * Returns an event that fires with the URIs of files that match a glob and were created, changed
   * or deleted. A deleted folder is reported as itself.
   *
   * @beta
   */
  watch(glob: string, options?: WatchFilesOptions): Event<ReadonlySet<string>>;
  /**
   * Returns the files beside an entity's descriptor; undefined for entities without a file.
   *
   * @beta
   */
  of(entity: Entity): EntityFiles | undefined;
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

/** A query for entities. */
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
  entityViews: createServiceRef<EntityViewsService>({ id: 'core.entityViews' }),
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
  /** @beta */
  network: createServiceRef<NetworkService>({ id: 'core.network' }),
  /** @beta */
  programs: createServiceRef<ProgramsService>({ id: 'core.programs' }),
  /** @beta */
  secrets: createServiceRef<SecretsService>({ id: 'core.secrets' }),
} as const;
