import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import type { GitRemote } from '../../../platform/core/ports';
import { fileUriToPath } from '../../../platform/node';
import {
  environmentOf,
  type GitPlace,
  type GitSetting,
  guards,
  prefixOf,
  variablesOf,
} from './gitEnvironment';

export type { GitPlace, GitSetting } from './gitEnvironment';

export type { SimpleGit } from 'simple-git';

/*
 * Starts all git processes of Callboard. Repositories and their settings are untrusted: the table in docs/threat-model.md
 * lists the programs that they could name, and what prevents each from running.
 */

export interface GitRun {
  readonly signal?: AbortSignal | undefined;
  /** Input of git. */
  readonly input?: string | Uint8Array;
  /** Settings besides the guards. */
  readonly settings?: readonly GitSetting[];
}

export interface GitOutput {
  /** Undefined if a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  /** `stdout` as bytes. */
  readonly bytes: Uint8Array;
  readonly stderr: string;
}

/**
 * Starts git without a shell, for interactive and read-only commands: it connects to no other repository and writes
 * no index.
 */
export function startGit(
  args: readonly string[],
  place: GitPlace,
  settings: readonly GitSetting[] = [],
): ChildProcessWithoutNullStreams {
  const environment = { ...environmentOf(place, settings), GIT_OPTIONAL_LOCKS: '0' };
  return spawn('git', ['--no-pager', '--literal-pathspecs', ...prefixOf(guards), ...args], {
    cwd: place.folder,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Maximum milliseconds without output before git is stopped. */
const SILENCE = 60_000;

/** Git didn't answer. A named pipe in place of a file never ends. */
export class GitSilence extends Error {
  override readonly name = 'GitSilence';

  constructor() {
    super(
      `git was stopped after ${SILENCE / 1000} seconds without an answer: a file of the repository, or one that its settings include, may never end`,
    );
  }
}

/** Stops a git process that prints nothing for too long while an answer is awaited. */
export class GitWatch {
  readonly #child: ChildProcessWithoutNullStreams;
  #timer: NodeJS.Timeout | undefined;
  #hasEnded = false;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    const renew = (): void => void this.#timer?.refresh();
    child.stdout.on('data', renew);
    child.stderr.on('data', renew);
    child.on('close', () => this.stop());
  }

  start(): void {
    this.#timer ??= setTimeout(() => {
      this.#hasEnded = true;
      this.#child.kill('SIGKILL');
    }, SILENCE);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Whether the process was stopped because it was silent. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }
}

/**
 * Runs git until it exits.
 *
 * @throws if it can't be started; GitSilence; the signal's reason when aborted
 */
export async function runGit(args: readonly string[], run: GitPlace & GitRun): Promise<GitOutput> {
  const chunks: Buffer[] = [];
  const ended = await streamGit(args, run, chunk => void chunks.push(chunk));
  const bytes = Buffer.concat(chunks);
  return { ...ended, stdout: bytes.toString('utf8'), bytes };
}

/**
 * Runs git until it exits, and passes its output to a function in chunks.
 *
 * @throws like {@link runGit}; errors of `take`, which stop git
 */
export async function streamGit(
  args: readonly string[],
  { signal, input = '', settings, ...place }: GitPlace & GitRun,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<Pick<GitOutput, 'code' | 'stderr'>> {
  signal?.throwIfAborted();
  const child = startGit(args, place, settings);
  const watch = new GitWatch(child);
  watch.start();
  const end = (): void => void child.kill();
  signal?.addEventListener('abort', end);
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Git may exit before it has read its input; the exit code reports a failure.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', status => resolve(status ?? undefined));
  });
  // Awaited below, after the output has been read.
  ended.catch(() => {});
  try {
    // Git prints nothing before: this resolves before the thread reads streams.
    await once(child, 'spawn');
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) await take(chunk);
    const code = await ended;
    signal?.throwIfAborted();
    if (watch.hasEnded) throw new GitSilence();
    return { code, stderr: Buffer.concat(stderr).toString('utf8').trim() };
  } finally {
    watch.stop();
    signal?.removeEventListener('abort', end);
    child.kill();
  }
}

/**
 * Runs git to compare the working tree with the index or a commit, without the filters of the repository.
 *
 * @throws as {@link runGit}, and where the settings of the repository cannot be read
 */
export async function runGitOnFiles(
  args: readonly string[],
  run: GitPlace & Pick<GitRun, 'signal'>,
): Promise<GitOutput> {
  return runGit(args, { ...run, settings: await overridesOf(run, run.signal) });
}

/** Name of the remote in {@link GuardedGitOptions}, for commands. */
export const REMOTE = 'callboard';

export interface GuardedGitOptions extends Pick<GitRun, 'signal'>, Pick<GitPlace, 'isRepository'> {
  /** Input of git. */
  readonly input?: Buffer;
  /** Repository that {@link REMOTE} stands for. Without one, git connects to none. */
  readonly remote?: GitRemote | undefined;
  /** Protocols allowed for the remote: `https:ssh`. Default: those of its address. */
  readonly protocols?: string;
  /** Settings in addition to the guards. */
  readonly settings?: readonly GitSetting[];
  /** Receives git's progress output. */
  readonly onOutput?: (text: string) => void;
  /** Receives the number of bytes of each output chunk; output stays in memory until git exits. */
  readonly onPrinted?: (bytes: number) => void;
}

/**
 * Creates a git instance that may write or use the network, through simple-git. No hooks and filters of the
 * repository run, no prompts appear, and tokens are in no argument or file.
 *
 * @param folder - a path
 * @throws if the settings of the repository can't be read
 */
export async function guardedGit(
  folder: string,
  options: GuardedGitOptions = {},
): Promise<SimpleGit> {
  const { signal, input, remote, onOutput, onPrinted, isRepository } = options;
  const settings = [
    ...(await overridesOf({ folder, isRepository }, signal)),
    ...(remote ? await settingsOf(remote, folder, signal) : []),
    ...(options.settings ?? []),
  ];
  const protocols = remote && (options.protocols ?? (isLocal(remote.url) ? 'file' : 'https:ssh'));
  const environment = environmentOf({ folder, isRepository }, settings, protocols);
  // Loaded on demand, because it takes a while.
  const { simpleGit } = await import('simple-git');
  const git = simpleGit({
    baseDir: folder,
    timeout: { block: SILENCE },
    config: guards.map(setting => setting.join('=')),
    ...(signal ? { abort: signal } : {}),
    ...(input ? { input: () => input } : {}),
    allowEnvironment: Object.keys(environment).filter(name => /^(?:GIT_|SSH_ASKPASS$)/.test(name)),
    // These are our own settings.
    unsafe: {
      allowUnsafeConfigEnvCount: true,
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeFilter: true,
      allowUnsafeTemplateDir: true,
      allowUnsafeAskPass: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafePack: true,
    },
  }).env(environment);
  if (!onOutput && !onPrinted) return git;
  return git.outputHandler((_command, stdout, stderr) => {
    if (onOutput) stderr.on('data', (chunk: Buffer) => onOutput(chunk.toString('utf8')));
    for (const stream of onPrinted ? [stdout, stderr] : []) {
      stream.on('data', (chunk: Buffer) => onPrinted?.(chunk.length));
    }
  });
}

/** Returns settings that disable filters and hooks, whose names the repository or the user has chosen. */
async function overridesOf(
  place: GitPlace,
  signal: AbortSignal | undefined,
): Promise<readonly GitSetting[]> {
  const { code, stdout, stderr } = await runGit(
    ['config', '--null', '--show-scope', '--name-only', '--get-regexp', '^(filter|hook)\\.'],
    { ...place, signal },
  );
  // Exit code 1 means that there are none.
  if (code !== 0 && code !== 1) throw new Error(stderr || "git can't read its settings");
  const fields = stdout.split('\0');
  const overrides = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [scope = '', name = ''] = [fields[at], fields[at + 1]];
    const [, section, subsection] = /^(filter|hook)\.(.+)\.[^.]+$/s.exec(name) ?? [];
    if (section === 'hook') overrides.set(`hook.${subsection}.enabled`, 'false');
    if (section !== 'filter' || scope === 'global' || scope === 'system') continue;
    for (const key of ['clean', 'smudge', 'process'])
      overrides.set(`filter.${subsection}.${key}`, '');
    overrides.set(`filter.${subsection}.required`, 'false');
  }
  return [...overrides];
}

async function settingsOf(
  { url, authorization }: GitRemote,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<readonly GitSetting[]> {
  const settings: GitSetting[] = [[`remote.${REMOTE}.url`, url]];
  if (isLocal(url)) {
    const overrides: GitSetting[] = [];
    for (const place of await localPlaces(url, folder)) {
      // If git can't read the settings, its command reports that.
      overrides.push(...(await overridesOf(place, signal).catch(() => [])));
    }
    signal?.throwIfAborted();
    settings.push(
      [`remote.${REMOTE}.uploadpack`, serverCommand('upload-pack', overrides)],
      [`remote.${REMOTE}.receivepack`, serverCommand('receive-pack', overrides)],
    );
  }
  if (authorization !== undefined) {
    settings.push(
      [`http.${url}.extraHeader`, `Authorization: ${authorization}`],
      // Prevents credential helpers and redirects.
      ['credential.helper', ''],
      ['http.followRedirects', 'false'],
    );
  }
  return settings;
}

/** Whether git reads an address as a local path. Source: `url_is_local_not_ssh` of git. */
function isLocal(url: string): boolean {
  if (/^[^/:]+:\/\//.test(url)) return url.startsWith('file:');
  if (process.platform === 'win32' && /^[a-z]:/i.test(url)) return true;
  return !/^[^/]*:/.test(url);
}

/**
 * Returns the repositories that git could find at a local address; empty for remote ones. Source: `enter_repo` of
 * git.
 *
 * @param folder - path that git runs in
 */
export async function localPlaces(url: string, folder: string): Promise<readonly GitPlace[]> {
  if (!isLocal(url)) return [];
  const path = url.startsWith('file:') ? fileUriToPath(url) : resolve(folder, url);
  const places: GitPlace[] = [];
  for (const base of [path, `${path}.git`]) {
    const found = await stat(base).catch(() => undefined);
    if (!found?.isDirectory()) continue;
    places.push({ folder: base, isRepository: true });
    const dotGit = await stat(join(base, '.git')).catch(() => undefined);
    // A file contains the path of the repository.
    if (dotGit?.isFile()) places.push({ folder: base });
    if (dotGit?.isDirectory()) places.push({ folder: join(base, '.git'), isRepository: true });
  }
  return places;
}

/**
 * Returns the command that serves a local repository. Git removes settings from the environment before it starts
 * the command, so the shell sets them again.
 */
function serverCommand(command: string, settings: readonly GitSetting[]): string {
  const variables = Object.entries({ GIT_ALLOW_PROTOCOL: 'none', ...variablesOf(settings) });
  return [
    ...variables.map(([name, value]) => `${name}=${quoted(value)}`),
    ...['git', ...prefixOf(guards)].map(quoted),
    command,
  ].join(' ');
}

/** Quotes a word for a POSIX shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
