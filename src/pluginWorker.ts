import { parentPort } from 'node:worker_threads';
import { servePlugin } from './features/plugins/node';
import { threadPort } from './platform/node';

if (!parentPort) throw new Error('This script runs in a thread of Callboard.');
servePlugin(threadPort(parentPort));
