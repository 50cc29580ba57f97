import { concatBytes, isRecord } from '../../../../../base';
import { decodeText, isFixture, readStamped } from '../../../../../platform/core/files';
import type { FileStat, StampedFile, WorkerJob } from '../../../../../platform/core/ports';
import { hasMark } from '../../ingest/descriptorMarks';
import { readingLimit } from '../files/fileReading';

/** Files to be read, and what in them is worth more than a look. */
export interface FetchBatch {
  readonly files: readonly { readonly uri: string; readonly isMeant: boolean }[];
  /** In bytes. */
  readonly maxFileSize: number;
  /** In bytes: what is in larger files is not brought. */
  readonly largeFile: number;
  /** Texts of which each descriptor has one. */
  readonly marks: readonly string[];
}

/** A file as it was fetched. */
export interface FetchedFile extends StampedFile {
  /** Whether it was read and need not be looked at: it is not meant to hold descriptors, and has none. */
  readonly isForeign: boolean;
  /** Whether it was read and is too large to be brought. */
  readonly isLarge: boolean;
}

/** How many bytes of a file were brought, or why there are none. */
type FetchedLength = number | 'foreign' | 'large' | 'unread';

/** What came of a batch. */
export interface FetchedFiles {
  /** For each file; undefined where that has to be found out without a worker. */
  readonly stats: readonly (FileStat | undefined)[];
  /** For each file, how many of the bytes are its content. */
  readonly lengths: readonly FetchedLength[];
  readonly bytes: Uint8Array;
}

/**
 * Reads files and gives back what is in those that can hold descriptors: the waiting, and the many
 * files that have nothing to do with the catalog, are taken off the thread that ingests the others.
 * It does with little code, since a worker has to load and to warm up all that it runs.
 */
export const fetchJob: WorkerJob<FetchBatch, FetchedFiles> = {
  name: 'catalog.fetch',

  async run({ files, maxFileSize, largeFile, marks }, { fileSystem }) {
    const stats: (FileStat | undefined)[] = [];
    const lengths: FetchedLength[] = [];
    const contents: Uint8Array[] = [];
    for (const { uri, isMeant } of files) {
      const limit = readingLimit({ isMeant }, maxFileSize);
      // What cannot be read is read again by whoever can say why.
      const file = await readStamped(fileSystem, uri, limit).catch(() => undefined);
      stats.push(file?.stat);
      if (!file?.content) lengths.push('unread');
      else if (!isMeant && !isFixture(uri) && !hasMark(decodeText(file.content), marks)) {
        lengths.push('foreign');
      } else if (file.content.length > largeFile) lengths.push('large');
      else {
        lengths.push(file.content.length);
        contents.push(file.content);
      }
    }
    return { stats, lengths, bytes: concatBytes(contents) };
  },

  readInput(value) {
    if (!isRecord(value)) throw new TypeError('Not a batch of files');
    const { files, maxFileSize, largeFile, marks } = value;
    const isUsable =
      Array.isArray(files) &&
      files.every(isWanted) &&
      typeof maxFileSize === 'number' &&
      typeof largeFile === 'number' &&
      Array.isArray(marks) &&
      marks.every(mark => typeof mark === 'string');
    if (!isUsable) throw new TypeError('Not a batch of files');
    return { files, maxFileSize, largeFile, marks };
  },

  readOutput(value) {
    if (!isRecord(value)) throw new TypeError('Not the contents of files');
    const { stats, lengths, bytes } = value;
    const isUsable =
      Array.isArray(stats) &&
      stats.every(stat => stat === undefined || isFileStat(stat)) &&
      Array.isArray(lengths) &&
      lengths.every(isLength) &&
      bytes instanceof Uint8Array;
    if (!isUsable) throw new TypeError('Not the contents of files');
    return { stats, lengths, bytes };
  },

  transferables: ({ bytes: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []),
};

/** @returns for each file, what was fetched. @throws TypeError where that is not of so many files */
export function fetchedFiles(
  { stats, lengths, bytes }: FetchedFiles,
  count: number,
): readonly (FetchedFile | undefined)[] {
  const total = lengths.reduce<number>((sum, length) => sum + numberOf(length), 0);
  if (stats.length !== count || lengths.length !== count || total !== bytes.length) {
    throw new TypeError('Contents are missing');
  }
  let at = 0;
  return stats.map((stat, index) => {
    const length = lengths[index];
    const content = typeof length === 'number' ? bytes.subarray(at, (at += length)) : undefined;
    return stat && { stat, content, isForeign: length === 'foreign', isLarge: length === 'large' };
  });
}

function numberOf(length: number | string): number {
  return typeof length === 'number' ? length : 0;
}

function isLength(value: unknown): boolean {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  return isCount || value === 'foreign' || value === 'large' || value === 'unread';
}

function isWanted(value: unknown): boolean {
  return (
    isRecord(value) && typeof value['uri'] === 'string' && typeof value['isMeant'] === 'boolean'
  );
}

function isFileStat(value: unknown): value is FileStat {
  if (!isRecord(value)) return false;
  const { type, size, mtime } = value;
  return typeof type === 'string' && typeof size === 'number' && typeof mtime === 'number';
}
