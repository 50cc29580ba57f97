import type {
  Entity,
  EntityFiles,
  FileInfo,
  FilesService,
  ListFilesOptions,
  WatchFilesOptions,
} from '../../../api';
import { dirnameUri, type Event, isWithin, joinUri, toDisposable } from '../../../base';
import { refOf } from '../../../model/presentation';
import type { Clock, FileChange, FileSystem } from '../../../platform/core/ports';
import type { CatalogEngine } from './engine/catalogEngine';
import { openFileSelector } from './lazyParts';

/** Number of files that a list has by default, and at most. */
const LIMIT = 1_000;
const MAX_LIMIT = 10_000;

export interface EntityFilesServiceDeps {
  readonly engine: Pick<CatalogEngine, 'getEntitySource' | 'options' | 'roots'>;
  /** Includes unsaved text of open editors. */
  readonly fileSystem: FileSystem;
  readonly changes: readonly Event<readonly FileChange[]>[];
  readonly clock: Clock;
}

/** Files of the workspace for plugins, without those that the catalog's settings exclude. */
export class EntityFilesService implements FilesService {
  #deps: EntityFilesServiceDeps;

  constructor(deps: EntityFilesServiceDeps) {
    this.#deps = deps;
  }

  readFile(uri: string): Promise<Uint8Array> {
    return this.#deps.fileSystem.readFile(uri);
  }

  async exists(uri: string): Promise<boolean> {
    return (await this.#deps.fileSystem.stat(uri)) !== undefined;
  }

  async stat(uri: string): Promise<FileInfo | undefined> {
    const stat = await this.#deps.fileSystem.stat(uri);
    if (!stat || stat.type === 'unknown') return undefined;
    return { type: stat.type, size: stat.size, mtime: stat.mtime };
  }

  async list(
    glob: string,
    { in: folder, limit = LIMIT, signal }: ListFilesOptions = {},
  ): Promise<readonly string[]> {
    const most = Math.max(0, Math.min(limit, MAX_LIMIT));
    const found: string[] = [];
    // Stops the walk once there are enough files.
    const enough = new AbortController();
    const signals = signal ? [enough.signal, signal] : [enough.signal];
    for (const root of folder === undefined ? this.#roots : [folder]) {
      const selector = await this.#select(root, glob);
      try {
        await selector.findFiles([root], {
          signal: AbortSignal.any(signals),
          clock: this.#deps.clock,
          onFile(uri) {
            if (found.length < most) found.push(uri);
            else enough.abort();
          },
        });
      } catch (error) {
        if (!enough.signal.aborted || signal?.aborted) throw error;
      }
      if (enough.signal.aborted) break;
    }
    return found.sort();
  }

  watch(glob: string, { in: folder }: WatchFilesOptions = {}): Event<ReadonlySet<string>> {
    return listener => {
      let isDisposed = false;
      const take = async (changes: readonly FileChange[]): Promise<void> => {
        const changed = new Set<string>();
        for (const root of folder === undefined ? this.#roots : [folder]) {
          const inside = changes.filter(({ uri }) => isWithin(root, uri));
          if (!inside.length) continue;
          const selector = await this.#select(root, glob);
          for (const { type, uri } of inside) {
            // A folder that is deleted takes its files along without an event of theirs.
            const isFolder = type === 'deleted' && !/\.[^/]*$/.test(uri);
            if (isFolder || (await selector.selects(uri))) changed.add(uri);
          }
        }
        if (changed.size && !isDisposed) listener(changed);
      };
      const subscriptions = this.#deps.changes.map(event => event(changes => void take(changes)));
      return toDisposable(() => {
        isDisposed = true;
        for (const subscription of subscriptions) subscription.dispose();
      });
    };
  }

  of(entity: Entity): EntityFiles | undefined {
    const source = this.#deps.engine.getEntitySource(refOf(entity));
    if (!source) return undefined;
    const folder = dirnameUri(source.file);
    const top = this.#roots.find(root => isWithin(root, folder)) ?? folder;
    const uri = (path: string): string => {
      const joined = joinUri(folder, path);
      if (isWithin(top, joined)) return joined;
      throw new RangeError(`The path "${path}" leads out of the workspace`);
    };
    return {
      folder,
      uri,
      readFile: async path => this.readFile(uri(path)),
      stat: async path => this.stat(uri(path)),
      list: async (glob, options) => this.list(glob, { ...options, in: folder }),
      watch: glob => this.watch(glob, { in: folder }),
    };
  }

  get #roots(): readonly string[] {
    return this.#deps.engine.roots.map(({ uri }) => uri);
  }

  /** A new selector for each request, because `.gitignore` files may have changed. */
  #select(root: string, glob: string): ReturnType<typeof openFileSelector> {
    const { fileSystem, engine } = this.#deps;
    const { exclude, filesExclude } = engine.options;
    return openFileSelector({
      root,
      repository: undefined,
      fileSystem,
      options: { include: [glob], exclude: [...exclude, ...filesExclude] },
    });
  }
}
