import type { DirectoryEntry, FileStat, FileSystem, StampedFile } from '../ports';

/** The scheme of the URIs of files that lie on other machines: `callboard-source://<key of the source>/<path>`. */
export const SOURCE_SCHEME = 'callboard-source';

/** The key of what a Backstage's configs lead to, which is no source's, as those end in a sum. */
export const CONFIGURED_URLS_KEY = 'app-config';

const PREFIX = `${SOURCE_SCHEME}://`;

/** The key of the source whose file a URI is; undefined where it is none of a source. */
export function sourceKeyOf(uri: string): string | undefined {
  if (!uri.startsWith(PREFIX)) return undefined;
  const [key = ''] = uri.slice(PREFIX.length).split('/');
  return key === '' ? undefined : key;
}

/** Files of sources where they are asked for, and those of the machine for all others. */
export class SourcesFileSystem implements FileSystem {
  readonly #others: FileSystem;
  readonly #find: (key: string) => FileSystem | undefined;

  /** @param find - files of the source with a key, which has them below its own URIs */
  constructor(others: FileSystem, find: (key: string) => FileSystem | undefined) {
    this.#others = others;
    this.#find = find;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    return this.#of(uri).readFile(uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    return this.#of(uri).stat(uri);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return this.#of(uri).readDirectory(uri);
  }

  async realPath(uri: string): Promise<string> {
    return this.#of(uri).realPath(uri);
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    const files = this.#of(uri);
    if (files.readStamped) return files.readStamped(uri, maxSize);
    const stat = await files.stat(uri);
    if (!stat) return undefined;
    const isRead = stat.type === 'file' && stat.size <= maxSize;
    return { stat, content: isRead ? await files.readFile(uri) : undefined };
  }

  #of(uri: string): FileSystem {
    const key = sourceKeyOf(uri);
    return key === undefined ? this.#others : (this.#find(key) ?? nothing);
  }
}

/** What is left of a source that is gone. */
const nothing: FileSystem = {
  readFile: uri => Promise.reject(missing(uri)),
  stat: () => Promise.resolve(undefined),
  readDirectory: uri => Promise.reject(missing(uri)),
  realPath: uri => Promise.resolve(uri),
};

function missing(uri: string): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${uri}'`), {
    code: 'ENOENT',
  });
}
