import type { CommitFiles, FileSystem, SourceRepository } from '../../../../platform/core/ports';
import { fileUriToPath } from '../../../../platform/node';
import { runGit } from '../gitProcess';
import { GitBlobReader } from './gitBlobReader';
import { GitRepository } from './gitRepository';

/** Paths that git is asked for at once: a command line has an end. */
const PATHS_AT_ONCE = 200;
/** Commits that are looked at for them. */
const MOST_COMMITS = 2000;
/** Contents of one path that are looked at. */
const MOST_CONTENTS = 100;
/** In bytes: what is larger is passed over. */
const MAX_SIZE = 4 * 1024 * 1024;

/** What templates and what was made of them need of a repository. Nothing that it names is run. */
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
      const asked = paths.slice(at, at + PATHS_AT_ONCE);
      for (const [path, oids] of await this.#contentsOf(asked)) {
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

  /** Ids of what was ever committed at each path, the latest first. */
  async #contentsOf(paths: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { stdout } = await this.#git(
      ...['-c', 'log.follow=false', 'log', `--max-count=${MOST_COMMITS}`, '--full-history'],
      ...['--format=', '--no-show-signature', '--raw', '--no-abbrev', '-z'],
      ...['--no-renames', '--no-relative', '--no-ext-diff', '--no-textconv', '--', ...paths],
    );
    const contents = new Map<string, Set<string>>();
    // `:<mode> <mode> <id before> <id after> <what>`, and the path.
    for (const match of stdout.matchAll(/:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) \w+\0([^\0]+)\0/g)) {
      const [, before = '', after = '', path = ''] = match;
      const oids = contents.get(path) ?? new Set<string>();
      contents.set(path, oids);
      for (const oid of [after, before]) if (!/^0+$/.test(oid)) oids.add(oid);
    }
    return contents;
  }

  /** Undefined for what is not in this clone, is no file, or is too large. */
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
 * An address as others may know it: without what one signs in with.
 *
 * @returns undefined for a place on this machine
 */
export function publicAddress(address: string): string | undefined {
  if (!URL.canParse(address) || /^[A-Za-z]:[\\/]/.test(address)) {
    // As ssh writes it: user@host:path.
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
