import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/ports';

/** The clock of the machine. */
export class NodeClock implements Clock {
  now(): number {
    return Date.now();
  }

  async delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await setTimeout(milliseconds, undefined, { signal });
  }

  async yield(): Promise<void> {
    await setImmediate();
  }
}
