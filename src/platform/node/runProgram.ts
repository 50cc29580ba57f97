import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { ProgramResult, ProgramRun } from '../core/ports';

/** Environment variables that programs need to find libraries, fonts and the temporary folder. */
const needed = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TMPDIR',
  'JAVA_HOME',
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'windir',
  'ProgramFiles',
  'LOCALAPPDATA',
  'XDG_CACHE_HOME',
  'FONTCONFIG_FILE',
  'FONTCONFIG_PATH',
];

/** The maximum size of the kept error output, in bytes. */
const MAX_ERRORS = 10_000;

const onWindows = process.platform === 'win32';

/** @see ProgramRunner */
export async function runProgram(program: string, run: ProgramRun): Promise<ProgramResult> {
  const { args, input, environment, timeout, maxOutput, signal } = run;
  signal?.throwIfAborted();
  const child = spawn(program, args, {
    // A folder that nobody else can put programs into, as a workspace could.
    cwd: dirname(process.execPath),
    env: { ...environmentOfPrograms(), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // Its own process group, so that its child processes are ended too.
    detached: !onWindows,
  });
  const output = new Collected(maxOutput);
  const errors = new Collected(MAX_ERRORS);
  let ended: 'timeout' | 'excess' | undefined;
  const end = (reason?: 'timeout' | 'excess'): void => {
    ended ??= reason;
    kill(child);
  };
  const onAbort = (): void => end();
  const timer = setTimeout(() => end('timeout'), timeout);
  signal?.addEventListener('abort', onAbort);
  child.stdout.on('data', (chunk: Buffer) => {
    if (!output.add(chunk)) end('excess');
  });
  child.stderr.on('data', (chunk: Buffer) => void errors.add(chunk));
  // The program may end before it has read its input; its exit code reports a failure.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', status => resolve(status ?? undefined));
    });
    signal?.throwIfAborted();
    if (ended) return { type: ended };
    return { type: 'ended', code: code ?? -1, output: output.text, errors: errors.text };
  } catch (error) {
    signal?.throwIfAborted();
    if (isMissing(error)) return { type: 'missing' };
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

class Collected {
  #chunks: Buffer[] = [];
  #size = 0;
  #maxSize: number;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** Adds a chunk. Returns false if it exceeds the limit. */
  add(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > this.#maxSize) return false;
    this.#chunks.push(chunk);
    return true;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

function kill(child: ChildProcess): void {
  try {
    if (onWindows || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The process has ended already.
  }
}

function environmentOfPrograms(): Record<string, string> {
  const wanted = new Set(needed.map(name => name.toUpperCase()));
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && wanted.has(name.toUpperCase())) found[name] = value;
  }
  return found;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR' || code === 'EINVAL';
}
