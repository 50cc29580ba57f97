import { devNull } from 'node:os';
import type { SimpleGit } from 'simple-git';
import { errorMessage, gitPhrases } from '../base';
import type { GitRemote } from '../core/ports';
import { gitEnvironment } from './gitEnvironment';

/** As long as git may be silent, in milliseconds, before it is given up: hosts take their time. */
const timeout = 60_000;

/**
 * What programs are that a repository, or a template for repositories, could have git run. They are passed in the
 * environment, so that git hands them on to what it starts.
 */
const guards: readonly GitSetting[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
  ['push.gpgSign', 'false'],
  ['push.followTags', 'false'],
];

export type GitSetting = readonly [name: string, value: string];

/** Ways to other machines that people have set up for themselves. */
const ofNetwork = new Set([
  ...['SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'],
]);

export interface GuardedGitOptions {
  readonly signal?: AbortSignal | undefined;
  /** What git reads. */
  readonly input?: Buffer;
  /** Who is asked: no other machine is without one. */
  readonly remote?: GitRemote | undefined;
  /** Ways to the remote, where they are not those of whoever publishes: `https:ssh`. */
  readonly protocols?: string;
  /** Besides the guards. */
  readonly settings?: readonly GitSetting[];
  /** Whether the folder is the repository itself, whatever else git would find there. */
  readonly isRepository?: boolean;
  /** Hears what git says of its progress. */
  readonly onOutput?: (text: string) => void;
  /** Hears how many bytes it has printed each time, which all are kept until it ends. */
  readonly onPrinted?: (bytes: number) => void;
}

/**
 * Git that writes, or asks other machines, through simple-git: no hook runs, nobody is asked for anything, no program is taken for a remote, and
 * a token stands in no argument and no file.
 *
 * @param folder - a path
 */
export async function guardedGit(
  folder: string,
  options: GuardedGitOptions = {},
): Promise<SimpleGit> {
  const { signal, input, onOutput, onPrinted } = options;
  // Not before it is needed, as it takes its time.
  const { simpleGit } = await import('simple-git');
  const environment = environmentOf(folder, options);
  const git = simpleGit({
    baseDir: folder,
    timeout: { block: timeout },
    ...(signal ? { abort: signal } : {}),
    ...(input ? { input: () => input } : {}),
    allowEnvironment: Object.keys(environment).filter(name => /^(?:GIT_|SSH_ASKPASS$)/.test(name)),
    // All of them are ours, set above and below.
    unsafe: {
      allowUnsafeConfigEnvCount: true,
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeTemplateDir: true,
      allowUnsafeAskPass: true,
      allowUnsafeCredentialHelper: true,
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

function environmentOf(
  folder: string,
  { remote, protocols = 'https:ssh:file', settings: more = [], isRepository }: GuardedGitOptions,
): Record<string, string> {
  const settings = [...guards, ...(remote ? settingsOf(remote) : []), ...more];
  const environment: Record<string, string | undefined> = {
    ...gitEnvironment(),
    ...(remote ? environmentOfNetwork() : {}),
    ...(isRepository && { GIT_DIR: folder }),
    GIT_ALLOW_PROTOCOL: remote ? protocols : 'file',
    // Objects that are not here stay where they are.
    GIT_NO_LAZY_FETCH: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    // Whoever runs it without a window must not be asked on the terminal by ssh either.
    SSH_ASKPASS: devNull,
    SSH_ASKPASS_REQUIRE: 'force',
    // Neither is a program to ask them that is in their settings, nor a window of a helper's.
    GIT_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
  };
  for (const [index, [name, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = name;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function settingsOf({ url, authorization }: GitRemote): readonly GitSetting[] {
  if (authorization === undefined) return [];
  return [
    [`http.${url}.extraHeader`, `Authorization: ${authorization}`],
    // Neither a helper's answer nor another host is to come in between.
    ['credential.helper', ''],
    ['http.followRedirects', 'false'],
  ];
}

function environmentOfNetwork(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => ofNetwork.has(name.toUpperCase())),
  );
}

/** In code units: as much of a complaint is looked through for secrets, and told. */
const MOST_READ = 16_000;
const MOST_TOLD = 1000;

/** Git's complaint for people: without its own words for it, and without what must not be told. */
export function gitComplaint(error: unknown, remote?: GitRemote): string {
  const lines = linesOf(error).map(line => line.replace(/^(?:fatal|error): /, ''));
  // Much of it may be what a remote had git repeat.
  let told = lines.slice(0, 5).join('; ').slice(0, MOST_READ);
  for (const secret of secretsOf(remote)) told = told.replaceAll(secret, '***');
  return told.length > MOST_TOLD ? `${told.slice(0, MOST_TOLD)}…` : told;
}

/** What tells why git failed, see `gitPhrases`. */
export function gitFailurePhrases(error: unknown, remote?: GitRemote): readonly string[] {
  const lines = linesOf(error).filter(line => line.length <= MOST_READ);
  // The reason is in the last lines, after all that a remote had git repeat.
  return gitPhrases(lines.slice(-20), remote && [remote.url]);
}

function linesOf(error: unknown): readonly string[] {
  return errorMessage(error)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(?:(?:fatal|error): )?(?:hint|To|Done)\b/.test(line));
}

/** All that a host could send back of what it was sent. */
function secretsOf(remote: GitRemote | undefined): readonly string[] {
  const { authorization } = remote ?? {};
  if (authorization === undefined) return [];
  const [, value = authorization] = authorization.split(' ');
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const password = decoded.slice(decoded.indexOf(':') + 1);
  return [authorization, value, decoded, password].filter(secret => secret.length > 3);
}
