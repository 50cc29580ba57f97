import { parentPort } from 'node:worker_threads';
import { servePlugin } from './features/plugins/node';
import { MemoryWorkspace } from './features/scaffolder/core/workspace/memoryWorkspace';
import { threadPort } from './platform/node';

if (!parentPort) throw new Error('This script runs in a thread of Callboard.');
servePlugin(threadPort(parentPort), { createWorkspace: path => new MemoryWorkspace(path) });
