import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/*
 * Is loaded into a language server before the server itself, and writes down what an edit costs there: a
 * line for each list of diagnostics that follows one, with the milliseconds from the arrival of the edit
 * until the list has been handed to the system, and those of them in which the thread was not idle.
 */

const file = process.env['CALLBOARD_SERVER_TIMES'] ?? '';
let arrived: { at: number; load: ReturnType<typeof performance.eventLoopUtilization> } | undefined;

function isChunk(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** Of a message, only the start is looked at. */
function names(chunk: unknown, method: string): boolean {
  return isChunk(chunk) && Buffer.from(chunk.subarray(0, 200)).includes(method);
}

const emit = process.stdin.emit.bind(process.stdin) as (
  event: string,
  ...args: unknown[]
) => boolean;
process.stdin.emit = ((event: string, ...args: unknown[]) => {
  if (event === 'data' && names(args[0], 'textDocument/didChange')) {
    arrived = { at: performance.now(), load: performance.eventLoopUtilization() };
  }
  return emit(event, ...args);
}) as typeof process.stdin.emit;

const write = process.stdout.write.bind(process.stdout) as (...args: unknown[]) => boolean;
process.stdout.write = (...args: unknown[]) => {
  const isFlushed = write(...args);
  if (arrived && names(args[0], 'publishDiagnostics')) {
    const whole = performance.now() - arrived.at;
    const { active } = performance.eventLoopUtilization(arrived.load);
    arrived = undefined;
    appendFileSync(file, `${JSON.stringify([whole, active])}\n`);
  }
  return isFlushed;
};
