import type { ArchiveLimits, ArchivePlace, SourceEntry } from './remoteForge';

/**
 * Reads a folder of an archive, folders before their contents. Links to files in the folder are replaced by them;
 * other links are skipped.
 *
 * @throws NotAllowedError for paths outside the archive; TaskLimitError if it is too large unpacked; Error if it is
 *   not an archive
 */
export async function readArchive(
  bytes: Uint8Array,
  place: ArchivePlace,
  limits: ArchiveLimits,
): Promise<readonly SourceEntry[]> {
  const { unpackArchive } = await import('./archiveReader');
  return unpackArchive(bytes, place, limits);
}
