import type { CatalogSourcePart, SourceEntityQuery } from '../../src/api';
import { Emitter } from '../../src/base';
import type {
  FetchOptions,
  FetchOutcome,
  FoundEntities,
  RemoteSource,
  SourceConfig,
} from '../../src/features/sources/core';
import type { Clock, FileSystem } from '../../src/platform/core/ports';
import { InMemoryFileSystem } from './inMemoryFileSystem';
import { SourceInMemory } from './sourceInMemory';

type Texts = Readonly<Record<string, string>>;

/** A remote source with content from a test. */
export class RemoteSourceInMemory extends SourceInMemory implements RemoteSource {
  readonly config: SourceConfig;
  readonly fileSystem: FileSystem;
  fetchedAt: number | undefined;
  /** Replaces fetching; default: fetches all entities. */
  onFetch: ((options: FetchOptions) => Promise<void>) | undefined;
  /** Entities of the remote machine. */
  remote: Texts = {};
  /** Cached entities of an earlier run. */
  copy: { readonly texts: Texts; readonly fetchedAt: number } | undefined;
  onRestore: (() => Promise<void>) | undefined;
  /** Times at which it was fetched. */
  readonly fetches: number[] = [];
  /** Times at which missing entities were fetched. */
  readonly fetchesOfMissing: number[] = [];
  /** Fired by a test: the catalog needs entities that the copy doesn't have. */
  readonly misses = new Emitter<void>();
  readonly onDidMiss = this.misses.event;
  /** Replaces requests for an entity; default: there is none. */
  onBring: ((ref: string) => Promise<boolean>) | undefined;
  /** The kept part; default: all entities. */
  part: CatalogSourcePart | undefined;
  /** Replaces requests for entities by name; default: there are none. */
  onFind: ((query: SourceEntityQuery, signal: AbortSignal) => Promise<FoundEntities>) | undefined;
  isDisposed = false;
  readonly #clock: Clock;

  constructor(
    config: SourceConfig,
    { files = new InMemoryFileSystem(), clock }: { files?: InMemoryFileSystem; clock: Clock },
  ) {
    super(files, { id: config.key, allow: config.allow });
    this.config = config;
    this.fileSystem = files;
    this.#clock = clock;
  }

  async restore(): Promise<void> {
    await this.onRestore?.();
    if (!this.copy) return;
    this.fetchedAt = this.copy.fetchedAt;
    this.put(this.copy.texts);
  }

  async fetch(options: FetchOptions): Promise<FetchOutcome> {
    const { isOnlyMissing = false } = options;
    (isOnlyMissing ? this.fetchesOfMissing : this.fetches).push(this.#clock.now());
    await this.onFetch?.(options);
    options.signal.throwIfAborted();
    if (!isOnlyMissing) this.fetchedAt = this.#clock.now();
    this.put(this.remote);
    return { changed: true, requests: 1, bytes: 1 };
  }

  fetchEntity(ref: string): Promise<boolean> {
    return this.onBring?.(ref) ?? Promise.resolve(false);
  }

  findEntities(query: SourceEntityQuery, signal: AbortSignal): Promise<FoundEntities> {
    return this.onFind?.(query, signal) ?? Promise.resolve({ entities: [], isComplete: true });
  }

  forget(): Promise<void> {
    this.fetchedAt = undefined;
    this.put({});
    return Promise.resolve();
  }

  dispose(): void {
    this.isDisposed = true;
  }
}
