import { parentPort } from 'node:worker_threads';
import { DefaultSearchIndex, serveIndex } from './features/search/core';
import { threadPort } from './platform/node';

if (!parentPort) throw new Error('This script runs in a thread of Callboard.');
serveIndex(threadPort(parentPort), new DefaultSearchIndex());
