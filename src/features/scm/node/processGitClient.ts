import { basename, dirname } from 'node:path';
import type { ChangedFile, GitClient, LastChange } from '../../../platform/core/ports';

/** Maximum milliseconds of a command. */
const TIMEOUT = 10_000;

/** Maximum number of commits to look for changed files in. */
const MAX_COMMITS = 200;

/** Read-only git commands without network access. */
export class ProcessGitClient implements GitClient {
  /** Returns undefined if git is missing, the folder doesn't exist, or no address is configured. */
  async userEmail(folder: string): Promise<string | undefined> {
    const email = await ask(folder, 'config', '--get', 'user.email');
    return email?.trim() || undefined;
  }

  /** Returns undefined if git is missing or the file is in no repository. */
  async lastChange(file: string): Promise<LastChange | undefined> {
    const answer = await ask(
      dirname(file),
      ...['log', '-1', '--no-show-signature', '--format=%aN%n%at', '--', basename(file)],
    );
    const [author, seconds] = answer?.split('\n') ?? [];
    return author && seconds ? { author, time: Number(seconds) * 1_000 } : undefined;
  }

  /** Returns an empty list if git is missing or the folder is in no repository. */
  async recentChanges(folder: string): Promise<readonly ChangedFile[]> {
    const answer = await ask(
      folder,
      ...['log', '-n', String(MAX_COMMITS), '--no-show-signature', '--no-merges', '--no-renames'],
      ...['--relative', '--name-only', '-z', '--format=%x01%aN%x02%at'],
    );
    const latest = new Map<string, ChangedFile>();
    for (const commit of answer?.split('\u0001') ?? []) {
      const [author = '', rest = ''] = commit.split('\u0002');
      const [seconds, ...paths] = rest.split('\0').map(text => text.trim());
      for (const path of paths) {
        if (!/\.ya?ml$/.test(path) || latest.has(path)) continue;
        latest.set(path, { path, author, time: Number(seconds) * 1_000 });
      }
    }
    return [...latest.values()];
  }
}

async function ask(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { runGit } = await import('./gitProcess');
    const signal = AbortSignal.timeout(TIMEOUT);
    const { code, stdout } = await runGit(args, { folder, signal });
    return code === 0 ? stdout : undefined;
  } catch {
    // No git, or too slow: pages go without the author and date of the last change.
    return undefined;
  }
}
