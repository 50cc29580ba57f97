import { hashText } from '../../../../../base';
import { decodeText } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';
import type { CatalogOptions } from '../../options';
import { createProblem } from '../../problems/problemSeverities';
import { emptyFileRecord, type FileRecord } from '../../records';

/** A request to read a file. */
export interface FileRequest {
  readonly uri: string;
  /** Whether the file should contain descriptors, because of its name or a Location. */
  readonly expectsDescriptors: boolean;
  /** URI of the repository or workspace folder that placeholders can't leave. */
  readonly boundary: string;
}

/** Metadata of a file when it was read, for detecting changes. */
export interface FileStamp {
  readonly mtime: number;
  readonly size: number;
  readonly changed?: number | undefined;
  /** Hash of the text, for files so new that a change may not alter their metadata. */
  readonly hash?: string;
}

/**
 * Returns the maximum number of bytes to read. Other files are read beyond the limit to see whether
 * they are relevant.
 */
export function readingLimit(
  { expectsDescriptors }: { expectsDescriptors: boolean },
  maxFileSize: number,
): number {
  return expectsDescriptors ? maxFileSize : maxFileSize * 10;
}

export interface FileReading {
  readonly stamp: FileStamp;
  readonly record: FileRecord;
}

/** Options for reading files, also in workers. */
export type IngestOptions = Pick<
  CatalogOptions,
  'customKinds' | 'maxFileSize' | 'ownerFromCodeowners' | 'codeownersOwners' | 'scaffolderActions'
>;

/** Whether a file is unchanged since it was read, according to its metadata. */
export async function isUnchanged(
  uri: string,
  { mtime, size, changed, hash }: FileStamp,
  fileSystem: FileSystem,
): Promise<boolean> {
  try {
    const stat = await fileSystem.stat(uri);
    if (stat?.type !== 'file' || stat.mtime !== mtime || stat.size !== size) return false;
    if (stat.changed !== changed) return false;
    return hash === undefined || hashText(decodeText(await fileSystem.readFile(uri))) === hash;
  } catch {
    // Reading the file reports the error.
    return false;
  }
}

/** Impossible stamp of an unreadable file, which is read again at every opportunity. */
const UNREAD: FileStamp = { mtime: -1, size: -1 };

/** Whether a file could not be read. */
export function isUnread({ stamp }: FileReading): boolean {
  return stamp.size === UNREAD.size;
}

/** Creates the result for an unreadable file. */
export function unreadableFile(uri: string, reason: string): FileReading {
  const message = `Can't read this file: ${reason}`;
  return {
    stamp: UNREAD,
    record: emptyFileRecord(uri, [createProblem('file-not-read', message, { file: uri })]),
  };
}
