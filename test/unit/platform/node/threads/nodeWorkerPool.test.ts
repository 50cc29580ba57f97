import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { WorkerJob } from '../../../../../src/platform/core/ports';
import { lazyWorkerPool } from '../../../../../src/platform/node';
import {
  NodeWorkerPool,
  type NodeWorkerPoolOptions,
} from '../../../../../src/platform/node/threads/nodeWorkerPool';

/** A worker that executes the action in the job's name. */
const SCRIPT = `
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, threadId } from 'node:worker_threads';
parentPort.postMessage('ready');
parentPort.on('message', ({ job, input }) => {
  switch (job) {
    case 'thread': return parentPort.postMessage({ isOk: true, output: String(threadId) });
    case 'thread slowly':
      return setTimeout(() => parentPort.postMessage({ isOk: true, output: String(threadId) }), 5);
    case 'refuse': return parentPort.postMessage({ isOk: false, message: 'not ' + input });
    case 'die': return process.exit(1);
    case 'die once': {
      if (existsSync(input)) return parentPort.postMessage({ isOk: true, output: 'lives' });
      writeFileSync(input, '');
      return process.exit(1);
    }
    case 'throw': throw new Error('a fault');
    case 'fill': { const all = []; for (;;) all.push(new Array(100000).fill(all.length)); }
    case 'hang': for (;;);
    case 'lie': return parentPort.postMessage({ isOk: true, output: 42 });
    default: return parentPort.postMessage({ isOk: true, output: input });
  }
});
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-pool-'));
  writeFileSync(join(folder, 'worker.mjs'), SCRIPT);
});
afterAll(() => rmSync(folder, { recursive: true }));

const job = (name: string): WorkerJob<string, string> => ({
  name,
  run: () => Promise.reject(new Error('It runs in the worker.')),
  readInput: String,
  readOutput(value) {
    if (typeof value !== 'string') throw new TypeError('Not a text');
    return value;
  },
});

function open(options: Partial<NodeWorkerPoolOptions> = {}): NodeWorkerPool {
  const script = pathToFileURL(join(folder, 'worker.mjs')).href;
  const pool = new NodeWorkerPool({ script, ...options });
  onTestFinished(() => pool.dispose());
  return pool;
}

it('runs jobs in order on at most the allowed threads', async () => {
  const pool = open({ size: 2 });
  const inputs = Array.from({ length: 20 }, (_, index) => String(index));
  const echoes = inputs.map(input => pool.run(job('echo'), input));
  expect(await Promise.all(echoes)).toEqual(inputs);
  const threads = inputs.map(input => pool.run(job('thread'), input));
  expect(new Set(await Promise.all(threads)).size).toBeLessThanOrEqual(2);
});

it('starts another thread only when many jobs wait', async () => {
  const threadsOf = async (pool: NodeWorkerPool, jobs: number): Promise<number> => {
    const threads = Array.from({ length: jobs }, () => pool.run(job('thread slowly'), ''));
    return new Set(await Promise.all(threads)).size;
  };
  expect(await threadsOf(open({ size: 2 }), 8)).toBe(1);
  expect(await threadsOf(open({ size: 2 }), 200)).toBe(2);
});

it('runs urgent jobs first, but alternates with other jobs', async () => {
  const pool = open({ size: 1 });
  const order: string[] = [];
  const run = async (name: string, isUrgent = false): Promise<void> => {
    order.push(await pool.run(job('echo'), name, { isUrgent }));
  };
  const usual = ['first', 'at hand', 'a', 'b', 'c'].map(name => run(name));
  await Promise.all([...usual, run('now', true), run('at once', true)]);
  expect(order).toEqual(['first', 'at hand', 'now', 'a', 'at once', 'b', 'c']);
});

it('reruns the other jobs of a worker that crashed', async () => {
  const pool = open({ size: 1 });
  const dying = pool.run(job('die'), '');
  const others = ['a', 'b', 'c'].map(name => pool.run(job('echo'), name));
  await expect(dying).rejects.toThrow(/died/);
  expect(await Promise.all(others)).toEqual(['a', 'b', 'c']);
});

it('reruns a job that crashed its worker once', async () => {
  const pool = open({ size: 1 });
  expect(await pool.run(job('die once'), join(folder, 'died'))).toBe('lives');
  await expect(pool.run(job('die'), '')).rejects.toMatchObject({ reason: 'crashed' });
  await expect(pool.run(job('throw'), '')).rejects.toMatchObject({ reason: 'crashed' });
  expect(await pool.run(job('echo'), 'after')).toBe('after');
});

it('aborts jobs that take too much time or memory, and runs the others', async () => {
  const pool = open({ size: 1, timeout: 2000, maxHeap: 64 });
  await pool.run(job('echo'), 'started');
  const hanging = pool.run(job('hang'), '');
  const next = pool.run(job('echo'), 'next');
  await expect(hanging).rejects.toMatchObject({ reason: 'timeout' });
  expect(await next).toBe('next');
  await expect(pool.run(job('fill'), '')).rejects.toMatchObject({
    reason: expect.stringMatching(/crashed|timeout/),
  });
});

it('aborts a job after its own timeout', async () => {
  const pool = open({ size: 1, timeout: 600_000 });
  await pool.run(job('echo'), 'started');
  const hanging = pool.run(job('hang'), '', { timeout: 100 });
  await expect(hanging).rejects.toMatchObject({ reason: 'timeout' });
  expect(await pool.run(job('echo'), 'next')).toBe('next');
});

it('forwards errors of jobs and rejects invalid output', async () => {
  const pool = open();
  await expect(pool.run(job('refuse'), 'this')).rejects.toThrow('not this');
  await expect(pool.run(job('lie'), '')).rejects.toThrow('Not a text');
});

it('reports that no worker can be started', async () => {
  const missing = open({ script: pathToFileURL(join(folder, 'missing.mjs')).href });
  await expect(missing.run(job('echo'), '')).rejects.toMatchObject({ reason: 'unavailable' });
  await expect(missing.run(job('echo'), '')).rejects.toMatchObject({ reason: 'unavailable' });
  const nowhere = open({ script: 'no URL' });
  await expect(nowhere.run(job('echo'), '')).rejects.toMatchObject({ reason: 'unavailable' });
});

it('fails no job for a worker that never becomes ready', async () => {
  const script = join(folder, 'never-ready.mjs');
  writeFileSync(
    script,
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});",
  );
  const pool = open({ script: pathToFileURL(script).href, startTimeout: 100 });
  await expect(pool.run(job('echo'), 'a')).rejects.toMatchObject({ reason: 'unavailable' });
});

it('rejects jobs when they are aborted, and all when it is disposed', async () => {
  const pool = open({ size: 1 });
  const abort = new AbortController();
  const hanging = pool.run(job('hang'), '', { signal: abort.signal });
  const waiting = pool.run(job('echo'), '');
  abort.abort();
  await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  pool.dispose();
  await expect(waiting).rejects.toMatchObject({ reason: 'unavailable' });
  await expect(pool.run(job('echo'), '')).rejects.toMatchObject({ reason: 'unavailable' });
});

it('does not wait long for aborted jobs', async () => {
  const pool = open({ size: 1, grace: 20 });
  await pool.run(job('echo'), 'started');
  const abort = new AbortController();
  const begun = pool.run(job('hang'), '', { signal: abort.signal });
  const atHand = pool.run(job('hang'), '', { signal: abort.signal });
  const next = pool.run(job('echo'), 'next');
  abort.abort();
  await expect(begun).rejects.toMatchObject({ name: 'AbortError' });
  await expect(atHand).rejects.toMatchObject({ name: 'AbortError' });
  expect(await next).toBe('next');
});

it('keeps an idle worker for the requested time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const pool = open({ size: 1, idle: 10 });
  const thread = (keepWorker?: number): Promise<string> =>
    pool.run(job('thread'), '', { keepWorker });
  const first = await thread(5000);
  vi.advanceTimersByTime(4000);
  expect(await thread()).toBe(first);
  vi.advanceTimersByTime(900);
  expect(await thread()).toBe(first);
  vi.advanceTimersByTime(200);
  expect(await thread()).not.toBe(first);
});

it('starts workers again after idle ones were stopped', async () => {
  const pool = open({ size: 1, idle: 1 });
  const first = await pool.run(job('thread'), '');
  let later = first;
  while (later === first) {
    await new Promise(resolve => setTimeout(resolve, 5));
    later = await pool.run(job('thread'), '');
  }
  expect(later).not.toBe(first);
});

it('adds one listener to the signal of many jobs', async () => {
  const pool = open({ size: 2 });
  const { signal } = new AbortController();
  const listeners = (): number => getEventListeners(signal, 'abort').length;
  const jobs = Array.from({ length: 30 }, (_, i) => pool.run(job('echo'), `${i}`, { signal }));
  expect(listeners()).toBe(1);
  await Promise.all(jobs);
  expect(listeners()).toBe(0);
});

it('leaves no timer when replies come after it is disposed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const pool = open({ size: 1 });
  await pool.run(job('echo'), 'started');
  const jobs = [pool.run(job('echo'), ''), pool.run(job('hang'), '')];
  // The first reply is pending while this thread is busy.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  pool.dispose();
  for (const { reason } of (await Promise.allSettled(jobs)) as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({ reason: 'unavailable' });
  }
  await wait(100);
  expect(vi.getTimerCount()).toBe(0);
});

it("fails only the job whose input can't be cloned", async () => {
  const pool = open({ size: 1, timeout: 2000 });
  const first = pool.run(job('echo'), 'first');
  const odd = pool.run(job('echo'), (() => '') as unknown as string);
  const next = pool.run(job('echo'), 'next');
  await expect(odd).rejects.toThrow(/could not be cloned/);
  expect(await Promise.all([first, next])).toEqual(['first', 'next']);
  expect(await pool.run(job('echo'), 'last')).toBe('last');
});

it('is created by the first job, and not after it was disposed', async () => {
  const onDemand = lazyWorkerPool(pathToFileURL(join(folder, 'worker.mjs')).href);
  expect(await onDemand.run(job('echo'), 'done')).toBe('done');
  const waiting = onDemand.run(job('hang'), '');
  onDemand.dispose();
  await expect(waiting).rejects.toMatchObject({ reason: 'unavailable' });
  const unopened = lazyWorkerPool(pathToFileURL(join(folder, 'worker.mjs')).href);
  unopened.dispose();
  await expect(unopened.run(job('echo'), '')).rejects.toMatchObject({ reason: 'unavailable' });
});
