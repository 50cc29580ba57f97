import { readStamped } from '../../core/files';
import type { DirectoryEntry, FileStat, FileSystem, StampedFile } from '../../core/ports';
import {
  NodeClock,
  NodeBlobStore,
  NodeFileSystem,
  environmentOf,
  fileUriToPath,
  lazyWorkerPool,
  loadThreads,
  nodePrograms,
} from '../../node';
import { VsCodeFileSystem } from '../files/vsCodeFileSystem';
import type { Platform } from '../platform';

/** A host with Node: on the desktop, on a remote machine, in a container. */
export function createPlatform(): Platform {
  return {
    fileSystem: new SchemeFileSystem(new NodeFileSystem(), new VsCodeFileSystem()),
    clock: new NodeClock(),
    environment: environmentOf(process.env),
    // On the desktop this is VS Code itself, which is Node when it is told so.
    node: { path: process.execPath, environment: { ELECTRON_RUN_AS_NODE: '1' } },
    programs: nodePrograms,
    createWorkerPool: lazyWorkerPool,
    startThread: async script => new (await loadThreads()).NodeThread(script),
    createBlobStore: folder =>
      isOnDisk(folder) ? new NodeBlobStore(fileUriToPath(folder)) : undefined,
    loadJsonRpc: () => import('./jsonRpc'),
  };
}

/** The disk without a detour; what other extensions provide goes through VS Code. */
class SchemeFileSystem implements FileSystem {
  #disk: FileSystem;
  #others: FileSystem;

  constructor(disk: FileSystem, others: FileSystem) {
    this.#disk = disk;
    this.#others = others;
  }

  readFile(uri: string): Promise<Uint8Array> {
    return this.#for(uri).readFile(uri);
  }

  stat(uri: string): Promise<FileStat | undefined> {
    return this.#for(uri).stat(uri);
  }

  readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    return readStamped(this.#for(uri), uri, maxSize);
  }

  readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return this.#for(uri).readDirectory(uri);
  }

  realPath(uri: string): Promise<string> {
    return this.#for(uri).realPath(uri);
  }

  #for(uri: string): FileSystem {
    return isOnDisk(uri) ? this.#disk : this.#others;
  }
}

function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}
