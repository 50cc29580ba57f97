import type { Disposable, Event } from '../../../base';

export type FileType = 'file' | 'directory' | 'unknown';

export interface FileStat {
  readonly type: FileType;
  /** In bytes. */
  readonly size: number;
  /**
   * In milliseconds since the epoch. Below zero for what has no age, as an unsaved text; zero where
   * a file system does not know it.
   */
  readonly mtime: number;
  /**
   * When the content or the metadata last changed, in milliseconds since the epoch. Unlike `mtime`, it can't be set;
   * undefined where a file system doesn't tell it.
   */
  readonly changed?: number;
  /** Whether it is a program; undefined where files have no such mark. */
  readonly isExecutable?: boolean;
}

export interface DirectoryEntry {
  readonly name: string;
  /** Of what a symbolic link points to, where it can be followed. */
  readonly type: FileType;
  readonly isSymbolicLink: boolean;
}

/** Reading only: what engines write goes into an {@link OutputFolder}. */
export interface FileSystem {
  /** @throws an error whose `code` is `ENOENT`, `EISDIR`, `EACCES` … as Node names them. */
  readFile(uri: string): Promise<Uint8Array>;
  /** Undefined where there is nothing. */
  stat(uri: string): Promise<FileStat | undefined>;
  /** @throws as `readFile` does. */
  readDirectory(uri: string): Promise<readonly DirectoryEntry[]>;
  /** The URI with every symbolic link in it resolved; the same URI where links are unknown. */
  realPath(uri: string): Promise<string>;
  /**
   * What `stat` gives and then what `readFile` gives, for those that have a quicker way to both.
   * Undefined where there is nothing; nothing larger than `maxSize` bytes is read.
   *
   * @throws as `readFile` does.
   */
  readStamped?(uri: string, maxSize: number): Promise<StampedFile | undefined>;
}

/** A file, and what it looked like just before it was read. */
export interface StampedFile {
  readonly stat: FileStat;
  /** Undefined for what is no file, or was not to be read. */
  readonly content: Uint8Array | undefined;
}

/**
 * A folder that something made is put into, which need not be there yet. Paths are relative, with `/`. Nothing beside the
 * folder is ever touched: a path that leads out of it, be it by a symbolic link in it, is refused with an error.
 */
export interface OutputFolder {
  /** Names of what lies in it; undefined where it is not there. @throws where it is no folder */
  list(): Promise<readonly string[] | undefined>;
  /** What lies at a path, be it a link; undefined where nothing does, or what is on the way is no folder. */
  find(path: string): Promise<OutputEntry | undefined>;
  /** Undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Puts a file in the place of what was there, as a whole or not at all; makes folders on the way. */
  write(path: string, content: Uint8Array, options?: OutputFileOptions): Promise<void>;
  /** Puts a symbolic link there, for folders that can have such. */
  writeLink?(path: string, target: string): Promise<void>;
  /** Takes away a file, if it is there, and the folders that this leaves empty. */
  remove(path: string): Promise<void>;
  /** The same, but of folders only those that this object has made, itself among them. */
  takeBack(path: string): Promise<void>;
  /** Takes away all that lies in it but what begins with a dot: repositories, and settings of servers. */
  clear(): Promise<void>;
}

export interface OutputEntry {
  readonly type: FileType | 'link';
  readonly isExecutable: boolean;
  /** What a link says; undefined where that is not known. */
  readonly target?: string;
}

export interface OutputFileOptions {
  /** Whether it is a program, where files can have such a mark. */
  readonly isExecutable?: boolean;
}

export interface FileChange {
  readonly type: 'created' | 'changed' | 'deleted';
  readonly uri: string;
}

/** Reports changes below the folders it was made for, many at a time when many happen. */
export interface FileWatcher extends Disposable {
  readonly onDidChange: Event<readonly FileChange[]>;
}

/** A folder outside of the workspace in which some changes matter. */
export interface OutsideFolder {
  readonly uri: string;
  /** Whether changes anywhere below it matter, and not only its entries. */
  readonly isDeep: boolean;
  /** URIs of the only entries that matter; undefined: all do. */
  readonly entries: ReadonlySet<string> | undefined;
}
