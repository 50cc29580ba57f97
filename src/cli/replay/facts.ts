import type { DirectoryEntry, FileStat } from '../../platform/core/ports';

/** Metadata of a file or folder that its content depends on. That of a folder is only its type. */
export type Stamp = Pick<FileStat, 'type' | 'size' | 'mtime' | 'changed' | 'isExecutable'>;

/** A file or folder that a command has looked at or read. */
export interface FileFact {
  readonly kind: 'file';
  readonly uri: string;
  /** Undefined if nothing is there. */
  readonly stamp?: Stamp | undefined;
  /** SHA-256 of the content, in base64; undefined if it isn't known. */
  readonly hash?: string | undefined;
  /** Whether the file was so new that its content may change without its stamp. */
  readonly isYoung?: boolean;
}

/** Something that the result of a command depends on, and how it was then. */
export type Fact =
  | FileFact
  /** A file that could not be read. The code is Node's, or empty if nothing was there. */
  | { readonly kind: 'unread' | 'unstamped'; readonly uri: string; readonly code: string }
  /** The entries of a folder, as {@link describeEntries} returns them, or the code of the error. */
  | { readonly kind: 'folder'; readonly uri: string; readonly entries: string }
  | { readonly kind: 'link'; readonly uri: string; readonly target: string }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string | undefined }
  | MergeBaseFact;

/** The commit where the current branch left a revision. */
export interface MergeBaseFact {
  readonly kind: 'merge-base';
  /** URI of the folder that git is started in. */
  readonly folder: string;
  readonly revision: string;
  /** Commit ids. */
  readonly base: string;
  readonly head: string;
  readonly commit: string;
}

/** Records what the file system and the environment don't show. */
export interface DependencyRecorder {
  noteMergeBase(fact: MergeBaseFact): void;
  /** Discards everything: the command depends on more than can be recorded. */
  abandon(): void;
}

/** The time in milliseconds in which a file may change twice without a difference in its times. */
const YOUNG = 2000;

/** Whether the content may change without the stamp. @param seen - when it was looked at first */
export function isYoung({ type, mtime, changed = mtime }: Stamp, seen: number): boolean {
  return type === 'file' && (Math.max(mtime, changed) > seen - YOUNG || mtime === 0);
}

/** Returns the parts of a stat that answers may depend on: times of folders change with every git command. */
export function stampOf(stat: FileStat): FileStat {
  const { type } = stat;
  return type === 'file' ? stat : { type, size: 0, mtime: 0 };
}

export function isSameStamp(a: Stamp | undefined, b: Stamp | undefined): boolean {
  return isSameKind(a, b) && a?.mtime === b?.mtime && a?.changed === b?.changed;
}

/** Whether two stamps differ only in their times. */
export function isSameKind(a: Stamp | undefined, b: Stamp | undefined): boolean {
  return a?.type === b?.type && a?.size === b?.size && a?.isExecutable === b?.isExecutable;
}

/** Returns the entries of a folder as a text, independent of their order. */
export function describeEntries(entries: readonly DirectoryEntry[]): string {
  // No name contains a slash.
  return entries
    .map(({ name, type, isSymbolicLink }) => `${name}/${type[0]}${isSymbolicLink ? 'l' : ''}`)
    .sort()
    .join('/');
}

/** Returns the code of a file system's error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
