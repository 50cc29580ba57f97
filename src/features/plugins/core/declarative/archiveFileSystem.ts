import { unzipSync } from 'fflate';
import { isWithin, relativePath } from '../../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../platform/core/ports';

/** Maximum size of an archive, and of one of its files, in bytes. */
const MAX_SIZE = 50 * 1024 * 1024;
const MAX_FILE = 5 * 1024 * 1024;

/** Files of a file system, and those in an archive (a URI), as if it were a folder. */
export class ArchiveFileSystem implements FileSystem {
  readonly #files: FileSystem;
  readonly #archive: string;
  readonly #entries: ReadonlyMap<string, Uint8Array>;

  private constructor(
    files: FileSystem,
    archive: string,
    entries: ReadonlyMap<string, Uint8Array>,
  ) {
    this.#files = files;
    this.#archive = archive;
    this.#entries = entries;
  }

  /** Reads a ZIP or VSIX file. @throws if it can't be read */
  static async open(files: FileSystem, archive: string): Promise<ArchiveFileSystem> {
    const stat = await files.stat(archive);
    if ((stat?.size ?? 0) > MAX_SIZE) throw new Error(`it is larger than ${MAX_SIZE} bytes`);
    let total = 0;
    const unzipped = unzipSync(await files.readFile(archive), {
      filter: ({ originalSize }) => {
        if (originalSize > MAX_FILE) return false;
        total += originalSize;
        return total <= MAX_SIZE;
      },
    });
    return new ArchiveFileSystem(files, archive, new Map(Object.entries(unzipped)));
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const path = this.#pathOf(uri);
    if (path === undefined) return this.#files.readFile(uri);
    const content = this.#entries.get(path);
    if (content) return content;
    throw Object.assign(new Error(`ENOENT: ${uri}`), { code: 'ENOENT' });
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const path = this.#pathOf(uri);
    if (path === undefined) return this.#files.stat(uri);
    const content = this.#entries.get(path);
    if (content) return { type: 'file', size: content.length, mtime: 0 };
    const isFolder = [...this.#entries.keys()].some(name => name.startsWith(`${path}/`));
    return isFolder ? { type: 'directory', size: 0, mtime: 0 } : undefined;
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = this.#pathOf(uri);
    if (path === undefined) return this.#files.readDirectory(uri);
    const found = new Map<string, DirectoryEntry>();
    for (const entry of this.#entries.keys()) {
      if (!entry.startsWith(`${path}/`)) continue;
      const [name = '', ...below] = entry.slice(path.length + 1).split('/');
      const type = below.length ? 'directory' : 'file';
      if (name !== '') found.set(name, { name, type, isSymbolicLink: false });
    }
    return [...found.values()];
  }

  realPath(uri: string): Promise<string> {
    return this.#pathOf(uri) === undefined ? this.#files.realPath(uri) : Promise.resolve(uri);
  }

  /** Returns the path of an entry; undefined for files outside the archive. */
  #pathOf(uri: string): string | undefined {
    if (uri === this.#archive || !isWithin(this.#archive, uri)) return undefined;
    return relativePath(this.#archive, uri);
  }
}
