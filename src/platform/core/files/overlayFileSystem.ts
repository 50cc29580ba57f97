import type { DirectoryEntry, FileStat, FileSystem, StampedFile } from '../ports';

/** Unsaved texts of the editor. */
export interface EditedTexts {
  /** Returns undefined if no unsaved text is open under the URI. */
  getText(uri: string): string | undefined;
}

/**
 * A file system in which unsaved texts replace files on disk. A file that is deleted on disk is missing, even with
 * unsaved changes: the listing of its folder doesn't have it either.
 */
export class OverlayFileSystem implements FileSystem {
  #base: FileSystem;
  #texts: EditedTexts;
  #encoder = new TextEncoder();

  constructor(base: FileSystem, texts: EditedTexts) {
    this.#base = base;
    this.#texts = texts;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const text = this.#texts.getText(uri);
    if (text === undefined) return this.#base.readFile(uri);
    const stat = await this.#base.stat(uri);
    // The base reports the missing file with its own error.
    return stat ? this.#encoder.encode(text) : this.#base.readFile(uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const stat = await this.#base.stat(uri);
    const text = this.#texts.getText(uri);
    if (!stat || text === undefined) return stat;
    // The file's own time would make the text look like the content on disk.
    return { ...stat, size: this.#encoder.encode(text).length, mtime: -1 };
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    const text = this.#texts.getText(uri);
    if (text === undefined) return readStamped(this.#base, uri, maxSize);
    const stat = await this.#base.stat(uri);
    if (!stat) return undefined;
    const content = this.#encoder.encode(text);
    const size = content.length;
    // An unsaved text has no age, as in `stat`.
    return { stat: { ...stat, size, mtime: -1 }, content: size <= maxSize ? content : undefined };
  }

  readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return this.#base.readDirectory(uri);
  }

  realPath(uri: string): Promise<string> {
    return this.#base.realPath(uri);
  }
}

/**
 * Reads a file with its stat, by the fastest way that the file system offers. The stat comes first, so that a change in
 * between is noticed the next time.
 *
 * @param maxSize - in bytes; larger files aren't read
 */
export async function readStamped(
  fileSystem: FileSystem,
  uri: string,
  maxSize: number,
): Promise<StampedFile | undefined> {
  if (fileSystem.readStamped) return fileSystem.readStamped(uri, maxSize);
  const stat = await fileSystem.stat(uri);
  if (!stat) return undefined;
  const isWanted = stat.type === 'file' && stat.size <= maxSize;
  return { stat, content: isWanted ? await fileSystem.readFile(uri) : undefined };
}
