import { hashText } from '../../../../../base';
import { decodeText } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';
import type { CatalogOptions } from '../../options';
import { createProblem } from '../../problems/problemSeverities';
import { emptyFileRecord, type FileRecord } from '../../records';

/** A file, and how it is to be read. */
export interface FileRequest {
  readonly uri: string;
  /** Whether the file is meant to hold descriptors, by its name or because a Location says so. */
  readonly isMeant: boolean;
  /** The repository or workspace folder that placeholders stay within. */
  readonly boundary: string;
}

/** What a file looked like from outside when it was read: by it changes are told. */
export interface FileStamp {
  readonly mtime: number;
  readonly size: number;
  readonly changed?: number | undefined;
  /** Of its text; for files so young that they could change again without looking any older. */
  readonly hash?: string;
}

/** In bytes: as much of a file is read. Of other names, to see whether it would be of interest. */
export function readingLimit({ isMeant }: { isMeant: boolean }, maxFileSize: number): number {
  return isMeant ? maxFileSize : maxFileSize * 10;
}

export interface FileReading {
  readonly stamp: FileStamp;
  readonly record: FileRecord;
}

/** Options that every file is read by, in workers too. */
export type IngestOptions = Pick<
  CatalogOptions,
  'customKinds' | 'maxFileSize' | 'ownerFromCodeowners' | 'codeownersOwners' | 'scaffolderActions'
>;

/** Whether a file is, from all that can be told without ingesting it, the one that was read. */
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
    // Reading it says why.
    return false;
  }
}

/** Of a file that could not be read. */
export function unreadableFile(uri: string, reason: string): FileReading {
  const message = `The file could not be read: ${reason}`;
  return {
    // Not a stamp that a file can have: such a file is read again whenever there is an occasion.
    stamp: { mtime: -1, size: -1 },
    record: emptyFileRecord(uri, [createProblem('file-not-read', message, { file: uri })]),
  };
}
