import { type Disposable, Emitter } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import { type ServedUrls, type UrlDemand } from '../../../catalog/core';
import { AddressCopy, type AddressCopyDeps } from './addressCopy';
import { UrlCopyReader } from './urlCopy';

export interface ConfiguredUrlsDeps extends Omit<AddressCopyDeps, 'subject'> {
  /** Whether a catalog still reads these URLs. */
  readonly isWanted: () => boolean;
}

const SUBJECT = 'What app-config.yaml leads to';
/** Milliseconds between two fetches. */
const INTERVAL = 15 * 60_000;
/** Milliseconds before missing URLs are fetched, because more will follow. */
const PAUSE = 200;
/** Maximum milliseconds to wait, because clocks jump and machines sleep. */
const TICK = 15_000;

/**
 * Copy of the files at URLs that Backstage configs lead to. The catalog reads it immediately; it is updated in the
 * background as long as entities come from there.
 */
export class ConfiguredUrls implements Disposable {
  readonly #deps: ConfiguredUrlsDeps;
  readonly #copy: AddressCopy;
  readonly #changed = new Emitter<void>();
  readonly #life = new AbortController();
  readonly #restored: Promise<void>;
  #demand: UrlDemand | undefined;
  /** Whether all references must be followed again, not only changed files. */
  #isToFollow = false;
  /** Whether the catalog restarts because of fetched files rather than on the user's request. */
  #isRestarting = false;
  #fetching: Promise<void> | undefined;
  #isRunning = false;
  #wake = new AbortController();

  /** Fires when the catalog must read changed files. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: ConfiguredUrlsDeps) {
    this.#deps = deps;
    this.#copy = new AddressCopy({ ...deps, subject: SUBJECT });
    this.#restored = this.#restore();
  }

  get fileSystem(): FileSystem {
    return this.#copy.fileSystem;
  }

  /** Opens the URLs for a catalog that starts. */
  open(demand: UrlDemand): ServedUrls {
    // A restart may lead to other URLs, and a user who reloads expects current files.
    if (this.#demand && !this.#isRestarting) {
      this.#isToFollow = true;
      this.#wake.abort();
    }
    this.#isRestarting = false;
    this.#demand = demand;
    const { integrations } = demand;
    const missed = new Set<string>();
    let reader: UrlCopyReader | undefined;
    const readerFor = async (url: string): Promise<UrlCopyReader> => {
      await this.#restored;
      void this.#run();
      reader ??= new UrlCopyReader(this.#copy.addresses, { integrations, keepsUnreadable: true });
      if (!this.#copy.addresses.has(url)) {
        missed.add(url);
        this.#miss();
      }
      return reader;
    };
    return {
      root: this.#deps.root,
      reader: {
        integrations,
        read: async url => (await readerFor(url)).read(url),
        search: async url => (await readerFor(url)).search(url),
      },
      applyChanges: () => {
        const copy = this.#copy.addresses;
        if ([...missed].some(url => copy.has(url))) {
          this.#isRestarting = true;
          return undefined;
        }
        return reader?.setCopy(copy) ?? new Set();
      },
    };
  }

  /** Retries URLs that failed, as they may be available again. */
  retry(): void {
    if (![...this.#copy.addresses.values()].some(({ failure }) => failure)) return;
    this.#copy.fetchedAt = undefined;
    this.#wake.abort();
  }

  /** Fetches all URLs that the configs lead to. Never rejects. */
  fetch(): Promise<void> {
    this.#fetching ??= this.#fetch()
      .catch((error: unknown) => {
        if (this.#life.signal.aborted) return;
        this.#copy.fetchedAt = this.#deps.clock.now();
        this.#deps.logger.error(`${SUBJECT} can't be fetched`, error);
      })
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  dispose(): void {
    this.#life.abort(new DOMException('The Backstage was removed', 'AbortError'));
    this.#wake.abort();
    this.#changed.dispose();
    this.#copy.dispose();
  }

  #miss(): void {
    if (this.#isToFollow) return;
    this.#isToFollow = true;
    this.#wake.abort();
  }

  async #restore(): Promise<void> {
    try {
      const stored = await this.#copy.readStored();
      if (stored) await this.#copy.apply(stored);
    } catch (error) {
      this.#deps.logger.error("Can't read the cached copy of what app-config.yaml leads to", error);
    }
  }

  /** Fetches when due, until disposed. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { clock } = this.#deps;
    while (!this.#life.signal.aborted) {
      this.#wake = new AbortController();
      const wait = this.#isToFollow ? PAUSE : this.#waitUntilDue();
      if (wait <= PAUSE && this.#deps.isWanted()) {
        await clock.delay(PAUSE, this.#life.signal).catch(() => undefined);
        if (!this.#life.signal.aborted) await this.fetch();
        continue;
      }
      // Woken when something has changed.
      await clock
        .delay(Math.max(PAUSE, Math.min(wait, TICK)), this.#wake.signal)
        .catch(() => undefined);
    }
  }

  #waitUntilDue(): number {
    if (this.#copy.fetchedAt === undefined) return 0;
    const age = this.#deps.clock.now() - this.#copy.fetchedAt;
    // After the clock was set back, the copy counts as due.
    return age < 0 ? 0 : INTERVAL - age;
  }

  async #fetch(): Promise<void> {
    await this.#restored;
    const demand = this.#demand;
    if (!demand) return;
    const { integrations } = demand;
    const { signal } = this.#life;
    const copy = this.#copy;
    await copy.holdRepositories(integrations);
    const traffic = { requests: 0, bytes: 0 };
    const round = copy.round({ integrations, home: undefined, signal, traffic });
    const isToFollow = this.#isToFollow;
    this.#isToFollow = false;
    // References may have changed, so only known URLs are requested first.
    if (!isToFollow) await round.renew();
    const isOther = isToFollow || round.hasOtherTexts;
    if (isOther) await demand.follow(round, signal);
    const addresses = isOther ? round.wanted() : round.known();
    signal.throwIfAborted();
    const hasChanged = await copy.store(addresses);
    this.#deps.logger.debug(
      `app-config.yaml leads to ${addresses.size} addresses: ${traffic.requests} requests, ${traffic.bytes} bytes`,
    );
    if (hasChanged) await copy.apply(addresses);
    await copy.keepRepositories(integrations);
    if (hasChanged) this.#changed.fire();
  }
}
