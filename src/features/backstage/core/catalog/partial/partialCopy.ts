import type { CatalogSourcePart } from '../../../../../api';
import { Emitter, errorMessage, isAbort, type Logger } from '../../../../../base';
import { VersionedBlob } from '../../../../../platform/core';
import type { BlobStore, Clock } from '../../../../../platform/core/ports';
import type { FindWantedRefs, WantedRefs } from '../../../../catalog/core';
import type { BackstageSourceConfig } from '../../../../sources/core';

export interface PartialCopyDeps {
  readonly config: Pick<BackstageSourceConfig, 'hold' | 'limit' | 'name'>;
  readonly store: BlobStore | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Refs in the copy; undefined without a copy, in which case nothing counts as missing. */
  readonly entities: () => ReadonlyMap<string, unknown> | undefined;
}

/** State stored for the next session. */
interface StoredPart {
  readonly isTooLarge: boolean;
  readonly total?: number | undefined;
  readonly opened: readonly string[];
}

/** Milliseconds without catalog changes before missing entities are determined. */
const PAUSE = 1000;
/** Maximum number of opened entities to keep. */
export const MOST_OPENED = 500;
/**
 * Share of the limit below which a partial copy becomes complete again, so that a server near the limit doesn't
 * alternate.
 */
const LESS = 0.9;

/**
 * Partial copy of a server: selects the entities that the catalog refers to and those that were opened, and reports
 * when some are missing.
 */
export class PartialCopy {
  readonly #deps: PartialCopyDeps;
  readonly #stored: VersionedBlob<StoredPart>;
  readonly #missed = new Emitter<void>();
  /** Fires when wanted entities are missing from the copy and were not requested. */
  readonly onDidMiss = this.#missed.event;
  readonly #life = new AbortController();
  #find: FindWantedRefs | undefined;
  #look = new AbortController();
  #total: number | undefined;
  #isTooLarge = false;
  /** State that applies once the current fetch is complete. */
  #planned: { readonly total: number | undefined; readonly isTooLarge: boolean } | undefined;
  /** Opened refs, latest last. */
  readonly #opened = new Set<string>();
  /** Refs that the server doesn't have, as found since the last full fetch. */
  #absent: ReadonlySet<string> = new Set();

  constructor(deps: PartialCopyDeps) {
    this.#deps = deps;
    this.#stored = new VersionedBlob(deps.store, 'part', 2);
  }

  /** Undefined if the copy is complete. */
  get info(): CatalogSourcePart | undefined {
    const isPart = this.#isTooLarge || this.#deps.config.hold === 'referenced';
    return isPart ? { total: this.#total, isTooLarge: this.#isTooLarge } : undefined;
  }

  /** Whether the copy is partial or becomes partial. */
  get isPart(): boolean {
    return this.info !== undefined || this.#planned?.isTooLarge === true;
  }

  get isTooLarge(): boolean {
    return this.#isTooLarge;
  }

  get absent(): ReadonlySet<string> {
    return this.#absent;
  }

  get opened(): Iterable<string> {
    return this.#opened;
  }

  /** Restores the state of an earlier run. */
  async load(): Promise<void> {
    const stored = (await this.#stored.read())?.head;
    if (!stored) return;
    this.#isTooLarge = stored.isTooLarge && this.#deps.config.hold === 'all';
    this.#total = stored.total;
    for (const ref of stored.opened) this.#opened.add(ref);
  }

  /** Stores the state for the next run; on failure, it is determined again. */
  async save(): Promise<void> {
    try {
      await this.#stored.write({
        isTooLarge: this.#isTooLarge,
        total: this.#total,
        opened: [...this.#opened],
      });
    } catch (error) {
      this.#warn(error);
    }
  }

  async forget(): Promise<void> {
    this.#opened.clear();
    this.#absent = new Set();
    this.#isTooLarge = false;
    this.#total = undefined;
    await this.#stored.remove();
  }

  /** See `CatalogSource.onCatalogChange`. */
  setCatalog(find: FindWantedRefs): void {
    this.#find = find;
    this.#lookSoon();
  }

  /** Returns the refs that the catalog wants; without a catalog, those in the copy. */
  async wanted(signal: AbortSignal): Promise<WantedRefs> {
    if (this.#find) return this.#find(signal);
    return { own: new Set(), missing: new Set(this.#deps.entities()?.keys()) };
  }

  /**
   * Plans the state for a number of matching entities. It applies once the copy is fetched, and not at all if that
   * fails.
   *
   * @returns whether there are more than the limit
   */
  plan(total: number | undefined): boolean {
    const { limit } = this.#deps.config;
    const most = this.#isTooLarge ? limit * LESS : limit;
    const isTooLarge = total === undefined ? this.#isTooLarge : total > most;
    this.#planned = { total, isTooLarge };
    return isTooLarge;
  }

  /** Applies the planned state. */
  carryOut(): void {
    if (!this.#planned) return;
    ({ total: this.#total, isTooLarge: this.#isTooLarge } = this.#planned);
    this.#planned = undefined;
    this.#lookSoon();
  }

  /** Discards the planned state. */
  drop(): void {
    this.#planned = undefined;
  }

  /** Records refs that the server doesn't have. @param isAll - whether they replace earlier ones */
  setAbsent(refs: ReadonlySet<string>, { isAll }: { readonly isAll: boolean }): void {
    this.#absent = isAll ? refs : new Set([...this.#absent, ...refs]);
  }

  /** Keeps an opened entity; the least recently opened ones are dropped above the maximum. */
  open(ref: string): void {
    this.#opened.delete(ref);
    this.#opened.add(ref);
    for (const oldest of this.#opened) {
      if (this.#opened.size <= MOST_OPENED) break;
      this.#opened.delete(oldest);
    }
  }

  /** Marks an entity as recently used if it was opened before. */
  touch(ref: string): void {
    if (this.#opened.has(ref)) this.open(ref);
  }

  dispose(): void {
    this.#life.abort();
    this.#look.abort();
    this.#missed.dispose();
  }

  /** Checks for missing entities once the catalog hasn't changed for a while. */
  #lookSoon(): void {
    this.#look.abort();
    if (!this.info || this.#life.signal.aborted) return;
    this.#look = new AbortController();
    const { signal } = this.#look;
    void this.#lookLater(signal).catch((error: unknown) => {
      if (!isAbort(error)) this.#warn(error);
    });
  }

  async #lookLater(signal: AbortSignal): Promise<void> {
    await this.#deps.clock.delay(PAUSE, signal);
    const { own, missing } = await this.wanted(signal);
    signal.throwIfAborted();
    const entities = this.#deps.entities();
    if (!entities) return;
    for (const refs of [missing, own]) {
      for (const ref of refs) {
        if (entities.has(ref) || this.#absent.has(ref)) continue;
        this.#missed.fire();
        return;
      }
    }
  }

  #warn(error: unknown): void {
    const { logger, config } = this.#deps;
    logger.warn(`${config.name}: ${errorMessage(error)}`);
  }
}
