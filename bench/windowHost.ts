import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/* What a process has used, as Linux tells. */

/** Milliseconds per tick of processor time. */
const TICK = 10;

/** Returns the processor time of all threads of a process, in milliseconds. */
export function processorTimeOf(pid: number): number {
  // The program's name is in parentheses and may contain spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Returns the resident memory of a process. */
export function megabytesOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}

/** Address of the inspector of a process. */
const INSPECTOR = 'http://127.0.0.1:9229/json';

/**
 * Makes a process collect its garbage. Otherwise, its memory depends on recent allocations rather than on live objects.
 * The process keeps its inspector open afterwards.
 *
 * @throws if another process is being inspected
 */
export async function collectGarbage(pid: number): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await inspectorAddress());
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('The process cannot be inspected'));
  });
  let calls = 0;
  const call = (method: string, params: object = {}): Promise<unknown> =>
    new Promise(resolve => {
      const id = ++calls;
      const listen = ({ data }: MessageEvent): void => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: unknown };
        if (answer.id !== id) return;
        socket.removeEventListener('message', listen);
        resolve(answer.result);
      };
      socket.addEventListener('message', listen);
      socket.send(JSON.stringify({ id, method, params }));
    });
  try {
    const answer = (await call('Runtime.evaluate', { expression: 'process.pid' })) as {
      result?: { value?: unknown };
    };
    if (answer.result?.value !== pid) throw new Error('Another process is being inspected');
    await call('HeapProfiler.enable');
    // The second collection frees the objects that finalizers released.
    for (let round = 0; round < 2; round++) await call('HeapProfiler.collectGarbage');
    // Pages are returned to the system a moment later.
    await sleep(1000);
  } finally {
    socket.close();
  }
}

/** Waits until the inspector of a process listens. @returns its address */
async function inspectorAddress(): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const [target] = (await (await fetch(INSPECTOR)).json()) as {
        webSocketDebuggerUrl: string;
      }[];
      if (target) return target.webSocketDebuggerUrl;
    } catch {
      // The inspector doesn't listen yet.
    }
    await sleep(100);
  }
  throw new Error('The process does not let itself be inspected');
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // The process has ended.
    return false;
  }
}

/** Maximum milliseconds to wait until a process is idle. On a busy machine, it may never be. */
const PATIENCE = 120_000;

/** Waits until a process has been nearly idle for this number of half seconds. */
export async function untilIdle(pid: number, halfSeconds = 4): Promise<void> {
  const latest = Date.now() + PATIENCE;
  for (let quiet = 0, before = processorTimeOf(pid); quiet < halfSeconds && Date.now() < latest;) {
    await sleep(500);
    const now = processorTimeOf(pid);
    quiet = now - before <= 2 * TICK ? quiet + 1 : 0;
    before = now;
  }
}
