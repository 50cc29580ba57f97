import { type Disposable, dirnameUri, DisposableStore } from '../../base';
import { Repositories } from '../../features/catalog/core/withoutEngine';
import type { FileSystem } from '../../platform/core/ports';
import type { OpenTexts } from '../texts/openTexts';
import type { WorkspaceFolders } from '../workspaceFolders';

/**
 * The folders that nothing which an open file refers to leads out of, by the rule of the engine: the
 * repository that the file lies in, else its folder of the workspace. The repository is looked for
 * whenever a file is opened.
 */
export class Boundaries implements Disposable {
  #fileSystem: FileSystem;
  #folders: WorkspaceFolders;
  /** By URI of an open file. */
  #repositories = new Map<string, string>();
  #searches = new Map<string, Promise<void>>();
  #store = new DisposableStore();

  constructor(deps: { fileSystem: FileSystem; texts: OpenTexts; folders: WorkspaceFolders }) {
    this.#fileSystem = deps.fileSystem;
    this.#folders = deps.folders;
    this.#store.add(deps.texts.onDidOpen(uri => void this.#search(uri)));
    this.#store.add(
      deps.texts.onDidClose(({ yaml: { uri } }) => {
        this.#searches.delete(uri);
        this.#repositories.delete(uri);
      }),
    );
  }

  /** Resolves when the boundary of an open file is known. */
  async known(uri: string): Promise<void> {
    await this.#searches.get(uri);
  }

  of(uri: string): string {
    return this.#repositories.get(uri) ?? this.#folders.folderOf(uri) ?? dirnameUri(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #search(uri: string): Promise<void> {
    const search = new Repositories(this.#fileSystem).find(dirnameUri(uri)).then(
      repository => {
        // Not of a file that was closed meanwhile.
        if (repository && this.#searches.get(uri) === search) {
          this.#repositories.set(uri, repository.root);
        }
      },
      // What cannot be looked at is no repository.
      () => undefined,
    );
    this.#searches.set(uri, search);
    return search;
  }
}
