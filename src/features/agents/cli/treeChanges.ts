import { repositoryAround } from '../../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../../platform/core/ports';
import { type CatalogOptions, openFileSelector } from '../../catalog/core';

export interface TreeChangesDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** URI of a folder. */
  readonly root: string;
}

/** What is looked at. */
export interface TreeSelection {
  readonly options: Pick<CatalogOptions, 'exclude' | 'filesExclude'>;
  /** URIs of files that count although they may be ignored. */
  readonly also: Iterable<string>;
}

/** Files that are looked at in one go. */
const AT_ONCE = 64;

/**
 * Finds out which files below a folder have changed since it was last asked, by looking at all that are not
 * ignored, and at some others: for a process that lives long, is asked seldom, and then must not answer with what was.
 */
export class TreeChanges {
  #deps: TreeChangesDeps;
  /** By URI, what a file looked like; undefined before the first time. */
  #known: ReadonlyMap<string, string> | undefined;

  constructor(deps: TreeChangesDeps) {
    this.#deps = deps;
  }

  /** All files are new the first time. @throws AbortError */
  async next(selection: TreeSelection, signal: AbortSignal): Promise<readonly FileChange[]> {
    const before = this.#known ?? new Map<string, string>();
    const now = await this.#look(selection, signal);
    this.#known = now;
    const changes: FileChange[] = [];
    for (const [uri, stamp] of now) {
      const known = before.get(uri);
      if (known !== stamp) changes.push({ type: known === undefined ? 'created' : 'changed', uri });
    }
    for (const uri of before.keys()) if (!now.has(uri)) changes.push({ type: 'deleted', uri });
    return changes;
  }

  async #look(
    { options: { exclude, filesExclude }, also }: TreeSelection,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const { fileSystem, clock, root } = this.#deps;
    const selector = await openFileSelector({
      fileSystem,
      root,
      repository: await repositoryAround(root, fileSystem),
      options: { include: ['**/*'], exclude: [...exclude, ...filesExclude] },
    });
    // What was known once is not gone because it is ignored now, or broken.
    const found = new Set([...also, ...(this.#known?.keys() ?? [])]);
    await selector.findFiles([root], { signal, clock, onFile: uri => found.add(uri) });
    const uris = [...found];
    const stamps = new Map<string, string>();
    for (let at = 0; at < uris.length; at += AT_ONCE) {
      signal.throwIfAborted();
      await Promise.all(
        uris.slice(at, at + AT_ONCE).map(async uri => {
          // What cannot be looked at may be read again, which says why.
          const stat = await fileSystem.stat(uri).catch(() => undefined);
          if (stat) stamps.set(uri, `${stat.mtime} ${stat.size}`);
        }),
      );
    }
    return stamps;
  }
}
