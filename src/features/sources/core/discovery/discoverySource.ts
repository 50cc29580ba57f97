import { isRecord, type Logger, parsedJson, withoutTrailing } from '../../../../base';
import { VersionedBlob } from '../../../../platform/core';
import { compilePattern, type Pattern } from '../../../../platform/core/linearRegExp';
import { apiUrlOf } from '../../../scm/core/forges';
import type { IntegrationAddresses } from '../../../scm/core/urlReaders';
import type { RemoteSourceDeps } from '../remoteSourceDeps';
import {
  type DiscoverySourceConfig,
  type RemoteSource,
  SourceError,
  type SourceHttp,
  type Traffic,
} from '../types';
import { type RegisteredUrls, type RegistryQuestion, UrlSource } from '../url/urlSource';

/** A page of a repository list, requested again only if it has changed. */
interface RepositoryPage {
  readonly etag: string | undefined;
  readonly repositories: readonly ListedRepository[];
  /** Whether more pages may follow. */
  readonly isFull: boolean;
}

interface ListedRepository {
  /** Name that filters match: the project path on GitLab, the name alone on GitHub. */
  readonly name: string;
  readonly webUrl: string;
  readonly branch: string;
}

/** Pages by address. */
export type RepositoryPages = ReadonlyMap<string, RepositoryPage>;

interface RepositoriesDeps {
  readonly http: SourceHttp;
  readonly traffic: Traffic;
  readonly signal: AbortSignal;
  /** Addresses that the integration of the host sets. */
  readonly addresses?: IntegrationAddresses | undefined;
  /** Pages of the previous fetch. */
  readonly kept: RepositoryPages;
}

/** Differences between forges. */
interface ForgeLists {
  /** API paths that list repositories of an owner; the first that exists is used. */
  readonly paths: (org: string) => readonly string[];
  readonly query: string;
  /** Returns undefined for archived and empty repositories, and for anything else. */
  readonly read: (value: Record<string, unknown>) => ListedRepository | undefined;
  /** Returns the address of a file, as Backstage registers it. */
  readonly fileUrl: (repository: ListedRepository, path: string) => string;
}

/** Repositories per page: the maximum of the forges. */
const PAGE = 100;
/** Maximum number of pages. */
const MOST_PAGES = 200;
/** Maximum bytes of a page: GitHub returns many properties. */
const MAX_SIZE = 8 * 1024 * 1024;
/** Maximum bytes of all pages: about twice the size of the longest list on GitHub. */
const MAX_TOTAL = 256 * 1024 * 1024;
/** Maximum number of instructions of a filter. */
const MAX_FILTER = 5000;

/**
 * Sources: `GithubEntityProvider` of `plugins/catalog-backend-module-github`, and `GitlabDiscoveryEntityProvider`
 * of `plugins/catalog-backend-module-gitlab`, which skip archived repositories too.
 */
const lists: Readonly<Record<DiscoverySourceConfig['type'], ForgeLists>> = {
  github: {
    paths: org => [
      `orgs/${encodeURIComponent(org)}/repos`,
      `users/${encodeURIComponent(org)}/repos`,
    ],
    query: 'type=all&sort=full_name',
    read({ name, html_url: webUrl, default_branch: branch, archived, disabled }) {
      return archived === true || disabled === true ? undefined : repository(name, webUrl, branch);
    },
    fileUrl: ({ webUrl, branch }, path) => `${webUrl}/blob/${encoded(branch)}/${encoded(path)}`,
  },
  gitlab: {
    paths: org => [
      `groups/${encodeURIComponent(org)}/projects`,
      `users/${encodeURIComponent(org)}/projects`,
    ],
    query: 'archived=false&include_subgroups=true&order_by=path&sort=asc',
    read({ path_with_namespace: name, web_url: webUrl, default_branch: branch, archived }) {
      return archived === true ? undefined : repository(name, webUrl, branch);
    },
    fileUrl: ({ webUrl, branch }, path) => `${webUrl}/-/blob/${encoded(branch)}/${encoded(path)}`,
  },
};

/**
 * Finds the addresses at which repositories of an organization, a user or a group may have descriptors, whether or
 * not the configured file exists.
 *
 * @throws SourceError if they can't be listed; AbortError
 */
export async function descriptorsOf(
  config: DiscoverySourceConfig,
  deps: RepositoriesDeps,
): Promise<{ readonly urls: readonly string[]; readonly pages: RepositoryPages }> {
  const { type, filter, path } = config;
  const pattern =
    filter === undefined ? undefined : compilePattern(filter, { maxSize: MAX_FILTER });
  const pages = await listPages(config, deps);
  const urls = [...pages.values()]
    .flatMap(({ repositories }) => repositories)
    .filter(({ name }) => isWanted(name, pattern))
    .map(found => lists[type].fileUrl(found, path));
  return { urls: [...new Set(urls)].sort(), pages };
}

function isWanted(name: string, pattern: Pattern | undefined): boolean {
  return pattern?.test(name) ?? true;
}

/** Reads pages from the first existing path, until one is not full or repeats known repositories. */
async function listPages(
  config: DiscoverySourceConfig,
  deps: RepositoriesDeps,
): Promise<RepositoryPages> {
  const { type, host, org } = config;
  const apiUrl = apiUrlOf(type, host, deps.addresses);
  for (const path of lists[type].paths(org)) {
    const pages = new Map<string, RepositoryPage>();
    const seen = new Set<string>();
    let size = 0;
    const urlOf = (number: number): string =>
      `${apiUrl}/${path}?${lists[type].query}&per_page=${PAGE}&page=${number}`;
    for (let number = 1; number <= MOST_PAGES; number++) {
      const found = await listPage(urlOf(number), type, deps);
      if (!found) break;
      const { page, received } = found;
      size += received;
      if (size > MAX_TOTAL) throw endless(host);
      const room = PAGE * MOST_PAGES - seen.size;
      const { repositories } = page;
      const isTooMuch = repositories.length > room;
      pages.set(
        urlOf(number),
        isTooMuch ? { ...page, repositories: repositories.slice(0, room) } : page,
      );
      if (!page.isFull || isTooMuch) return pages;
      const before = seen.size;
      for (const { webUrl } of repositories) seen.add(webUrl);
      if (repositories.length && seen.size === before) return pages;
    }
    if (pages.size) return pages;
  }
  throw new SourceError('missing', `${host} has no ${org}, or you have no access to it`, {
    advice: 'Check its name, or set a token with access to it',
  });
}

function endless(host: string): SourceError {
  return new SourceError('invalid', `${host} returns an endless list of repositories`, {
    advice: 'Check that it is the host of a GitHub or GitLab.',
  });
}

/** Returns undefined if the list doesn't exist. */
async function listPage(
  url: string,
  type: DiscoverySourceConfig['type'],
  { http, traffic, signal, kept }: RepositoriesDeps,
): Promise<{ readonly page: RepositoryPage; readonly received: number } | undefined> {
  const known = kept.get(url);
  const answer = await http.send({
    url,
    traffic,
    signal,
    etag: known?.etag,
    maxSize: MAX_SIZE,
    answers: [404],
    headers: { accept: 'application/json' },
  });
  if (answer.type === 'unchanged') return known && { page: known, received: 0 };
  if (answer.status === 404) return undefined;
  const items = readList(answer.body);
  if (!items) {
    const { host } = new URL(url);
    throw new SourceError('invalid', `${host} did not return a list`, {
      advice:
        'Check that it is the host of a GitHub or GitLab, and that it does not require signing in',
    });
  }
  const { read } = lists[type];
  const page: RepositoryPage = {
    etag: answer.etag,
    repositories: items.flatMap(item => (isRecord(item) ? (read(item) ?? []) : [])),
    isFull: items.length >= PAGE,
  };
  return { page, received: answer.body.length };
}

function readList(body: Uint8Array): readonly unknown[] | undefined {
  const value = parsedJson(body);
  return Array.isArray(value) ? value : undefined;
}

/** Empty repositories have no branch. */
function repository(name: unknown, webUrl: unknown, branch: unknown): ListedRepository | undefined {
  if (typeof name !== 'string' || typeof branch !== 'string' || branch === '') return undefined;
  if (typeof webUrl !== 'string' || !URL.canParse(webUrl)) return undefined;
  const { origin, pathname } = new URL(webUrl);
  return { name, webUrl: `${origin}${withoutTrailing(pathname, '/')}`, branch };
}

/** Escapes each segment, but keeps the wildcards of patterns. */
function encoded(path: string): string {
  return path
    .split('/')
    .map(segment => encodeURIComponent(segment).replace(/%7B|%7D|%2C/g, decodeURIComponent))
    .join('/');
}

const NOTHING: RepositoryPages = new Map();

interface StoredRepositories {
  readonly urls: readonly string[];
  readonly pages: readonly (readonly [url: string, page: RepositoryPage])[];
}

/** Descriptor addresses of an owner's repositories, registered whether or not they exist. */
class RegisteredRepositories implements RegisteredUrls {
  readonly identity: string;
  readonly home: string;
  readonly isOptional = true;
  readonly #config: DiscoverySourceConfig;
  readonly #stored: VersionedBlob<StoredRepositories>;
  readonly #logger: Logger;
  readonly #addresses: () => IntegrationAddresses | undefined;
  #pages = NOTHING;

  constructor(
    config: DiscoverySourceConfig,
    { store, logger, addresses }: Pick<RemoteSourceDeps, 'store' | 'logger' | 'addresses'>,
  ) {
    this.identity = config.id;
    this.home = `https://${config.host}/${config.org}`;
    this.#config = config;
    this.#stored = new VersionedBlob(store, 'repositories', [2, config.id]);
    this.#logger = logger;
    this.#addresses = () => addresses?.().get(config.host);
  }

  async restore(): Promise<readonly string[]> {
    const stored = (await this.#stored.read())?.head;
    if (!stored) return [];
    this.#pages = new Map(stored.pages);
    return stored.urls;
  }

  async find({ http, traffic, signal, onProgress }: RegistryQuestion): Promise<readonly string[]> {
    onProgress?.('Listing repositories');
    const deps = { http, traffic, signal, kept: this.#pages, addresses: this.#addresses() };
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
      this.#logger.warn(`Can't store the repositories of ${this.home}: ${String(error)}`);
    }
  }
}

/**
 * Opens a source for all repositories of an organization, a user or a group that have a descriptor.
 *
 * Source: `GithubEntityProvider` and `GitlabDiscoveryEntityProvider` of Backstage, which register an optional
 * location for each.
 */
export function openDiscoverySource(
  config: DiscoverySourceConfig,
  deps: RemoteSourceDeps,
): RemoteSource {
  return new UrlSource(config, deps, new RegisteredRepositories(config, deps));
}
