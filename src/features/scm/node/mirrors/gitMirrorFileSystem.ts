import { basenameUri, relativePath } from '../../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../platform/core/ports';

/** A file system whose files are others from time to time. */
export class ChangingFileSystem implements FileSystem {
  readonly #now: () => FileSystem | undefined;
  readonly #root: string;
  readonly #onMissing: ((path: string) => void) | undefined;

  /**
   * @param now - what it is at the moment; undefined: nothing
   * @param options.onMissing - told of paths below the root that are there, and could not be read as they are not at hand
   */
  constructor(
    now: () => FileSystem | undefined,
    { root, onMissing }: { root: string; onMissing?: (path: string) => void },
  ) {
    this.#now = now;
    this.#root = root;
    this.#onMissing = onMissing;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const files = this.#now();
    if (!files) throw missing('open', uri);
    try {
      return await files.readFile(uri);
    } catch (error) {
      if (this.#onMissing) await this.#note(uri, files, this.#onMissing);
      throw error;
    }
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    return this.#now()?.stat(uri);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const files = this.#now();
    if (!files) throw missing('scandir', uri);
    return files.readDirectory(uri);
  }

  async realPath(uri: string): Promise<string> {
    return this.#now()?.realPath(uri) ?? uri;
  }

  async #note(uri: string, files: FileSystem, tell: (path: string) => void): Promise<void> {
    const real = await files.realPath(uri).catch(() => uri);
    const found = await files.stat(real).catch(() => undefined);
    const path = relativePath(this.#root, real);
    if (found?.type === 'file' && path !== undefined) tell(path);
  }
}

function missing(what: string, uri: string): Error {
  return Object.assign(
    new Error(`ENOENT: no such file or directory, ${what} '${basenameUri(uri)}'`),
    { code: 'ENOENT' },
  );
}
