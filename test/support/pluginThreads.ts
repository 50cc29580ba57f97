import { NodeThread } from '../../src/platform/node/threads/nodeThread';
import type { Thread } from '../../src/platform/core/ports';
import { builtWorker } from './builtProgram';

/** Starts the thread of a plugin with code, from the shipped build. */
export async function startPlugin(): Promise<Thread> {
  return new NodeThread(await builtWorker('pluginWorker'), { maxHeap: 128 });
}
