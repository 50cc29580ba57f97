import { type Disposable, Emitter, errorMessage, type Logger } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { BlobStore, Clock, FileSystem } from '../../../../platform/core/ports';
import { type ServedUrls, type UrlDemand } from '../../../catalog/core';
import { uriOfUrl } from '../../../scm/core/urlReaders';
import type { SourceCredentials, SourceHttp } from '../types';
import { OwnWildcards } from './ownWildcards';
import {
  type CopiedFile,
  CopyFileSystem,
  readStoredUrls,
  type StoredUrls,
  storedUrls,
  type UrlCopy,
  UrlCopyReader,
} from './urlCopy';
import { DEFAULT_URL_LIMITS, type UrlLimits, UrlRound } from './urlRound';
import type { LoadWildcards } from './wildcards/wildcards';

export interface ConfiguredUrlsDeps {
  readonly http: SourceHttp;
  readonly credentials: SourceCredentials;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Undefined where nothing can be kept. */
  readonly store: BlobStore | undefined;
  /** Tells the configs from others. */
  readonly identity: string;
  /** URI of the folder that files are said to lie below. */
  readonly root: string;
  /** Whether there still is a server that reads them. */
  readonly isWanted: () => boolean;
  /** Undefined where there is no git. */
  readonly wildcards?: LoadWildcards | undefined;
  readonly limits?: UrlLimits;
}

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
  readonly #stored: StoredUrls;
  readonly #wildcards: OwnWildcards;
  readonly #changed = new Emitter<void>();
  readonly #life = new AbortController();
  readonly #restored: Promise<void>;
  #copy: UrlCopy = new Map();
  #files: ReadonlyMap<string, CopiedFile> = new Map();
  #fetchedAt: number | undefined;
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
  readonly fileSystem: FileSystem;

  constructor(deps: ConfiguredUrlsDeps) {
    const { store, identity, root } = deps;
    this.#deps = deps;
    this.#stored = storedUrls(store, identity);
    this.#wildcards = new OwnWildcards(deps.wildcards, identity);
    this.fileSystem = new CopyFileSystem(root, () => this.#files);
    this.#restored = this.#restore();
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
      reader ??= new UrlCopyReader(this.#copy, { integrations, isAsItWas: true });
      if (!this.#copy.has(url)) {
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
        const copy = this.#copy;
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
    if (![...this.#copy.values()].some(({ failure }) => failure)) return;
    this.#fetchedAt = undefined;
    this.#wake.abort();
  }

  /** Asks for all that the server leads to. Does not reject. */
  fetch(): Promise<void> {
    this.#fetching ??= this.#fetch()
      .catch((error: unknown) => {
        if (this.#life.signal.aborted) return;
        this.#fetchedAt = this.#deps.clock.now();
        this.#deps.logger.error('What app-config.yaml leads to could not be fetched', error);
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
    this.#wildcards.dispose();
  }

  #miss(): void {
    if (this.#isToFollow) return;
    this.#isToFollow = true;
    this.#wake.abort();
  }

  async #restore(): Promise<void> {
    try {
      const kept = await readStoredUrls(this.#stored);
      if (!kept) return;
      await this.#takeUp(kept.copy);
      this.#fetchedAt = kept.fetchedAt;
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
    if (this.#fetchedAt === undefined) return 0;
    const age = this.#deps.clock.now() - this.#fetchedAt;
    // A clock that was put back has made it no younger.
    return age < 0 ? 0 : INTERVAL - age;
  }

  async #fetch(): Promise<void> {
    await this.#restored;
    const demand = this.#demand;
    if (!demand) return;
    const { http, credentials, clock, logger, limits = DEFAULT_URL_LIMITS } = this.#deps;
    const { signal } = this.#life;
    const before = this.#copy;
    await this.#wildcards.hold(before, demand.integrations);
    const traffic = { requests: 0, bytes: 0 };
    const round = new UrlRound({
      copy: before,
      integrations: demand.integrations,
      http,
      credentials,
      clock,
      traffic,
      limits,
      home: undefined,
      signal,
      onAnswer: () => undefined,
      wildcards: this.#wildcards.round(signal, traffic),
    });
    const isToFollow = this.#isToFollow;
    this.#isToFollow = false;
    // What is led to by now may be less than what is known: all the rest is not asked for.
    if (!isToFollow) await round.renew();
    const isOther = isToFollow || round.hasOtherTexts;
    if (isOther) await demand.follow(round, signal);
    const copy = isOther ? round.wanted() : round.known();
    signal.throwIfAborted();
    const changed =
      copy.size !== before.size || [...copy].some(([url, kept]) => before.get(url) !== kept);
    this.#fetchedAt = clock.now();
    try {
      if (changed) await this.#stored.write(copy, this.#fetchedAt);
      else await this.#stored.writeTime(this.#fetchedAt);
    } catch (error) {
      // What came counts all the same, until the end of this run.
      logger.warn(
        `What app-config.yaml leads to could not be kept for the next start: ${errorMessage(error)}`,
      );
    }
    logger.debug(
      `app-config.yaml leads to ${copy.size} addresses: ${traffic.requests} requests, ${traffic.bytes} bytes`,
    );
    await this.#wildcards.keep(copy, demand.integrations);
    if (!changed) return;
    await this.#takeUp(copy);
    this.#changed.fire();
  }

  async #takeUp(copy: UrlCopy): Promise<void> {
    const files = new Map<string, CopiedFile>();
    const slices = new Slices(this.#deps.clock);
    for (const { files: kept = [], changedAt } of copy.values()) {
      for (const { url, text } of kept) {
        files.set(uriOfUrl(this.#deps.root, url), { text, changedAt });
        if (slices.isOver) await slices.pause();
      }
    }
    this.#files = files;
    this.#copy = copy;
  }
}
