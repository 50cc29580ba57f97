import { withoutTrailing } from '../../../../base';
import { type ForgeUrl, leadsUp, parseAzureAddress, parseForgeUrl } from './forgeUrl';

/** What a kind of forge makes of its addresses. */
interface AddressRules {
  resolve(reference: string, base: string): string;
  edit(address: string): string;
}

/**
 * Addresses as the forges on known hosts have them: what a relative one means, and where a file can be edited.
 *
 * Source: `ScmIntegrations` and the integrations of `packages/integration`.
 */
export class ScmIntegrations {
  readonly #hosts: () => ReadonlyMap<string, string>;

  /** @param hosts - kinds of forges by the names of hosts, with a port where it is not the usual one */
  constructor(hosts: () => ReadonlyMap<string, string>) {
    this.#hosts = hosts;
  }

  /** The kind of forge that an address is of; undefined for those of no forge that is known. */
  typeOf(address: string): string | undefined {
    if (!URL.canParse(address)) return undefined;
    const type = this.#hosts().get(new URL(address).host);
    return type !== undefined && rulesOfForges.has(type) ? type : undefined;
  }

  /**
   * What a reference means that stands in a file: another address as it is, `/x` from the top of the repository, and all
   * else beside the file.
   *
   * @param base - the address of the file
   * @throws Error for a base that is no URL, or leads up
   */
  resolveUrl(reference: string, base: string): string {
    return this.#rules(base).resolve(reference, base);
  }

  /** Undefined for addresses of no forge. */
  resolveEditUrl(address: string): string | undefined {
    const type = this.typeOf(address);
    return type === undefined ? undefined : this.#rules(address).edit(address);
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
    gitea: {
      resolve: resolvePlain,
      edit(address) {
        const { origin } = new URL(address);
        const [, owner, name, , , ref, ...path] = address.replace(origin, '').split('/');
        return [origin, owner, name, '_edit', ref, ...path].join('/');
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

/** The address of what lies around all of a repository, with the branch. */
function topOf(base: string): URL {
  if (!URL.canParse(base)) throw new Error('URL parsing failed.');
  const url = new URL(base);
  const { path } = safeForgeUrl(base);
  // One of a folder may end with a slash, which is no part of its path.
  const all = withoutTrailing(url.pathname, '/');
  url.pathname = all.slice(0, all.length - path.length);
  return url;
}

/** @throws Error for a path that leads up, however often it is escaped. Source: `parseGitUrlSafe` */
function safeForgeUrl(address: string): ForgeUrl {
  const parsed = parseForgeUrl(address);
  if (leadsUp(parsed.path)) {
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

/** Of an address on Azure DevOps; undefined for one that names no repository, or a version of another kind. */
function azurePath(address: string): string | undefined {
  try {
    return parseAzureAddress(new URL(address)).path;
  } catch {
    return undefined;
  }
}

/** Kinds of forges whose addresses say for certain whether they name a file. */
const RELIABLE: ReadonlySet<string> = new Set(['github', 'gitlab', 'bitbucketCloud']);

/**
 * Whether a file may read what stands at an address: on forges only what is in the repository of the file, as the server
 * reads it with a token that may see more than the author of the file.
 *
 * Source: `assertSameRepository` of PlaceholderProcessor in `plugins/catalog-backend`.
 *
 * @param base - the file's own address
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
    return undefined;
  }
}

/** Names that a forge would read differently. */
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
    return undefined;
  }
}
