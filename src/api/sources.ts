import type { Event } from '../base';

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
  /** Milliseconds since the epoch: since when, and when it is tried again by itself. */
  readonly since: number;
  readonly retryAt: number | undefined;
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
  /** In its copy, those that others win included. */
  readonly entities: number;
  readonly failure: CatalogSourceFailure | undefined;
}

/** The sources of the catalog besides the workspace. */
export interface CatalogSourcesService {
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
  /** Takes it out of the settings of the user or the workspace, and deletes its copy. */
  remove(id: string): Promise<void>;
  /** Forgets the copy, so that the next fetch starts anew. */
  forget(id: string): Promise<void>;
}
