import type { Disposable, Event } from '../base';

/**
 * The world as the engines see it. Adapters live in `src/node` (plain Node) and `src/vscode`
 * (the editor). URIs are strings in the canonical spelling of `base/uri.ts`.
 */

export type FileType = 'file' | 'directory' | 'unknown';

export interface FileStat {
  readonly type: FileType;
  /** In bytes. */
  readonly size: number;
  /**
   * In milliseconds since the epoch. Below zero for what has no age, as an unsaved text; zero where
   * a file system does not know it.
   */
  readonly mtime: number;
  /** Whether it is a program; undefined where files have no such mark. */
  readonly isExecutable?: boolean;
}

export interface DirectoryEntry {
  readonly name: string;
  /** Of what a symbolic link points to, where it can be followed. */
  readonly type: FileType;
  readonly isSymbolicLink: boolean;
}

/** Reading only: what engines write goes into an {@link OutputFolder}. */
export interface FileSystem {
  /** @throws an error whose `code` is `ENOENT`, `EISDIR`, `EACCES` … as Node names them. */
  readFile(uri: string): Promise<Uint8Array>;
  /** Undefined where there is nothing. */
  stat(uri: string): Promise<FileStat | undefined>;
  /** @throws as `readFile` does. */
  readDirectory(uri: string): Promise<readonly DirectoryEntry[]>;
  /** The URI with every symbolic link in it resolved; the same URI where links are unknown. */
  realPath(uri: string): Promise<string>;
  /**
   * What `stat` gives and then what `readFile` gives, for those that have a quicker way to both.
   * Undefined where there is nothing; nothing larger than `maxSize` bytes is read.
   *
   * @throws as `readFile` does.
   */
  readStamped?(uri: string, maxSize: number): Promise<StampedFile | undefined>;
}

/** A file, and what it looked like just before it was read. */
export interface StampedFile {
  readonly stat: FileStat;
  /** Undefined for what is no file, or was not to be read. */
  readonly content: Uint8Array | undefined;
}

/**
 * A folder that something made is put into, which need not be there yet. Paths are relative, with `/`. Nothing beside the
 * folder is ever touched: a path that leads out of it, be it by a symbolic link in it, is refused with an error.
 */
export interface OutputFolder {
  /** Names of what lies in it; undefined where it is not there. @throws where it is no folder */
  list(): Promise<readonly string[] | undefined>;
  /** What lies at a path, be it a link; undefined where nothing does, or what is on the way is no folder. */
  find(path: string): Promise<OutputEntry | undefined>;
  /** Undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Puts a file in the place of what was there, as a whole or not at all; makes folders on the way. */
  write(path: string, content: Uint8Array, options?: OutputFileOptions): Promise<void>;
  /** Puts a symbolic link there, for folders that can have such. */
  writeLink?(path: string, target: string): Promise<void>;
  /** Takes away a file, if it is there, and the folders that this leaves empty. */
  remove(path: string): Promise<void>;
  /** The same, but of folders only those that this object has made, itself among them. */
  takeBack(path: string): Promise<void>;
  /** Takes away all that lies in it but what begins with a dot: repositories, and settings of servers. */
  clear(): Promise<void>;
}

export interface OutputEntry {
  readonly type: FileType | 'link';
  readonly isExecutable: boolean;
  /** What a link says; undefined where that is not known. */
  readonly target?: string;
}

export interface OutputFileOptions {
  /** Whether it is a program, where files can have such a mark. */
  readonly isExecutable?: boolean;
}

export interface FileChange {
  readonly type: 'created' | 'changed' | 'deleted';
  readonly uri: string;
}

/** Reports changes below the folders it was made for, many at a time when many happen. */
export interface FileWatcher extends Disposable {
  readonly onDidChange: Event<readonly FileChange[]>;
}

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

export interface KeyValueStore {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}

/** Where what lets the user in to other machines is kept: for this user alone, and for all windows. */
export interface SecretStore {
  /** Carries the key of what was kept or deleted, by other windows as well. */
  readonly onDidChange: Event<string>;
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface CallbackRequest {
  /** Of the address: `/callback`. */
  readonly path: string;
  /** Of this machine, in the order in which they are tried; 0: one that is free. */
  readonly ports: readonly number[];
  /** What a browser shows that has come with what was waited for, and one that has come with something else. */
  readonly texts: { readonly accepted: string; readonly foreign: string };
}

/** Waits for a browser to be sent back to this machine, until it is disposed. */
export interface CallbackListener extends Disposable {
  /** What it is to be sent to, without a query. */
  readonly address: string;
  /**
   * The first address that a browser comes with and that is accepted; all others are answered, and passed over.
   *
   * @throws AbortError
   */
  next(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL>;
}

/** @throws Error where none of the ports is free */
export type ListenForCallback = (request: CallbackRequest) => Promise<CallbackListener>;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Lets everything else that waits for the thread run first. */
  yield(): Promise<void>;
}

/** What a job may use of the world. */
export interface WorkerWorld {
  readonly fileSystem: FileSystem;
}

/** Work that can be done on another thread: plain data in, plain data out. Declared once, for both sides. */
export interface WorkerJob<I, O> {
  readonly name: string;
  run(input: I, world: WorkerWorld): Promise<O>;
  /** @throws TypeError for what is no input */
  readInput(value: unknown): I;
  /** @throws TypeError for what is no output */
  readOutput(value: unknown): O;
  /** What of the output is handed over to the other side and not copied. */
  transferables?(output: O): readonly ArrayBuffer[];
}

/** Threads that do jobs. One that dies is replaced, and what it was doing is begun again, once. */
export interface WorkerPool extends Disposable {
  /**
   * @param options.isUrgent - whether somebody waits for it with nothing else to do: it comes before
   *   what is not
   * @param options.keepWorker - milliseconds for which the worker that did it is kept for the like
   * @throws WorkerFailure; AbortError when the signal is aborted; an Error as the job threw it
   */
  run<I, O>(job: WorkerJob<I, O>, input: I, options?: WorkerRunOptions): Promise<O>;
}

export interface WorkerRunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly isUrgent?: boolean;
  readonly keepWorker?: number | undefined;
}

/**
 * Why a job came to nothing: there are no workers to be had, those that took it up died of it, or it
 * did not come to an end.
 */
export type WorkerFailureReason = 'unavailable' | 'crashed' | 'timeout';

export class WorkerFailure extends Error {
  override readonly name = 'WorkerFailure';
  readonly reason: WorkerFailureReason;

  constructor(reason: WorkerFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One end of a line between two threads. What is said on it is plain data. */
export interface ThreadPort {
  readonly onMessage: Event<unknown>;
  /**
   * @param transferables - what of the message is handed over to the other side and not copied
   * @throws where the message is no data
   */
  post(message: unknown, transferables?: readonly ArrayBuffer[]): void;
}

/** A thread needed more memory than it may have. */
export class ThreadMemoryError extends Error {
  override readonly name = 'ThreadMemoryError';
}

/** A thread that goes on until it is disposed. */
export interface Thread extends ThreadPort, Disposable {
  /** It has ended by itself, or could not be started. Carries why, too little memory as a `ThreadMemoryError`; not told once it is disposed. */
  readonly onDidEnd: Event<Error>;
}

export interface ProgramRun {
  readonly args: readonly string[];
  /** What the program reads. */
  readonly input: string;
  /** Variables besides those that any program needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  /** It is ended when it has written more bytes. */
  readonly maxOutput: number;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a program: it ended, there is no such program, or it was ended. */
export type ProgramResult =
  | {
      readonly type: 'ended';
      readonly code: number;
      readonly output: string;
      readonly errors: string;
    }
  | { readonly type: 'missing' | 'timeout' | 'excess' };

/** Programs of the machine. Not for what has not been trusted. */
export interface ProgramRunner {
  /**
   * Runs a program without a shell, in no folder of the workspace.
   *
   * @param program - an absolute path, or a name that is looked for where programs are
   * @throws AbortError when the signal is aborted; all that was started has ended then, or is about to
   */
  run(program: string, run: ProgramRun): Promise<ProgramResult>;
}

/** Named pieces of data that outlive the process. */
export interface BlobStore {
  /** Undefined where there is none, or it cannot be read. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Puts the chunks in place of what was there, as a whole or not at all. */
  write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `https:` or `http:`; which hosts may be asked is decided by whoever asks. */
  readonly url: string;
  /** By their names in lower case. With `accept-encoding: gzip`, the answer is unpacked that comes so. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Milliseconds within which all of the answer must be there. */
  readonly timeout: number;
  /** Bytes of an answer's body, unpacked; a longer one is a failure. */
  readonly maxSize: number;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a request: an answer, whatever its status, or why there is none. */
export type HttpResult =
  | HttpAnswer
  | {
      readonly type: 'unreachable';
      readonly reason: string;
      /** As Node names it: `ENOTFOUND`, `ECONNRESET` …, where it is known. */
      readonly code?: string | undefined;
    }
  /** It was not asked: its name leads where nobody may be asked. */
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'timeout' | 'excess' };

export interface HttpAnswer {
  readonly type: 'answered';
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Bytes of the body as they came, packed or not; where that is known. */
  readonly received?: number;
}

/** Other machines. */
export interface HttpClient {
  /**
   * Redirects are answers: they may lead to where the headers must not go. Nothing is sent that the request does
   * not have, and no cookies are kept.
   *
   * @throws AbortError when the signal is aborted
   */
  send(request: HttpRequest): Promise<HttpResult>;
}

export interface HttpStreamRequest extends Omit<HttpRequest, 'timeout' | 'maxSize' | 'signal'> {
  /** Milliseconds within which an answer must have begun, or be there where it is none that streams. */
  readonly timeout: number;
  /** Milliseconds without anything after which a stream is given up. */
  readonly silence: number;
  /** Bytes of all of the answer, unpacked; a longer one ends in a failure. */
  readonly maxSize: number;
  /** Ends the stream, too. */
  readonly signal: AbortSignal;
}

/** An answer that comes bit by bit, for as long as there is something to tell. */
export interface HttpStream {
  readonly type: 'streaming';
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /**
   * To be gone through once; whoever leaves early closes the connection.
   *
   * @throws HttpStreamFailure where it does not come to its end; AbortError
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Why a stream did not come to its end. */
export type HttpStreamFailureReason =
  /** The connection broke. */
  | 'broken'
  /** Nothing came for too long. */
  | 'silent'
  /** There is more of it than is taken. */
  | 'excess';

export class HttpStreamFailure extends Error {
  override readonly name = 'HttpStreamFailure';
  readonly reason: HttpStreamFailureReason;

  constructor(reason: HttpStreamFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Other machines that tell something as it goes on. */
export interface StreamingHttpClient extends HttpClient {
  /**
   * As `send`, but what is answered with 200 to 299 is handed out as it comes.
   *
   * @throws AbortError when the signal is aborted
   */
  stream(request: HttpStreamRequest): Promise<HttpResult | HttpStream>;
}

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
  bring(paths: Iterable<string>): Promise<void>;
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
  /** Git said so. */
  | 'failed';

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
}

/** Mirrors of repositories on other machines: no work tree, no hooks, no submodules, no filters. */
export interface GitMirrors {
  /** @throws TypeError for what is no address that may be asked, or could be taken for an option */
  open(request: GitMirrorRequest): GitMirror;
}
