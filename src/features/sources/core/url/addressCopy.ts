import { errorMessage, onDemand } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import type { FileSystem } from '../../../../platform/core/ports';
import type { RemoteRepository } from '../../../scm/core/forgeFiles';
import { type ScmIntegrations, uriOfUrl } from '../../../scm/core/urlReaders';
import type { RemoteSourceDeps } from '../remoteSourceDeps';
import { StoredCopy } from '../storedCopy';
import type { Traffic } from '../types';
import { type CopiedFile, CopyFileSystem, type CachedUrl, type UrlCopy } from './urlCopy';
import { repositoryOf } from './urlRequests';
import { DEFAULT_URL_LIMITS, type UrlLimits, UrlRound, type UrlRoundDeps } from './urlRound';

export interface AddressCopyDeps extends Pick<
  RemoteSourceDeps,
  'http' | 'credentials' | 'clock' | 'logger' | 'store' | 'wildcards'
> {
  /** Identifies the copy across starts. */
  readonly identity: string;
  /** URI of the folder that contains the files. */
  readonly root: string;
  /** Subject of log messages: `What app-config.yaml leads to`. */
  readonly subject: string;
  readonly limits?: UrlLimits | undefined;
}

/** Copy of files at URLs: in memory, stored for the next start, and as a file system. */
export class AddressCopy {
  readonly fileSystem: FileSystem;
  readonly #deps: AddressCopyDeps;
  readonly #stored: StoredCopy<readonly [url: string, kept: CachedUrl]>;
  #addresses: UrlCopy = new Map();
  #files: ReadonlyMap<string, CopiedFile> = new Map();
  /** Whether git is used for addresses with wildcards. */
  #usesGit = false;
  /** Time of the last successful fetch in milliseconds since the epoch; undefined without a copy. */
  fetchedAt: number | undefined;

  constructor(deps: AddressCopyDeps) {
    this.#deps = deps;
    this.#stored = new StoredCopy(deps.store, 'addresses', [2, deps.identity]);
    this.fileSystem = new CopyFileSystem(deps.root, () => this.#files);
  }

  get addresses(): UrlCopy {
    return this.#addresses;
  }

  /** Returns the URL that a file of the copy was read from. */
  urlOf(uri: string): string | undefined {
    return this.#files.get(uri)?.url;
  }

  /** Reads what an earlier run has stored, for {@link apply}. */
  async readStored(): Promise<UrlCopy | undefined> {
    const stored = await this.#stored.read();
    if (!stored) return undefined;
    const addresses = new Map<string, CachedUrl>();
    for await (const items of stored.items()) {
      for (const [url, kept] of items) addresses.set(url, kept);
    }
    this.fetchedAt = stored.fetchedAt;
    return addresses;
  }

  /** Starts a fetch of addresses, based on the copy. */
  round(
    options: Pick<UrlRoundDeps, 'integrations' | 'home' | 'signal' | 'traffic' | 'onAnswer'>,
  ): UrlRound {
    const { http, credentials, clock, limits = DEFAULT_URL_LIMITS, wildcards } = this.#deps;
    return new UrlRound({
      ...options,
      http,
      credentials,
      clock,
      limits,
      copy: this.#addresses,
      wildcards: wildcards && onDemand(() => this.#wildcardRound(options)),
    });
  }

  /**
   * Stores the result of a fetch for the next start. A failure to store is logged; the result is used until the end
   * of this run.
   *
   * @param isOther - whether other inputs have changed too
   * @returns whether the result differs from the copy
   */
  async store(addresses: UrlCopy, isOther = false): Promise<boolean> {
    const { clock, logger, subject } = this.#deps;
    const before = this.#addresses;
    const hasChanged =
      isOther ||
      addresses.size !== before.size ||
      [...addresses].some(([url, kept]) => before.get(url) !== kept);
    this.fetchedAt = clock.now();
    try {
      if (hasChanged) await this.#stored.write(addresses, this.fetchedAt);
      else await this.#stored.writeTime(this.fetchedAt);
    } catch (error) {
      logger.warn(`${subject} can't be stored for the next start: ${errorMessage(error)}`);
    }
    return hasChanged;
  }

  /** @param first - additional files by URI */
  async apply(
    addresses: UrlCopy,
    first: Iterable<readonly [uri: string, file: CopiedFile]> = [],
  ): Promise<void> {
    const files = new Map<string, CopiedFile>(first);
    const slices = new TimeSlicer(this.#deps.clock);
    for (const { files: kept = [], changedAt } of addresses.values()) {
      for (const { url, text } of kept) {
        files.set(uriOfUrl(this.#deps.root, url), { text, changedAt, url });
        if (slices.isOver) await slices.pause();
      }
    }
    this.#files = files;
    this.#addresses = addresses;
  }

  /** Keeps the git repositories that the copy of an earlier run came from. */
  async holdRepositories(integrations: ScmIntegrations): Promise<void> {
    const { wildcards, identity } = this.#deps;
    const repositories = this.#repositories(integrations);
    if (!repositories.length || !wildcards) return;
    this.#usesGit = true;
    (await wildcards())?.hold(identity, repositories);
  }

  /** Deletes git repositories that the copy doesn't use. */
  async keepRepositories(integrations: ScmIntegrations): Promise<void> {
    if (!this.#usesGit) return;
    const wildcards = await this.#deps.wildcards?.();
    await wildcards?.keep(this.#deps.identity, this.#repositories(integrations));
  }

  /** Deletes the stored copy. */
  remove(): Promise<void> {
    return this.#stored.remove();
  }

  /** Releases the git repositories without deleting them. */
  dispose(): void {
    const { wildcards, identity } = this.#deps;
    if (this.#usesGit) void wildcards?.().then(loaded => loaded?.release(identity));
  }

  async #wildcardRound({ signal, traffic }: { signal: AbortSignal; traffic: Traffic }) {
    this.#usesGit = true;
    const wildcards = await this.#deps.wildcards?.();
    return wildcards?.round({ owner: this.#deps.identity, signal, traffic });
  }

  #repositories(integrations: ScmIntegrations): readonly RemoteRepository[] {
    return [...this.#addresses].flatMap(([url, { isPattern }]) =>
      isPattern ? (repositoryOf(url, integrations) ?? []) : [],
    );
  }
}
