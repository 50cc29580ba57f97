import { parentPort } from 'node:worker_threads';
import { fetchJob, ingestJob, walkJob } from './core/catalog/parts';
import { BlockingFileSystem, serveJobs } from './node';

if (!parentPort) throw new Error('This script runs in a worker of Callboard.');
serveJobs(
  parentPort,
  [fetchJob, ingestJob, walkJob],
  { fileSystem: new BlockingFileSystem() },
  // As much code again, which is of no use for the catalog.
  async () => {
    const [{ indexPageJob, renderPageJob, sectionsJob }, { renderJob }] = await Promise.all([
      import('./core/techdocs'),
      import('./core/scaffolder'),
    ]);
    return [indexPageJob, renderPageJob, sectionsJob, renderJob];
  },
);
