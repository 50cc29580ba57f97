import { Emitter, type Event } from '../../../../base';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { type IndexOptions, type IndexSession, type IndexState } from '../../../catalog/core';
import {
  emptyIndexState,
  isSameReading,
  openUrlCatalog,
  type UrlCatalog,
  urlCatalogFile,
} from '../../../catalog/core/reader';
import { ScmIntegrations } from '../../../scm/core/urlReaders';
import { ConfiguredSource } from '../registry/sourcePlaceholder';
import type { RemoteSourceDeps } from '../remoteSourceDeps';
import {
  type DiscoverySourceConfig,
  type FetchOptions,
  type FetchOutcome,
  type RemoteSource,
  SOURCE_SCHEME,
  SourceError,
  type SourceHttp,
  type Traffic,
  type UrlSourceConfig,
} from '../types';
import { AddressCopy } from './addressCopy';
import { type UrlCopy, UrlCopyReader } from './urlCopy';
import type { UrlLimits, UrlRound } from './urlRound';

export interface RegistryQuestion extends FetchOptions {
  readonly http: SourceHttp;
  readonly traffic: Traffic;
}

/** URLs that a source registers, as users do in Backstage. */
export interface RegisteredUrls {
  /** Identifies the copy of these URLs. */
  readonly identity: string;
  /** Web page of the source. */
  readonly home: string;
  /** Whether missing files are not an error. */
  readonly isOptional: boolean;
  /** Returns the URLs of the last fetch, without sending requests. */
  restore(): Promise<readonly string[]>;
  /** Returns the current URLs. @throws SourceError; AbortError */
  find(question: RegistryQuestion): Promise<readonly string[]>;
  /** Forgets the URLs of the last fetch. */
  forget(): Promise<void>;
}

/** A single required URL. */
function onlyUrl(url: string): RegisteredUrls {
  return {
    identity: url,
    home: url,
    isOptional: false,
    restore: () => Promise.resolve([url]),
    find: () => Promise.resolve([url]),
    forget: () => Promise.resolve(),
  };
}

/** State to continue from for changes. */
interface CachedCatalog {
  readonly session: IndexSession;
  readonly catalog: UrlCatalog;
  readonly reader: UrlCopyReader;
}

/** Opens a source for a URL that is registered in Backstage as a location. */
export function openUrlSource(
  config: UrlSourceConfig,
  deps: RemoteSourceDeps,
  limits?: UrlLimits,
): RemoteSource {
  return new UrlSource(config, deps, onlyUrl(config.url), limits);
}

/** Source for registered URLs, with the entities that Backstage would have. */
export class UrlSource
  extends ConfiguredSource<UrlSourceConfig | DiscoverySourceConfig>
  implements RemoteSource
{
  readonly reportsProblems = true;
  readonly #deps: RemoteSourceDeps;
  readonly #registered: RegisteredUrls;
  readonly #integrations: ScmIntegrations;
  readonly #copy: AddressCopy;
  readonly #root: string;
  readonly #changed = new Emitter<readonly FileChange[] | undefined>();
  /** Registered URLs. */
  #targets: readonly string[] = [];
  #held: CachedCatalog | undefined;

  constructor(
    config: UrlSource['config'],
    deps: RemoteSourceDeps,
    registered: RegisteredUrls,
    limits?: UrlLimits,
  ) {
    super(config);
    this.#deps = deps;
    this.#registered = registered;
    this.#integrations = new ScmIntegrations(deps.hosts, deps.addresses);
    this.#root = `${SOURCE_SCHEME}://${config.key}/`;
    const { identity } = registered;
    const subject = `What ${config.name} has`;
    this.#copy = new AddressCopy({ ...deps, identity, root: this.#root, subject, limits });
  }

  get fileSystem(): FileSystem {
    return this.#copy.fileSystem;
  }

  get onDidChange(): Event<readonly FileChange[] | undefined> {
    return this.#changed.event;
  }

  get fetchedAt(): number | undefined {
    return this.#copy.fetchedAt;
  }

  async restore(): Promise<void> {
    const stored = await this.#copy.readStored();
    if (!stored) return;
    await this.#apply(stored, await this.#registered.restore());
    await this.#copy.holdRepositories(this.#integrations);
  }

  async fetch({ signal, onProgress }: FetchOptions): Promise<FetchOutcome> {
    const traffic = { requests: 0, bytes: 0 };
    const { http } = this.#deps;
    const targets = await this.#registered.find({ http, traffic, signal, onProgress });
    const asked = targets.map(target => this.#addressOf(target));
    const copy = this.#copy;
    const before = copy.addresses;
    const round = copy.round({
      integrations: this.#integrations,
      home: this.#registered.home,
      signal,
      traffic,
      onAnswer: known => onProgress?.(`${known} ${known === 1 ? 'address' : 'addresses'} read`),
    });
    if (!this.#registered.isOptional) {
      for (const url of asked) await this.#askFirst(round, url);
    }
    await round.renew();
    const areOthers = targets.join('\n') !== this.#targets.join('\n');
    const isOther = areOthers || asked.some(url => !before.has(url)) || round.hasOtherTexts;
    const addresses = isOther ? await this.#follow(round, targets, signal) : round.known();
    signal.throwIfAborted();
    const changed = await copy.store(addresses, areOthers);
    if (changed) await this.#apply(addresses, targets);
    await copy.keepRepositories(this.#integrations);
    return { changed, ...traffic };
  }

  async forget(): Promise<void> {
    this.#copy.fetchedAt = undefined;
    this.#held = undefined;
    await this.#apply(new Map(), []);
    await Promise.all([
      this.#copy.remove(),
      this.#registered.forget(),
      this.#copy.keepRepositories(this.#integrations),
    ]);
  }

  async read(
    session: IndexSession,
    { group, signal, onProgress }: IndexOptions & { readonly group: number },
  ): Promise<IndexState> {
    const copy = this.#copy.addresses;
    if (!copy.size) return emptyIndexState;
    const held = this.#held;
    // If reading is interrupted, the next one starts over.
    this.#held = undefined;
    const next =
      held && isSameReading(session, held.session)
        ? held
        : await this.#start(session, copy, {
            signal,
            onRead: done => onProgress?.({ done, total: undefined }),
          });
    const changed = next.reader.setCopy(copy);
    next.catalog.forget(changed);
    await next.catalog.processAll(signal);
    const state = await next.catalog.indexState(group);
    this.#held = next;
    return state;
  }

  displayPath(uri: string): string {
    return this.#copy.urlOf(uri) ?? this.#registered.home;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#copy.dispose();
    this.#held = undefined;
  }

  /** Resolves the URL that Backstage reads for a registered one. @throws SourceError */
  #addressOf(url: string): string {
    try {
      return this.#integrations.resolveUrl(url, url);
    } catch (error) {
      throw new SourceError('invalid', `${url} is not a valid address`, { cause: error });
    }
  }

  /** Fetches a registered URL. @throws SourceError if it can't be read */
  async #askFirst(round: UrlRound, url: string): Promise<void> {
    const { failure } = await round.ask(url);
    if (!failure) return;
    const { message, advice } = failure;
    throw round.errorOf(url) ?? new SourceError('invalid', message, { advice });
  }

  /** Fetches everything that the URLs lead to. @returns the copy */
  async #follow(
    round: UrlRound,
    targets: readonly string[],
    signal: AbortSignal,
  ): Promise<UrlCopy> {
    const catalog = await openUrlCatalog({ ...this.#catalogDeps(targets), urls: round });
    await catalog.processAll(signal);
    return round.wanted();
  }

  /** Opens the catalog with the last readable files. */
  async #start(
    session: IndexSession,
    copy: UrlCopy,
    { signal, onRead }: { signal: AbortSignal | undefined; onRead: (read: number) => void },
  ): Promise<CachedCatalog> {
    const reader = new UrlCopyReader(copy, {
      integrations: this.#integrations,
      keepsUnreadable: true,
    });
    const deps = { ...this.#catalogDeps(this.#targets), urls: reader, onRead };
    const catalog = await openUrlCatalog(deps, session);
    await catalog.processAll(signal);
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

  async #apply(copy: UrlCopy, targets: readonly string[]): Promise<void> {
    // Other registered URLs need a new catalog.
    if (targets.join('\n') !== this.#targets.join('\n')) this.#held = undefined;
    this.#targets = targets;
    const { isOptional } = this.#registered;
    if (copy.size) {
      const { uri, text } = await urlCatalogFile({ targets, isOptional, root: this.#root });
      await this.#copy.apply(copy, [[uri, { text, changedAt: 1 }]]);
    } else await this.#copy.apply(copy);
    this.#changed.fire(undefined);
  }
}
