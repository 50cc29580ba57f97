import type { Disposable, Event } from '../../../base';

/** The type of a directory entry; `unknown` for devices, sockets and broken links. */
export type FileType = 'file' | 'directory' | 'unknown';

/** Metadata of a file or folder. */
export interface FileStat {
  readonly type: FileType;
  /** The size in bytes. */
  readonly size: number;
  /**
   * The modification time in milliseconds since the epoch; negative for content without an age, such as an unsaved
   * text; 0 where the file system doesn't know it.
   */
  readonly mtime: number;
  /**
   * The time of the last change of content or metadata, in milliseconds since the epoch. Unlike `mtime`, it can't be
   * set; undefined where the file system doesn't report it.
   */
  readonly changed?: number;
  /** Whether the file is executable; undefined where files have no such bit. */
  readonly isExecutable?: boolean;
}

/** An entry of a folder. */
export interface DirectoryEntry {
  readonly name: string;
  /** The type of the link's target for a symbolic link that can be followed. */
  readonly type: FileType;
  readonly isSymbolicLink: boolean;
}

/** Read access to files by URI. Generated files are written to an {@link OutputFolder}. */
export interface FileSystem {
  /** Reads a whole file. @throws an error whose `code` is Node's, such as `ENOENT`, `EISDIR` or `EACCES` */
  readFile(uri: string): Promise<Uint8Array>;
  /** Returns undefined if nothing exists at the URI. */
  stat(uri: string): Promise<FileStat | undefined>;
  /** Lists the entries of a folder, without `.` and `..`. @throws as `readFile` does */
  readDirectory(uri: string): Promise<readonly DirectoryEntry[]>;
  /** Returns the URI with all symbolic links resolved; the same URI where links are unknown. */
  realPath(uri: string): Promise<string>;
  /**
   * Combines `stat` and `readFile`, for file systems with a faster way to do both. Returns undefined if nothing exists;
   * a file larger than `maxSize` bytes isn't read.
   *
   * @throws as `readFile` does
   */
  readStamped?(uri: string, maxSize: number): Promise<StampedFile | undefined>;
}

/** A file with its stat from just before it was read. */
export interface StampedFile {
  readonly stat: FileStat;
  /** Undefined for a folder, and for a file above the maximum size. */
  readonly content: Uint8Array | undefined;
}

/**
 * A folder for generated files, which needn't exist yet. Paths are relative and use `/`. Nothing outside the folder is
 * touched: a path that leads out of it, even through a symbolic link, is rejected with an error.
 */
export interface OutputFolder {
  /** Lists the names of the folder's entries; undefined if it doesn't exist. @throws if it isn't a folder */
  list(): Promise<readonly string[] | undefined>;
  /** Returns the entry at a path without following links; undefined if it doesn't exist. */
  find(path: string): Promise<OutputEntry | undefined>;
  /** Returns the content of a file; undefined if it doesn't exist. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Replaces a file atomically; creates parent folders. */
  write(path: string, content: Uint8Array, options?: OutputFileOptions): Promise<void>;
  /** Creates a symbolic link. Missing where links aren't supported. */
  writeLink?(path: string, target: string): Promise<void>;
  /** Deletes a file, if it exists, and the parent folders that become empty. */
  remove(path: string): Promise<void>;
  /** Deletes a file like `remove`, but only parent folders that this object created, the output folder included. */
  revertWrite(path: string): Promise<void>;
  /** Deletes all entries except dotfiles, such as repositories and settings of servers. */
  clear(): Promise<void>;
}

/** An entry of an output folder. */
export interface OutputEntry {
  readonly type: FileType | 'link';
  readonly isExecutable: boolean;
  /** The target of a link as it is stored; undefined where it isn't known. */
  readonly target?: string;
}

/** Options of a written file. */
export interface OutputFileOptions {
  /** Whether the file is executable, where files have such a bit. */
  readonly isExecutable?: boolean;
}

/** A change of a file or folder. */
export interface FileChange {
  readonly type: 'created' | 'changed' | 'deleted';
  readonly uri: string;
}

/** Reports changes in its folders, in batches. */
export interface FileWatcher extends Disposable {
  readonly onDidChange: Event<readonly FileChange[]>;
}

/** A folder outside the workspace in which some changes matter. */
export interface OutsideFolder {
  readonly uri: string;
  /** Whether changes at any depth matter, not only those of direct entries. */
  readonly isDeep: boolean;
  /** URIs of the only relevant entries; undefined if all are relevant. */
  readonly entries: ReadonlySet<string> | undefined;
}
