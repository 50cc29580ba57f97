import { randomUUID } from 'node:crypto';
import { cp, lstat, mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disposable } from '../../../../base';
import type {
  CommitRequest,
  GitAuthor,
  GitPublisher,
  GitRemote,
  PreparedCommit,
  RemoteState,
  Undo,
} from '../../../../platform/core/ports';
import { fileUriToPath } from '../../../../platform/node';
import { deleteOnExit } from '../../../../platform/node/exitCleanup';
import { gitErrorText, GitRefusal } from '../gitFailures';
import { guardedGit, localPlaces, REMOTE } from '../gitProcess';
import { GitCheckout, refuseLinks } from './gitCheckout';

interface Prepared {
  /** Path of the temporary repository. */
  readonly folder: string;
  /** Deletes the folder when the process exits. */
  readonly deletion: Disposable;
  readonly branch: string;
  readonly hash: string;
  /** Checkout that the commit is based on. */
  readonly checkout: GitCheckout | undefined;
}

/** A commit in its own temporary repository. */
class PreparedGitCommit implements PreparedCommit {
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
    // Unlike `reset`, this doesn't read files.
    await git.raw(['read-tree', this.hash]);
    if (remote !== undefined) await this.#setRemote(remote);
    await mkdir(folder, { recursive: true });
    const draft = `${repository}.${randomUUID()}`;
    try {
      await cp(join(this.#folder, '.git'), draft, { recursive: true });
      if (await lstat(repository).catch(() => undefined)) {
        throw new GitRefusal(`${folder} is already a git repository`);
      }
      await rename(draft, repository);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    return () => rm(repository, { recursive: true, force: true });
  }

  async checkOut(): Promise<Undo> {
    if (!this.#checkout) throw new TypeError('The commit is not based on a checkout');
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
      // The branch must not exist, not even at the parent commit.
      const absent = `--force-with-lease=${ref}:`;
      await git.raw(['push', ...options, absent, '--', REMOTE, `${this.hash}:${ref}`]);
    } catch (error) {
      signal.throwIfAborted();
      throw new GitRefusal(
        `${this.#branch} can't be pushed to ${url}: ${gitErrorText(error, remote)}`,
      );
    }
  }

  dispose(): void {
    void rm(this.#folder, { recursive: true, force: true })
      .then(() => this.#deletion.dispose())
      .catch(() => {
        // Another program uses the folder; the system deletes temporary folders.
      });
  }

  /** Configures the remote as `git clone` does. */
  async #setRemote(url: string): Promise<void> {
    const git = await guardedGit(this.#folder);
    const branch = this.#branch;
    await git.raw(['remote', 'add', '--', 'origin', url]);
    await git.raw(['config', `branch.${branch}.remote`, 'origin']);
    await git.raw(['config', `branch.${branch}.merge`, `refs/heads/${branch}`]);
    await git.raw(['update-ref', `refs/remotes/origin/${branch}`, this.hash]);
  }
}

/** Author if git has no user. Source: `initRepoAndPush` of `@backstage/plugin-scaffolder-node`. */
const NOBODY: GitAuthor = { name: 'Scaffolder', email: 'scaffolder@backstage.io' };

/**
 * Creates commits in a temporary repository with `git fast-import`: files needn't be on disk, no filters and
 * attributes apply, and nothing is changed on failure.
 */
export class SimpleGitPublisher implements GitPublisher {
  async readRemote(remote: GitRemote, signal: AbortSignal): Promise<RemoteState> {
    const { url } = remote;
    // Outside of other repositories, whose settings would apply.
    const folder = await mkdtemp(join(tmpdir(), 'callboard-git-'));
    try {
      const git = await guardedGit(folder, { signal, remote, isRepository: true });
      const answer = await git.raw(['ls-remote', '--symref', '--', REMOTE, 'HEAD', 'refs/heads/*']);
      const found = (line: RegExp): string[] =>
        answer.split('\n').flatMap(text => line.exec(text)?.[1] ?? []);
      return {
        branches: found(/\trefs\/heads\/(.+)$/),
        head: found(/^ref: refs\/heads\/(.+)\tHEAD$/)[0],
      };
    } catch (error) {
      signal.throwIfAborted();
      throw new GitRefusal(`${url} can't be read: ${gitErrorText(error, remote)}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async prepare(request: CommitRequest, signal: AbortSignal): Promise<PreparedCommit> {
    signal.throwIfAborted();
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'callboard-git-'));
    const deletion = deleteOnExit(folder);
    try {
      const { branch } = request;
      const { parent, checkout } = await begin(request, { folder, signal });
      const author = request.author ?? (await userOf(checkout?.top ?? folder));
      const input = commitStream(request, { author, parent, time: new Date() });
      const git = await guardedGit(folder, { signal, input });
      await git.raw(['fast-import', '--quiet', '--done', '--date-format=raw']);
      const hash = await (await guardedGit(folder)).revparse([`refs/heads/${branch}`]);
      signal.throwIfAborted();
      return new PreparedGitCommit({ folder, deletion, branch, hash, checkout });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      deletion.dispose();
      signal.throwIfAborted();
      if (error instanceof GitRefusal) throw error;
      throw new Error(`Can't create the commit: ${gitErrorText(error)}`, { cause: error });
    }
  }
}

interface Beginning {
  readonly parent: string | undefined;
  readonly checkout?: GitCheckout;
}

/** Initializes a repository in a folder for the commit. */
async function begin(
  { base, branch, files, removed = [] }: CommitRequest,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<Beginning> {
  const initialize = async (...options: readonly string[]): Promise<void> => {
    const git = await guardedGit(folder, { signal });
    await git.raw(['init', '--quiet', '--template=', `--initial-branch=${branch}`, ...options]);
  };
  switch (base.type) {
    case 'nothing':
      await initialize();
      return { parent: undefined };
    case 'remote':
      await initialize();
      return { parent: await fetched(base.remote, base.branch, { folder, signal }) };
    case 'checkout': {
      const checkout = await GitCheckout.open(fileUriToPath(base.folder));
      await checkout.refuse(branch, [...files.map(({ path }) => path), ...removed]);
      await initialize(`--object-format=${checkout.format}`);
      // Makes the checkout's objects available here, but not the other way round.
      const alternates = join(folder, '.git/objects/info/alternates');
      await writeFile(alternates, `${checkout.objects}\n`);
      return { parent: checkout.commit, checkout };
    }
  }
}

async function fetched(
  remote: GitRemote,
  branch: string,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<string> {
  const { url } = remote;
  try {
    const git = await guardedGit(folder, { signal, remote });
    const options = ['--depth=1', '--no-tags', '--quiet', '--no-recurse-submodules'];
    await git.raw(['fetch', ...options, '--', REMOTE, `refs/heads/${branch}`]);
    return await (await guardedGit(folder)).revparse(['FETCH_HEAD']);
  } catch (error) {
    signal.throwIfAborted();
    throw new GitRefusal(`${branch} of ${url} can't be read: ${gitErrorText(error, remote)}`);
  }
}

/** Returns git's user for a folder. */
async function userOf(folder: string): Promise<GitAuthor> {
  const git = await guardedGit(folder);
  const setting = async (name: string): Promise<string> =>
    (await git.raw(['config', '--get', name])).trim();
  const [name, email] = [await setting('user.name'), await setting('user.email')];
  return name && email ? { name, email } : NOBODY;
}

/** Writes a commit in the format of `git fast-import`, with names and messages as data. */
function commitStream(
  { branch, files, removed = [], message }: CommitRequest,
  { author, parent, time }: { author: GitAuthor; parent: string | undefined; time: Date },
): Buffer {
  const parts: (string | Uint8Array)[] = [];
  const data = (content: Uint8Array): void => {
    parts.push(`data ${content.length}\n`, content, '\n');
  };
  const person = `${clean(author.name)} <${clean(author.email)}> ${stamp(time)}`;
  parts.push(`commit refs/heads/${branch}\nauthor ${person}\ncommitter ${person}\n`);
  data(Buffer.from(`${message.replaceAll('\0', '').trimEnd()}\n`));
  if (parent !== undefined) parts.push(`from ${parent}\n`);
  for (const path of removed) parts.push(`D ${quoted(path)}\n`);
  for (const { path, content, isExecutable } of files) {
    parts.push(`M ${isExecutable ? '100755' : '100644'} inline ${quoted(path)}\n`);
    data(content);
  }
  parts.push('done\n');
  return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** Removes characters that git drops from names. */
function clean(text: string): string {
  return text.replace(/[<>\p{Cc}]/gu, '').trim();
}

/** Quotes a path as a C string. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function stamp(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const zone = Math.floor(Math.abs(minutes) / 60) * 100 + (Math.abs(minutes) % 60);
  const sign = minutes < 0 ? '-' : '+';
  return `${Math.floor(time.getTime() / 1_000)} ${sign}${String(zone).padStart(4, '0')}`;
}
