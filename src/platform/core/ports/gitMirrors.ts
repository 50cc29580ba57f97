import { type Disposable } from '../../../base';
import type { FileSystem } from './files';

/** A repository on another machine, and the branch of it to mirror. */
export interface GitMirrorRequest {
  /** The unique key of this repository and branch; a valid folder name. */
  readonly key: string;
  /** An address that git accepts. */
  readonly url: string;
  /** Branch or tag; undefined for the one that HEAD names. */
  readonly branch: string | undefined;
  /** URI under which the file systems of the mirror have the top of the repository. */
  readonly root: string;
  /**
   * Returns the `Authorization` header for http(s), which is sent to this remote only; called for each connection.
   * Undefined to use the user's own git credentials.
   */
  readonly authorization: (signal: AbortSignal) => Promise<string | undefined>;
  /** The maximum number of bytes of one fetch; by default that of all mirrors. */
  readonly maxBytes?: number;
}

/** The commit that a local copy has. */
export interface GitMirrorState {
  /** The full commit id. */
  readonly commit: string;
  /** The name of the mirrored branch or tag. */
  readonly branch: string;
  /** The last time the remote confirmed this commit, in milliseconds since the epoch. */
  readonly fetchedAt: number;
}

/** A fetched tree that isn't applied yet. The contents of its files may not be fetched yet. */
export interface GitMirrorDraft {
  /** Paths of all files and links, relative to the top, with `/`. */
  paths(): Iterable<string>;
  /** Returns the blob id of a file; undefined if there is no such file. */
  contentId(path: string): string | undefined;
  /** Whether the path is a symbolic link. */
  isLink(path: string): boolean;
  /** Returns the size in bytes; undefined for content that isn't fetched. */
  sizeOf(path: string): number | undefined;
  /** Returns the content; undefined if it isn't fetched. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Fetches the contents of files in one request, or none if all are there. Ignores paths without a file. */
  fetchBlobs(paths: Iterable<string>): Promise<void>;
}

/** The result of a fetch. */
export interface GitMirrorFetch {
  /** Paths of changed and deleted files; undefined if all may have changed. */
  readonly paths: readonly string[] | undefined;
  /** The number of connections to the remote. */
  readonly requests: number;
  /** Received bytes of objects and lists of branches. */
  readonly bytes: number;
}

/** A local copy of a branch of a remote repository. */
export interface GitMirror extends Disposable {
  /** The state of the local copy; undefined if there is none. */
  readonly state: GitMirrorState | undefined;
  /**
   * The tree of the commit, below the root of the request; empty until there is a copy. Files with different contents
   * have different stats. Reading a missing file fetches it and keeps it.
   */
  readonly fileSystem: FileSystem;
  /** The same tree without network access: reading a file that isn't fetched fails with `ENOENT`. */
  readonly copy: FileSystem;
  /** Paths that were read in `copy` and aren't fetched. */
  readonly missing: ReadonlySet<string>;
  /** Loads the copy of an earlier run. A broken copy counts as missing; the next fetch replaces it. */
  restore(): Promise<void>;
  /**
   * Updates the copy.
   *
   * @param options.complete - called with a new or incomplete tree before it is applied, to fetch the contents it
   *   needs; its rejection rejects the fetch
   * @param options.knownCommit - a commit that needs no more processing: while the remote still has it, the copy isn't
   *   even loaded
   * @throws GitMirrorFailure; AbortError. The copy stays as it was
   */
  fetch(options: {
    readonly signal: AbortSignal;
    readonly onProgress?: ((message: string) => void) | undefined;
    readonly complete?: (draft: GitMirrorDraft) => Promise<void>;
    readonly knownCommit?: string | undefined;
  }): Promise<GitMirrorFetch>;
  /**
   * Loads the tree of the copy and passes it to `look`, which can fetch contents. Doesn't check for a newer commit.
   *
   * @throws GitMirrorFailure if there is no copy or contents can't be fetched; errors of `look`; AbortError
   */
  look<T>(
    look: (tree: GitMirrorDraft) => Promise<T>,
    options: { readonly signal: AbortSignal },
  ): Promise<Omit<GitMirrorFetch, 'paths'> & { readonly value: T }>;
  /** Deletes the copy. */
  remove(): Promise<void>;
}

/** The reason why a repository couldn't be mirrored. */
export type GitMirrorFailureReason =
  /** Git isn't installed. */
  | 'no-git'
  /** The branch or tag doesn't exist. */
  | 'no-branch'
  /** The repository has no commits. */
  | 'empty'
  /** The copy can't be written. */
  | 'storage'
  /** Callboard doesn't contact the host: its address isn't allowed. */
  | 'refused'
  /** The repository exceeds the size limit. */
  | 'excess'
  /** No data arrived for too long. */
  | 'timeout'
  | 'unknown-host'
  /** The host refuses connections. */
  | 'no-connection'
  | 'disconnected'
  | 'certificate'
  /** The host doesn't speak TLS at this port, or no version that git supports. */
  | 'no-tls'
  /** Rate limit, or an overloaded host. */
  | 'limited'
  /** The remote redirects to another address. */
  | 'redirected'
  /** The user's git is configured to use a transport that isn't supported. */
  | 'transport'
  /** Authentication is required. */
  | 'unauthenticated'
  /** The credentials don't grant access to the repository. */
  | 'denied'
  | 'ssh-denied'
  /** Ssh doesn't know the key of the host. */
  | 'unknown-host-key'
  | 'no-repository'
  /** A git daemon doesn't export the repository. */
  | 'not-exported'
  /** The host answers, but isn't a git server. */
  | 'other-answer'
  /** The remote or the network, for a reason that git doesn't state. */
  | 'remote'
  /** Another process works on the copy. */
  | 'locked'
  /** The remote uses another hash algorithm. */
  | 'object-format'
  /** The remote doesn't support partial clones. */
  | 'unsupported'
  /** None of the other reasons. */
  | 'failed';

/** Reasons for which another kind of fetch may still succeed. */
const OF_THE_FETCH: ReadonlySet<GitMirrorFailureReason> = new Set([
  'locked',
  'object-format',
  'unsupported',
  'failed',
]);

/** A failure with git's message, in English and without secrets. */
export class GitMirrorFailure extends Error {
  override readonly name = 'GitMirrorFailure';
  readonly reason: GitMirrorFailureReason;
  /** For `no-branch`: the existing branches. */
  readonly branches: readonly string[];

  constructor(
    reason: GitMirrorFailureReason,
    message: string,
    { branches = [], cause }: { branches?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.reason = reason;
    this.branches = branches;
  }

  /** Whether any other fetch would fail for the same reason. */
  get isFinal(): boolean {
    return !OF_THE_FETCH.has(this.reason);
  }
}

/** Mirrors of repositories on other machines: no work tree, no hooks, no submodules, no filters. */
export interface GitMirrors {
  /** Opens a mirror. @throws TypeError for an address that isn't supported or could be taken for an option */
  open(request: GitMirrorRequest): GitMirror;
  /**
   * Deletes copies that no window has opened for a while; their sources may no longer be configured.
   *
   * @param prefix - start of the keys of these copies
   * @param age - the minimum time since the last use, in milliseconds
   */
  removeUnused(prefix: string, age: number): Promise<void>;
}
