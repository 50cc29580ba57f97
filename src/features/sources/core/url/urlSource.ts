import { Emitter, errorMessage, type Event } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { type IndexOptions, type IndexSession, type IndexState } from '../../../catalog/core';
import {
  emptyIndexState,
  isSameReading,
  openUrlCatalog,
  type UrlCatalog,
  urlCatalogFile,
} from '../../../catalog/core/parts';
import { ScmIntegrations, uriOfUrl } from '../../../scm/core/urlReaders';
import { ConfiguredSource } from '../configuredSource';
import {
  type DiscoverySourceConfig,
  type FetchOptions,
  type FetchOutcome,
  type RemoteSource,
  type RemoteSourceDeps,
  SOURCE_SCHEME,
  SourceError,
  type UrlSourceConfig,
} from '../types';
import { OwnWildcards } from './ownWildcards';
import { onlyUrl, type RegisteredUrls } from './registeredUrls';
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

/** What the catalog was made from, to go on from there. */
interface HeldCatalog {
  readonly session: IndexSession;
  readonly catalog: UrlCatalog;
  readonly reader: UrlCopyReader;
}

/** By URI; files that were read with their addresses. */
type CopiedFiles = ReadonlyMap<string, CopiedFile & { readonly url?: string }>;

/** What a Backstage has of an address that is registered in it as a location. */
export function openUrlSource(
  config: UrlSourceConfig,
  deps: RemoteSourceDeps,
  limits: UrlLimits = DEFAULT_URL_LIMITS,
): RemoteSource {
  return new UrlSource(config, deps, { registered: onlyUrl(config.url), limits });
}

/** What a Backstage has of addresses that are registered in it. */
export class UrlSource
  extends ConfiguredSource<UrlSourceConfig | DiscoverySourceConfig>
  implements RemoteSource
{
  readonly isJudged = true;
  readonly fileSystem: FileSystem;
  readonly #deps: RemoteSourceDeps;
  readonly #registered: RegisteredUrls;
  readonly #limits: UrlLimits;
  readonly #integrations: ScmIntegrations;
  readonly #stored: StoredUrls;
  readonly #wildcards: OwnWildcards;
  readonly #root: string;
  readonly #changed = new Emitter<readonly FileChange[] | undefined>();
  /** The addresses that are registered. */
  #targets: readonly string[] = [];
  #copy: UrlCopy = new Map();
  #fetchedAt: number | undefined;
  #held: HeldCatalog | undefined;
  #files: CopiedFiles = new Map();

  constructor(
    config: UrlSource['config'],
    deps: RemoteSourceDeps,
    {
      registered,
      limits = DEFAULT_URL_LIMITS,
    }: { readonly registered: RegisteredUrls; readonly limits?: UrlLimits },
  ) {
    const { store, hosts } = deps;
    super(config);
    this.#deps = deps;
    this.#registered = registered;
    this.#limits = limits;
    this.#integrations = new ScmIntegrations(hosts);
    this.#root = `${SOURCE_SCHEME}://${config.key}/`;
    this.#stored = storedUrls(store, registered.identity);
    this.#wildcards = new OwnWildcards(deps.wildcards, config.key);
    this.fileSystem = new CopyFileSystem(this.#root, () => this.#files);
  }

  get onDidChange(): Event<readonly FileChange[] | undefined> {
    return this.#changed.event;
  }

  get fetchedAt(): number | undefined {
    return this.#fetchedAt;
  }

  async restore(): Promise<void> {
    const kept = await readStoredUrls(this.#stored);
    if (!kept) return;
    this.#fetchedAt = kept.fetchedAt;
    await this.#takeUp(kept.copy, await this.#registered.restore());
    await this.#wildcards.hold(kept.copy, this.#integrations);
  }

  async fetch({ signal, onProgress }: FetchOptions): Promise<FetchOutcome> {
    const { http, credentials, clock, logger } = this.#deps;
    const traffic = { requests: 0, bytes: 0 };
    const targets = await this.#registered.find({ http, traffic, signal, onProgress });
    const asked = targets.map(target => this.#addressOf(target));
    const before = this.#copy;
    const round = new UrlRound({
      copy: before,
      integrations: this.#integrations,
      http,
      credentials,
      clock,
      traffic,
      limits: this.#limits,
      home: this.#registered.home,
      signal,
      wildcards: this.#wildcards.round(signal, traffic),
      onAnswer: known => onProgress?.(`${known} ${known === 1 ? 'address' : 'addresses'} read`),
    });
    if (!this.#registered.isOptional) {
      for (const url of asked) await this.#askFirst(round, url);
    }
    await round.renew();
    const areOthers = targets.join('\n') !== this.#targets.join('\n');
    const isOther = areOthers || asked.some(url => !before.has(url)) || round.hasOtherTexts;
    const copy = isOther ? await this.#follow(round, targets, signal) : round.known();
    const fetchedAt = clock.now();
    const changed =
      areOthers ||
      copy.size !== before.size ||
      [...copy].some(([key, kept]) => before.get(key) !== kept);
    signal.throwIfAborted();
    try {
      if (changed) await this.#stored.write(copy, fetchedAt);
      else await this.#stored.writeTime(fetchedAt);
    } catch (error) {
      // What came counts all the same, until the end of this run.
      logger.warn(
        `What ${this.name} has could not be kept for the next start: ${errorMessage(error)}`,
      );
    }
    this.#fetchedAt = fetchedAt;
    if (changed) await this.#takeUp(copy, targets);
    await this.#wildcards.keep(copy, this.#integrations);
    return { changed, ...traffic };
  }

  async forget(): Promise<void> {
    this.#fetchedAt = undefined;
    this.#held = undefined;
    await this.#takeUp(new Map(), []);
    await Promise.all([
      this.#stored.remove(),
      this.#registered.forget(),
      this.#wildcards.keep(this.#copy, this.#integrations),
    ]);
  }

  async read(
    session: IndexSession,
    { group, signal, onProgress }: IndexOptions & { readonly group: number },
  ): Promise<IndexState> {
    const copy = this.#copy;
    if (!copy.size) return emptyIndexState;
    const held = this.#held;
    // Where it is broken off halfway, the next reading starts anew.
    this.#held = undefined;
    const next =
      held && isSameReading(session, held.session)
        ? held
        : await this.#start(session, copy, {
            signal,
            onRead: done => onProgress?.({ done, total: undefined }),
          });
    const changed = next.reader.takeUp(copy);
    next.catalog.forget(changed);
    await next.catalog.settle(signal);
    const state = await next.catalog.indexState(group);
    this.#held = next;
    return state;
  }

  displayPath(uri: string): string {
    return this.#files.get(uri)?.url ?? this.#registered.home;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#wildcards.dispose();
    this.#held = undefined;
  }

  /** The address that a server reads for one that is registered. @throws SourceError */
  #addressOf(url: string): string {
    try {
      return this.#integrations.resolveUrl(url, url);
    } catch {
      throw new SourceError('invalid', `${url} is no address that could be read`);
    }
  }

  /** @throws SourceError where what is registered cannot be read */
  async #askFirst(round: UrlRound, url: string): Promise<void> {
    const { failure } = await round.ask(url);
    if (!failure) return;
    const { message, advice } = failure;
    throw (
      round.errorOf(url) ??
      new SourceError('invalid', message, advice === undefined ? {} : { advice })
    );
  }

  /** Asks for all that the address leads to. @returns what is known of that */
  async #follow(
    round: UrlRound,
    targets: readonly string[],
    signal: AbortSignal,
  ): Promise<UrlCopy> {
    const catalog = await openUrlCatalog({ ...this.#catalogDeps(targets), urls: round });
    await catalog.settle(signal);
    return round.wanted();
  }

  /** The catalog as it was while everything could still be read. */
  async #start(
    session: IndexSession,
    copy: UrlCopy,
    { signal, onRead }: { signal: AbortSignal | undefined; onRead: (read: number) => void },
  ): Promise<HeldCatalog> {
    const reader = new UrlCopyReader(copy, { integrations: this.#integrations, isAsItWas: true });
    const deps = { ...this.#catalogDeps(this.#targets), urls: reader, onRead };
    const catalog = await openUrlCatalog(deps, session);
    await catalog.settle(signal);
    return { session, catalog, reader };
  }

  #catalogDeps(targets: readonly string[]) {
    const { isOptional } = this.#registered;
    return {
      targets,
      isOptional,
      root: this.#root,
      clock: this.#deps.clock,
      displayPath: (uri: string) => this.displayPath(uri),
    };
  }

  async #takeUp(copy: UrlCopy, targets: readonly string[]): Promise<void> {
    const files = await this.#copiedFiles(copy, targets);
    // A server that has other locations registered is another one from its beginning.
    if (targets.join('\n') !== this.#targets.join('\n')) this.#held = undefined;
    this.#targets = targets;
    this.#files = files;
    this.#copy = copy;
    this.#changed.fire(undefined);
  }

  async #copiedFiles(copy: UrlCopy, targets: readonly string[]): Promise<CopiedFiles> {
    const files = new Map<string, CopiedFile & { readonly url?: string }>();
    if (!copy.size) return files;
    const { isOptional } = this.#registered;
    const { uri, text } = await urlCatalogFile({ targets, isOptional, root: this.#root });
    files.set(uri, { text, changedAt: 1 });
    const slices = new Slices(this.#deps.clock);
    for (const { files: kept = [], changedAt } of copy.values()) {
      for (const { url, text: content } of kept) {
        files.set(uriOfUrl(this.#root, url), { text: content, changedAt, url });
        if (slices.isOver) await slices.pause();
      }
    }
    return files;
  }
}
