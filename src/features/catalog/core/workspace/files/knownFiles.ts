import { mapConcurrently } from '../../../../../base';
import { exists } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';
import type { FileRecord, Sighting } from '../../records';
import { type FileStamp, isUnchanged } from './fileReading';

/** A file that was read before. */
export interface KnownFile {
  readonly uri: string;
  readonly stamp: FileStamp;
  readonly expectsDescriptors: boolean;
  readonly boundary: string;
  /** Undefined if the file is irrelevant to the catalog. */
  readonly record: FileRecord | undefined;
}

/** Maximum number of concurrent checks. */
const MAX_LOOKS = 32;

/** Returns the files that must be read again: those whose metadata changed, and those that depend on other files. */
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
    if ((await exists(uri, fileSystem)) !== isThere) return false;
  }
  return true;
}
