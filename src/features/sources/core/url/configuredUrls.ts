import { type Disposable, Emitter } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import { type ServedUrls, type UrlDemand } from '../../../catalog/core';
import { AddressCopy, type AddressCopyDeps } from './addressCopy';
import { UrlCopyReader } from './urlCopy';

export interface ConfiguredUrlsDeps extends Omit<AddressCopyDeps, 'subject'> {
  /** Whether there still is a server that reads them. */
  readonly isWanted: () => boolean;
}

const SUBJECT = 'What app-config.yaml leads to';
/** Milliseconds between two fetches. */
const INTERVAL = 15 * 60_000;
/** Milliseconds before something that was missed is asked for, as others will be missed, too. */
const PAUSE = 200;
/** Milliseconds: as clocks jump and machines sleep, no wait is longer. */
const TICK = 15_000;

/**
 * What stands at the addresses that the configs of a Backstage lead to: a copy, which the catalog reads from at once, and
 * which is brought up to date in the background for as long as something in the catalog comes from there.
 */
export class ConfiguredUrls implements Disposable {
  readonly #deps: ConfiguredUrlsDeps;
  readonly #copy: AddressCopy;
  readonly #changed = new Emitter<void>();
  readonly #life = new AbortController();
  readonly #restored: Promise<void>;
  #demand: UrlDemand | undefined;
  /** Whether all is to be found out anew that is led to, and not only what has changed of it. */
  #isToFollow = false;
  /** Whether a server that starts anew does so for what came, and not since somebody wants to see what there is by now. */
  #isRestarting = false;
  #fetching: Promise<void> | undefined;
  #isRunning = false;
  #wake = new AbortController();

  /** There is something to be taken up by the server. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: ConfiguredUrlsDeps) {
    this.#deps = deps;
    this.#copy = new AddressCopy({ ...deps, subject: SUBJECT });
    this.#restored = this.#restore();
  }

  get fileSystem(): FileSystem {
    return this.#copy.fileSystem;
  }

  /** For a server that starts. */
  open(demand: UrlDemand): ServedUrls {
    // Other addresses may be led to than before, and whoever reads all again wants to know what is there now.
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
      reader ??= new UrlCopyReader(this.#copy.addresses, { integrations, isAsItWas: true });
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
      takeUp: () => {
        const copy = this.#copy.addresses;
        if ([...missed].some(url => copy.has(url))) {
          this.#isRestarting = true;
          return undefined;
        }
        return reader?.takeUp(copy) ?? new Set();
      },
    };
  }

  /** Asks for what could not be read before, as it may be back. */
  retry(): void {
    if (![...this.#copy.addresses.values()].some(({ failure }) => failure)) return;
    this.#copy.fetchedAt = undefined;
    this.#wake.abort();
  }

  /** Asks for all that the server leads to. Does not reject. */
  fetch(): Promise<void> {
    this.#fetching ??= this.#fetch()
      .catch((error: unknown) => {
        if (this.#life.signal.aborted) return;
        this.#copy.fetchedAt = this.#deps.clock.now();
        this.#deps.logger.error(`${SUBJECT} could not be fetched`, error);
      })
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  dispose(): void {
    this.#life.abort(new DOMException('The Backstage is gone', 'AbortError'));
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
      if (stored) await this.#copy.takeUp(stored);
    } catch (error) {
      this.#deps.logger.error('The copy of what app-config.yaml leads to could not be read', error);
    }
  }

  /** Fetches what is due, until the configs are others. */
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
      // Something may have changed, and be to do.
      await clock
        .delay(Math.max(PAUSE, Math.min(wait, TICK)), this.#wake.signal)
        .catch(() => undefined);
    }
  }

  #waitUntilDue(): number {
    if (this.#copy.fetchedAt === undefined) return 0;
    const age = this.#deps.clock.now() - this.#copy.fetchedAt;
    // A clock that was put back has made it no younger.
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
    // What is led to by now may be less than what is known: all the rest is not asked for.
    if (!isToFollow) await round.renew();
    const isOther = isToFollow || round.hasOtherTexts;
    if (isOther) await demand.follow(round, signal);
    const addresses = isOther ? round.wanted() : round.known();
    signal.throwIfAborted();
    const hasChanged = await copy.store(addresses);
    this.#deps.logger.debug(
      `app-config.yaml leads to ${addresses.size} addresses: ${traffic.requests} requests, ${traffic.bytes} bytes`,
    );
    if (hasChanged) await copy.takeUp(addresses);
    await copy.keepRepositories(integrations);
    if (hasChanged) this.#changed.fire();
  }
}
