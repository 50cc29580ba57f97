import { formatUri, uriPath } from '../base';
import type { DirectoryEntry, FileChange, FileStat, FileSystem } from '../platform/core/ports';

const ENCODER = new TextEncoder();

/** Files in memory. A folder exists as long as it contains a file. */
export class TestFiles implements FileSystem {
  #files = new Map<string, Uint8Array>();

  /** Writes a file, or removes it if the text is undefined. */
  write(uri: string, text: string | undefined): FileChange {
    const path = uriPath(uri);
    const exists = this.#files.has(path);
    if (text === undefined) this.#files.delete(path);
    else this.#files.set(path, ENCODER.encode(text));
    const type = text === undefined ? 'deleted' : exists ? 'changed' : 'created';
    return { type, uri: formatUri({ scheme: 'file', authority: '', path }) };
  }

  /** URIs of all files, sorted. */
  get uris(): readonly string[] {
    return [...this.#files.keys()]
      .sort()
      .map(path => formatUri({ scheme: 'file', authority: '', path }));
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const path = uriPath(uri);
    const content = this.#files.get(path);
    if (content) return content;
    throw this.#isFolder(path)
      ? failure('EISDIR', 'illegal operation on a directory', path)
      : failure('ENOENT', 'no such file or directory', path);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const path = uriPath(uri);
    const content = this.#files.get(path);
    if (content) return { type: 'file', size: content.length, mtime: 0 };
    return this.#isFolder(path) ? { type: 'directory', size: 0, mtime: 0 } : undefined;
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const path = uriPath(uri);
    if (!this.#isFolder(path)) throw failure('ENOENT', 'no such file or directory', path);
    const prefix = path === '/' ? path : `${path}/`;
    const names = [...this.#files.keys()].flatMap(file =>
      file.startsWith(prefix) ? (file.slice(prefix.length).split('/', 1)[0] ?? []) : [],
    );
    return [...new Set(names)].map(name => ({
      name,
      type: this.#files.has(`${prefix}${name}`) ? 'file' : 'directory',
      isSymbolicLink: false,
    }));
  }

  async realPath(uri: string): Promise<string> {
    return uri;
  }

  #isFolder(path: string): boolean {
    const prefix = path === '/' ? path : `${path}/`;
    return [...this.#files.keys()].some(file => file.startsWith(prefix));
  }
}

function failure(code: string, what: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${what}, open '${path}'`), { code });
}
