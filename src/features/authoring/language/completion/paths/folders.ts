import { childUri, dirnameUri, isWithin } from '../../../../../base';
import type { DirectoryEntry, FileSystem } from '../../../../../platform/core/ports';
import type { PositionRequest } from '../../languageProvider';

/** More than anybody scrolls through. */
const MAX_ENTRIES = 2000;

/** What a folder holds, without what is hidden and what others brought; nothing where it cannot be read. */
export async function entriesOf(
  files: FileSystem,
  uri: string,
): Promise<readonly DirectoryEntry[]> {
  try {
    const entries = await files.readDirectory(uri);
    return entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .slice(0, MAX_ENTRIES);
  } catch {
    return [];
  }
}

/** The folder that a path leads to from another, as long as it stays where the file may look. */
export async function folderAt(
  { context, text }: PositionRequest,
  from: string,
  path: string,
): Promise<string | undefined> {
  const boundary = context.boundaryOf(text.uri);
  let folder = from;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && folder === boundary) return undefined;
    folder = segment === '..' ? dirnameUri(folder) : childUri(folder, segment);
  }
  if (!isWithin(boundary, folder)) return undefined;
  try {
    // A symbolic link may lead out of it all the same.
    const [real, realBoundary] = await Promise.all([
      context.files.realPath(folder),
      context.files.realPath(boundary),
    ]);
    return isWithin(realBoundary, real) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** A name of a folder's listing as it is written in a relative URL. */
export function urlSegment(name: string): string {
  // Half of a surrogate pair has no encoding.
  return encodeURI(name.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(/[?#]/g, encodeURIComponent);
}
