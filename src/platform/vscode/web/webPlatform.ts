import { VsCodeFileSystem } from '../files/vsCodeFileSystem';
import type { Platform } from '../platform';
import { TimerClock } from './timerClock';

/**
 * Creates the platform of a browser, such as vscode.dev: all files are accessed through VS Code, and there is no git.
 */
export function createPlatform(): Platform {
  return {
    fileSystem: new VsCodeFileSystem(),
    clock: new TimerClock(),
    environment: new Map(),
    node: undefined,
    programs: undefined,
    createWorkerPool: () => undefined,
    startThread: undefined,
    createBlobStore: () => undefined,
    loadJsonRpc: () => import('./jsonRpc'),
  };
}
