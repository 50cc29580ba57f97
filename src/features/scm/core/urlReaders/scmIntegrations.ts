import { withoutTrailing } from '../../../../base';
import { gerritRules, harnessEditPage } from './furtherForges';
import type { AddressesOfHosts, IntegrationAddresses } from './integrationAddresses';
import { type ForgeUrl, hasParentSegments, parseAzureAddress, parseForgeUrl } from './forgeUrl';

/** Address rules of a kind of forge. */
interface AddressRules {
  resolve(reference: string, base: string, addresses?: IntegrationAddresses): string;
  edit(address: string, addresses?: IntegrationAddresses): string;
}

/**
 * Resolves relative addresses and edit pages by the rules of known forges.
 *
 * Source: `ScmIntegrations` and the integrations of `packages/integration`.
 */
export class ScmIntegrations {
  readonly #hosts: () => ReadonlyMap<string, string>;
  readonly #addresses: () => AddressesOfHosts | undefined;

  /**
   * @param hosts - returns forge kinds by host, with a port if it is not the default
   * @param addresses - returns the configured addresses of hosts
   */
  constructor(
    hosts: () => ReadonlyMap<string, string>,
    addresses: () => AddressesOfHosts | undefined = () => undefined,
  ) {
    this.#hosts = hosts;
    this.#addresses = addresses;
  }

  /** Returns the forge kind of an address; undefined for unknown forges. */
  typeOf(address: string): string | undefined {
    if (!URL.canParse(address)) return undefined;
    const type = this.#hosts().get(new URL(address).host);
    return type !== undefined && rulesOfForges.has(type) ? type : undefined;
  }

  /** Returns the configured addresses of a URL's host; undefined if there are none. */
  addressesOf(address: string): IntegrationAddresses | undefined {
    return this.#addresses()?.get(new URL(address).host);
  }

  /**
   * Resolves a reference in a file: an absolute address as it is, `/x` from the root of the repository, others
   * relative to the file.
   *
   * @param base - address of the file
   * @throws Error if the base is not a URL or contains `..`
   */
  resolveUrl(reference: string, base: string): string {
    const rules = this.#rules(base);
    return rules.resolve(reference, base, this.#addressesFor(rules, base));
  }

  /** Returns undefined for addresses outside of forges. */
  resolveEditUrl(address: string): string | undefined {
    if (this.typeOf(address) === undefined) return undefined;
    const rules = this.#rules(address);
    return rules.edit(address, this.#addressesFor(rules, address));
  }

  /** Addresses outside of forges have none, and may not be URLs. */
  #addressesFor(rules: AddressRules, address: string): IntegrationAddresses | undefined {
    return rules === plainRules ? undefined : this.addressesOf(address);
  }

  #rules(address: string): AddressRules {
    return rulesOfForges.get(this.typeOf(address) ?? '') ?? plainRules;
  }
}

const plainRules: AddressRules = { resolve: resolvePlain, edit: address => address };

const rulesOfForges: ReadonlyMap<string, AddressRules> = new Map(
  Object.entries<AddressRules>({
    github: {
      resolve: (reference, base) => gitHubPage(resolvePlain(reference, base), 'tree'),
      edit: address => gitHubPage(address, 'edit'),
    },
    gitlab: {
      resolve: resolvePlain,
      edit: address => address.replace(/\/-\/(?:blob|tree|edit)\//, '/-/edit/'),
    },
    bitbucketCloud: {
      resolve: resolvePlain,
      edit(address) {
        const url = new URL(address);
        url.searchParams.set('mode', 'edit');
        url.searchParams.set('at', parseForgeUrl(address).ref);
        return url.href;
      },
    },
    bitbucketServer: { resolve: resolvePlain, edit: address => address.replace(/\?.*$/s, '') },
    azure: {
      resolve(reference, base) {
        if (URL.canParse(reference)) return reference;
        const path = azurePath(base);
        const top = `https://a.com${path}`;
        if (path === undefined || !URL.canParse(reference, top)) {
          return new URL(reference, base).href;
        }
        const url = new URL(base);
        url.searchParams.set('path', new URL(reference, top).pathname);
        return url.href;
      },
      edit(address) {
        const path = azurePath(address) ?? '';
        if (path === '' || path === '/') return address;
        const url = new URL(address);
        url.searchParams.set('_a', 'edit');
        return url.href;
      },
    },
    gerrit: gerritRules,
    harness: { resolve: resolvePlain, edit: harnessEditPage },
    gitea: {
      resolve: resolvePlain,
      edit(address, { baseUrl = new URL(address).origin } = {}) {
        const [, owner, name, , , ref, ...path] = address.replace(baseUrl, '').split('/');
        return [baseUrl, owner, name, '_edit', ref, ...path].join('/');
      },
    },
  }),
);

/** Source: `defaultScmResolveUrl`. */
function resolvePlain(reference: string, base: string): string {
  if (URL.canParse(reference)) return reference;
  const url = reference.startsWith('/') ? topOf(base) : new URL(reference, base);
  if (reference.startsWith('/')) url.pathname = `${withoutTrailing(url.pathname, '/')}${reference}`;
  url.search = new URL(base).search;
  return url.href;
}

/** Returns the address of the repository root with the branch. */
function topOf(base: string): URL {
  if (!URL.canParse(base)) throw new Error('URL parsing failed.');
  const url = new URL(base);
  const { path } = safeForgeUrl(base);
  // A folder address may end with a slash, which isn't part of the path.
  const all = withoutTrailing(url.pathname, '/');
  url.pathname = all.slice(0, all.length - path.length);
  return url;
}

/** @throws Error for a path with `..`, however it is escaped. Source: `parseGitUrlSafe` */
function safeForgeUrl(address: string): ForgeUrl {
  const parsed = parseForgeUrl(address);
  if (hasParentSegments(parsed.path)) {
    throw new Error('Invalid SCM URL: path traversal is not allowed in the URL');
  }
  return parsed;
}

/** Source: `replaceGithubUrlType`. */
function gitHubPage(address: string, page: string): string {
  return address.replace(
    /\/\/([^/]+)\/([^/]+)\/([^/]+)\/(?:blob|tree|edit)\//,
    (_match, host: string, owner: string, name: string) => `//${host}/${owner}/${name}/${page}/`,
  );
}

/** Returns undefined for an address that is not a repository, or has another kind of version. */
function azurePath(address: string): string | undefined {
  try {
    return parseAzureAddress(new URL(address)).path;
  } catch {
    // Not a repository's address: its host decides alone.
    return undefined;
  }
}

/** Forge kinds whose addresses reliably identify files. */
const RELIABLE: ReadonlySet<string> = new Set(['github', 'gitlab', 'bitbucketCloud']);

/**
 * Whether a file may read an address: on forges only within its own repository, because the server's token may see
 * more than the author of the file.
 *
 * Source: `assertSameRepository` of PlaceholderProcessor in `plugins/catalog-backend`.
 *
 * @param base - address of the file
 */
export function isSameRepository(
  address: string,
  base: string,
  integrations: ScmIntegrations,
): boolean {
  const [to, from] = [urlOf(address), urlOf(base)];
  const type = integrations.typeOf(address);
  if (to && from && type !== undefined && to.host !== from.host) return false;
  if (!from || !/^https?:$/.test(from.protocol)) return true;
  if (type === 'azure') return isSameAzureRepository(to, from);
  const [resolved, own] = [addressOf(address), addressOf(base)];
  if (!resolved || !own) return true;
  if (isDisguised(resolved) || isDisguised(own)) return false;
  if (!resolved.owner || !resolved.name || !own.owner || !own.name) return true;
  const isNoFile = RELIABLE.has(type ?? '')
    ? !resolved.path && !own.path
    : !resolved.path || !own.path;
  if (isNoFile) return true;
  const isSameHost = resolved.resource === own.resource;
  if (type === undefined && !isSameHost) return true;
  return isSameHost && resolved.fullName === own.fullName;
}

function urlOf(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

function addressOf(address: string): ForgeUrl | undefined {
  try {
    return parseForgeUrl(address);
  } catch {
    // An address of no known shape: the caller compares it as it is.
    return undefined;
  }
}

/** Whether a forge would read the names differently. */
function isDisguised({ owner, name }: ForgeUrl): boolean {
  return [owner, name].some(part => part.includes('%') || part.split('/').includes('..'));
}

function isSameAzureRepository(to: URL | undefined, from: URL): boolean {
  const [a, b] = [to && azureRepository(to), azureRepository(from)];
  return a !== undefined && a === b;
}

function azureRepository(url: URL): string | undefined {
  try {
    const { project, name } = parseAzureAddress(url);
    return [url.host, ...project, name].map(part => encodeURIComponent(part)).join('/');
  } catch {
    // Not a repository's address: it is the same as no other.
    return undefined;
  }
}
