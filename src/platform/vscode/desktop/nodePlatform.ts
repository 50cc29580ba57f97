import { routedFileSystem } from '../../core/files';
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

/** Creates the platform of a host with Node: on the desktop, on a remote machine, in a container. */
export function createPlatform(): Platform {
  const disk = new NodeFileSystem();
  const others = new VsCodeFileSystem();
  return {
    // File systems of other extensions are accessible only through VS Code.
    fileSystem: routedFileSystem(uri => (isOnDisk(uri) ? disk : others)),
    clock: new NodeClock(),
    environment: environmentOf(process.env),
    // On the desktop the executable is VS Code itself, which acts as Node with this variable.
    node: { path: process.execPath, environment: { ELECTRON_RUN_AS_NODE: '1' } },
    programs: nodePrograms,
    createWorkerPool: lazyWorkerPool,
    startThread: async script => new (await loadThreads()).NodeThread(script),
    createBlobStore: folder =>
      isOnDisk(folder) ? new NodeBlobStore(fileUriToPath(folder)) : undefined,
    loadJsonRpc: () => import('./jsonRpc'),
  };
}

function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}
