import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { gitEnvironment } from './gitEnvironment';

/**
 * Settings that would have git start a program that a repository names, out of reach whatever the
 * command. Beyond them, only commands that read the object database belong here: those that look at
 * the working tree run filters.
 */
const guards = [
  '--no-pager',
  '--literal-pathspecs',
  ...['core.fsmonitor=false', `core.hooksPath=${devNull}`].flatMap(setting => ['-c', setting]),
];

export interface GitOutput {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where git runs. */
export interface GitPlace {
  /** A path. */
  readonly folder: string;
  /** Whether the folder is the repository itself, whatever else git would find there. */
  readonly isRepository?: boolean | undefined;
}

/** Starts git without a shell, for what simple-git has no means for: a dialogue over its streams. */
export function startGit(
  args: readonly string[],
  { folder, isRepository }: GitPlace,
): ChildProcessWithoutNullStreams {
  return spawn('git', [...guards, ...args], {
    cwd: folder,
    env: {
      ...gitEnvironment(),
      // Objects that are not here stay where they are: reading must not open a connection.
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
      GIT_OPTIONAL_LOCKS: '0',
      LC_ALL: 'C',
      ...(isRepository && { GIT_DIR: folder }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Runs git to its end. @throws where it cannot be started, and the signal's reason when aborted */
export async function runGit(
  args: readonly string[],
  { signal, input = '', ...place }: GitPlace & { signal?: AbortSignal; input?: string },
): Promise<GitOutput> {
  signal?.throwIfAborted();
  const child = startGit(args, place);
  const end = (): void => void child.kill();
  signal?.addEventListener('abort', end);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // It may end before it has read all; that it failed is told by its code.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', status => resolve(status ?? undefined));
    });
    signal?.throwIfAborted();
    return {
      code,
      stdout: Buffer.concat(stdout).toString('utf8'),
      stderr: Buffer.concat(stderr).toString('utf8').trim(),
    };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
