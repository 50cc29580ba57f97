/**
 * What git needs to find itself, its user and the user's configuration. Everything else stays out,
 * above all `GIT_*`: a hook's `GIT_DIR`, for one, would make every folder the hook's repository.
 */
const passedOn = new Set([
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'TMPDIR',
  'TEMP',
  'TMP',
]);

/** The environment that git is started with, without a way to ask for anything. */
export function gitEnvironment(): Record<string, string | undefined> {
  // Else Windows would take a `git.exe` in the repository for git.
  if (process.platform === 'win32') process.env['NoDefaultCurrentDirectoryInExePath'] ??= '1';
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => passedOn.has(name.toUpperCase())),
  );
  return { ...environment, GIT_TERMINAL_PROMPT: '0' };
}
