import type { Event } from '../base';
import type { JsonObject } from '../model';

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

/** Options for a query that sources answer. */
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
  fetchEntity(ref: string, options: { readonly signal: AbortSignal }): Promise<boolean>;
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
  /** Cancels the running fetch of a source, which keeps its copy. The next one is due after the usual interval. */
  cancelFetch(id: string): Promise<void>;
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
