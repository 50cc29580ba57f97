import { devNull } from 'node:os';

export type GitSetting = readonly [name: string, value: string];

/** Settings of every git process, which outrank those of repositories. */
export const guards: readonly GitSetting[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  // A shell runs the command with a path behind it: this ends before that.
  ['core.alternateRefsCommand', 'exit 0;'],
  // A folder that looks like a bare repository can be part of any other.
  ['safe.bareRepository', 'explicit'],
  ['log.showSignature', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['receive.autogc', 'false'],
  // `updateInstead` writes a working tree, by filters of the repository.
  ['receive.denyCurrentBranch', 'refuse'],
  ['submodule.recurse', 'false'],
  ['push.gpgSign', 'false'],
  ['push.followTags', 'false'],
  ['transfer.bundleURI', 'false'],
];

/** Variables that git needs to find itself, its user and the user's settings. */
const passedOn = new Set([
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'PROGRAMDATA',
  'SYSTEMROOT',
]);

/** Variables that lead to other machines, as the user has set them up. */
const passedOnToNetwork = new Set([
  'SSH_AUTH_SOCK',
  'SSH_AGENT_PID',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
]);

/** Where git runs. */
export interface GitPlace {
  /** A path. */
  readonly folder: string;
  /** Whether the folder is the repository itself, whatever else git would find there. */
  readonly isRepository?: boolean | undefined;
}

/** The environment of git, without a way to ask the user for anything. */
export function environmentOf(
  { folder, isRepository }: GitPlace,
  settings: readonly GitSetting[],
  protocols?: string,
): Record<string, string> {
  // Else Windows would take a `git.exe` in the repository for git.
  if (process.platform === 'win32') process.env['NoDefaultCurrentDirectoryInExePath'] ??= '1';
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const key = name.toUpperCase();
    const isPassedOn = passedOn.has(key) || (protocols !== undefined && passedOnToNetwork.has(key));
    if (value !== undefined && isPassedOn) environment[name] = value;
  }
  return {
    ...environment,
    ...(isRepository && { GIT_DIR: folder }),
    GIT_ALLOW_PROTOCOL: protocols ?? 'none',
    // Objects that are not here stay where they are.
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    // A process without a window must not be asked on the terminal by ssh either.
    SSH_ASKPASS: devNull,
    SSH_ASKPASS_REQUIRE: 'force',
    // Nor by a program of the user's settings, nor by a window of a helper's.
    GIT_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
    ...variablesOf(settings),
  };
}

/** Settings as variables, which no other process sees: they may be secret, and their names contain any character. */
export function variablesOf(settings: readonly GitSetting[]): Record<string, string> {
  const variables: [string, string][] = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(variables) };
}

export function prefixOf(settings: readonly GitSetting[]): readonly string[] {
  return settings.flatMap(setting => ['-c', setting.join('=')]);
}
