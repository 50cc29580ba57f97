import { dirnameUri, errorMessage, getOrInsert, isWithin, joinUri } from '../../../../base';
import { decodeText, isMissing, readStamped } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { isForgeKnown, type RemoteHost, remotePages } from '../../../scm/core/forgePages';

/** A git repository, read from its files without a git process. */
export interface Repository {
  /** URI of the working tree. */
  readonly root: string;
  /** Undefined without a remote, or if its host is of an unknown kind. */
  readonly remote: RemoteHost | undefined;
  /** Undefined for a detached HEAD. */
  readonly branch: string | undefined;
}

/** Returns kinds of Git hosts whose names don't tell. Called only for such a host. */
export type ForgesOfHosts = () => Promise<ReadonlyMap<string, string>>;

/** Maximum size of git's files, in bytes. */
const MAX_FILE = 1024 * 1024;

/** Finds the repository of a folder. */
export interface RepositoryFinder {
  clear(): void;
  /** Removes folders that were deleted, because another repository may replace them. */
  forget(isGone: (folder: string) => boolean): void;
  /** Records a folder with a `.git`. */
  note(folder: string): void;
  /** Returns an already found repository by its working tree. */
  at(root: string): Repository | undefined;
  /**
   * Finds the repository of a folder.
   *
   * @param walked - a folder from which all folders down to this one were walked: they have a
   * `.git` only if it was recorded, so they aren't checked
   */
  find(folder: string, walked?: string): Promise<Repository | undefined>;
}

/** A finder for a single known repository. */
export class KnownRepository implements RepositoryFinder {
  readonly #repository: () => Repository;

  constructor(repository: () => Repository) {
    this.#repository = repository;
  }

  at(): Repository {
    return this.#repository();
  }

  find(): Promise<Repository> {
    return Promise.resolve(this.#repository());
  }

  clear(): void {}

  forget(): void {}

  note(): void {}
}

/** Finds repositories of folders, with a cache. */
export class Repositories implements RepositoryFinder {
  #fileSystem: FileSystem;
  #forges: ForgesOfHosts | undefined;
  #onUnread: ((file: string, reason: string) => void) | undefined;
  /** Kinds of hosts, requested once until `clear`. */
  #hosts: Promise<ReadonlyMap<string, string> | undefined> | undefined;
  #byFolder = new Map<string, Promise<Repository | undefined>>();
  #byRoot = new Map<string, Repository>();
  #noted = new Set<string>();

  /** @param onUnread - called for a file of git that can't be read */
  constructor(
    fileSystem: FileSystem,
    forges?: ForgesOfHosts,
    onUnread?: (file: string, reason: string) => void,
  ) {
    this.#fileSystem = fileSystem;
    this.#onUnread = onUnread;
    this.#forges = forges;
  }

  clear(): void {
    this.#hosts = undefined;
    this.#byFolder.clear();
    this.#byRoot.clear();
    this.#noted.clear();
  }

  forget(isGone: (folder: string) => boolean): void {
    for (const folders of [this.#byFolder, this.#byRoot, this.#noted]) {
      for (const folder of folders.keys()) if (isGone(folder)) folders.delete(folder);
    }
  }

  note(folder: string): void {
    this.#noted.add(folder);
  }

  at(root: string): Repository | undefined {
    return this.#byRoot.get(root);
  }

  find(folder: string, walked?: string): Promise<Repository | undefined> {
    let from = folder;
    if (walked !== undefined) {
      // Within the walked folders, only recorded ones can be a root.
      while (from !== walked && isWithin(walked, from) && !this.#noted.has(from)) {
        from = from.slice(0, from.lastIndexOf('/'));
      }
    }
    return getOrInsert(this.#byFolder, from, () => this.#search(from));
  }

  async #search(folder: string): Promise<Repository | undefined> {
    const dotGit = joinUri(folder, '.git');
    const type = await this.#typeOf(dotGit);
    if (type === 'directory') return this.#read(folder, dotGit, dotGit);
    if (type === 'file') {
      const directory = await this.#linkedDirectory(folder, dotGit);
      if (directory) return this.#read(folder, directory.git, directory.common);
    }
    const parent = dirnameUri(folder);
    return parent === folder ? undefined : this.find(parent);
  }

  async #read(root: string, git: string, common: string): Promise<Repository> {
    const [config, head] = await Promise.all([
      this.#text(joinUri(common, 'config')),
      this.#text(joinUri(git, 'HEAD')),
    ]);
    const url = parseRemoteUrl(config ?? '');
    const repository = {
      root,
      remote: url === undefined ? undefined : await this.#remoteOf(url),
      branch: parseHead(head ?? ''),
    };
    this.#byRoot.set(root, repository);
    return repository;
  }

  async #remoteOf(url: string): Promise<RemoteHost | undefined> {
    if (isForgeKnown(url)) return remotePages(url);
    // Optional: without an answer, there are no pages.
    this.#hosts ??= this.#forges?.().catch(() => undefined);
    return remotePages(url, await this.#hosts);
  }

  /** Reads a `.git` file of a worktree or submodule, which names the real directory. */
  async #linkedDirectory(
    folder: string,
    dotGit: string,
  ): Promise<{ git: string; common: string } | undefined> {
    const target = /^gitdir:(.+)$/m.exec((await this.#text(dotGit)) ?? '')?.[1]?.trim();
    if (!target) return undefined;
    const git = joinUri(folder, target);
    const commondir = (await this.#text(joinUri(git, 'commondir')))?.trim();
    return { git, common: commondir ? joinUri(git, commondir) : git };
  }

  async #typeOf(uri: string): Promise<string | undefined> {
    try {
      return (await this.#fileSystem.stat(uri))?.type;
    } catch (error) {
      // Git couldn't read the place either: it makes no repository.
      if (!isMissing(error)) this.#onUnread?.(uri, errorMessage(error));
      return undefined;
    }
  }

  async #text(uri: string): Promise<string | undefined> {
    try {
      const found = await readStamped(this.#fileSystem, uri, MAX_FILE);
      return found?.content && decodeText(found.content);
    } catch (error) {
      // Without these files of git, links to hosts are missing, and no entity is.
      if (!isMissing(error)) this.#onUnread?.(uri, errorMessage(error));
      return undefined;
    }
  }
}

/** Returns the URL of `origin`, else of the first remote, from the text of `.git/config`. */
export function parseRemoteUrl(config: string): string | undefined {
  let remote: string | undefined;
  let first: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (section) {
      remote = section[1]?.toLowerCase() === 'remote' ? section[2] : undefined;
    } else if (remote !== undefined) {
      const [, quoted, plain] = /^\s*url\s*=\s*(?:"([^"]*)"|([^;#]*))/i.exec(line) ?? [];
      const url = quoted ?? plain?.trim();
      if (url && remote === 'origin') return url;
      first ??= url;
    }
  }
  return first;
}

/** Returns the branch in the text of `.git/HEAD`; undefined for a commit. */
export function parseHead(head: string): string | undefined {
  return /^ref:[ \t]*refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim() || undefined;
}
