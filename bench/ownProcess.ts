import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { open, walkAndRead } from './measuring';

/*
 * Measures memory in a separate process, without the effects of earlier work: the benchmark starts itself
 * again with the task as an argument.
 */

/** In bytes. */
export interface ColdMemory {
  /** Peak memory of the process, including workers, less that of walking and reading. */
  readonly peak: number;
  /** Memory of a second catalog, without what all catalogs of a process share. */
  readonly kept: number;
}

const CHILD = 'measure-memory';

export async function coldMemory(folder: string): Promise<ColdMemory> {
  const base = await inOwnProcess('base', folder);
  const peak = await inOwnProcess('cold', folder);
  return { peak: peak - base, kept: await inOwnProcess('kept', folder) };
}

async function inOwnProcess(what: string, folder: string): Promise<number> {
  const args = [process.argv[1] ?? '', CHILD, what, folder];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return Number(stdout);
}

/** Measures if this process was started for it. @returns whether it was */
export async function measuredAsChild(): Promise<boolean> {
  const [, , child, what, folder = ''] = process.argv;
  if (child !== CHILD) return false;
  process.stdout.write(String(await measured(what, folder)));
  return true;
}

async function measured(what: string | undefined, folder: string): Promise<number> {
  if (what === 'base') await walkAndRead(folder, false);
  else await coldRun(folder);
  if (what !== 'kept') return process.resourceUsage().maxRSS * 1024;
  await settled();
  const before = inUse();
  const { engine, close } = open(folder);
  await engine.refresh();
  await settled();
  const kept = inUse() - before;
  close();
  return kept;
}

async function coldRun(folder: string): Promise<void> {
  const { engine, close } = open(folder);
  await engine.refresh();
  close();
}

/** In bytes. */
export function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Collects garbage several times, because finalizers release further objects. */
export async function settled(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    await new Promise(resolve => setTimeout(resolve, 50));
    collect();
  }
}
