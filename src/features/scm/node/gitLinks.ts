import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { GitRefusal } from './gitFailures';
import { type GitPlace, runGit } from './gitProcess';

/**
 * Checks the files that git writes for a new branch. It follows symbolic links, and appends the user's name as the
 * repository has it to logs: a log that leads to a shell's profile would have the name run as commands.
 *
 * @throws GitRefusal where one of them is a symbolic link, or lies outside of any repository
 */
export async function refuseLinks(place: GitPlace, branch: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const names = ['HEAD', 'index', 'logs/HEAD', `logs/${ref}`, ref];
  const { code, stdout } = await runGit(
    [
      'rev-parse',
      '--path-format=absolute',
      '--git-dir',
      '--git-common-dir',
      ...names.flatMap(name => ['--git-path', name]),
    ],
    place,
  );
  // Git says itself what is wrong with it.
  if (code !== 0) return;
  const [gitDir = '', commonDir = '', ...paths] = stdout.replace(/\n$/, '').split('\n');
  const own = [await realFolder(gitDir), await realFolder(commonDir)];
  for (const path of paths) {
    const isLink = (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false;
    if (isLink || !isInRepository(await realFolder(dirname(path)), own)) {
      throw new GitRefusal(`${path} is a symbolic link, or behind one: nothing is written there`);
    }
  }
}

/** The real path of a folder, which need not be there yet. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : realFolder(parent);
  }
}

/** Whether a folder lies in one of some others, or in the repository of another tool that links to it. */
function isInRepository(folder: string, own: readonly string[]): boolean {
  return (
    own.some(one => join(folder, sep).startsWith(join(one, sep))) ||
    folder.split(sep).some(segment => segment.endsWith('.git'))
  );
}
