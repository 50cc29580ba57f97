import { childUri, errorMessage, isWithin } from '../../../../../base';
import { isMissing } from '../../../../../platform/core/files';
import type { FileSystem } from '../../../../../platform/core/ports';

/** A file below a docs folder. */
export interface FoundFile {
  /** Path from the docs folder, with `/`. */
  readonly path: string;
  readonly uri: string;
}

export interface FolderListing {
  /** Undefined if the folder doesn't exist. */
  readonly files: readonly FoundFile[] | undefined;
  /** Paths of symbolic links out of the repository, which aren't followed. */
  readonly outside: readonly string[];
  /** Errors of unreadable folders, by path. */
  readonly failures: ReadonlyMap<string, string>;
  /** Whether files are missing because of a limit. */
  readonly isCut: boolean;
}

/** Limits for folders that aren't docs folders. */
const MAX_FILES = 50_000;
const MAX_FOLDERS = 20_000;
const MAX_DEPTH = 60;

/**
 * Lists all files below a docs folder. Follows symbolic links within the repository. Unlike MkDocs,
 * links inside a linked folder are followed only once, since links to each other multiply paths.
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
  /** Real URIs of listed folders. */
  const listed = new Set<string>();
  let folders = 0;
  const realBoundary = await fileSystem.realPath(boundary);

  /**
   * @param above - URIs of the enclosing folders and real URIs of links among them; the last is the
   *   folder's own real URI
   */
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
