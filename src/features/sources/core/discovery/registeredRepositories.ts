import { chunks, isRecord, type Logger, parsedJson } from '../../../../base';
import type { BlobStore } from '../../../../platform/core/ports';
import type { DiscoverySourceConfig } from '../types';
import type { RegisteredUrls, RegistryQuestion } from '../url/registeredUrls';
import { descriptorsOf, type RepositoryPage, type RepositoryPages } from './forgeRepositories';

const STORED = 'repositories';
const NOTHING: RepositoryPages = new Map();

/** The descriptors that the repositories of somebody may have: each is registered, whether or not it is there. */
export class RegisteredRepositories implements RegisteredUrls {
  readonly identity: string;
  readonly home: string;
  readonly isOptional = true;
  readonly #config: DiscoverySourceConfig;
  readonly #store: BlobStore | undefined;
  readonly #logger: Logger;
  #pages = NOTHING;

  constructor(
    config: DiscoverySourceConfig,
    { store, logger }: { readonly store: BlobStore | undefined; readonly logger: Logger },
  ) {
    this.identity = config.id;
    this.home = `https://${config.host}/${config.org}`;
    this.#config = config;
    this.#store = store;
    this.#logger = logger;
  }

  async restore(): Promise<readonly string[]> {
    const kept = readKept(await this.#store?.read(STORED));
    if (kept?.identity !== this.identity) return [];
    this.#pages = kept.pages;
    return kept.urls;
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
    await this.#store?.write(STORED, chunks(''));
  }

  async #keep(urls: readonly string[]): Promise<void> {
    const { identity } = this;
    try {
      await this.#store?.write(
        STORED,
        chunks(JSON.stringify({ identity, urls, pages: [...this.#pages] })),
      );
    } catch (error) {
      this.#logger.warn(`The repositories of ${this.home} could not be kept: ${String(error)}`);
    }
  }
}

interface Kept {
  readonly identity: string;
  readonly urls: readonly string[];
  readonly pages: RepositoryPages;
}

/** Undefined where there is nothing, or something is wrong with it. */
function readKept(bytes: Uint8Array | undefined): Kept | undefined {
  const value = bytes && parsedJson(bytes);
  if (!isRecord(value)) return undefined;
  const { identity, urls, pages } = value;
  if (typeof identity !== 'string' || !Array.isArray(urls) || !Array.isArray(pages)) {
    return undefined;
  }
  return {
    identity,
    urls: urls.filter((url): url is string => typeof url === 'string' && URL.canParse(url)),
    pages: new Map(pages.flatMap(readPage)),
  };
}

function readPage(value: unknown): readonly [string, RepositoryPage][] {
  const [url, page] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (typeof url !== 'string' || !isRecord(page)) return [];
  const { etag, repositories, isFull } = page;
  if (!Array.isArray(repositories) || typeof isFull !== 'boolean') return [];
  return [
    [
      url,
      {
        etag: typeof etag === 'string' ? etag : undefined,
        repositories: repositories.flatMap((item: unknown) => {
          const { name, webUrl, branch } = isRecord(item) ? item : {};
          const isWhole =
            typeof name === 'string' && typeof webUrl === 'string' && typeof branch === 'string';
          return isWhole ? [{ name, webUrl, branch }] : [];
        }),
        isFull,
      },
    ],
  ];
}
