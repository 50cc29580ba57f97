import { devNull } from 'node:os';

export type GitSetting = readonly [name: string, value: string];

/** Settings of every git process, which override those of repositories. */
export const guards: readonly GitSetting[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  // A shell runs the command with a path appended; it exits before.
  ['core.alternateRefsCommand', 'exit 0;'],
  // A folder in any repository can look like a bare repository.
  ['safe.bareRepository', 'explicit'],
  ['log.showSignature', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['receive.autogc', 'false'],
  // `updateInstead` would write a working tree, using filters of the repository.
  ['receive.denyCurrentBranch', 'refuse'],
  ['submodule.recurse', 'false'],
  ['push.gpgSign', 'false'],
  ['push.followTags', 'false'],
  ['transfer.bundleURI', 'false'],
];

/** Environment variables that git needs to find its files, its user and the user's settings. */
const inherited = new Set([
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

/** Environment variables for network access. */
const inheritedForNetwork = new Set([
  'SSH_AUTH_SOCK',
  'SSH_AGENT_PID',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
]);

/** Folder that git runs in. */
export interface GitPlace {
  /** A path. */
  readonly folder: string;
  /** Whether the folder is the repository itself, so that git looks nowhere else. */
  readonly isRepository?: boolean | undefined;
}

/** Returns the environment of git, without any way to prompt the user. */
export function environmentOf(
  { folder, isRepository }: GitPlace,
  settings: readonly GitSetting[],
  protocols?: string,
): Record<string, string> {
  // Otherwise Windows would run a `git.exe` in the repository.
  if (process.platform === 'win32') process.env['NoDefaultCurrentDirectoryInExePath'] ??= '1';
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const key = name.toUpperCase();
    const isInherited =
      inherited.has(key) || (protocols !== undefined && inheritedForNetwork.has(key));
    if (value !== undefined && isInherited) environment[name] = value;
  }
  return {
    ...environment,
    ...(isRepository && { GIT_DIR: folder }),
    GIT_ALLOW_PROTOCOL: protocols ?? 'none',
    // Prevents fetching missing objects.
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    // Prevents ssh from prompting on the terminal.
    SSH_ASKPASS: devNull,
    SSH_ASKPASS_REQUIRE: 'force',
    // Prevents prompts by configured programs and credential helpers.
    GIT_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
    ...variablesOf(settings),
  };
}

/**
 * Passes settings as environment variables, which other processes don't see: they may be secret, and names may
 * contain any character.
 */
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
