import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter, type Event, type Logger } from '../../../base';
import type { Clock, FileChange, FileWatcher, OutsideFolder } from '../../core/ports';
import { fromUri, toUri } from '../convert';
import { mayCause } from '../trust';

/** The maximum number of watched folders outside the workspace; each needs its own watcher. */
const MAX_OUTSIDE_FOLDERS = 500;
/** The time in milliseconds until a new watcher is active. VS Code has no event for that. */
const WAKING = 1000;

/**
 * Reports all changes in the workspace folders, through the watcher that VS Code runs anyway. Not only YAML files: when
 * a folder is deleted, only its own name is reported, and descriptors refer to files of any name. Outside the
 * workspace, watches the folders set by `follow`.
 */
export class VsCodeFileWatcher implements FileWatcher {
  #clock: Clock;
  #logger: Logger;
  #disposed = new AbortController();
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<readonly FileChange[]>());
  #followed = new Map<string, FollowedFolder>();

  constructor({ clock, logger }: { clock: Clock; logger: Logger }) {
    this.#clock = clock;
    this.#logger = logger;
    this.#store.add(watch('**/*', change => this.#report(change)));
  }

  get onDidChange(): Event<readonly FileChange[]> {
    return this.#onDidChange.event;
  }

  /**
   * Watches these folders outside the workspace instead of the earlier ones. Only folders on disk, and only if allowed.
   */
  follow(folders: readonly OutsideFolder[]): void {
    if (this.#disposed.signal.aborted) return;
    const possible = mayCause('filesOutside')
      ? folders.filter(({ uri }) => uri.startsWith('file:'))
      : [];
    const wanted = new Map(
      possible
        .slice(0, MAX_OUTSIDE_FOLDERS)
        .map(folder => [`${folder.isDeep ? 'deep' : 'flat'} ${folder.uri}`, folder]),
    );
    for (const [key, followed] of this.#followed) {
      if (!wanted.has(key)) this.#unfollow(key, followed);
    }
    const fresh: FollowedFolder[] = [];
    for (const [key, folder] of wanted) {
      const known = this.#followed.get(key);
      if (known) known.folder = folder;
      else {
        this.#logger.debug(`${folder.uri} is watched, outside of the workspace`);
        const report = (change: FileChange): void => this.#reportOutside(key, change);
        const pattern = new vscode.RelativePattern(toUri(folder.uri), folder.isDeep ? '**' : '*');
        const followed = { folder, watcher: watch(pattern, report) };
        this.#followed.set(key, followed);
        fresh.push(followed);
      }
    }
    if (!fresh.length) return;
    if (wanted.size < possible.length) {
      this.#logger.warn(
        `Watching ${wanted.size} of ${possible.length} folders outside the workspace`,
      );
    }
    void this.#lookAgain(fresh);
  }

  dispose(): void {
    this.#disposed.abort();
    for (const [key, followed] of this.#followed) this.#unfollow(key, followed);
    this.#store.dispose();
  }

  #report(change: FileChange): void {
    // Git and package managers change thousands of files at a time, none of which belongs to a catalog.
    if (/\/(\.git|node_modules)(\/|$)/.test(change.uri)) return;
    this.#onDidChange.fire([change]);
  }

  /** Reports changes from the time between reading a folder and the start of its watcher. */
  async #lookAgain(followed: readonly FollowedFolder[]): Promise<void> {
    try {
      await this.#clock.delay(WAKING, this.#disposed.signal);
    } catch {
      // The watcher was disposed.
      return;
    }
    const uris = followed.flatMap(({ folder: { uri, entries } }) => (entries ? [...entries] : uri));
    this.#onDidChange.fire(uris.map(uri => ({ type: 'changed', uri })));
  }

  #reportOutside(key: string, change: FileChange): void {
    const followed = this.#followed.get(key);
    if (!followed || !matters(change, followed.folder)) return;
    // A recreated folder needs a new watcher.
    if (change.uri === followed.folder.uri) this.#unfollow(key, followed);
    this.#report(change);
  }

  #unfollow(key: string, followed: FollowedFolder): void {
    this.#followed.delete(key);
    followed.watcher.dispose();
  }
}

interface FollowedFolder {
  folder: OutsideFolder;
  readonly watcher: Disposable;
}

/** Whether a change below a folder is relevant. When the folder itself is deleted, only that is reported. */
function matters({ uri }: FileChange, { uri: folder, entries }: OutsideFolder): boolean {
  return !entries || uri === folder || entries.has(uri);
}

function watch(pattern: vscode.GlobPattern, report: (change: FileChange) => void): Disposable {
  const store = new DisposableStore();
  const watcher = store.add(vscode.workspace.createFileSystemWatcher(pattern));
  store.add(watcher.onDidCreate(uri => report({ type: 'created', uri: fromUri(uri) })));
  store.add(watcher.onDidChange(uri => report({ type: 'changed', uri: fromUri(uri) })));
  store.add(watcher.onDidDelete(uri => report({ type: 'deleted', uri: fromUri(uri) })));
  return store;
}
