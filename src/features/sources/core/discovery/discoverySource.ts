import type { Logger } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import type { BlobStore } from '../../../../platform/core/ports';
import type { RemoteSourceDeps } from '../remoteSourceDeps';
import type { DiscoverySourceConfig, RemoteSource } from '../types';
import { type RegisteredUrls, type RegistryQuestion, UrlSource } from '../url/urlSource';
import { descriptorsOf, type RepositoryPage, type RepositoryPages } from './forgeRepositories';

const NOTHING: RepositoryPages = new Map();

interface StoredRepositories {
  readonly urls: readonly string[];
  readonly pages: readonly (readonly [url: string, page: RepositoryPage])[];
}

/** The descriptors that the repositories of somebody may have: each is registered, whether or not it is there. */
class RegisteredRepositories implements RegisteredUrls {
  readonly identity: string;
  readonly home: string;
  readonly isOptional = true;
  readonly #config: DiscoverySourceConfig;
  readonly #stored: VersionedBlob<StoredRepositories>;
  readonly #logger: Logger;
  #pages = NOTHING;

  constructor(
    config: DiscoverySourceConfig,
    { store, logger }: { readonly store: BlobStore | undefined; readonly logger: Logger },
  ) {
    this.identity = config.id;
    this.home = `https://${config.host}/${config.org}`;
    this.#config = config;
    this.#stored = new VersionedBlob(store, 'repositories', [2, config.id]);
    this.#logger = logger;
  }

  async restore(): Promise<readonly string[]> {
    const stored = (await this.#stored.read())?.head;
    if (!stored) return [];
    this.#pages = new Map(stored.pages);
    return stored.urls;
  }

  async find({ http, traffic, signal, onProgress }: RegistryQuestion): Promise<readonly string[]> {
    onProgress?.('The repositories are listed');
    const deps = { http, traffic, signal, kept: this.#pages };
    const { urls, pages } = await descriptorsOf(this.#config, deps);
    const isSame =
      pages.size === this.#pages.size &&
      [...pages].every(([url, page]) => this.#pages.get(url) === page);
    this.#pages = pages;
    if (!isSame) await this.#keep(urls);
    return urls;
  }

  async forget(): Promise<void> {
    this.#pages = NOTHING;
    await this.#stored.remove();
  }

  async #keep(urls: readonly string[]): Promise<void> {
    try {
      await this.#stored.write({ urls, pages: [...this.#pages] });
    } catch (error) {
      this.#logger.warn(`The repositories of ${this.home} could not be kept: ${String(error)}`);
    }
  }
}

/**
 * What a Backstage has of all repositories of an organisation, a user or a group that have a descriptor.
 *
 * Source: `GithubEntityProvider` and `GitlabDiscoveryEntityProvider` of Backstage, which register an optional location for each.
 */
export function openDiscoverySource(
  config: DiscoverySourceConfig,
  deps: RemoteSourceDeps,
): RemoteSource {
  return new UrlSource(config, deps, new RegisteredRepositories(config, deps));
}
