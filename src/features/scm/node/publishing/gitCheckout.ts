import { randomUUID } from 'node:crypto';
import { lstat, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Undo } from '../../../../platform/core/ports';
import { GitRefusal, gitComplaint } from '../gitFailures';
import { type GitPlace, type SimpleGit, guardedGit, runGit } from '../gitProcess';

/** What git leaves in a repository while it is in the midst of something. */
const UNDER_WAY = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'];

/** What is checked out in a repository of the user's. */
export class GitCheckout {
  /** The path of the working tree. */
  readonly top: string;
  /** Undefined where there is none yet. */
  readonly commit: string | undefined;
  /** `sha1` or `sha256`. */
  readonly format: string;
  /** The path of the folder with its objects. */
  readonly objects: string;
  #git: SimpleGit;

  private constructor(
    { top, commit, format, objects }: Pick<GitCheckout, 'top' | 'commit' | 'format' | 'objects'>,
    git: SimpleGit,
  ) {
    this.top = top;
    this.commit = commit;
    this.format = format;
    this.objects = objects;
    this.#git = git;
  }

  /** @param top - the path of a working tree @throws GitRefusal for another folder */
  static async open(top: string): Promise<GitCheckout> {
    let git;
    let found;
    try {
      git = await guardedGit(top);
      found = await git.revparse(['--show-toplevel']);
    } catch (error) {
      throw new GitRefusal(`${top} is no git repository that can be used: ${gitComplaint(error)}`);
    }
    if ((await realpath(found)) !== (await realpath(top))) {
      throw new GitRefusal(`${top} is not the top of a git repository`);
    }
    return new GitCheckout(
      {
        top,
        commit: (await git.revparse(['--verify', '--quiet', 'HEAD^{commit}'])) || undefined,
        format: await git.revparse(['--show-object-format']),
        objects: await git.revparse(['--path-format=absolute', '--git-path', 'objects']),
      },
      git,
    );
  }

  /** @throws GitRefusal where a branch cannot be made, or somebody's changes of the files would get lost */
  async refuse(branch: string, paths: readonly string[]): Promise<void> {
    for (const name of UNDER_WAY) {
      if (await isThere(await this.#pathOf(name))) {
        throw new GitRefusal(`A merge or a rebase is under way in ${this.top}: finish it first`);
      }
    }
    if (await this.#git.revparse(['--verify', '--quiet', `refs/heads/${branch}`])) {
      throw new GitRefusal(`There is a branch ${branch} already: choose another name`);
    }
    await refuseLinks({ folder: this.top }, branch);
    const changed = await this.#changed(folderOf(paths));
    const own = paths.filter(path => changed.has(path));
    if (own.length === 0) return;
    const more = own.length > 3 ? `, and ${own.length - 3} more` : '';
    throw new GitRefusal(
      `There are changes that are not committed in ${own.slice(0, 3).join(', ')}${more}: commit or stash them first`,
    );
  }

  /**
   * Makes a branch of a commit in another repository (a path) and switches to it, without a look at the files: those of
   * the commit are as it says, or about to be.
   */
  async switchTo(branch: string, commit: string, from: string): Promise<Undo> {
    const head = await this.#git.raw(['symbolic-ref', '--quiet', 'HEAD']);
    const now = await this.#git.revparse(['--verify', '--quiet', 'HEAD^{commit}']);
    if (now !== (this.commit ?? '')) {
      throw new GitRefusal(`Another commit has been checked out in ${this.top} meanwhile`);
    }
    const index = await this.#pathOf('index');
    const before = await contentOf(index);
    const undo: Undo[] = [];
    const undoAll = async (): Promise<void> => {
      for (const one of undo.splice(0).reverse()) await one().catch(() => {});
    };
    try {
      await this.#takeObjects(commit, from);
      // There must be no such branch.
      await this.#run('update-ref', `refs/heads/${branch}`, commit, '0'.repeat(commit.length));
      undo.push(() => this.#run('update-ref', '-d', `refs/heads/${branch}`, commit));
      await this.#run('symbolic-ref', '-m', `callboard: ${branch}`, 'HEAD', `refs/heads/${branch}`);
      undo.push(() =>
        head === ''
          ? this.#run('update-ref', '--no-deref', 'HEAD', now)
          : this.#run('symbolic-ref', 'HEAD', head.trim()),
      );
      await this.#updateIndex(commit);
      undo.push(() => putBack(index, before));
      return undoAll;
    } catch (error) {
      await undoAll();
      throw new GitRefusal(
        `${branch} cannot be checked out in ${this.top}: ${gitComplaint(error)}`,
      );
    }
  }

  /** Paths in a folder of all that is not as the commit has it, or is in no commit. */
  async #changed(folder: string): Promise<ReadonlySet<string>> {
    const options = ['--porcelain', '-z', '--no-renames', '--untracked-files=all'];
    const where = `:(top,literal)${folder}`;
    // The index is not written either: it would say what files are like without filters.
    const answer = await this.#git.raw([
      '--no-optional-locks',
      'status',
      ...options,
      '--ignore-submodules=all',
      '--',
      where,
    ]);
    return new Set(answer.split('\0').map(entry => entry.slice(3)));
  }

  /** Copies a commit from another repository. Not by `git fetch`, which the settings of this one could lead elsewhere. */
  async #takeObjects(commit: string, from: string): Promise<void> {
    const revisions = [commit, ...(this.commit === undefined ? [] : [`^${this.commit}`])];
    const pack = await runGit(['pack-objects', '--quiet', '--revs', '--stdout'], {
      folder: from,
      input: `${revisions.join('\n')}\n`,
    });
    if (pack.code !== 0) throw new Error(pack.stderr);
    const { code, stderr } = await runGit(['index-pack', '--stdin'], {
      folder: this.top,
      input: pack.bytes,
    });
    if (code !== 0) throw new Error(stderr);
  }

  /** Has the index say of the files of a commit what that says, and of all others what it said. */
  async #updateIndex(commit: string): Promise<void> {
    const options = ['-r', '-z', '--no-renames', '--no-commit-id', '--raw', '--full-index'];
    const trees = this.commit === undefined ? ['--root', commit] : [this.commit, commit];
    const fields = (await this.#git.raw(['diff-tree', ...options, ...trees])).split('\0');
    const lines: string[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const [, mode, , object] = fields[at]?.split(' ') ?? [];
      lines.push(`${mode} ${object}\t${fields[at + 1]}\0`);
    }
    const git = await guardedGit(this.top, { input: Buffer.from(lines.join('')) });
    if (lines.length > 0) await git.raw(['update-index', '-z', '--index-info']);
  }

  #pathOf(name: string): Promise<string> {
    return this.#git.revparse(['--path-format=absolute', '--git-path', name]);
  }

  async #run(...args: readonly string[]): Promise<void> {
    await this.#git.raw([...args]);
  }
}

/** The folder that all of the paths lie in. */
function folderOf([first = '', ...others]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (!others.every(path => path.startsWith(folder))) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  }
  return folder;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

async function putBack(path: string, content: Buffer | undefined): Promise<void> {
  if (!content) return rm(path, { force: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { flag: 'wx' });
  await rename(draft, path);
}

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
