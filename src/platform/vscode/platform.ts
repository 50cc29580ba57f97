import type { MessageConnection, MessageReader, MessageWriter } from 'vscode-jsonrpc';
import type {
  BlobStore,
  Clock,
  Environment,
  FileSystem,
  ProgramRunner,
  Thread,
  WorkerPool,
} from '../core/ports';

/** The Node executable. */
export interface NodeProgram {
  readonly path: string;
  /** Environment variables that make the executable run as Node. */
  readonly environment: Readonly<Record<string, string>>;
}

/** JSON-RPC over any reader and writer. */
export interface JsonRpc {
  createMessageConnection(reader: MessageReader, writer: MessageWriter): MessageConnection;
}

/** The differences between a host with Node and a browser. */
export interface Platform {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** The environment variables of the host; empty in a browser. */
  readonly environment: Environment;
  /** Undefined in a browser, which can't start programs. */
  readonly node: NodeProgram | undefined;
  /** Undefined in a browser. */
  readonly programs: ProgramRunner | undefined;
  /**
   * Creates threads that run a script (a URL) and read `file:` URIs from disk, so no other `FileSystem` can replace
   * theirs; undefined where there are no threads.
   */
  createWorkerPool(script: string): WorkerPool | undefined;
  /** Starts a thread that runs its own script (a URL); undefined in a browser. */
  readonly startThread: ((script: string) => Promise<Thread>) | undefined;
  /** Stores blobs in a folder (a URI) of the extension; undefined where it isn't on disk. */
  createBlobStore(folder: string): BlobStore | undefined;
  /** Loads the build of the library for the host on demand. */
  loadJsonRpc(): Promise<JsonRpc>;
}
