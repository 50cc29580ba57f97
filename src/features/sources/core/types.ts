import type { CatalogSourcePart, SourceEntities, SourceEntityQuery } from '../../../api';
import type { Disposable, Event } from '../../../base';
import type { FileSystem } from '../../../platform/core/ports';
import type { CatalogSource } from '../../catalog/core';

export { SOURCE_SCHEME } from '../../../platform/core/files';

interface CommonSourceConfig {
  /** The same for as long as it leads to the same place; what is kept of it is kept by this. */
  readonly id: string;
  /** A word that can be the authority of a URI and the name of a folder, of this source alone. */
  readonly key: string;
  /** For people. */
  readonly name: string;
  /** Kinds that it may bring; `*` for all, `!Kind` for one that is not even among all. */
  readonly allow: readonly string[];
  /** Milliseconds between two fetches; `Infinity`: it is fetched only when somebody asks for it. */
  readonly interval: number;
  /** Of VS Code's chart colours: `charts.blue`. */
  readonly color: string | undefined;
}

export interface GitSourceConfig extends CommonSourceConfig {
  readonly type: 'git';
  /** As git takes it: `https://…`, `ssh://…`, `git@host:path`, `file://…`; without a user's password. */
  readonly url: string;
  /** Branch or tag; undefined: what the repository's HEAD names. */
  readonly branch: string | undefined;
  /** Files, folders or globs below the top of the repository; empty: whatever discovery finds. */
  readonly paths: readonly string[];
}

export interface UrlSourceConfig extends CommonSourceConfig {
  readonly type: 'url';
  /** Of a descriptor, as it is registered in a Backstage. */
  readonly url: string;
}

export interface DiscoverySourceConfig extends CommonSourceConfig {
  readonly type: 'github' | 'gitlab';
  readonly host: string;
  /** Organisation or user; with GitLab a group with its path. */
  readonly org: string;
  /** A regular expression that repository names must match. */
  readonly filter: string | undefined;
  /** Of the descriptor in each repository; may hold globs. */
  readonly path: string;
}

export interface BackstageSourceConfig extends CommonSourceConfig {
  readonly type: 'backstage';
  /** Of the backend, without `/api`. */
  readonly url: string;
  /** As the catalog's API filters; empty: everything. */
  readonly filter: readonly string[];
  /** What whoever runs it has Callboard go by when somebody signs in; undefined: what it offers to everybody. */
  readonly clientId: string | undefined;
  /** The port of this machine that a sign-in comes back to; undefined: a usual one, or any. */
  readonly callbackPort: number | undefined;
  /**
   * `all`: whatever fits the filter, as long as that is within the limit. `referenced`: what the catalog refers to and
   * what was opened, and what fits the filter where there is one.
   */
  readonly hold: 'all' | 'referenced';
  /** So many entities at most. */
  readonly limit: number;
}

export type SourceConfig =
  GitSourceConfig | UrlSourceConfig | DiscoverySourceConfig | BackstageSourceConfig;

/** What came of asking. */
export interface FetchOutcome {
  readonly changed: boolean;
  /** How many requests were sent, and how many bytes of bodies came; a connection of git counts as one. */
  readonly requests: number;
  readonly bytes: number;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Sentences for people. */
  readonly onProgress?: (message: string) => void;
  /** Whether that alone is asked for which the catalog wants and the copy never had; default: all is. */
  readonly isOnlyMissing?: boolean;
}

export type FoundEntities = Pick<SourceEntities, 'entities' | 'isComplete'>;

/** A source of entities on another machine, with a copy of what it had when it was asked last. */
export interface RemoteSource extends CatalogSource, Disposable {
  readonly config: SourceConfig;
  /** Of the files below its URIs, as the copy has them. */
  readonly fileSystem: FileSystem;
  /** Milliseconds since the epoch at which the copy was good; undefined where there is none. */
  readonly fetchedAt: number | undefined;
  /** Takes up the copy of an earlier run, without asking anybody. A copy that is broken counts as none. */
  restore(): Promise<void>;
  /**
   * Asks the other machine, and takes up what it has by now. When it rejects, the copy is as it was.
   *
   * @throws SourceError; AbortError
   */
  fetch(options: FetchOptions): Promise<FetchOutcome>;
  /** Deletes the copy, for good. */
  forget(): Promise<void>;
}

/** A running Backstage; the copy may have a part of its entities. */
export interface RemoteBackstage extends RemoteSource {
  /** Sends requests as the entities are asked for. */
  readonly session: AskedBackstage;
  /** The part that the copy has; undefined: it has all. */
  readonly part: CatalogSourcePart | undefined;
  /** The catalog wants something that the copy does not have, and that was not asked for: a fetch brings it. */
  readonly onDidMiss: Event<void>;
  /**
   * Brings an entity into the copy by its name, and keeps it there as one that was opened.
   *
   * @returns whether it is there now
   * @throws SourceError; AbortError
   */
  bring(ref: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Finds entities by their names, in the copy or not.
   *
   * @throws SourceError; AbortError
   */
  findEntities(query: SourceEntityQuery, signal: AbortSignal): Promise<FoundEntities>;
}

export function isBackstage(source: RemoteSource | undefined): source is RemoteBackstage {
  return source !== undefined && 'findEntities' in source;
}

export type SourceFailure =
  /** There is no such host, or nobody answers; it may be back soon. */
  | 'unreachable'
  /** Who asks is not let in: a token is missing, or not good for it. */
  | 'unauthorized'
  /** There is no such thing, or it may not be seen. */
  | 'missing'
  /** Asked too often. */
  | 'limited'
  /** What came cannot be used. */
  | 'invalid'
  /** It must not be asked: an address that nobody named, another scheme, an untrusted workspace. */
  | 'refused'
  /** This machine is the reason: no git, no room on the disk. */
  | 'local';

/** Why a source could not be asked, in words that say what to do. Never holds a token. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly failure: SourceFailure;
  /** A sentence. */
  readonly advice: string | undefined;
  /** Milliseconds that the other side wants to be left alone. */
  readonly retryAfter: number | undefined;
  /** Of an answer by HTTP, where one is the reason. */
  readonly status: number | undefined;
  /** What that answer says itself; it is in the message, too. */
  readonly said: string | undefined;
  /** Whether the user can sign in there, so that it may be asked again. */
  readonly canSignIn: boolean;

  constructor(
    failure: SourceFailure,
    message: string,
    { cause, ...known }: Partial<SourceErrorDetails> = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.failure = failure;
    this.advice = known.advice;
    this.retryAfter = known.retryAfter;
    this.status = known.status;
    this.said = known.said;
    this.canSignIn = known.canSignIn ?? false;
  }
}

type SourceErrorDetails = Pick<
  SourceError,
  'advice' | 'retryAfter' | 'status' | 'said' | 'canSignIn' | 'cause'
>;

/** Counts what asking took. */
export interface Traffic {
  requests: number;
  /** Of bodies, both ways. */
  bytes: number;
}

export interface SourceRequest {
  /** Default: GET. Others than GET and HEAD are sent once, whatever happens, unless they only ask. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Whether it changes nothing, whatever its method is, and may be sent again; default: as the method says. */
  readonly isRead?: boolean;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of what is at hand: where it is still the same, nothing comes. */
  readonly etag?: string | undefined;
  /** Bytes of the answer; default: 16 MB. */
  readonly maxSize?: number;
  /** Statuses besides 200 to 299 that are answers to what was asked, and no failures. */
  readonly answers?: readonly number[];
  /** Hosts besides allowed ones that an answer may send on to, without credentials: the forge's own. */
  readonly forgeHosts?: readonly string[];
  /** Whether it is asked as by anybody, whatever lets somebody in to its origin; default: it is not. */
  readonly isAnonymous?: boolean;
  /** What of the body is secret: an answer that says it again is not told so. */
  readonly secrets?: readonly string[];
  /** Counts the requests and bytes, where somebody wants to know. */
  readonly traffic?: Traffic | undefined;
  readonly signal: AbortSignal;
}

export type SourceAnswer =
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'answered';
      /** Where the answer came from in the end. */
      readonly url: string;
      readonly status: number;
      /** By their names in lower case. */
      readonly headers: ReadonlyMap<string, string>;
      readonly body: Uint8Array;
      readonly etag: string | undefined;
    };

export interface SourceStreamRequest extends Pick<
  SourceRequest,
  'url' | 'headers' | 'traffic' | 'signal'
> {
  /** Milliseconds without anything after which it is given up. */
  readonly silence: number;
  /** Bytes of all that comes. */
  readonly maxSize: number;
}

/** What an address tells as it goes on. */
export interface SourceStream {
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /**
   * To be gone through once, and at once; whoever leaves early closes the connection.
   *
   * @throws SourceError where it does not come to its end: `unreachable` where the connection breaks, or nothing comes
   *   for too long; AbortError
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Other machines, for sources: allowed hosts alone, credentials for their own origin alone, tried again where that may
 * help, so many requests at a time.
 */
export interface SourceHttp {
  /**
   * A header `authorization` of the request stands in the place of the credentials, and goes no further than they do.
   *
   * @throws SourceError for whatever is no answer of 200 to 299, or 304 to an ETag, or as the request says; AbortError
   */
  send(request: SourceRequest): Promise<SourceAnswer>;
  /**
   * Asks once for what comes bit by bit. Redirects are not followed. It takes the place of a request only until the
   * answer begins: others are not kept waiting by one that goes on for hours.
   *
   * @throws SourceError as `send` does; AbortError
   */
  stream(request: SourceStreamRequest): Promise<SourceStream>;
}

/** What one question is asked with. */
export type Asking = Pick<SourceRequest, 'signal' | 'traffic'>;

export interface BackstageQuestion extends Pick<
  SourceRequest,
  keyof Asking | 'method' | 'isRead' | 'secrets' | 'maxSize' | 'answers'
> {
  /** Below the backend's address, escaped: `/api/catalog/…`. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** A question whose answer is no JSON. */
export interface BackstageFileQuestion extends Pick<
  SourceRequest,
  keyof Asking | 'etag' | 'maxSize' | 'answers'
> {
  /** Below the backend's address, escaped. */
  readonly path: string;
  /** Types that may come. */
  readonly accept: string;
}

/** What is told as it goes on: events, in the form of `text/event-stream`. */
export interface BackstageStreamQuestion
  extends
    Pick<BackstageQuestion, keyof Asking | 'path' | 'query'>,
    Pick<SourceStreamRequest, 'silence' | 'maxSize'> {}

export interface BackstageAnswer {
  readonly status: number;
  /** What was parsed; undefined where the answer is empty. */
  readonly value: unknown;
  /** Bytes of the answer. */
  readonly size: number;
}

/** A Backstage backend, asked as whoever the credentials say. */
export interface AskedBackstage {
  /**
   * Sends a question, and parses the answer as JSON.
   *
   * @throws SourceError; AbortError
   */
  ask(question: BackstageQuestion): Promise<BackstageAnswer>;
  /**
   * Asks for a file, which comes as it is.
   *
   * @throws SourceError; AbortError
   */
  read(question: BackstageFileQuestion): Promise<SourceAnswer>;
  /**
   * Asks for events that come as they happen.
   *
   * @throws SourceError, also while they are read; AbortError
   */
  stream(question: BackstageStreamQuestion): Promise<SourceStream>;
}

/** What somebody is let in to other machines with; tokens are kept elsewhere, and handed out for one request. */
export interface SourceCredentials {
  /**
   * Value of the `authorization` header for an origin (`https://host:port`), and for no other; undefined: ask without.
   *
   * @param use - whether git asks, which says it in another way than an API; default: an API
   */
  authorization(
    origin: string,
    signal: AbortSignal,
    use?: 'api' | 'git',
  ): Promise<string | undefined>;
  /**
   * Told that a Backstage does not accept what it was asked with.
   *
   * @param refused - the value of the header
   * @returns whether there is something else by now to ask with once more
   * @throws SourceError where the user has to sign in anew; AbortError
   */
  renew?(origin: string, refused: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Whether the user can sign in to a Backstage, as that says itself. Missing where nobody can, as on the command line.
   *
   * @param url - of the backend
   * @throws AbortError
   */
  offersSignIn?(url: string, signal: AbortSignal): Promise<boolean>;
}
