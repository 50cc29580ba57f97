import { parentPort } from 'node:worker_threads';
import { BlockingFileSystem, serveJobs } from './platform/node';

if (!parentPort) throw new Error('This script runs in a worker of Callboard.');
serveJobs(
  parentPort,
  async name => {
    if (name.startsWith('apis.'))
      return [(await import('./features/apis/core')).checkDefinitionsJob];
    if (name.startsWith('scaffolder.'))
      return [(await import('./features/scaffolder/core')).renderJob];
    return Object.values((await import('./features/techdocs/core')).pageJobs);
  },
  { fileSystem: new BlockingFileSystem() },
);
