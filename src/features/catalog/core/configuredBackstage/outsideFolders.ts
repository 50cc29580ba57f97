import { dirnameUri, isWithin, uriPath } from '../../../../base';
import type { FileSystem, OutsideFolder } from '../../../../platform/core/ports';

/** A file or folder whose changes can change what a Backstage holds. */
export interface ReadPlace {
  readonly uri: string;
  /** Whether it matters by itself, with what is directly in it, or with all that is below it. */
  readonly reach: 'itself' | 'entries' | 'all';
}

/**
 * The folders outside of the workspace that must be watched for the changes of these places. Where
 * a place or its folder is not there, it is the nearest folder above that is, and in it only what
 * leads there.
 *
 * @param places - those inside of the workspace are passed over
 * @param deps.roots - URIs of the folders of the workspace
 */
export async function outsideFolders(
  places: Iterable<ReadPlace>,
  { roots, fileSystem }: { roots: readonly string[]; fileSystem: FileSystem },
): Promise<readonly OutsideFolder[]> {
  const realRoots = await Promise.all(roots.map(root => fileSystem.realPath(root)));
  const inside = [...roots, ...realRoots];
  const folders = new FolderCollection(fileSystem);
  for (const place of places) {
    if (!inside.some(root => isWithin(root, place.uri))) await folders.add(place);
  }
  return folders.list();
}

class FolderCollection {
  #fileSystem: FileSystem;
  #isFolder = new Map<string, boolean>();
  /** By the URI of a folder: its entries that matter, or whether all do, or all below it. */
  #wanted = new Map<string, Set<string> | Exclude<ReadPlace['reach'], 'itself'>>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  async add({ uri, reach }: ReadPlace): Promise<void> {
    if (reach !== 'itself' && (await this.#exists(uri))) {
      // Nobody can watch a whole disk.
      const isWhole = /^\/(?:[A-Za-z]:\/?)?$/.test(uriPath(uri));
      if (this.#wanted.get(uri) !== 'all') {
        this.#wanted.set(uri, reach === 'all' && !isWhole ? 'all' : 'entries');
      }
      return;
    }
    let entry = uri;
    let folder = dirnameUri(entry);
    while (folder !== entry && !(await this.#exists(folder))) {
      entry = folder;
      folder = dirnameUri(entry);
    }
    const wanted = this.#wanted.get(folder) ?? new Set();
    if (typeof wanted !== 'string') this.#wanted.set(folder, wanted.add(entry));
  }

  /** Without those that lie below one of which everything matters. */
  list(): readonly OutsideFolder[] {
    const deep = [...this.#wanted].flatMap(([uri, wanted]) => (wanted === 'all' ? [uri] : []));
    return [...this.#wanted]
      .filter(([uri]) => !deep.some(other => other !== uri && isWithin(other, uri)))
      .map(([uri, wanted]) => ({
        uri,
        isDeep: wanted === 'all',
        entries: typeof wanted === 'string' ? undefined : wanted,
      }));
  }

  async #exists(uri: string): Promise<boolean> {
    let isFolder = this.#isFolder.get(uri);
    if (isFolder === undefined) {
      const stat = await this.#fileSystem.stat(uri).catch(() => undefined);
      this.#isFolder.set(uri, (isFolder = stat?.type === 'directory'));
    }
    return isFolder;
  }
}
