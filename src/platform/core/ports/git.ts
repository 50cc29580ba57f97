import type { Disposable } from '../../../base';
import type { FileSystem } from './files';

/** The last commit that changed a file. */
export interface LastChange {
  /** The author's name, mapped by `.mailmap` if there is one. */
  readonly author: string;
  /** The author's time in milliseconds since the epoch. */
  readonly time: number;
}

/** The last commit that changed a file below a folder. */
export interface ChangedFile extends LastChange {
  /** The path from the folder, with `/`. */
  readonly path: string;
}

/** Queries about the repository that a file or folder is in. */
export interface GitClient {
  /** Returns undefined for a file that isn't committed. Starts git: only for trusted workspaces. */
  lastChange(file: string): Promise<LastChange | undefined>;
  /** Returns the YAML files below a folder that changed last, the latest first. Starts git: only for trusted workspaces. */
  recentChanges(folder: string): Promise<readonly ChangedFile[]>;
  /** Returns git's effective `user.email` in a folder. Starts git: only for trusted workspaces. */
  userEmail(folder: string): Promise<string | undefined>;
}

/** The author of a commit. */
export interface GitAuthor {
  /** One line without `<` and `>`. */
  readonly name: string;
  readonly email: string;
}

/** A file of a commit. */
export interface CommittedFile {
  /** The path from the top of the repository, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** A repository on another machine. */
export interface GitRemote {
  /** An https, ssh or file address that git accepts. */
  readonly url: string;
  /** The `Authorization` header for https; without it, the user's own credentials are used. */
  readonly authorization?: string;
}

/** The parent of a commit: none, the checked-out commit of a repository (URI of its top folder), or a remote branch. */
export type CommitBase =
  | { readonly type: 'nothing' }
  | { readonly type: 'checkout'; readonly folder: string }
  | { readonly type: 'remote'; readonly remote: GitRemote; readonly branch: string };

/** The content of a commit to create. */
export interface CommitRequest {
  readonly base: CommitBase;
  /** A valid branch name, without `refs/heads/`. */
  readonly branch: string;
  /** New and changed files; all other files are those of the base. */
  readonly files: readonly CommittedFile[];
  /** Paths of files of the base to delete. */
  readonly removed?: readonly string[];
  readonly message: string;
  /** Undefined for the user configured in git. */
  readonly author: GitAuthor | undefined;
}

/** Reverts a change; doesn't throw. */
export type Undo = () => Promise<void>;

/** A commit that exists only in a temporary place, until it is disposed. */
export interface PreparedCommit extends Disposable {
  readonly hash: string;
  /**
   * Makes a folder (a URI) that holds the commit's files a repository on the commit's branch.
   *
   * @param options.remote - address to configure as the remote `origin`
   * @throws Error if the folder is a repository already
   */
  initialize(folder: string, options: { readonly remote?: string }): Promise<Undo>;
  /**
   * Switches the repository of the base to the commit's branch; the caller writes the files. Other changed and staged
   * files stay as they are.
   */
  checkOut(): Promise<Undo>;
  /** Creates the commit's branch on a remote; never overwrites an existing one. @throws Error with git's message */
  push(remote: GitRemote, signal: AbortSignal): Promise<void>;
}

/**
 * Creates commits of files that aren't on disk. Runs no hooks and no filters of a commit or repository. Starts git:
 * only for trusted workspaces.
 */
export interface GitPublisher {
  /** Creates the commit in a temporary place. @throws Error that states what prevents it */
  prepare(request: CommitRequest, signal: AbortSignal): Promise<PreparedCommit>;
  /** Lists the branches of a remote. @throws Error with git's message if it can't be reached */
  readRemote(remote: GitRemote, signal: AbortSignal): Promise<RemoteState>;
}

/** The branches of a remote. */
export interface RemoteState {
  readonly branches: readonly string[];
  /** The default branch; undefined if the repository is empty. */
  readonly head: string | undefined;
}

/** The files of a commit. */
export interface CommitFiles {
  /** The files, at the URIs of the working tree. */
  readonly fileSystem: FileSystem;
  /** Whether the commit has a file (a URI) with exactly this content. */
  hasContent(uri: string, content: Uint8Array): Promise<boolean>;
}

/**
 * A git repository that is read without checking anything out and without running anything that it configures. Starts
 * git: only for trusted workspaces.
 */
export interface SourceRepository extends Disposable {
  /** URI of the working tree. */
  readonly root: string;
  /** Returns the id of the checked-out commit; undefined before the first commit. */
  head(): Promise<string | undefined>;
  /** Returns the address of `origin` without credentials; undefined if there is no such remote. */
  originUrl(): Promise<string | undefined>;
  /** Returns undefined for a commit that isn't in this clone. */
  readCommit(commit: string): Promise<CommitFiles | undefined>;
  /**
   * Visits all committed versions of files, the latest first for each path and each content once.
   *
   * @param paths - paths in the working tree
   * @param visit - returns true to skip the older versions of the path
   */
  visitHistory(
    paths: readonly string[],
    visit: (path: string, content: Uint8Array) => Promise<boolean>,
  ): Promise<void>;
}

/** Opens the repository that contains a folder (a URI). Returns undefined if there is no repository or no git. */
export type OpenRepository = (
  folder: string,
  signal: AbortSignal,
) => Promise<SourceRepository | undefined>;
