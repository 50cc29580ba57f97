import type { CatalogSourcePart } from '../../../../../api';
import { Emitter, errorMessage, isAbort, type Logger } from '../../../../../base';
import { VersionedBlob } from '../../../../../platform/core';
import type { BlobStore, Clock } from '../../../../../platform/core/ports';
import type { FindWantedRefs, WantedRefs } from '../../../../catalog/core';
import type { BackstageSourceConfig } from '../../../../sources/core';

export interface HeldPartDeps {
  readonly config: Pick<BackstageSourceConfig, 'hold' | 'limit' | 'name'>;
  readonly store: BlobStore | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Refs of what the copy has; undefined where there is none: then nothing is missing, as all is. */
  readonly entities: () => ReadonlyMap<string, unknown> | undefined;
}

/** The state that the next session starts with. */
interface StoredPart {
  readonly isTooLarge: boolean;
  readonly total?: number | undefined;
  readonly opened: readonly string[];
}

/** Milliseconds after which it is looked at what the catalog wants, when nothing has changed meanwhile. */
const PAUSE = 1000;
/** So many that were opened by name stay. */
export const MOST_OPENED = 500;
/** Of the limit: a server that goes up and down around it is not fetched as a whole again and again. */
const LESS = 0.9;

/**
 * Which entities are held of a server whose catalog is not held as a whole: those that the catalog wants, and those that
 * were opened. Notices when there is something among them that has not come yet.
 */
export class HeldPart {
  readonly #deps: HeldPartDeps;
  readonly #stored: VersionedBlob<StoredPart>;
  readonly #missed = new Emitter<void>();
  /** Something is wanted that the copy does not have, and that the server was not asked for. */
  readonly onDidMiss = this.#missed.event;
  readonly #life = new AbortController();
  #find: FindWantedRefs | undefined;
  #look = new AbortController();
  #total: number | undefined;
  #isTooLarge = false;
  /** How it is going to be, once what is being fetched is there. */
  #planned: { readonly total: number | undefined; readonly isTooLarge: boolean } | undefined;
  /** That which was opened last comes last. */
  readonly #opened = new Set<string>();
  /** What the server does not have, as far as it was asked since the last whole fetch. */
  #absent: ReadonlySet<string> = new Set();

  constructor(deps: HeldPartDeps) {
    this.#deps = deps;
    this.#stored = new VersionedBlob(deps.store, 'part', 2);
  }

  /** Undefined where all of the server is held. */
  get info(): CatalogSourcePart | undefined {
    const isPart = this.#isTooLarge || this.#deps.config.hold === 'referenced';
    return isPart ? { total: this.#total, isTooLarge: this.#isTooLarge } : undefined;
  }

  /** Whether the copy has a part, or is about to. */
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

  /** Takes up what an earlier run has left. */
  async load(): Promise<void> {
    const stored = (await this.#stored.read())?.head;
    if (!stored) return;
    this.#isTooLarge = stored.isTooLarge && this.#deps.config.hold === 'all';
    this.#total = stored.total;
    for (const ref of stored.opened) this.#opened.add(ref);
  }

  /** Writes down what the next run is to know; where it cannot, that finds it out again. */
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

  /** What the catalog wants. Before there is one that could say so, what is there is wanted. */
  async wanted(signal: AbortSignal): Promise<WantedRefs> {
    if (this.#find) return this.#find(signal);
    return { own: new Set(), missing: new Set(this.#deps.entities()?.keys()) };
  }

  /**
   * The server has so many that fit the filter. That counts from when the copy has what is to be held then, and not at all
   * where that does not come.
   *
   * @returns whether these are too many
   */
  plan(total: number | undefined): boolean {
    const { limit } = this.#deps.config;
    const most = this.#isTooLarge ? limit * LESS : limit;
    const isTooLarge = total === undefined ? this.#isTooLarge : total > most;
    this.#planned = { total, isTooLarge };
    return isTooLarge;
  }

  /** The copy is by now what was planned, if anything was. */
  carryOut(): void {
    if (!this.#planned) return;
    ({ total: this.#total, isTooLarge: this.#isTooLarge } = this.#planned);
    this.#planned = undefined;
    this.#lookSoon();
  }

  /** Nothing has come of what was planned, if that was not carried out. */
  drop(): void {
    this.#planned = undefined;
  }

  /** What was asked for now, and is not there. @param isAll - whether nothing else is known to be missing */
  setAbsent(refs: ReadonlySet<string>, { isAll }: { readonly isAll: boolean }): void {
    this.#absent = isAll ? refs : new Set([...this.#absent, ...refs]);
  }

  /** Somebody looks at an entity; with too many of them, those go first that nobody has looked at for the longest. */
  open(ref: string): void {
    this.#opened.delete(ref);
    this.#opened.add(ref);
    for (const oldest of this.#opened) {
      if (this.#opened.size <= MOST_OPENED) break;
      this.#opened.delete(oldest);
    }
  }

  /** Somebody looks at one that was opened before. */
  touch(ref: string): void {
    if (this.#opened.has(ref)) this.open(ref);
  }

  dispose(): void {
    this.#life.abort();
    this.#look.abort();
    this.#missed.dispose();
  }

  /** Once nothing has changed for a while. */
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
