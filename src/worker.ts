import { parentPort } from 'node:worker_threads';
import { ingestJob, walkJob } from './core/catalog';
import { BlockingFileSystem, serveJobs } from './node';

if (!parentPort) throw new Error('This script runs in a worker of Callboard.');
serveJobs(parentPort, [ingestJob, walkJob], { fileSystem: new BlockingFileSystem() });
