import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/* What a process has used, as Linux tells. */

/** Milliseconds of a tick that processor time is counted in. */
const TICK = 10;

/** Processor time of all threads of a process, in milliseconds. */
export function processorTimeOf(pid: number): number {
  // The name of the program, which may have spaces, is in parentheses.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Resident memory of a process. */
export function megabytesOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}

/** Where a process listens that is told to let itself be inspected. */
const INSPECTOR = 'http://127.0.0.1:9229/json';

/**
 * Has a process collect its garbage. Without that, its memory tells how much it has allocated lately rather than what it
 * holds. From then on it lets itself be inspected.
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
    // What finalizers let go of is collected by the second.
    for (let round = 0; round < 2; round++) await call('HeapProfiler.collectGarbage');
    // Pages go back to the system a moment later.
    await sleep(1000);
  } finally {
    socket.close();
  }
}

/** The address that a process tells once it listens, which takes it a moment. */
async function inspectorAddress(): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const [target] = (await (await fetch(INSPECTOR)).json()) as {
        webSocketDebuggerUrl: string;
      }[];
      if (target) return target.webSocketDebuggerUrl;
    } catch {
      // It does not listen yet.
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
    // There is no such process.
    return false;
  }
}

/** How long a process is waited for to come to rest, in milliseconds: on a busy machine it may never. */
const PATIENCE = 120_000;

/** Waits until a process has done next to nothing for so many half seconds. */
export async function untilAtRest(pid: number, halfSeconds = 4): Promise<void> {
  const latest = Date.now() + PATIENCE;
  for (let quiet = 0, before = processorTimeOf(pid); quiet < halfSeconds && Date.now() < latest;) {
    await sleep(500);
    const now = processorTimeOf(pid);
    quiet = now - before <= 2 * TICK ? quiet + 1 : 0;
    before = now;
  }
}
