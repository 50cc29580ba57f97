import { formatUri, normalizePath, uriPath } from '../../src/base';
import type { DirectoryEntry, FileStat, FileSystem, FileType } from '../../src/platform/core/ports';

type Content = string | Uint8Array;

/**
 * A disk in memory: files by absolute path, with symbolic links, unreadable files and folders, and
 * counts of reads. Folders exist while they contain something.
 */
export class InMemoryFileSystem implements FileSystem {
  #files = new Map<string, Uint8Array>();
  #links = new Map<string, string>();
  #unreadable = new Set<string>();
  #reads = new Map<string, number>();
  /** Called before a file is read, so that a test can interfere: wait, throw, abort. */
  onRead: ((path: string) => void | Promise<void>) | undefined;

  constructor(files: Readonly<Record<string, Content>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: Content): void {
    this.#files.set(
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    );
  }

  /** @param target - absolute, or relative to the link's folder; may be missing */
  link(path: string, target: string): void {
    const folder = path.slice(0, path.lastIndexOf('/'));
    this.#links.set(path, normalizePath(target.startsWith('/') ? target : `${folder}/${target}`));
  }

  /** Removes a file or link, or a folder with its content. */
  remove(path: string): void {
    for (const map of [this.#files, this.#links]) {
      for (const key of [...map.keys()]) if (isAtOrBelow(path, key)) map.delete(key);
    }
  }

  /** Moves a file, or a folder with its content. */
  move(from: string, to: string): void {
    for (const [path, content] of [...this.#files]) {
      if (!isAtOrBelow(from, path)) continue;
      this.#files.delete(path);
      this.#files.set(`${to}${path.slice(from.length)}`, content);
    }
  }

  /** Makes reading a file or folder fail with `EACCES`, or succeed again. */
  setReadable(path: string, isReadable: boolean): void {
    if (isReadable) this.#unreadable.delete(path);
    else this.#unreadable.add(path);
  }

  /** Paths of all files, sorted. */
  paths(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  textOf(path: string): string {
    return new TextDecoder().decode(this.#files.get(path));
  }

  /** Returns the number of reads of each file since the last call. */
  takeReads(): Readonly<Record<string, number>> {
    const reads = Object.fromEntries([...this.#reads].sort());
    this.#reads.clear();
    return reads;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const path = uriPath(uri);
    this.#reads.set(path, (this.#reads.get(path) ?? 0) + 1);
    await this.onRead?.(path);
    const real = this.#resolve(path);
    if (this.#unreadable.has(real)) throw failure('EACCES', 'permission denied', path);
    const content = this.#files.get(real);
    if (content) return content;
    if (this.#typeOf(real) === 'directory') {
      throw failure('EISDIR', 'illegal operation on a directory', path);
    }
    throw failure('ENOENT', 'no such file or directory', path);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const real = this.#resolve(uriPath(uri));
    const type = this.#typeOf(real);
    return type && { type, size: this.#files.get(real)?.length ?? 0, mtime: 0 };
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = uriPath(uri);
    const real = this.#resolve(path);
    if (this.#unreadable.has(real)) throw failure('EACCES', 'permission denied', path);
    if (this.#typeOf(real) !== 'directory') {
      throw failure('ENOENT', 'no such file or directory', path);
    }
    const prefix = real === '/' ? '/' : `${real}/`;
    const names = new Set(
      [...this.#files.keys(), ...this.#links.keys()]
        .filter(key => key.startsWith(prefix))
        .map(key => key.slice(prefix.length).split('/', 1)[0] ?? ''),
    );
    return [...names].map(name => ({
      name,
      type: this.#typeOf(this.#resolve(`${prefix}${name}`)) ?? 'unknown',
      isSymbolicLink: this.#links.has(`${prefix}${name}`),
    }));
  }

  async realPath(uri: string): Promise<string> {
    const real = this.#resolve(uriPath(uri));
    return this.#typeOf(real) ? fileUri(real) : uri;
  }

  #typeOf(real: string): FileType | undefined {
    if (this.#files.has(real)) return 'file';
    const isFolder = [...this.#files.keys(), ...this.#links.keys()].some(
      key => key !== real && isAtOrBelow(real, key),
    );
    return isFolder ? 'directory' : undefined;
  }

  /** Resolves the links in a path; a cycle of links resolves to a missing path. */
  #resolve(path: string): string {
    if (!this.#links.size) return path;
    let current = normalizePath(path);
    for (let hops = 0; hops < 40; hops++) {
      const link = [...this.#links.keys()].find(key => isAtOrBelow(key, current));
      if (link === undefined) return current;
      current = normalizePath(`${this.#links.get(link)}${current.slice(link.length)}`);
    }
    return '/ELOOP';
  }
}

/** Returns the canonical URI of an absolute path. */
export function fileUri(path: string): string {
  return formatUri({ scheme: 'file', authority: '', path });
}

function isAtOrBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

function failure(code: string, what: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${what}, open '${path}'`), { code });
}
