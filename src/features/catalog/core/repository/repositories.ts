import { dirnameUri, getOrInsert, isWithin, joinUri } from '../../../../base';
import { decodeText, readStamped } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { isForgeKnown, type RemoteHost, remotePages } from '../../../scm/core/forgePages';

/** A git repository, as far as its own files tell; no git process is involved. */
export interface Repository {
  /** URI of the working tree. */
  readonly root: string;
  /** Undefined where there is no remote, or it is on a host of an unknown kind. */
  readonly remote: RemoteHost | undefined;
  /** Undefined when a commit is checked out, and not a branch. */
  readonly branch: string | undefined;
}

/** Which kinds of forges answer on hosts whose names do not tell; asked where there is such a host. */
export type ForgesOfHosts = () => Promise<ReadonlyMap<string, string>>;

/** In bytes; what git writes into the files that are read here is far smaller. */
const MAX_FILE = 1024 * 1024;

/** Tells which repository a folder lies in. */
export interface RepositoryFinder {
  clear(): void;
  /** Forgets the folders that are gone: what comes in their place may be another repository. */
  forget(isGone: (folder: string) => boolean): void;
  /** Notes a folder in which a walk came upon a `.git`. */
  note(folder: string): void;
  /** The repository with this working tree, if it has been found before. */
  at(root: string): Repository | undefined;
  /**
   * @param walked - a folder below which all folders on the way to this one have been walked: they
   *   hold a `.git` only where one was noted, and need not be looked into
   */
  find(folder: string, walked?: string): Promise<Repository | undefined>;
}

/** Where all lies in one repository, of which it is known what it is. */
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

/** Finds the repository that a folder lies in; remembers what it found until it is to forget it. */
export class Repositories implements RepositoryFinder {
  #fileSystem: FileSystem;
  #forges: ForgesOfHosts | undefined;
  /** What they say; asked once, until all is forgotten. */
  #hosts: Promise<ReadonlyMap<string, string> | undefined> | undefined;
  #byFolder = new Map<string, Promise<Repository | undefined>>();
  #byRoot = new Map<string, Repository>();
  #noted = new Set<string>();

  constructor(fileSystem: FileSystem, forges?: ForgesOfHosts) {
    this.#fileSystem = fileSystem;
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
      // As far as the walk came, the answer is that of the next folder that can have another.
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
    // Nothing else depends on it: without an answer, there are no pages.
    this.#hosts ??= this.#forges?.().catch(() => undefined);
    return remotePages(url, await this.#hosts);
  }

  /** A worktree's or submodule's `.git` is a file that names the real directory. */
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
    } catch {
      return undefined;
    }
  }

  async #text(uri: string): Promise<string | undefined> {
    try {
      const found = await readStamped(this.#fileSystem, uri, MAX_FILE);
      return found?.content && decodeText(found.content);
    } catch {
      return undefined;
    }
  }
}

/** The URL of `origin`, else of the first remote, from the text of `.git/config`. */
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

/** The branch in the text of `.git/HEAD`; undefined when it is a commit. */
export function parseHead(head: string): string | undefined {
  return /^ref:[ \t]*refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim() || undefined;
}
