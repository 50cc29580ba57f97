import type { Disposable } from '../../../base';
import type { FileSystem } from './files';

/** The last commit that changed a file. */
export interface LastChange {
  /** By `.mailmap`, where there is one. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface GitClient {
  /** Undefined for what is not committed; starts git, so only in trusted workspaces. */
  lastChange(file: string): Promise<LastChange | undefined>;
  /** `user.email` as git would use it in the folder; starts git, so only in trusted workspaces. */
  userEmail(folder: string): Promise<string | undefined>;
}

/** Who made a commit. */
export interface GitAuthor {
  /** One line without `<` and `>`. */
  readonly name: string;
  readonly email: string;
}

export interface CommittedFile {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** A repository elsewhere. */
export interface GitRemote {
  /** An address that git takes: of https, ssh, or a path. */
  readonly url: string;
  /** The value of a header `Authorization`, for https; else the user's own ways to be let in are used. */
  readonly authorization?: string;
}

/** What a commit comes behind: nothing, what is checked out at the top of a repository (a URI), or a branch elsewhere. */
export type CommitBase =
  | { readonly type: 'nothing' }
  | { readonly type: 'checkout'; readonly folder: string }
  | { readonly type: 'remote'; readonly remote: GitRemote; readonly branch: string };

export interface CommitRequest {
  readonly base: CommitBase;
  /** A valid name of a branch, without `refs/heads/`. */
  readonly branch: string;
  /** Those that are new or others; all else is as in the base. */
  readonly files: readonly CommittedFile[];
  /** Paths of files of the base that go. */
  readonly removed?: readonly string[];
  readonly message: string;
  /** Undefined: the user that git knows. */
  readonly author: GitAuthor | undefined;
}

/** Takes a change back; does not throw. */
export type Undo = () => Promise<void>;

/** A commit that is nowhere but in a temporary place yet, until it is disposed. */
export interface PreparedCommit extends Disposable {
  readonly hash: string;
  /**
   * Makes a folder (a URI) with the commit's files in it a repository, on the commit's branch.
   *
   * @param options.remote - what it is pushed to from there
   * @throws Error where it is one already
   */
  initialize(folder: string, options: { readonly remote?: string }): Promise<Undo>;
  /**
   * Switches the folder of its base to the commit's branch, whose files are written there by somebody else. Whatever
   * else is changed or staged there stays so.
   */
  checkOut(): Promise<Undo>;
  /** Makes the commit's branch there; one that is there is never overwritten. @throws Error in git's words */
  push(remote: GitRemote, signal: AbortSignal): Promise<void>;
}

/**
 * Makes commits of files that are nowhere on the disk. Nothing that a commit or a repository brings along is run: no
 * hooks, no filters. Starts git, so only in trusted workspaces.
 */
export interface GitPublisher {
  /** @throws Error that says what is in the way */
  prepare(request: CommitRequest, signal: AbortSignal): Promise<PreparedCommit>;
  /** @throws Error in git's words where it cannot be reached */
  readRemote(remote: GitRemote, signal: AbortSignal): Promise<RemoteState>;
}

export interface RemoteState {
  readonly branches: readonly string[];
  /** The branch that people get who name none; undefined where it is empty. */
  readonly head: string | undefined;
}

/** The files of a commit. */
export interface CommitFiles {
  /** At the place of the working tree. */
  readonly fileSystem: FileSystem;
  /** Whether a file (a URI) has exactly this content in it. */
  hasContent(uri: string, content: Uint8Array): Promise<boolean>;
}

/**
 * A git repository that is read without checking anything out, and without running anything that it names. Starts
 * git, so only for what has been trusted.
 */
export interface SourceRepository extends Disposable {
  /** URI of the working tree. */
  readonly root: string;
  /** Id of the commit that is checked out; undefined before the first one. */
  head(): Promise<string | undefined>;
  /** Address of `origin`, without what one signs in with; undefined where it has none. */
  originUrl(): Promise<string | undefined>;
  /** Undefined for a commit that is not in this clone. */
  readCommit(commit: string): Promise<CommitFiles | undefined>;
  /**
   * Tells what was ever committed at some paths (of the working tree), of each the latest first and each content once.
   *
   * @param visit - told of each; the path is passed over from then on where it returns true
   */
  visitHistory(
    paths: readonly string[],
    visit: (path: string, content: Uint8Array) => Promise<boolean>,
  ): Promise<void>;
}

/** @returns the repository that a folder (a URI) lies in; undefined where there is none, or no git */
export type OpenRepository = (
  folder: string,
  signal: AbortSignal,
) => Promise<SourceRepository | undefined>;
