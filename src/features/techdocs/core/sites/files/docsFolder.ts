import { childUri, errorMessage, isWithin } from '../../../../../base';
import { isMissing } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';

/** A file below a docs folder. */
export interface FoundFile {
  /** From the docs folder, with `/`. */
  readonly path: string;
  readonly uri: string;
}

export interface FolderListing {
  /** Undefined where there is no such folder. */
  readonly files: readonly FoundFile[] | undefined;
  /** Paths of symbolic links that lead out of the repository, which are not followed. */
  readonly outside: readonly string[];
  /** Why a folder could not be read, by path. */
  readonly failures: ReadonlyMap<string, string>;
  /** Whether there are more files than are taken. */
  readonly isCut: boolean;
}

/** No site comes near; a folder that is no docs folder might. */
const MAX_FILES = 50_000;
const MAX_FOLDERS = 20_000;
const MAX_DEPTH = 60;

/**
 * All files below a docs folder, symbolic links followed as long as they stay in the repository. MkDocs follows
 * all; here, links in a folder are followed once, however many links lead to the folder: links that lead to each
 * other make more paths than anyone can list.
 *
 * @throws AbortError if the signal is aborted
 */
export async function listDocsFolder(
  folder: string,
  {
    fileSystem,
    boundary,
    signal,
  }: { fileSystem: FileSystem; boundary: string; signal: AbortSignal | undefined },
): Promise<FolderListing> {
  const files: FoundFile[] = [];
  const outside: string[] = [];
  const failures = new Map<string, string>();
  let isCut = false;
  let isThere = true;
  /** Real URIs of the folders that have been listed. */
  const listed = new Set<string>();
  let folders = 0;
  const realBoundary = await fileSystem.realPath(boundary);

  /** @param above - URIs of the folders around it, real ones of links among them; the last is its own real one */
  const walk = async (uri: string, path: string, above: readonly string[]): Promise<void> => {
    signal?.throwIfAborted();
    if (++folders > MAX_FOLDERS) {
      isCut = true;
      return;
    }
    const real = above.at(-1) ?? uri;
    const isFirst = !listed.has(real);
    listed.add(real);
    let entries;
    try {
      entries = await fileSystem.readDirectory(uri);
    } catch (error) {
      if (path === '' && isMissing(error)) isThere = false;
      else failures.set(path, errorMessage(error));
      return;
    }
    for (const { name, type, isSymbolicLink } of entries) {
      const childPath = path === '' ? name : `${path}/${name}`;
      const child = childUri(uri, name);
      let realChild = childUri(real, name);
      if (isSymbolicLink) {
        realChild = await fileSystem.realPath(child);
        if (!isWithin(realBoundary, realChild)) {
          outside.push(childPath);
          continue;
        }
        const isRing = above.some(parent => isWithin(realChild, parent));
        if (type === 'directory' && (isRing || !isFirst)) continue;
      }
      if (type === 'directory') {
        if (name !== '.git' && above.length < 2 * MAX_DEPTH) {
          await walk(child, childPath, [...above, child, realChild]);
        }
      } else if (type === 'file') {
        if (files.length >= MAX_FILES) {
          isCut = true;
          return;
        }
        files.push({ path: childPath, uri: child });
      }
    }
  };

  const real = await fileSystem.realPath(folder);
  if (!isWithin(realBoundary, real)) {
    return { files: [], outside: [''], failures, isCut };
  }
  await walk(folder, '', [folder, real]);
  return { files: isThere ? files : undefined, outside, failures, isCut };
}
