import type { CatalogSourcePart, SourceEntities, SourceEntityQuery } from '../../../api';
import type { Disposable, Event } from '../../../base';
import type { FileSystem } from '../../../platform/core/ports';
import type { CatalogSource } from '../../catalog/core';

export { SOURCE_SCHEME } from '../../../platform/core/files';

interface CommonSourceConfig {
  /** Identifies the location of the source; stored data belongs to it. */
  readonly id: string;
  /** A unique name that is valid as the authority of a URI and as a folder name. */
  readonly key: string;
  /** Display name. */
  readonly name: string;
  /** Kinds that the source may add; `*` for all, `!Kind` for one that is excluded from all. */
  readonly allow: readonly string[];
  /** Milliseconds between two fetches; `Infinity` for fetching on demand only. */
  readonly interval: number;
  /** One of VS Code's chart colors: `charts.blue`. */
  readonly color: string | undefined;
}

export interface GitSourceConfig extends CommonSourceConfig {
  readonly type: 'git';
  /** URL in git's format: `https://…`, `ssh://…`, `git@host:path`, `file://…`; without a password. */
  readonly url: string;
  /** Branch or tag; undefined for the repository's HEAD. */
  readonly branch: string | undefined;
  /** Files, folders or globs relative to the root of the repository; empty for the discovery globs. */
  readonly paths: readonly string[];
}

export interface UrlSourceConfig extends CommonSourceConfig {
  readonly type: 'url';
  /** URL of a descriptor, as registered in Backstage. */
  readonly url: string;
}

export interface DiscoverySourceConfig extends CommonSourceConfig {
  readonly type: 'github' | 'gitlab';
  readonly host: string;
  /** Organization or user; on GitLab a group with its path. */
  readonly org: string;
  /** Regular expression that repository names must match. */
  readonly filter: string | undefined;
  /** Path of the descriptor in each repository; may contain globs. */
  readonly path: string;
}

export interface BackstageSourceConfig extends CommonSourceConfig {
  readonly type: 'backstage';
  /** URL of the backend, without `/api`. */
  readonly url: string;
  /** Filters of the catalog API; empty for all entities. */
  readonly filter: readonly string[];
  /**
   * OAuth client id that the instance's operator has registered for Callboard; undefined to use the one that the
   * instance offers.
   */
  readonly clientId: string | undefined;
  /** Local port that a sign-in returns to; undefined for the default ports, or any. */
  readonly callbackPort: number | undefined;
  /**
   * `all`: all entities that match the filter, up to the limit. `referenced`: entities that the catalog refers to,
   * opened ones, and those that match the filter if there is one.
   */
  readonly hold: 'all' | 'referenced';
  /** The maximum number of entities. */
  readonly limit: number;
}

export type SourceConfig =
  | GitSourceConfig
  | UrlSourceConfig
  | DiscoverySourceConfig
  | BackstageSourceConfig;

/** Result of a fetch. */
export interface FetchOutcome {
  readonly changed: boolean;
  /** Number of requests, and bytes of bodies; a git connection counts as one request. */
  readonly requests: number;
  readonly bytes: number;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Receives sentences for display. */
  readonly onProgress?: (message: string) => void;
  /** Whether to fetch only entities that the catalog needs and the copy never had; default: all. */
  readonly isOnlyMissing?: boolean;
}

export type FoundEntities = Pick<SourceEntities, 'entities' | 'isComplete'>;

/** A source of entities on another machine, with a copy of the last fetch. */
export interface RemoteSource extends CatalogSource, Disposable {
  readonly config: SourceConfig;
  /** Files of the copy, by their URIs. */
  readonly fileSystem: FileSystem;
  /** Time of the last successful fetch in milliseconds since the epoch; undefined without a copy. */
  readonly fetchedAt: number | undefined;
  /** Restores the copy of an earlier run without sending requests. A broken copy counts as none. */
  restore(): Promise<void>;
  /**
   * Fetches and applies the current state. If it rejects, the copy is unchanged.
   *
   * @throws SourceError; AbortError
   */
  fetch(options: FetchOptions): Promise<FetchOutcome>;
  /** Deletes the copy. */
  forget(): Promise<void>;
}

/** A running Backstage; the copy may be partial. */
export interface RemoteBackstage extends RemoteSource {
  /** Sends requests with the same credentials as for entities. */
  readonly session: BackstageConnection;
  /** Size of a partial copy; undefined if the copy is complete. */
  readonly part: CatalogSourcePart | undefined;
  /** Fires when the catalog needs an entity that the copy lacks; a fetch adds it. */
  readonly onDidMiss: Event<void>;
  /**
   * Adds an entity to the copy by ref, and keeps it there as opened.
   *
   * @returns whether it exists
   * @throws SourceError; AbortError
   */
  fetchEntity(ref: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Finds entities by name, whether or not they are in the copy.
   *
   * @throws SourceError; AbortError
   */
  findEntities(query: SourceEntityQuery, signal: AbortSignal): Promise<FoundEntities>;
}

export function isBackstage(source: RemoteSource | undefined): source is RemoteBackstage {
  return source !== undefined && 'findEntities' in source;
}

export type SourceFailure =
  /** The host doesn't exist or doesn't answer; possibly temporary. */
  | 'unreachable'
  /** Credentials are missing or insufficient. */
  | 'unauthorized'
  /** The resource doesn't exist or isn't visible. */
  | 'missing'
  /** Rate limit exceeded. */
  | 'limited'
  /** The answer is unusable. */
  | 'invalid'
  /** The request isn't allowed: unnamed host, other scheme, untrusted workspace. */
  | 'refused'
  /** A problem on this machine: no git, disk full. */
  | 'local';

/** Failure of a request to a source, with a message that says what to do. Never contains a token. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly failure: SourceFailure;
  /** A sentence. */
  readonly advice: string | undefined;
  /** Milliseconds that the host asks to wait. */
  readonly retryAfter: number | undefined;
  /** HTTP status, if an answer is the cause. */
  readonly status: number | undefined;
  /** Error message of the answer; the message contains it too. */
  readonly said: string | undefined;
  /** Whether the user can sign in there and retry. */
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

/** Counts requests and bytes. */
export interface Traffic {
  requests: number;
  /** Bytes of bodies in both directions. */
  bytes: number;
}

export interface SourceRequest {
  /** Default: GET. Methods other than GET and HEAD are not retried unless `isRead` is set. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Whether the request changes nothing and may be retried; default: by method. */
  readonly isRead?: boolean;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** ETag of the cached answer, for a conditional request. */
  readonly etag?: string | undefined;
  /** Maximum bytes of the answer; default: 16 MB. */
  readonly maxSize?: number;
  /** Statuses besides 200 to 299 that are not failures. */
  readonly answers?: readonly number[];
  /** Hosts of the forge that a redirect may lead to, without credentials, besides allowed ones. */
  readonly forgeHosts?: readonly string[];
  /** Whether to send no credentials; default: false. */
  readonly isAnonymous?: boolean;
  /** Secrets in the body, removed from messages about the answer. */
  readonly secrets?: readonly string[];
  /** Counter for requests and bytes. */
  readonly traffic?: Traffic | undefined;
  readonly signal: AbortSignal;
}

export type SourceAnswer =
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'answered';
      /** Final URL after redirects. */
      readonly url: string;
      readonly status: number;
      /** By name in lower case. */
      readonly headers: ReadonlyMap<string, string>;
      readonly body: Uint8Array;
      readonly etag: string | undefined;
    };

export interface SourceStreamRequest extends Pick<
  SourceRequest,
  'url' | 'headers' | 'traffic' | 'signal'
> {
  /** Milliseconds without data before the stream is aborted. */
  readonly silence: number;
  /** Maximum bytes of the stream. */
  readonly maxSize: number;
}

/** A streamed answer. */
export interface SourceStream {
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /**
   * Chunks, to be iterated once and without delay; leaving early closes the connection.
   *
   * @throws SourceError `unreachable` if the connection breaks or no data arrives for too long; AbortError
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * HTTP client of sources: requests allowed hosts only, sends credentials to their own origin only, retries where
 * that may help, and limits concurrent requests.
 */
export interface SourceHttp {
  /**
   * Sends a request. An `authorization` header replaces the credentials and is sent to the same origin only.
   *
   * @throws SourceError for statuses other than 200 to 299, 304 with an ETag, and those that the request accepts;
   *   AbortError
   */
  send(request: SourceRequest): Promise<SourceAnswer>;
  /**
   * Requests a stream, without retries and redirects. It occupies a slot only until the answer starts, because a
   * stream can last for hours.
   *
   * @throws SourceError like `send`; AbortError
   */
  stream(request: SourceStreamRequest): Promise<SourceStream>;
}

/** Context of a request. */
export type Asking = Pick<SourceRequest, 'signal' | 'traffic'>;

export interface BackstageQuestion extends Pick<
  SourceRequest,
  keyof Asking | 'method' | 'isRead' | 'secrets' | 'maxSize' | 'answers'
> {
  /** Path relative to the backend's address, escaped: `/api/catalog/…`. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** A request whose answer is not JSON. */
export interface BackstageFileQuestion extends Pick<
  SourceRequest,
  keyof Asking | 'etag' | 'maxSize' | 'answers'
> {
  /** Path relative to the backend's address, escaped. */
  readonly path: string;
  /** Accepted media types. */
  readonly accept: string;
}

/** A request for a stream of events (`text/event-stream`). */
export interface BackstageStreamQuestion
  extends
    Pick<BackstageQuestion, keyof Asking | 'path' | 'query'>,
    Pick<SourceStreamRequest, 'silence' | 'maxSize'> {}

export interface BackstageAnswer {
  readonly status: number;
  /** Parsed JSON; undefined if the answer is empty. */
  readonly value: unknown;
  /** Bytes of the answer. */
  readonly size: number;
}

/** Client of a Backstage backend, with the user's credentials. */
export interface BackstageConnection {
  /**
   * Sends a request and parses the answer as JSON.
   *
   * @throws SourceError; AbortError
   */
  ask(question: BackstageQuestion): Promise<BackstageAnswer>;
  /**
   * Requests a file.
   *
   * @throws SourceError; AbortError
   */
  read(question: BackstageFileQuestion): Promise<SourceAnswer>;
  /**
   * Requests a stream of events.
   *
   * @throws SourceError, also while it is read; AbortError
   */
  stream(question: BackstageStreamQuestion): Promise<SourceStream>;
}

/** Credentials for other machines. Tokens are stored elsewhere and returned for one request. */
export interface SourceCredentials {
  /**
   * Returns the `authorization` header for an origin (`https://host:port`) and no other; undefined to send none.
   *
   * @param use - whether git uses it, whose format differs from an API's; default: an API
   */
  authorization(
    origin: string,
    signal: AbortSignal,
    use?: 'api' | 'git',
  ): Promise<string | undefined>;
  /**
   * Called when a Backstage has refused the credentials.
   *
   * @param refused - value of the header
   * @returns whether there are new credentials to retry with
   * @throws SourceError if the user must sign in again; AbortError
   */
  renew?(origin: string, refused: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Whether the user can sign in to a Backstage, according to its metadata. Missing where signing in is impossible,
   * as on the command line.
   *
   * @param url - URL of the backend
   * @throws AbortError
   */
  offersSignIn?(url: string, signal: AbortSignal): Promise<boolean>;
}
