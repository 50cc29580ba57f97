import * as vscode from 'vscode';
import { type Disposable, errorMessage, type Logger } from '../../../base';
import type { Clock, FileChange, OutsideFolder } from '../../core/ports';
import { toUri } from '../convert';
import { WATCHER_STARTS, watchFiles } from './watchFiles';

/** The maximum number of watched folders; each needs its own watcher. */
const MAX_FOLDERS = 500;

interface OutsideFoldersDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly report: (changes: readonly FileChange[]) => void;
}

interface WatchedFolder {
  folder: OutsideFolder;
  readonly watcher: Disposable;
}

/** Watches folders on disk outside the workspace. */
export class OutsideFolders implements Disposable {
  readonly #deps: OutsideFoldersDeps;
  readonly #disposed = new AbortController();
  readonly #watched = new Map<string, WatchedFolder>();

  constructor(deps: OutsideFoldersDeps) {
    this.#deps = deps;
  }

  /** Watches these folders instead of the earlier ones. */
  follow(folders: readonly OutsideFolder[]): void {
    if (this.#disposed.signal.aborted) return;
    const { logger } = this.#deps;
    const wanted = new Map(
      folders
        .slice(0, MAX_FOLDERS)
        .map(folder => [`${folder.isDeep ? 'deep' : 'flat'} ${folder.uri}`, folder]),
    );
    for (const [key, watched] of this.#watched) {
      if (!wanted.has(key)) this.#unfollow(key, watched);
    }
    const fresh: WatchedFolder[] = [];
    for (const [key, folder] of wanted) {
      const known = this.#watched.get(key);
      if (known) known.folder = folder;
      else {
        logger.debug(`${folder.uri} is watched, outside of the workspace`);
        const report = (change: FileChange): void => this.#report(key, change);
        const pattern = new vscode.RelativePattern(toUri(folder.uri), folder.isDeep ? '**' : '*');
        const watched = { folder, watcher: watchFiles(pattern, report) };
        this.#watched.set(key, watched);
        fresh.push(watched);
      }
    }
    if (!fresh.length) return;
    if (wanted.size < folders.length) {
      logger.warn(`Watching ${wanted.size} of ${folders.length} folders outside the workspace`);
    }
    this.#lookAgain(fresh).catch((error: unknown) => logger.error(errorMessage(error)));
  }

  dispose(): void {
    this.#disposed.abort();
    for (const [key, watched] of this.#watched) this.#unfollow(key, watched);
  }

  /** Reports changes from the time between reading a folder and the start of its watcher. */
  async #lookAgain(fresh: readonly WatchedFolder[]): Promise<void> {
    const { clock, report } = this.#deps;
    const { signal } = this.#disposed;
    for (const pause of WATCHER_STARTS) {
      await clock.delay(pause, signal).catch(() => undefined);
      if (signal.aborted) return;
      const uris = fresh.flatMap(({ folder: { uri, entries } }) => (entries ? [...entries] : uri));
      report(uris.map(uri => ({ type: 'changed', uri })));
    }
  }

  #report(key: string, change: FileChange): void {
    const watched = this.#watched.get(key);
    if (!watched || !matters(change, watched.folder)) return;
    // A recreated folder needs a new watcher.
    if (change.uri === watched.folder.uri) this.#unfollow(key, watched);
    this.#deps.report([change]);
  }

  #unfollow(key: string, watched: WatchedFolder): void {
    this.#watched.delete(key);
    watched.watcher.dispose();
  }
}

/** Whether a change below a folder is relevant. When the folder itself is deleted, only that is reported. */
function matters({ uri }: FileChange, { uri: folder, entries }: OutsideFolder): boolean {
  return !entries || uri === folder || entries.has(uri);
}
