import { basename, dirname } from 'node:path';
import type { SimpleGit } from 'simple-git';
import type { GitClient, LastChange } from '../core/ports';
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
    const email = await ask(folder, git => git.raw('config', '--get', 'user.email'));
    return email?.trim() || undefined;
  }

  /** Undefined, too, where git is missing or the file is in no repository. */
  async lastChange(file: string): Promise<LastChange | undefined> {
    const answer = await ask(dirname(file), git =>
      // Signatures would be checked by a program that the repository may name.
      git.raw(
        'log',
        '-1',
        '--no-show-signature',
        '--format=%aN%n%at',
        '--',
        `:(literal)${basename(file)}`,
      ),
    );
    const [author, seconds] = answer?.split('\n') ?? [];
    return author && seconds ? { author, time: Number(seconds) * 1_000 } : undefined;
  }
}

async function ask(
  folder: string,
  question: (git: SimpleGit) => Promise<string>,
): Promise<string | undefined> {
  try {
    // Not before it is needed: loading it takes longer than starting everything else of this folder.
    const { simpleGit } = await import('simple-git');
    const git = simpleGit({
      baseDir: folder,
      timeout: { block: timeout },
      allowEnvironment: ['GIT_TERMINAL_PROMPT'],
    }).env(gitEnvironment());
    return await question(git);
  } catch {
    return undefined;
  }
}
