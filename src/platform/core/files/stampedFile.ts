import type { FileSystem, StampedFile } from '../ports';

/**
 * What a file looks like, and then what is in it, by the quickest way that the file system has.
 * Looked at before it is read: what changes in between shows the next time.
 *
 * @param maxSize - in bytes; what is larger is not read
 */
export async function readStamped(
  fileSystem: FileSystem,
  uri: string,
  maxSize: number,
): Promise<StampedFile | undefined> {
  if (fileSystem.readStamped) return fileSystem.readStamped(uri, maxSize);
  const stat = await fileSystem.stat(uri);
  if (!stat) return undefined;
  const isWanted = stat.type === 'file' && stat.size <= maxSize;
  return { stat, content: isWanted ? await fileSystem.readFile(uri) : undefined };
}
