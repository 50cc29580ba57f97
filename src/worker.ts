import { parentPort } from 'node:worker_threads';
import { BlockingFileSystem, serveJobs } from './platform/node';

if (!parentPort) throw new Error('This script runs in a worker of Callboard.');
serveJobs(
  parentPort,
  async () => {
    const [{ pageJobs }, { renderJob }] = await Promise.all([
      import('./features/techdocs/core'),
      import('./features/scaffolder/core'),
    ]);
    return [...Object.values(pageJobs), renderJob];
  },
  { fileSystem: new BlockingFileSystem() },
);
