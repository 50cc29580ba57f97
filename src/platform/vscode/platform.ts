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
  /** The library in its build for the host; it is loaded when it is asked for. */
  loadJsonRpc(): Promise<JsonRpc>;
}
