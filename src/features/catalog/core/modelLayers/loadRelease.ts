import { isRecord } from '../../../../base';
import { parseRelease, type Release } from '../../../../model';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';

/** Maximum size of a `backstage.json`, in bytes. */
const MAX_FILE = 64 * 1024;

/**
 * Returns the release of a Backstage: the configured one, or that of the first readable `backstage.json`. Undefined: the
 * latest one.
 */
export async function loadRelease(
  configured: string | undefined,
  files: readonly string[],
  fileSystem: FileSystem,
): Promise<Release | undefined> {
  if (configured !== undefined) return parseRelease(configured);
  for (const file of files) {
    const release = await releaseIn(file, fileSystem);
    if (release !== undefined) return release;
  }
  return undefined;
}

async function releaseIn(file: string, fileSystem: FileSystem): Promise<Release | undefined> {
  try {
    const stat = await fileSystem.stat(file);
    if (stat?.type !== 'file' || stat.size > MAX_FILE) return undefined;
    const value: unknown = JSON.parse(decodeText(await fileSystem.readFile(file)));
    const version = isRecord(value) ? value['version'] : undefined;
    return typeof version === 'string' ? parseRelease(version) : undefined;
  } catch {
    // Without a readable version, the latest release counts.
    return undefined;
  }
}
