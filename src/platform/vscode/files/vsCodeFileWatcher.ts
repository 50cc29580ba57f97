import { DisposableStore, Emitter, type Logger, onDemand } from '../../../base';
import type { Clock, FileChange, FileWatcher, OutsideFolder } from '../../core/ports';
import { mayCause } from '../trust';
import { watchFiles } from './watchFiles';

/**
 * Reports all changes in the workspace folders, through the watcher that VS Code runs anyway. Not only YAML files: when
 * a folder is deleted, only its own name is reported, and descriptors refer to files of any name. Outside the
 * workspace, watches the folders set by `follow`.
 */
export class VsCodeFileWatcher implements FileWatcher {
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<readonly FileChange[]>());
  readonly onDidChange = this.#onDidChange.event;
  /** Whether folders were ever watched. */
  #isFollowing = false;
  #openOutside;

  constructor({ clock, logger }: { clock: Clock; logger: Logger }) {
    const report = (changes: readonly FileChange[]): void => this.#report(changes);
    this.#store.add(watchFiles('**/*', change => report([change])));
    this.#openOutside = onDemand(async () => {
      const { OutsideFolders } = await import('./outsideFolders');
      return this.#store.add(new OutsideFolders({ clock, logger, report }));
    });
  }

  /**
   * Watches these folders outside the workspace instead of the earlier ones. Only folders on disk, and only if allowed.
   */
  async follow(folders: readonly OutsideFolder[]): Promise<void> {
    const possible = mayCause('filesOutside')
      ? folders.filter(({ uri }) => uri.startsWith('file:'))
      : [];
    this.#isFollowing ||= possible.length > 0;
    if (this.#isFollowing) (await this.#openOutside()).follow(possible);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #report(changes: readonly FileChange[]): void {
    // Git and package managers change thousands of files at a time, none of which belongs to a catalog.
    const concerning = changes.filter(({ uri }) => !/\/(\.git|node_modules)(\/|$)/.test(uri));
    if (concerning.length) this.#onDidChange.fire(concerning);
  }
}
