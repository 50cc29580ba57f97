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
  /** Entries of each folder by name. */
  readonly #folders: ReadonlyMap<string, ReadonlyMap<string, DirectoryEntry>>;

  private constructor(
    files: FileSystem,
    archive: string,
    entries: ReadonlyMap<string, Uint8Array>,
  ) {
    this.#files = files;
    this.#archive = archive;
    this.#entries = entries;
    this.#folders = foldersOf(entries.keys());
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
    return this.#folders.has(path) ? { type: 'directory', size: 0, mtime: 0 } : undefined;
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = this.#pathOf(uri);
    if (path === undefined) return this.#files.readDirectory(uri);
    return [...(this.#folders.get(path)?.values() ?? [])];
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

/** Maximum depth of a path in an archive; deeper entries are in no folder. */
const MAX_DEPTH = 64;

/** Returns the entries of each folder, by the paths of an archive. */
function foldersOf(
  paths: Iterable<string>,
): ReadonlyMap<string, ReadonlyMap<string, DirectoryEntry>> {
  const folders = new Map<string, Map<string, DirectoryEntry>>();
  for (const path of paths) {
    const names = path.split('/');
    if (names.length > MAX_DEPTH) continue;
    let folder = '';
    for (const [at, name] of names.entries()) {
      if (name === '') break;
      const type = at < names.length - 1 ? 'directory' : 'file';
      let entries = folders.get(folder);
      if (!entries) folders.set(folder, (entries = new Map<string, DirectoryEntry>()));
      entries.set(name, { name, type, isSymbolicLink: false });
      folder = folder === '' ? name : `${folder}/${name}`;
    }
  }
  return folders;
}
