import type { Disposable, Logger } from '../base';
import type { Environment } from '../core/appConfig';
import type {
  BlobStore,
  Clock,
  FileSystem,
  GitMirrors,
  GitPublisher,
  HttpClient,
  LastChange,
  ListenForCallback,
  ProgramRunner,
  OpenRepository,
  OutputFolder,
  StreamingHttpClient,
  Thread,
  WorkerPool,
} from '../core/ports';
import type { openWildcards } from '../core/sources';
import type { MessageConnection, MessageReader, MessageWriter } from 'vscode-jsonrpc';
import type { MarkdownPreview } from './markdownPreview';
import type { HeadingRenamesDeps } from './techdocs/headingRenames';
import type { LanguageServerDeps, RunningLanguageServer } from './languageServer';
import type { VsCodeScaffolder } from './scaffolder/vsCodeScaffolder';
import type { DocsCompletion } from './techdocs/docsCompletion';

/** Node as a program of its own. */
export interface NodeProgram {
  readonly path: string;
  /** Variables without which the program would be something else. */
  readonly environment: Readonly<Record<string, string>>;
}

/** JSON-RPC over whatever reads and writes. */
export interface JsonRpc {
  createMessageConnection(reader: MessageReader, writer: MessageWriter): MessageConnection;
}

/** What builds of docs, and renames in them, need of the host. */
export interface DocsTools {
  /** Completes links of docs; undefined in browsers, whose bundle has no room for it. */
  readonly DocsCompletion: typeof DocsCompletion | undefined;
  /** Undefined where nothing but problems is told of what is written. */
  readonly renameHeadings: ((deps: HeadingRenamesDeps) => Disposable) | undefined;
  /** A folder (a URI) of the disk; undefined for others. */
  openOutput(folder: string): Promise<OutputFolder | undefined>;
  /** Runs the real MkDocs; undefined where no program can be started. */
  readonly runMkdocs: ((run: MkdocsRun) => Promise<void>) | undefined;
}

/** What runs templates. */
export interface ScaffolderTools {
  readonly VsCodeScaffolder: typeof VsCodeScaffolder;
  /** A folder (a URI) of the disk; undefined for others. */
  openOutput(folder: string): Promise<OutputFolder | undefined>;
  /**
   * Other machines for what templates say.
   *
   * @param isNamed - whether the user has named a host: without that, this machine is out of reach
   */
  openHttp(isNamed: (host: string) => boolean): Promise<HttpClient>;
  /** Other machines that the user is let in to. */
  readonly http: HttpClient;
  readonly git: GitPublisher;
  readonly openRepository: OpenRepository;
}

/** What asks other machines for their entities. */
export interface SourceTools {
  /** @param isNamed - whether the user has named a host: without that, this machine is out of reach */
  openHttp(isNamed: (host: string) => boolean): Promise<StreamingHttpClient>;
  /** Waits for a browser to be sent back to this machine; undefined where nothing can listen. */
  readonly listenForCallback: ListenForCallback | undefined;
  /** Undefined where there is no git. */
  readonly openWildcards: typeof openWildcards | undefined;
  /**
   * Mirrors of repositories in a folder (a URI); undefined where there is no git.
   *
   * @param options.isNamed - as above
   */
  readonly openMirrors:
    | ((
        folder: string,
        options: { readonly isNamed: (host: string) => boolean; readonly logger: Logger },
      ) => Promise<GitMirrors>)
    | undefined;
}

/** What MkDocs is to build. Paths are those of the disk. */
export interface MkdocsRun {
  /** A name on the PATH, or a path. */
  readonly program: string;
  /** URI of the config. */
  readonly config: string;
  /** URI of the folder that the site goes into. */
  readonly target: string;
  /** Milliseconds since the epoch, for TechDocs. */
  readonly time: number;
  readonly signal: AbortSignal;
  /** Told what MkDocs says, line by line. */
  readonly onLine: (line: string) => void;
}

/** What differs between a host with Node and a browser. */
export interface Platform {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** The environment variables of the host; there are none in a browser. */
  readonly environment: Environment;
  /** Undefined in a browser, which starts no programs. */
  readonly node: NodeProgram | undefined;
  /** Undefined in a browser, too. */
  readonly programs: ProgramRunner | undefined;
  /**
   * Threads that run the worker's script (a URL) and read files from the disk, which no other
   * `FileSystem` than that of `file:` URIs is; undefined where there are none.
   */
  createWorkerPool(script: string): WorkerPool | undefined;
  /** Starts a thread that runs a script (a URL) of its own; undefined in a browser. */
  readonly startThread: ((script: string) => Promise<Thread>) | undefined;
  /** What is kept in a folder (a URI) that is the extension's own; undefined where it is not on disk. */
  createBlobStore(folder: string): BlobStore | undefined;
  /** Starts the language server as a process of its own; undefined in a browser. */
  readonly startLanguageServer:
    ((deps: LanguageServerDeps) => Promise<RunningLanguageServer>) | undefined;
  /** Loads a script (a URI) of the extension that those ask for who cannot wait. */
  loadMarkdownPreview(script: string): MarkdownPreview;
  /** The library in its build for the host; it is loaded when it is asked for. */
  loadJsonRpc(): Promise<JsonRpc>;
  /**
   * `user.email` as git would use it in a workspace folder (a URI); undefined where there is no
   * git. Starts git: only for trusted workspaces.
   */
  gitUserEmail(folder: string): Promise<string | undefined>;
  loadDocsTools(): Promise<DocsTools>;
  /** What runs templates; undefined in a browser, where nothing could stop one that never ends. */
  readonly loadScaffolder: (() => Promise<ScaffolderTools>) | undefined;
  loadSourceTools(): Promise<SourceTools>;
  /** Of a file (a URI) that git knows; starts git, too. */
  gitLastChange(file: string): Promise<LastChange | undefined>;
}
