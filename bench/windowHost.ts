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
