import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import type { WorkerJob } from '../../../../../src/platform/core/ports';
import { BlockingFileSystem, serveJobs } from '../../../../../src/platform/node';

const job = (name: string, run: (input: unknown) => unknown): WorkerJob<unknown, unknown> => ({
  name,
  run: async input => run(input),
  readInput: value => value,
  readOutput: value => value,
});

it('replies to each request in order, also after failures', async () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const jobs = [
    job('echo', input => input),
    job('odd', () => () => 'no data'),
    job('fail', () => {
      throw new Error('no');
    }),
  ];
  const replies: unknown[] = [];
  port1.on('message', message => replies.push(message));
  serveJobs(port2, async () => jobs, { fileSystem: new BlockingFileSystem() });
  for (const name of ['echo', 'odd', 'fail', 'none']) port1.postMessage({ job: name, input: name });
  port1.postMessage({ job: 'echo', input: 'last' });
  while (replies.length < 6) await once(port1, 'message');
  expect(replies).toEqual([
    'ready',
    { isOk: true, output: 'echo' },
    { isOk: false, message: expect.stringContaining('could not be cloned') },
    { isOk: false, message: 'no' },
    { isOk: false, message: 'There is no job none' },
    { isOk: true, output: 'last' },
  ]);
});
