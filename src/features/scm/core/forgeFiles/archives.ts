import type { ArchiveLimits, ArchivePlace, SourceEntry } from './remoteForge';

/**
 * What lies in a folder of an archive, folders before what is in them. A link is what it leads to where that is a file of
 * the folder; others are left out.
 *
 * @throws NotAllowedError for paths that lead out of it; TaskLimitError for what is too large when it is unpacked; Error for
 *   what is no archive
 */
export async function readArchive(
  bytes: Uint8Array,
  place: ArchivePlace,
  limits: ArchiveLimits,
): Promise<readonly SourceEntry[]> {
  const { unpackArchive } = await import('./archiveReader');
  return unpackArchive(bytes, place, limits);
}
