import { mapConcurrently } from '../../../../../base';
import { isSeen } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';
import type { FileRecord, Sighting } from '../../records';
import { type FileStamp, isUnchanged } from './fileReading';

/** A file that was looked into before. */
export interface KnownFile {
  readonly uri: string;
  readonly stamp: FileStamp;
  readonly isMeant: boolean;
  readonly boundary: string;
  /** Undefined where it has nothing to do with the catalog. */
  readonly record: FileRecord | undefined;
}

/** As many files are looked at at the same time. */
const MAX_LOOKS = 32;

/**
 * Which of the files have to be read again: those that look other than when they were read, and those
 * that hold what others say.
 */
export async function changedFiles(
  files: readonly KnownFile[],
  fileSystem: FileSystem,
): Promise<readonly KnownFile[]> {
  const areUnchanged = await mapConcurrently(files, MAX_LOOKS, async ({ uri, stamp, record }) => {
    const { dependencies = [], sightings = [] } = record ?? {};
    return (
      !dependencies.length &&
      (await isUnchanged(uri, stamp, fileSystem)) &&
      (await areSame(sightings, fileSystem))
    );
  });
  return files.filter((_, index) => !areUnchanged[index]);
}

async function areSame(sightings: readonly Sighting[], fileSystem: FileSystem): Promise<boolean> {
  for (const { uri, isThere } of sightings) {
    if ((await isSeen(uri, fileSystem)) !== isThere) return false;
  }
  return true;
}
