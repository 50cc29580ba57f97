import {
  basenameUri,
  childUri,
  dirnameUri,
  isWithin,
  joinUri,
  relativePath,
} from '../../../../../base';
import { exists } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';

/** A symbolic link in a workspace folder. */
export interface PlaceLink {
  readonly from: string;
  /** Target in the same workspace folder; undefined if it doesn't exist yet. */
  readonly to: string | undefined;
}

/**
 * Finds the symbolic link in the path of a place, which need not exist.
 *
 * @param root - the workspace folder of the place
 * @returns undefined if there is none, if it is unknown, or if it leads out of the folder
 */
export async function linkOn(
  uri: string,
  root: string,
  fileSystem: FileSystem,
): Promise<PlaceLink | undefined> {
  const { there, missing } = await seenPart(uri, root, fileSystem);
  const real = await realPathOf(there, fileSystem);
  const realRoot = await realPathOf(root, fileSystem);
  if (real === undefined || realRoot === undefined) return undefined;
  const path = relativePath(realRoot, real);
  if (path === undefined) return undefined;
  const to = real === there ? there : path === '' ? root : joinUri(root, path);
  if (to !== there) return withoutCommonEnd({ from: there, to, root });
  return missing !== undefined && (await isLink(missing, fileSystem))
    ? { from: missing, to: undefined }
    : undefined;
}

/** Finds the existing part of a path, from the top, because the path of a missing place may be as long as a file. */
async function seenPart(
  uri: string,
  root: string,
  fileSystem: FileSystem,
): Promise<{ readonly there: string; readonly missing: string | undefined }> {
  if (await exists(uri, fileSystem)) return { there: uri, missing: undefined };
  let there = root;
  for (const name of relativePath(root, uri)?.split('/') ?? []) {
    const next = childUri(there, name);
    if (!(await exists(next, fileSystem))) return { there, missing: next };
    there = next;
  }
  return { there, missing: undefined };
}

/** Yields the places, through links, of a changed place. */
export function* placesBehind(links: Iterable<PlaceLink>, changed: string): Generator<string> {
  for (const { from, to } of links) {
    if (to === undefined) continue;
    const path = relativePath(to, changed);
    if (path !== undefined) yield path === '' ? from : joinUri(from, path);
    else if (isWithin(changed, to)) yield from;
  }
}

function withoutCommonEnd({
  from,
  to,
  root,
}: {
  from: string;
  to: string;
  root: string;
}): PlaceLink {
  while (from !== root && to !== root && basenameUri(from) === basenameUri(to)) {
    from = dirnameUri(from);
    to = dirnameUri(to);
  }
  return { from, to };
}

/** Returns undefined if the disk doesn't say, as for a deleted file. */
async function realPathOf(uri: string, fileSystem: FileSystem): Promise<string | undefined> {
  try {
    return await fileSystem.realPath(uri);
  } catch {
    // The disk doesn't say: what was there may be gone.
    return undefined;
  }
}

async function isLink(uri: string, fileSystem: FileSystem): Promise<boolean> {
  try {
    const name = basenameUri(uri);
    const entries = await fileSystem.readDirectory(dirnameUri(uri));
    return entries.some(entry => entry.name === name && entry.isSymbolicLink);
  } catch {
    // A folder that can't be listed is reported by the walk.
    return false;
  }
}
