import { type Disposable } from '../../../base';
import type { FileSystem } from './files';

/** A repository on another machine, as far as it is needed here. */
export interface GitMirrorRequest {
  /** A word that can be the name of a folder, for this repository and branch alone. */
  readonly key: string;
  /** As git takes it. */
  readonly url: string;
  /** Branch or tag; undefined: what its HEAD names. */
  readonly branch: string | undefined;
  /** URI that its top is to be found under. */
  readonly root: string;
  /**
   * Value of the header `Authorization` that the remote is asked with, and nobody else, where it is asked by http; asked
   * for each time anew. Undefined: without one, by the user's own ways to be let in.
   */
  readonly authorization: (signal: AbortSignal) => Promise<string | undefined>;
  /** In bytes, of all that comes at once; default: what is set for all. */
  readonly maxBytes?: number;
}

export interface GitMirrorState {
  /** Full id. */
  readonly commit: string;
  /** The branch or tag that it is of, by its name. */
  readonly branch: string;
  /** Milliseconds since the epoch at which this was what the remote had. */
  readonly fetchedAt: number;
}

/** A tree that has come and is not taken up yet. Contents of its files may still be with the remote. */
export interface GitMirrorDraft {
  /** Of all files and links in it, relative to its top, with `/`. */
  paths(): Iterable<string>;
  /** Which content a file has, by its id; undefined where there is no such file. */
  contentId(path: string): string | undefined;
  /** Whether it is a symbolic link. */
  isLink(path: string): boolean;
  /** In bytes; undefined for what is not at hand. */
  sizeOf(path: string): number | undefined;
  /** Undefined for what is not at hand. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Has what is in these files be at hand: by one request, or none. Paths of no file are passed over. */
  fetchBlobs(paths: Iterable<string>): Promise<void>;
}

export interface GitMirrorFetch {
  /** Paths that are others now, or are gone; undefined where all may be. */
  readonly paths: readonly string[] | undefined;
  /** Connections to the remote. */
  readonly requests: number;
  /** Of what came of objects and lists of branches. */
  readonly bytes: number;
}

export interface GitMirror extends Disposable {
  /** Of the copy; undefined where there is none yet. */
  readonly state: GitMirrorState | undefined;
  /**
   * The tree of the commit, below the root of the request; nothing is there before there is a copy. Stamps differ when
   * contents do. What is not at hand is asked of the remote when it is read, and stays at hand.
   */
  readonly fileSystem: FileSystem;
  /** The same without asking anybody: to read what is not at hand fails with `ENOENT`. */
  readonly copy: FileSystem;
  /** Paths that were asked for in the copy, and are not at hand. */
  readonly missing: ReadonlySet<string>;
  /** Takes up the copy of an earlier run. One that is broken counts as none, and is made anew by the next fetch. */
  restore(): Promise<void>;
  /**
   * Brings the copy up to date.
   *
   * @param options.complete - told of a tree that is new, or has files missing, before it is taken up: brings what is
   *   wanted of it. When it rejects, so does this
   * @param options.knownCommit - one that nobody wants anything of any more: where the remote still has that, the copy is
   *   not even taken up, if it is not yet
   * @throws GitMirrorFailure; AbortError. The copy is as it was then
   */
  fetch(options: {
    readonly signal: AbortSignal;
    readonly onProgress?: ((message: string) => void) | undefined;
    readonly complete?: (draft: GitMirrorDraft) => Promise<void>;
    readonly knownCommit?: string | undefined;
  }): Promise<GitMirrorFetch>;
  /**
   * Hands out the tree of the copy, which is taken up for that, to have more of it come: without asking whether the
   * remote has another one by now.
   *
   * @throws GitMirrorFailure where there is no copy, or something of it is not to be had; what `look` throws; AbortError
   */
  look<T>(
    look: (tree: GitMirrorDraft) => Promise<T>,
    options: { readonly signal: AbortSignal },
  ): Promise<Omit<GitMirrorFetch, 'paths'> & { readonly value: T }>;
  /** Deletes the copy. */
  remove(): Promise<void>;
}

/** Why a repository could not be mirrored. */
export type GitMirrorFailureReason =
  /** There is no git. */
  | 'no-git'
  /** It has no such branch or tag. */
  | 'no-branch'
  /** It has no commits. */
  | 'empty'
  /** What is kept of it cannot be written. */
  | 'storage'
  /** It is not asked: its address leads where nobody named. */
  | 'refused'
  /** There is more of it than is taken. */
  | 'excess'
  /** Nothing came for too long. */
  | 'timeout'
  | 'unknown-host'
  /** Nobody answers at the host. */
  | 'no-connection'
  | 'disconnected'
  | 'certificate'
  /** The host doesn't speak TLS at this port, or no version of it that git does. */
  | 'no-tls'
  /** The remote was asked too often, or has too much to do. */
  | 'limited'
  /** The remote leads to another address. */
  | 'redirected'
  /** The user's git is set up to ask in a way that isn't used. */
  | 'transport'
  /** The remote wants to know who asks. */
  | 'unauthenticated'
  /** Who asks may not read the repository. */
  | 'denied'
  | 'ssh-denied'
  /** Ssh doesn't know the key of the host. */
  | 'unknown-host-key'
  | 'no-repository'
  /** A daemon of git has no such repository for anybody. */
  | 'not-exported'
  /** The host answers, but isn't a git server. */
  | 'other-answer'
  /** The remote or the way there, for a reason that git doesn't name. */
  | 'remote'
  /** Another process works on the copy. */
  | 'locked'
  /** The remote has objects with hashes of another kind. */
  | 'object-format'
  /** The remote doesn't give parts of a repository. */
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

/** Its message holds git's complaint, in English and without secrets. */
export class GitMirrorFailure extends Error {
  override readonly name = 'GitMirrorFailure';
  readonly reason: GitMirrorFailureReason;
  /** Where there is no such branch: those that there are. */
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
  /** @throws TypeError for what is no address that may be asked, or could be taken for an option */
  open(request: GitMirrorRequest): GitMirror;
  /**
   * Deletes copies that nobody has opened for long, in any window: their owners may be gone.
   *
   * @param prefix - what their keys begin with
   * @param age - in milliseconds
   */
  removeUnused(prefix: string, age: number): Promise<void>;
}
