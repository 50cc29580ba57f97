import { randomUUID } from 'node:crypto';
import { lstat, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Undo } from '../../../../platform/core/ports';
import { GitRefusal, gitErrorText } from '../gitFailures';
import { type GitPlace, type SimpleGit, guardedGit, runGit } from '../gitProcess';

/** Files in a repository that show an operation in progress. */
const UNDER_WAY = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'];

/** Checked-out state of the user's repository. */
export class GitCheckout {
  /** Path of the working tree. */
  readonly top: string;
  /** Undefined if there is no commit yet. */
  readonly commit: string | undefined;
  /** `sha1` or `sha256`. */
  readonly format: string;
  /** Path of the objects folder. */
  readonly objects: string;
  /** Path of the index. */
  readonly #index: string;
  /** Paths of files that show an operation in progress. */
  readonly #underWay: readonly string[];
  readonly #git: SimpleGit;

  private constructor(
    { top, commit, format }: Pick<GitCheckout, 'top' | 'commit' | 'format'>,
    [objects = '', index = '', ...underWay]: readonly string[],
    git: SimpleGit,
  ) {
    this.top = top;
    this.commit = commit;
    this.format = format;
    this.objects = objects;
    this.#index = index;
    this.#underWay = underWay;
    this.#git = git;
  }

  /** @param top - path of a working tree @throws GitRefusal for other folders */
  static async open(top: string): Promise<GitCheckout> {
    let git;
    let answer;
    try {
      git = await guardedGit(top);
      // One process for all paths.
      answer = await git.revparse([
        '--show-toplevel',
        '--show-object-format',
        '--path-format=absolute',
        ...['objects', 'index', ...UNDER_WAY].flatMap(name => ['--git-path', name]),
      ]);
    } catch (error) {
      throw new GitRefusal(`${top} is not a usable git repository: ${gitErrorText(error)}`);
    }
    const [found = '', format = '', ...paths] = answer.split('\n');
    if ((await realpath(found).catch(() => found)) !== (await realpath(top))) {
      throw new GitRefusal(`${top} is not the root of a git repository`);
    }
    const commit = (await git.revparse(['--verify', '--quiet', 'HEAD^{commit}'])) || undefined;
    return new GitCheckout({ top, commit, format }, paths, git);
  }

  /** @throws GitRefusal if the branch can't be created or uncommitted changes would be lost */
  async refuse(branch: string, paths: readonly string[]): Promise<void> {
    for (const path of this.#underWay) {
      if (await isThere(path)) {
        throw new GitRefusal(`A merge or rebase is in progress in ${this.top}. Finish it first`);
      }
    }
    if (await this.#git.revparse(['--verify', '--quiet', `refs/heads/${branch}`])) {
      throw new GitRefusal(`The branch ${branch} already exists. Choose another name`);
    }
    await refuseLinks({ folder: this.top }, branch);
    const changed = await this.#changed(folderOf(paths));
    const own = paths.filter(path => changed.has(path));
    if (own.length === 0) return;
    const more = own.length > 3 ? `, and ${own.length - 3} more` : '';
    throw new GitRefusal(
      `There are uncommitted changes in ${own.slice(0, 3).join(', ')}${more}. Commit or stash them first`,
    );
  }

  /**
   * Creates a branch at a commit of another repository (a path) and switches to it without touching files, which
   * match the commit or will.
   */
  async switchTo(branch: string, commit: string, from: string): Promise<Undo> {
    const head = await this.#git.raw(['symbolic-ref', '--quiet', 'HEAD']);
    const now = await this.#git.revparse(['--verify', '--quiet', 'HEAD^{commit}']);
    if (now !== (this.commit ?? '')) {
      throw new GitRefusal(`Another commit has been checked out in ${this.top} meanwhile`);
    }
    const before = await contentOf(this.#index);
    const undo: Undo[] = [];
    const undoAll = async (): Promise<void> => {
      for (const one of undo.splice(0).reverse()) await one().catch(() => {});
    };
    try {
      await this.#takeObjects(commit, from);
      // The branch must not exist.
      await this.#run('update-ref', `refs/heads/${branch}`, commit, '0'.repeat(commit.length));
      undo.push(() => this.#run('update-ref', '-d', `refs/heads/${branch}`, commit));
      await this.#run('symbolic-ref', '-m', `callboard: ${branch}`, 'HEAD', `refs/heads/${branch}`);
      undo.push(() =>
        head === ''
          ? this.#run('update-ref', '--no-deref', 'HEAD', now)
          : this.#run('symbolic-ref', 'HEAD', head.trim()),
      );
      await this.#updateIndex(commit);
      undo.push(() => putBack(this.#index, before));
      return undoAll;
    } catch (error) {
      await undoAll();
      throw new GitRefusal(`${branch} can't be checked out in ${this.top}: ${gitErrorText(error)}`);
    }
  }

  /** Returns paths in a folder that differ from the commit or are untracked. */
  async #changed(folder: string): Promise<ReadonlySet<string>> {
    const options = ['--porcelain', '-z', '--no-renames', '--untracked-files=all'];
    const where = `:(top,literal)${folder}`;
    // Doesn't update the index, which would record files without filters.
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

  /** Copies a commit from another repository. Not with `git fetch`, which settings of this one could redirect. */
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

  /** Updates the index entries of the commit's files and keeps all others. */
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

  async #run(...args: readonly string[]): Promise<void> {
    await this.#git.raw([...args]);
  }
}

/** Returns the common folder of the paths. */
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
 * Checks the files that git writes for a new branch. Git follows symbolic links and appends the user's name, as
 * configured in the repository, to logs: a log that links to a shell profile could run commands.
 *
 * @throws GitRefusal if one is a symbolic link or lies outside of any repository
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
  // Git reports the problem itself.
  if (code !== 0) return;
  const [gitDir = '', commonDir = '', ...paths] = stdout.replace(/\n$/, '').split('\n');
  const own = [await realFolder(gitDir), await realFolder(commonDir)];
  for (const path of paths) {
    const isLink = (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false;
    if (isLink || !isInRepository(await realFolder(dirname(path)), own)) {
      throw new GitRefusal(`${path} is a symbolic link or behind one, so nothing is written there`);
    }
  }
}

/** Returns the real path of a folder, which may not exist yet. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // Nothing is there yet: its parent says where it will be.
    const parent = dirname(path);
    return parent === path ? path : realFolder(parent);
  }
}

/** Whether a folder is in one of the given ones, or in a repository that another tool links to. */
function isInRepository(folder: string, own: readonly string[]): boolean {
  return (
    own.some(one => join(folder, sep).startsWith(join(one, sep))) ||
    folder.split(sep).some(segment => segment.endsWith('.git'))
  );
}
