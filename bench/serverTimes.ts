import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/*
 * Loaded into a language server before the server itself. Logs the time of each edit: a line per list of
 * diagnostics that follows an edit, with the milliseconds from the arrival of the edit until the list was
 * written, and how many of them the thread was busy.
 */

const file = process.env['CALLBOARD_SERVER_TIMES'] ?? '';
let arrived: { at: number; load: ReturnType<typeof performance.eventLoopUtilization> } | undefined;

function isChunk(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** Whether a chunk is a message with this method. Checks only the beginning. */
function hasMethod(chunk: unknown, method: string): boolean {
  return isChunk(chunk) && Buffer.from(chunk.subarray(0, 200)).includes(method);
}

const emit = process.stdin.emit.bind(process.stdin) as (
  event: string,
  ...args: unknown[]
) => boolean;
process.stdin.emit = ((event: string, ...args: unknown[]) => {
  if (event === 'data' && hasMethod(args[0], 'textDocument/didChange')) {
    arrived = { at: performance.now(), load: performance.eventLoopUtilization() };
  }
  return emit(event, ...args);
}) as typeof process.stdin.emit;

const write = process.stdout.write.bind(process.stdout) as (...args: unknown[]) => boolean;
process.stdout.write = (...args: unknown[]) => {
  const isFlushed = write(...args);
  if (arrived && hasMethod(args[0], 'publishDiagnostics')) {
    const whole = performance.now() - arrived.at;
    const { active } = performance.eventLoopUtilization(arrived.load);
    arrived = undefined;
    appendFileSync(file, `${JSON.stringify([whole, active])}\n`);
  }
  return isFlushed;
};
