import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type InterruptibleProcess, Interruption } from '../../../src/cli/interruption';

class StandInProcess implements InterruptibleProcess {
  readonly exits: number[] = [];
  readonly #listeners = new Map<string, () => void>();

  on(signal: string, listener: () => void): void {
    this.#listeners.set(signal, listener);
  }

  exit(code: number): void {
    this.exits.push(code);
  }

  send(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
    this.#listeners.get(signal)?.();
  }
}

let process: StandInProcess;
let interruption: Interruption;

beforeEach(() => {
  vi.useFakeTimers();
  process = new StandInProcess();
  interruption = new Interruption(process);
});
afterEach(() => vi.useRealTimers());

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('exits on %s with %i, whatever the command does', async (signal, code) => {
  process.send(signal);
  expect([interruption.signal.aborted, interruption.exitCode, process.exits]).toEqual([
    true,
    code,
    [],
  ]);
  await vi.runAllTimersAsync();
  expect(process.exits).toEqual([code]);
});

it('exits at once on a second signal', () => {
  process.send('SIGINT');
  process.send('SIGINT');
  expect(process.exits).toEqual([130]);
});

it('waits for work that is undone', async () => {
  let finish = (): void => {};
  const work = interruption.undoable(() => new Promise<void>(resolve => (finish = resolve)));
  process.send('SIGINT');
  await vi.advanceTimersByTimeAsync(500);
  expect(process.exits).toEqual([]);
  finish();
  await work;
  await vi.advanceTimersByTimeAsync(0);
  expect(process.exits[0]).toBe(130);
});

it('stops waiting after a time limit', async () => {
  void interruption.undoable(() => new Promise(() => {}));
  process.send('SIGTERM');
  await vi.runAllTimersAsync();
  expect(process.exits).toEqual([143]);
});
