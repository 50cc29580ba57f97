import { type Disposable, dirnameUri, DisposableStore } from '../../base';
import { Repositories } from '../../features/catalog/core/shared';
import type { FileSystem } from '../../platform/core/ports';
import type { OpenTexts } from '../texts/openTexts';
import type { WorkspaceFolders } from '../workspaceFolders';

/**
 * The folders that references of open files must not leave, by the rule of the engine: the file's repository, else its
 * workspace folder. The repository is looked up whenever a file is opened.
 */
export class Boundaries implements Disposable {
  #fileSystem: FileSystem;
  #folders: WorkspaceFolders;
  /** Repositories by the URI of the open file. */
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
        // Ignored if the file was closed meanwhile.
        if (repository && this.#searches.get(uri) === search) {
          this.#repositories.set(uri, repository.root);
        }
      },
      // A folder that can't be read is no repository.
      () => undefined,
    );
    this.#searches.set(uri, search);
    return search;
  }
}
