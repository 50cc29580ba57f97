import { parentPort } from 'node:worker_threads';
import { fetchJob, ingestJob, walkJob } from './features/catalog/core/parts';
import { BlockingFileSystem, serveJobs } from './platform/node';

if (!parentPort) throw new Error('This script runs in a worker of Callboard.');
serveJobs(
  parentPort,
  [fetchJob, ingestJob, walkJob],
  { fileSystem: new BlockingFileSystem() },
  // As much code again, which is of no use for the catalog.
  async () => {
    const [{ indexPageJob, renderPageJob, sectionsJob }, { renderJob }] = await Promise.all([
      import('./features/techdocs/core'),
      import('./features/scaffolder/core'),
    ]);
    return [indexPageJob, renderPageJob, sectionsJob, renderJob];
  },
);
