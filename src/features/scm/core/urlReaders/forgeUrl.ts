import { ownValue } from '../../../../base';

/** The URL of a page of a forge, in its parts. `GitAddress` is what git itself is given. */
export interface ForgeUrl {
  /** Name of the host, without a port. */
  readonly resource: string;
  /** Of the repository: all before its name. */
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  /** `blob`, `tree`, `raw` …; `''` where the address names no file or folder. */
  readonly type: string;
  readonly ref: string;
  /** Below the top of the repository; `''` for the top. */
  readonly path: string;
}

/** Parts of a path that stand between the repository and what is in it. */
const MARKERS = ['blob', 'issues', 'tree', 'commit', 'src', 'raw', 'edit'] as const;
const FILE_MARKERS: readonly string[] = ['raw', 'src', 'blob', 'tree', 'edit'];

/**
 * Takes an address apart that people copy from their browser, whatever forge it is of.
 *
 * Source: `git-url-parse`, as far as Backstage asks it for addresses of https.
 *
 * @throws TypeError for what is no URL; URIError for a stray `%`
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
  // How Bitbucket Server has git's own addresses.
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

/** Where the name of the repository stands: before the first marker that there is, by rank and not by place. */
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

/** `(projects|users)/(.*?)/repos/(.*?)((/.*$)|$)`, in one go: addresses can be as long as files. */
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

/** So often a path is escaped at most that anybody means. */
const MOST_ESCAPES = 10;

/** Whether a path leads up, however often it is escaped; one that is escaped more often than anybody means counts as well. */
export function leadsUp(path: string): boolean {
  for (let escapes = 0; escapes <= MOST_ESCAPES; escapes++) {
    const before = path;
    try {
      path = decodeURIComponent(path);
    } catch {
      // A stray `%` stands for itself.
    }
    if (path === before) return path.split('/').some(name => name === '.' || name === '..');
  }
  return true;
}

/** An address of something in a repository on Azure DevOps, in its parts. */
export interface AzureAddress {
  /** Where its API has the project: below its organisation or collection, unless that is in the name of the host. */
  readonly project: readonly string[];
  readonly name: string;
  /** What stands before the name in the address, `_git` included. */
  readonly before: readonly string[];
  /** As it is written, mostly with a `/` before it; `''` for the repository itself. */
  readonly path: string;
  /** Undefined for that which the repository begins with. */
  readonly version: { readonly type: 'branch' | 'tag'; readonly name: string } | undefined;
}

/**
 * Takes an address apart that people copy from their browser.
 *
 * Source: `AzureUrl` of `@backstage/integration`, its messages included.
 *
 * @throws Error for what names no repository, or a version that is neither a branch nor a tag; URIError for a stray `%`
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
