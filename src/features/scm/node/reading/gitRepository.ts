import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Disposable, errorMessage, failure, joinUri, ok, type Result } from '../../../../base';
import type { CommitFiles, FileSystem, SourceRepository } from '../../../../platform/core/ports';
import { fileUriToPath, pathToFileUri } from '../../../../platform/node';
import { gitFailureReason } from '../gitFailures';
import { type GitOutput, type GitPlace, GitSilence, runGit, runGitOnFiles } from '../gitProcess';
import { GitBlobReader } from './gitBlobReader';
import {
  GitTreeFileSystem,
  newRepositoryFolder,
  putInTree,
  type TreeFolder,
} from './gitTreeFileSystem';

/** Files of a commit. */
export interface GitTree {
  /** Located at the working tree; paths outside are read from disk. */
  readonly fileSystem: FileSystem;
  /** Paths of submodules whose commit is not available; their folders are empty. */
  readonly unreadSubmodules: readonly string[];
  /** Whether a file has exactly this content in the commit. */
  hasContent(uri: string, content: Uint8Array): Promise<boolean>;
  /** Number of requested files whose contents are not in this clone. */
  missingObjects(): number;
}

/** Places that may differ between a commit and the working tree. */
export interface WorkingTreeChanges {
  /** URIs of files, and of untracked folders. */
  readonly uris: readonly string[];
  /** URIs of tracked symbolic links. Files that are reached through them are listed only at their own place. */
  readonly links: readonly string[];
}

/** Git's file modes. */
const SUBMODULE = '160000';
const LINK = '120000';

/** Maximum nesting of submodules. */
const maxSubmoduleDepth = 8;

/**
 * A git repository whose commits can be read as folders without a checkout. Git only resolves commits, prints objects and
 * lists files that differ from a commit, so nothing of the repository runs: no hooks, filters or text conversions, and
 * nothing is fetched.
 */
export class GitRepository implements Disposable {
  /** URI of the working tree, or of a bare repository. */
  readonly root: string;
  readonly isBare: boolean;
  #path: string;
  #place: GitPlace;
  #outside: FileSystem;
  #signal: AbortSignal | undefined;
  #blobs: GitBlobReader;
  #submodules: GitRepository[] = [];

  private constructor(
    path: string,
    isBare: boolean,
    { outside, signal }: { outside: FileSystem; signal?: AbortSignal },
  ) {
    this.#path = path;
    this.#place = { folder: path, isRepository: isBare };
    this.root = pathToFileUri(path);
    this.isBare = isBare;
    this.#outside = outside;
    this.#signal = signal;
    this.#blobs = new GitBlobReader(this.#place);
    signal?.addEventListener('abort', () => this.dispose());
  }

  /**
   * Opens the repository that contains a folder.
   *
   * @param folder - an absolute path
   * @param deps.outside - file system for paths outside of the repository
   */
  static async open(
    folder: string,
    deps: { outside: FileSystem; signal?: AbortSignal },
  ): Promise<Result<GitRepository>> {
    const { signal } = deps;
    const ask = (place: GitPlace, ...args: string[]): Promise<GitOutput> =>
      runGit(['rev-parse', ...args], { ...place, signal });
    try {
      const found = await ask({ folder }, '--absolute-git-dir');
      if (found.code !== 0) {
        const bare = await ask({ folder, isRepository: true }, '--is-bare-repository');
        const isBare = bare.code === 0 && bare.stdout.trim() === 'true';
        return isBare ? ok(new GitRepository(folder, true, deps)) : failure(complaint(found));
      }
      const top = await ask({ folder }, '--show-toplevel');
      if (top.code !== 0) return failure(complaint(top));
      const path = top.stdout.replace(/\n$/, '');
      // The repository's settings can name any folder.
      const back = await ask({ folder: path }, '--absolute-git-dir');
      if (back.stdout !== found.stdout) {
        return failure(`${path} is not the working tree that its repository names`);
      }
      return ok(new GitRepository(path, false, deps));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof GitSilence) return failure(error.message);
      return failure(
        gitFailureReason(error) === 'no-git'
          ? "Git is not installed or can't be found"
          : `Can't start git: ${errorMessage(error)}`,
      );
    }
  }

  /** Resolves a revision to a commit id. */
  async resolveCommit(revision: string): Promise<Result<string>> {
    const answer = await this.#run([
      'rev-parse',
      '--verify',
      '--end-of-options',
      `${revision}^{commit}`,
    ]);
    return answer.code === 0 ? ok(answer.stdout.trim()) : failure(complaint(answer));
  }

  /** Returns the merge base of two commits; undefined if this clone has none. */
  async mergeBase(one: string, other: string): Promise<string | undefined> {
    const answer = await this.#run(['merge-base', one, other]);
    return answer.code === 0 ? answer.stdout.trim() : undefined;
  }

  async isShallow(): Promise<boolean> {
    const answer = await this.#run(['rev-parse', '--is-shallow-repository']);
    return answer.stdout.trim() === 'true';
  }

  /**
   * Lists places that may differ between a commit and the working tree, including files with the same content.
   *
   * @param commit - commit id
   * @returns undefined where git doesn't compare all files: submodules, and files that it is set to skip
   */
  async changesSince(commit: string): Promise<WorkingTreeChanges | undefined> {
    const run = { ...this.#place, signal: this.#signal };
    const [changed, files] = await Promise.all([
      runGitOnFiles(['diff-index', '--raw', '-z', '--no-renames', commit, '--'], run),
      runGitOnFiles(
        ['ls-files', '-z', '-v', '--stage', '--cached', '--others', '--directory', '--full-name'],
        run,
      ),
    ]);
    if (this.isBare || changed.code !== 0 || files.code !== 0) return undefined;
    const uris = new Set<string>();
    const links: string[] = [];
    const add = (path: string): void => void uris.add(joinUri(this.root, path.replace(/\/$/, '')));
    // `:<mode> <mode> <id> <id> <status>`, and the path.
    for (const [, modes = '', path = ''] of changed.stdout.matchAll(
      /:(\d+ \d+) [^\0]*\0([^\0]+)\0/g,
    )) {
      if (modes.includes(SUBMODULE)) return undefined;
      add(path);
    }
    for (const line of files.stdout.split('\0')) {
      if (line.startsWith('? ')) {
        add(line.slice(2));
        continue;
      }
      const [, tag = '', mode, path = ''] = /^(\S) (\d+) \w+ \d\t(.+)$/s.exec(line) ?? [];
      // Lower case: assumed to be unchanged; S: not in the working tree.
      if (mode === SUBMODULE || /[a-zS]/.test(tag)) return undefined;
      if (mode === LINK) links.push(joinUri(this.root, path));
    }
    return { uris: [...uris], links };
  }

  /** @param commit - commit id */
  async readTree(commit: string): Promise<Result<GitTree>> {
    const unreadSubmodules: string[] = [];
    const root = await this.#readFolder(commit, { prefix: '', unreadSubmodules, depth: 0 });
    if (!root.ok) return root;
    const fileSystem = new GitTreeFileSystem(this.root, root.value, this.#outside);
    return ok({
      fileSystem,
      unreadSubmodules,
      async hasContent(uri, content) {
        const oid = await fileSystem.oidOf(uri);
        return oid !== undefined && oid === blobId(content, oid.length);
      },
      missingObjects: () => this.#missingObjects(),
    });
  }

  dispose(): void {
    this.#blobs.dispose();
    for (const submodule of this.#submodules.splice(0)) submodule.dispose();
  }

  #missingObjects(): number {
    return this.#submodules.reduce(
      (sum, submodule) => sum + submodule.#missingObjects(),
      this.#blobs.missing.size,
    );
  }

  async #readFolder(
    commit: string,
    found: { prefix: string; unreadSubmodules: string[]; depth: number },
  ): Promise<Result<TreeFolder>> {
    const answer = await this.#run(['ls-tree', '-r', '-z', '--full-tree', '--long', commit]);
    if (answer.code !== 0) return failure(complaint(answer));
    const root: TreeFolder = newRepositoryFolder();
    const submodules: { path: string; commit: string }[] = [];
    for (const line of answer.stdout.split('\0')) {
      const match = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t(.+)$/s.exec(line);
      if (!match) continue;
      const [, mode, type, oid = '', size, path = ''] = match;
      // A name that isn't UTF-8 can't be opened on disk either, so both sides lack it.
      if (path.includes('\uFFFD')) continue;
      if (type === 'commit') submodules.push({ path, commit: oid });
      else if (type === 'blob') {
        putInTree(root, path, {
          type: mode === LINK ? 'link' : 'file',
          oid,
          // Blobs missing in a partial clone have no size.
          size: Number(size) || 0,
          blobs: this.#blobs,
        });
      }
    }
    for (const { path, commit: submoduleCommit } of submodules) {
      const folder = await this.#readSubmodule(path, submoduleCommit, found);
      if (folder) putInTree(root, path, folder);
      else found.unreadSubmodules.push(`${found.prefix}${path}`);
    }
    return ok(root);
  }

  async #readSubmodule(
    path: string,
    commit: string,
    found: { prefix: string; unreadSubmodules: string[]; depth: number },
  ): Promise<TreeFolder | undefined> {
    const folder = join(this.#path, path);
    if (this.isBare || found.depth >= maxSubmoduleDepth) return undefined;
    try {
      // Symbolic links could lead to another repository.
      if (pathToFileUri(await realpath(folder)) !== pathToFileUri(folder)) return undefined;
      await stat(join(folder, '.git'));
    } catch {
      // Not checked out: the caller lists it among unread submodules.
      return undefined;
    }
    const opened = await GitRepository.open(folder, {
      outside: this.#outside,
      signal: this.#signal,
    });
    if (!opened.ok) return undefined;
    const submodule = opened.value;
    this.#submodules.push(submodule);
    // If the submodule isn't cloned, git finds the outer repository.
    if (submodule.root !== pathToFileUri(folder)) return undefined;
    if (!(await submodule.resolveCommit(commit)).ok) return undefined;
    const read = await submodule.#readFolder(commit, {
      ...found,
      prefix: `${found.prefix}${path}/`,
      depth: found.depth + 1,
    });
    return read.ok ? read.value : undefined;
  }

  #run(args: readonly string[]): Promise<GitOutput> {
    return runGit(args, { ...this.#place, signal: this.#signal });
  }
}

/** Computes git's blob id; the length of other ids tells the hash algorithm. */
function blobId(content: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

/** Returns git's message without its prefix. */
function complaint({ stderr, code }: GitOutput): string {
  return stderr.replace(/^fatal: /, '') || `git ended with ${code ?? 'a signal'}`;
}

/** Maximum number of paths in a command line. */
const PATHS_AT_ONCE = 200;
/** Maximum number of commits to search. */
const MOST_COMMITS = 2000;
/** Maximum number of versions of a path. */
const MOST_CONTENTS = 100;
/** Maximum bytes of a file; larger ones are skipped. */
const MAX_SIZE = 4 * 1024 * 1024;

/** Access to a template's repository and its history. Nothing of the repository runs. */
export class GitSourceRepository implements SourceRepository {
  readonly root: string;
  readonly #repository: GitRepository;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #blobs: GitBlobReader;

  private constructor(repository: GitRepository, signal: AbortSignal) {
    this.root = repository.root;
    this.#repository = repository;
    this.#folder = fileUriToPath(repository.root);
    this.#signal = signal;
    this.#blobs = new GitBlobReader({ folder: this.#folder });
  }

  /** @param folder - URI */
  static async open(
    folder: string,
    deps: { readonly outside: FileSystem; readonly signal: AbortSignal },
  ): Promise<GitSourceRepository | undefined> {
    if (!folder.startsWith('file:')) return undefined;
    const opened = await GitRepository.open(fileUriToPath(folder), deps);
    if (!opened.ok) return undefined;
    if (!opened.value.isBare) return new GitSourceRepository(opened.value, deps.signal);
    opened.value.dispose();
    return undefined;
  }

  async head(): Promise<string | undefined> {
    const commit = await this.#repository.resolveCommit('HEAD');
    return commit.ok ? commit.value : undefined;
  }

  async originUrl(): Promise<string | undefined> {
    const { code, stdout } = await this.#git('config', '--get', 'remote.origin.url');
    return code === 0 ? publicAddress(stdout.trim()) : undefined;
  }

  async readCommit(commit: string): Promise<CommitFiles | undefined> {
    const known = await this.#repository.resolveCommit(commit);
    const tree = known.ok ? await this.#repository.readTree(known.value) : known;
    return tree.ok ? tree.value : undefined;
  }

  async visitHistory(
    paths: readonly string[],
    visit: (path: string, content: Uint8Array) => Promise<boolean>,
  ): Promise<void> {
    for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) {
      const batch = paths.slice(at, at + PATHS_AT_ONCE);
      for (const [path, oids] of await this.#contentsOf(batch)) {
        for (const oid of [...oids].slice(0, MOST_CONTENTS)) {
          this.#signal.throwIfAborted();
          const content = await this.#read(oid);
          if (content && (await visit(path, content))) break;
        }
      }
    }
  }

  dispose(): void {
    this.#blobs.dispose();
    this.#repository.dispose();
  }

  /** Returns ids of all committed versions of each path, latest first. */
  async #contentsOf(paths: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { stdout } = await this.#git(
      ...['-c', 'log.follow=false', 'log', `--max-count=${MOST_COMMITS}`, '--full-history'],
      ...['--format=', '--no-show-signature', '--raw', '--no-abbrev', '-z'],
      ...['--no-renames', '--no-relative', '--no-ext-diff', '--no-textconv', '--', ...paths],
    );
    const contents = new Map<string, Set<string>>();
    // Matches `:<mode> <mode> <old id> <new id> <status>` and the path.
    for (const match of stdout.matchAll(/:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) \w+\0([^\0]+)\0/g)) {
      const [, before = '', after = '', path = ''] = match;
      const oids = contents.get(path) ?? new Set<string>();
      contents.set(path, oids);
      for (const oid of [after, before]) if (!/^0+$/.test(oid)) oids.add(oid);
    }
    return contents;
  }

  /** Returns undefined if the object is missing, not a file, or too large. */
  async #read(oid: string): Promise<Uint8Array | undefined> {
    const type = await this.#git('cat-file', '-t', oid);
    if (type.stdout.trim() !== 'blob') return undefined;
    const size = await this.#git('cat-file', '-s', oid);
    if (size.code !== 0 || Number(size.stdout) > MAX_SIZE) return undefined;
    return this.#blobs.read(oid);
  }

  #git(...args: readonly string[]): ReturnType<typeof runGit> {
    return runGit(args, { folder: this.#folder, signal: this.#signal });
  }
}

/**
 * Removes credentials from an address.
 *
 * @returns undefined for a local address
 */
export function publicAddress(address: string): string | undefined {
  if (!URL.canParse(address) || /^[A-Za-z]:[\\/]/.test(address)) {
    // ssh's short form: user@host:path.
    return /^[\w.-]+@[\w.-]+:[^\0-\x20\x7f]+$/.test(address) ? address : undefined;
  }
  const url = new URL(address);
  if (url.protocol === 'file:' || url.host === '') return undefined;
  url.password = '';
  if (/^https?:$/.test(url.protocol)) url.username = '';
  url.search = '';
  url.hash = '';
  return url.href;
}
