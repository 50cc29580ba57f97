import type { GitClient } from '../core/ports';
import { gitEnvironment } from './gitEnvironment';

/** As long as git may be silent, in milliseconds, before it is given up. */
const timeout = 10_000;

/**
 * Git through simple-git, whose guards against dangerous options, configuration and environment all
 * stay on. Only commands that run nothing out of a repository's configuration belong here.
 */
export class SimpleGitClient implements GitClient {
  /** Undefined where git is missing, the folder does not exist, or no address is configured. */
  async userEmail(folder: string): Promise<string | undefined> {
    try {
      // Not before it is needed: loading it takes longer than starting everything else of this folder.
      const { simpleGit } = await import('simple-git');
      const git = simpleGit({
        baseDir: folder,
        timeout: { block: timeout },
        allowEnvironment: ['GIT_TERMINAL_PROMPT'],
      }).env(gitEnvironment());
      const email = (await git.raw('config', '--get', 'user.email')).trim();
      return email === '' ? undefined : email;
    } catch {
      return undefined;
    }
  }
}
