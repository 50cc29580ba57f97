import { ownValue } from '../../../../base';

/** Parsed URL of a forge's page. `GitAddress` is for URLs of git. */
export interface ForgeUrl {
  /** Host name, without a port. */
  readonly resource: string;
  /** Path of the repository before its name. */
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  /** `blob`, `tree`, `raw`, …; `''` if the URL is not a file or folder. */
  readonly type: string;
  readonly ref: string;
  /** Relative to the root of the repository; `''` for the root. */
  readonly path: string;
}

/** Path segments between the repository and a path in it. */
const MARKERS = ['blob', 'issues', 'tree', 'commit', 'src', 'raw', 'edit'] as const;
const FILE_MARKERS: readonly string[] = ['raw', 'src', 'blob', 'tree', 'edit'];

/**
 * Parses an address copied from the browser, for any forge.
 *
 * Source: `git-url-parse`, as far as Backstage uses it for https addresses.
 *
 * @throws TypeError for an invalid URL; URIError for an invalid `%` escape
 */
export function parseForgeUrl(address: string): ForgeUrl {
  const url = new URL(address);
  const resource = url.hostname;
  if (resource === 'dev.azure.com') return azureAddress(url);
  return bitbucketServerAddress(url) ?? plainAddress(url);
}

function plainAddress({ hostname: resource, pathname }: URL): ForgeUrl {
  const trimmed = pathname.replace(/^\/|\/$/g, '').replace(/\.git$/, '');
  const parts = decodeURIComponent(trimmed).split('/');
  if (parts.length < 2) {
    const [name = ''] = parts;
    return { resource, owner: '', name, fullName: name, type: '', ref: '', path: '' };
  }
  const at = nameIndex(parts);
  // Prefix of Bitbucket Server's git addresses.
  const owner = parts
    .slice(0, at)
    .join('/')
    .replace(/^scm\//, '');
  const name = parts[at] ?? '';
  const fullName = owner === '' ? name : `${owner}/${name}`;
  const offset = parts[at + 1] === '-' ? at + 1 : at;
  const [type = '', ref = '', ...path] = parts.slice(offset + 1);
  const isInside = parts.length > offset + 2 && FILE_MARKERS.includes(type);
  return {
    resource,
    owner,
    name,
    fullName,
    type: isInside ? type : '',
    ref: isInside ? ref : '',
    path: isInside ? path.join('/') : '',
  };
}

/** Returns the index of the repository name: before the first marker, by precedence rather than position. */
function nameIndex(parts: readonly string[]): number {
  const placeOf = (marker: string): number => parts.indexOf(marker, 2);
  const dash = placeOf('-');
  if (dash > 0) return dash - 1;
  const [blob, tree] = [placeOf('blob'), placeOf('tree')];
  if (blob > 0 && tree > 0) return Math.min(blob, tree) - 1;
  const first = MARKERS.map(placeOf).find(place => place > 0);
  return first === undefined ? parts.length - 1 : first - 1;
}

function bitbucketServerAddress(url: URL): ForgeUrl | undefined {
  const parts = bitbucketServerParts(url.pathname);
  if (!parts) return undefined;
  const { kind, key, name, rest } = parts;
  const owner = kind === 'users' ? `~${key}` : key;
  const [, type = '', ...path] = rest.split('/');
  const isFile = type === 'raw' || type === 'browse';
  const plain = plainAddress(url);
  return {
    resource: url.hostname,
    owner,
    name,
    fullName: `${owner}/${name}`,
    type: isFile ? type : plain.type,
    ref: url.searchParams.getAll('at').at(-1) ?? '',
    path: isFile ? path.join('/') : plain.path,
  };
}

/** Matches `(projects|users)/(.*?)/repos/(.*?)((/.*$)|$)` in linear time: addresses can be as long as files. */
function bitbucketServerParts(
  path: string,
): Readonly<Record<'kind' | 'key' | 'name' | 'rest', string>> | undefined {
  const start = /(projects|users)\//.exec(path);
  if (!start) return undefined;
  const [{ length }, kind = ''] = start;
  const keyAt = start.index + length;
  const reposAt = path.indexOf(REPOS, keyAt);
  if (reposAt < 0) return undefined;
  const nameAt = reposAt + REPOS.length;
  const end = path.indexOf('/', nameAt);
  const nameEnd = end < 0 ? path.length : end;
  return {
    kind,
    key: path.slice(keyAt, reposAt),
    name: path.slice(nameAt, nameEnd),
    rest: path.slice(nameEnd),
  };
}

const REPOS = '/repos/';

function azureAddress(url: URL): ForgeUrl {
  const parts = decodeURIComponent(url.pathname.replace(/^\/|\/$/g, '')).split('/');
  const git = parts.indexOf('_git');
  const name = parts[git + 1] ?? '';
  const owner = parts.slice(0, Math.max(git, 0)).join('/');
  const version = url.searchParams.get('version') ?? '';
  return {
    resource: url.hostname,
    owner,
    name,
    fullName: `${owner}/_git/${name}`,
    type: '',
    ref: version.replace(/^GB/, ''),
    path: (url.searchParams.get('path') ?? '').replace(/^\/+/, ''),
  };
}

/** Maximum number of times that a path is unescaped. */
const MOST_ESCAPES = 10;

/** Whether a path contains `..`, possibly escaped several times; a path escaped more often counts too. */
export function hasParentSegments(path: string): boolean {
  for (let escapes = 0; escapes <= MOST_ESCAPES; escapes++) {
    const before = path;
    try {
      path = decodeURIComponent(path);
    } catch {
      // An invalid `%` escape stands for itself.
    }
    if (path === before) return path.split('/').some(name => name === '.' || name === '..');
  }
  return true;
}

/** Parsed address on Azure DevOps. */
export interface AzureAddress {
  /**
   * Path segments of the project in the API: with the organization or collection, unless that is in the host name.
   */
  readonly project: readonly string[];
  readonly name: string;
  /** Path segments before the name, including `_git`. */
  readonly before: readonly string[];
  /** As written, mostly with a leading `/`; `''` for the repository itself. */
  readonly path: string;
  /** Undefined for the default branch. */
  readonly version: { readonly type: 'branch' | 'tag'; readonly name: string } | undefined;
}

/**
 * Parses an address copied from the browser.
 *
 * Source: `AzureUrl` of `@backstage/integration`, including messages.
 *
 * @throws Error if it is not a repository, or its version is neither a branch nor a tag; URIError for an invalid
 *   `%` escape
 */
export function parseAzureAddress({ hostname, pathname, searchParams }: URL): AzureAddress {
  const parts = pathname.split('/').map(part => decodeURIComponent(part));
  const at = [2, 3, 4].find(place => parts[place] === '_git') ?? 0;
  const name = parts[at + 1];
  if (at === 0 || !parts[1] || !parts[at - 1] || !name) {
    throw new Error('Azure URL must point to a git repository');
  }
  const before = parts.slice(1, at);
  const isNamedByHost = hostname.endsWith('.visualstudio.com');
  const project = isNamedByHost ? before.slice(-1) : at === 2 ? [...before, name] : before;
  return {
    project,
    name,
    before: [...before, '_git'],
    path: searchParams.get('path') ?? '',
    version: versionOf(searchParams.get('version') ?? ''),
  };
}

function versionOf(version: string): AzureAddress['version'] {
  if (version === '') return undefined;
  const types: Readonly<Record<string, 'branch' | 'tag'>> = { GB: 'branch', GT: 'tag' };
  const type = ownValue(types, version.slice(0, 2));
  if (!type) throw new Error('Azure URL version must point to a git branch or git tag');
  const name = version.slice(2);
  return name === '' ? undefined : { type, name };
}
