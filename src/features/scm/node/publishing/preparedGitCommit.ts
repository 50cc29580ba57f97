import { randomUUID } from 'node:crypto';
import { cp, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../../../base';
import type { GitRemote, PreparedCommit, Undo } from '../../../../platform/core/ports';
import { fileUriToPath } from '../../../../platform/node';
import { gitComplaint, GitRefusal } from '../gitFailures';
import { guardedGit, localPlaces, REMOTE } from '../gitProcess';
import { type GitCheckout, refuseLinks } from './gitCheckout';

interface Prepared {
  /** The path of the temporary repository. */
  readonly folder: string;
  /** Deletes the folder when the process ends. */
  readonly deletion: Disposable;
  readonly branch: string;
  readonly hash: string;
  /** What the commit comes behind. */
  readonly checkout: GitCheckout | undefined;
}

/** A commit in a temporary repository of its own. */
export class PreparedGitCommit implements PreparedCommit {
  readonly hash: string;
  readonly #folder: string;
  readonly #deletion: Disposable;
  readonly #branch: string;
  readonly #checkout: GitCheckout | undefined;

  constructor({ folder, deletion, branch, hash, checkout }: Prepared) {
    this.hash = hash;
    this.#folder = folder;
    this.#deletion = deletion;
    this.#branch = branch;
    this.#checkout = checkout;
  }

  async initialize(uri: string, { remote }: { readonly remote?: string }): Promise<Undo> {
    const folder = fileUriToPath(uri);
    const repository = join(folder, '.git');
    const git = await guardedGit(this.#folder);
    // Not `reset`, which looks at files.
    await git.raw(['read-tree', this.hash]);
    if (remote !== undefined) await this.#setRemote(remote);
    await mkdir(folder, { recursive: true });
    const draft = `${repository}.${randomUUID()}`;
    try {
      await cp(join(this.#folder, '.git'), draft, { recursive: true });
      if (await lstat(repository).catch(() => undefined)) {
        throw new GitRefusal(`${folder} is a git repository already`);
      }
      await rename(draft, repository);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    return () => rm(repository, { recursive: true, force: true });
  }

  async checkOut(): Promise<Undo> {
    if (!this.#checkout) throw new TypeError('The commit comes behind nothing that is checked out');
    return this.#checkout.switchTo(this.#branch, this.hash, this.#folder);
  }

  async push(remote: GitRemote, signal: AbortSignal): Promise<void> {
    const { url } = remote;
    const ref = `refs/heads/${this.#branch}`;
    try {
      for (const place of await localPlaces(url, this.#folder)) {
        await refuseLinks(place, this.#branch);
      }
      const git = await guardedGit(this.#folder, { signal, remote });
      const options = ['--quiet', '--no-verify', '--no-signed', '--recurse-submodules=no'];
      // There must be no such branch: not even one that the commit comes behind.
      const absent = `--force-with-lease=${ref}:`;
      await git.raw(['push', ...options, absent, '--', REMOTE, `${this.hash}:${ref}`]);
    } catch (error) {
      signal.throwIfAborted();
      throw new GitRefusal(
        `${this.#branch} cannot be pushed to ${url}: ${gitComplaint(error, remote)}`,
      );
    }
  }

  dispose(): void {
    void rm(this.#folder, { recursive: true, force: true })
      .then(() => this.#deletion.dispose())
      .catch(() => {
        // Another program looks into it: it is left to the system, which clears such folders.
      });
  }

  /** As `git clone` leaves it. */
  async #setRemote(url: string): Promise<void> {
    const git = await guardedGit(this.#folder);
    const branch = this.#branch;
    await git.raw(['remote', 'add', '--', 'origin', url]);
    await git.raw(['config', `branch.${branch}.remote`, 'origin']);
    await git.raw(['config', `branch.${branch}.merge`, `refs/heads/${branch}`]);
    await git.raw(['update-ref', `refs/remotes/origin/${branch}`, this.hash]);
  }
}
