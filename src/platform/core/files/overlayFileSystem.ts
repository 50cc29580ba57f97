import type { DirectoryEntry, FileStat, FileSystem, StampedFile } from '../ports';

/** Texts that are being edited and are not on the disk yet. */
export interface EditedTexts {
  /** Undefined where nothing unsaved is open under the URI. */
  getText(uri: string): string | undefined;
}

/**
 * A file system in which open editors win over the disk. A file that is gone from the disk is gone,
 * unsaved or not: it would be missing from the listing of its folder, too.
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
    // Where nothing is, the base says so in its own words.
    return stat ? this.#encoder.encode(text) : this.#base.readFile(uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const stat = await this.#base.stat(uri);
    const text = this.#texts.getText(uri);
    if (!stat || text === undefined) return stat;
    // The file's own time would make the text look like what is on the disk.
    return { ...stat, size: this.#encoder.encode(text).length, mtime: -1 };
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    const text = this.#texts.getText(uri);
    if (text === undefined) return readStamped(this.#base, uri, maxSize);
    const stat = await this.#base.stat(uri);
    if (!stat) return undefined;
    const content = this.#encoder.encode(text);
    const size = content.length;
    // As above, it has no age.
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
 * What a file looks like, and then what is in it, by the quickest way that the file system has.
 * Looked at before it is read: what changes in between shows the next time.
 *
 * @param maxSize - in bytes; what is larger is not read
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
