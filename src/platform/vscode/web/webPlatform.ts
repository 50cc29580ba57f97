import { VsCodeFileSystem } from '../files/vsCodeFileSystem';
import type { Platform } from '../platform';
import { TimerClock } from './timerClock';

/** A browser, such as vscode.dev: everything goes through VS Code, and there is no git to ask. */
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
