import { dirnameUri, isWithin, uriPath } from '../../../../base';
import type { FileSystem, OutsideFolder } from '../../../../platform/core/ports';

/** A file or folder whose changes can affect the catalog of a Backstage. */
export interface ReadPlace {
  readonly uri: string;
  /** Scope of relevant changes: the entry itself, its direct entries, or everything below it. */
  readonly reach: 'itself' | 'entries' | 'all';
}

/**
 * Returns the folders outside the workspace that must be watched for changes of these places. For a
 * missing place or folder, it is the closest existing ancestor, limited to the entry that leads
 * there.
 *
 * @param places - those inside the workspace are skipped
 * @param deps.roots - URIs of the workspace folders
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
  /** Relevant entries of a folder by its URI: some, its direct entries, or everything below. */
  #wanted = new Map<string, Set<string> | Exclude<ReadPlace['reach'], 'itself'>>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  async add({ uri, reach }: ReadPlace): Promise<void> {
    if (reach !== 'itself' && (await this.#exists(uri))) {
      // Watching a whole disk is not feasible.
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

  /** Returns the folders, without those inside a deeply watched one. */
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
