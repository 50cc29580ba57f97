import type { GitClient } from '../core/ports';

/** As long as git may be silent, in milliseconds, before it is given up. */
const timeout = 10_000;

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

/**
 * Git through simple-git, whose guards against dangerous options, configuration and environment all
 * stay on. Only commands that run nothing out of a repository's configuration belong here.
 */
export class SimpleGitClient implements GitClient {
  constructor() {
    // Else Windows would take a `git.exe` in the repository for git.
    if (process.platform === 'win32') process.env['NoDefaultCurrentDirectoryInExePath'] ??= '1';
  }

  /** Undefined where git is missing, the folder does not exist, or no address is configured. */
  async userEmail(folder: string): Promise<string | undefined> {
    try {
      // Not before it is needed: loading it takes longer than starting everything else of this folder.
      const { simpleGit } = await import('simple-git');
      const git = simpleGit({
        baseDir: folder,
        timeout: { block: timeout },
        allowEnvironment: ['GIT_TERMINAL_PROMPT'],
      }).env({ ...passedOnEnvironment(), GIT_TERMINAL_PROMPT: '0' });
      const email = (await git.raw('config', '--get', 'user.email')).trim();
      return email === '' ? undefined : email;
    } catch {
      return undefined;
    }
  }
}

function passedOnEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => passedOn.has(name.toUpperCase())),
  );
}
