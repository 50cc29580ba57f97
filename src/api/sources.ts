import type { Event } from '../base';
import type { JsonObject } from '../model';

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
  bring(ref: string, options: { readonly signal: AbortSignal }): Promise<boolean>;
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
