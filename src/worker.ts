import { parentPort } from 'node:worker_threads';
import { BlockingFileSystem, serveJobs } from './platform/node';

if (!parentPort) throw new Error('This script runs in a worker of Callboard.');
serveJobs(
  parentPort,
  async () => {
    const [{ indexPageJob, renderPageJob, sectionsJob }, { renderJob }] = await Promise.all([
      import('./features/techdocs/core'),
      import('./features/scaffolder/core'),
    ]);
    return [indexPageJob, renderPageJob, sectionsJob, renderJob];
  },
  { fileSystem: new BlockingFileSystem() },
);
