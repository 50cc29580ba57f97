import { basenameUri } from '../../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../platform/core/ports';

/** A file of a copy. */
export interface CopiedFile {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** The files of a copy below a folder, by URI. */
export class CopyFileSystem implements FileSystem {
  readonly #root: string;
  readonly #files: () => ReadonlyMap<string, CopiedFile>;
  /** The URIs of files in their order, so that those in a folder are found without going through all. */
  #sorted:
    { readonly of: ReadonlyMap<string, CopiedFile>; readonly uris: readonly string[] } | undefined;

  constructor(root: string, files: () => ReadonlyMap<string, CopiedFile>) {
    this.#root = root;
    this.#files = files;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const file = this.#files().get(uri);
    if (file) return new TextEncoder().encode(file.text);
    throw failure((await this.stat(uri)) ? 'EISDIR' : 'ENOENT', uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const file = this.#files().get(uri);
    if (file) {
      const { length } = new TextEncoder().encode(file.text);
      return { type: 'file', size: length, mtime: file.changedAt };
    }
    const isFolder = uri === this.#root || this.#below(uri).next().done !== true;
    return isFolder ? { type: 'directory', size: 0, mtime: 0 } : undefined;
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    if ((await this.stat(uri))?.type !== 'directory') throw failure('ENOENT', uri);
    const entries = new Map<string, DirectoryEntry>();
    // With a slash behind it, or without: others write folders in both ways.
    const start = uri.endsWith('/') ? uri.length : uri.length + 1;
    for (const file of this.#below(uri)) {
      const end = file.indexOf('/', start);
      const name = basenameUri(end < 0 ? file : file.slice(0, end));
      const type = end < 0 ? 'file' : 'directory';
      entries.set(name, { name, type, isSymbolicLink: false });
    }
    return [...entries.values()];
  }

  async realPath(uri: string): Promise<string> {
    return uri;
  }

  *#below(folder: string): Generator<string> {
    const uris = this.#uris();
    const start = folder.endsWith('/') ? folder : `${folder}/`;
    let low = 0;
    for (let high = uris.length; low < high;) {
      const middle = (low + high) >>> 1;
      if ((uris[middle] ?? '') <= start) low = middle + 1;
      else high = middle;
    }
    for (let uri = uris[low]; uri?.startsWith(start); uri = uris[++low]) yield uri;
  }

  #uris(): readonly string[] {
    const files = this.#files();
    if (this.#sorted?.of !== files) this.#sorted = { of: files, uris: [...files.keys()].sort() };
    return this.#sorted.uris;
  }
}

function failure(code: string, uri: string): Error {
  return Object.assign(new Error(`${code}: ${uri}`), { code });
}
