import { withoutTrailing } from '../../../../base';
/** A repository on a host whose page addresses are known. */
export interface RemoteHost {
  /** `https://github.com/acme/shop` */
  readonly webUrl: string;
  pageUrl(page: 'view' | 'edit' | 'folder', branch: string, path: string): string;
}

/** Where a repository is found by a Backstage, and by people who come from there. */
export interface ForgePages extends RemoteHost {
  /** What a Backstage knows a file by that was registered by its address. */
  fileUrl(branch: string, path: string): string;
}

/** The page of a file or a folder: by that of its repository, a branch, and a path, the two as addresses have them. */
type PageUrl = (web: string, branch: string, path: string) => string;

interface Pages {
  /** `owner/name` of a repository as its pages name it; default: as git does. */
  readonly webPath?: (path: string) => string;
  /** Of a file or a folder, as a Backstage has it; the path of a folder is empty or ends with `/`. */
  readonly file: PageUrl;
  readonly edit: PageUrl;
  /** What the host itself leads to; default: the same. */
  readonly own?: { readonly file?: PageUrl; readonly folder?: PageUrl };
}

const FORGES: ReadonlyMap<string, Pages> = new Map(
  Object.entries<Pages>({
    github: {
      file: (web, branch, path) => `${web}/tree/${branch}/${path}`,
      edit: (web, branch, path) => `${web}/edit/${branch}/${path}`,
      own: { file: (web, branch, path) => `${web}/blob/${branch}/${path}` },
    },
    gitlab: {
      file: (web, branch, path) => `${web}/-/blob/${branch}/${path}`,
      edit: (web, branch, path) => `${web}/-/edit/${branch}/${path}`,
      own: { folder: (web, branch, path) => `${web}/-/tree/${branch}/${path}` },
    },
    bitbucketCloud: {
      file: (web, branch, path) => `${web}/src/${branch}/${path}`,
      edit: (web, branch, path) =>
        `${web}/src/${branch}/${path}?mode=edit&at=${branch.replaceAll('/', '%2F')}`,
    },
    bitbucketServer: {
      webPath: path => {
        // The server may stand below a path of its host, and git is answered below `scm`.
        const [, context = '', project = '', name = ''] =
          /^(?:(.+\/)?scm\/)?([^/]+)\/([^/]+)/.exec(path) ?? [];
        return `${context}projects/${project}/repos/${name}`;
      },
      file: (web, branch, path) => `${web}/browse/${path}?at=${branch}`,
      edit: (web, _branch, path) => `${web}/browse/${path}`,
    },
    azure: {
      file: azureFile,
      edit: (...place) => `${azureFile(...place)}&_a=edit`,
    },
    gitea: {
      file: (web, branch, path) => `${web}/src/branch/${branch}/${path}`,
      edit: (web, branch, path) => `${web}/_edit/${branch}/${path}`,
    },
  }),
);

function azureFile(web: string, branch: string, path: string): string {
  const query = `path=${encodeURIComponent(`/${decodeURIComponent(path)}`)}`;
  return `${web}?${query}&version=GB${encodeURIComponent(decodeURIComponent(branch))}`;
}

/** Kinds that tell by the name of a host, where nobody said so. */
const BY_NAME: readonly (readonly [host: RegExp, kind: string])[] = [
  [/(?:^|\.)github\.com$|\.ghe\.com$/, 'github'],
  [/(?:^|\.)gitlab\.com$/, 'gitlab'],
  [/^bitbucket\.org$/, 'bitbucketCloud'],
  [/^dev\.azure\.com$|\.visualstudio\.com$/, 'azure'],
  [/^(?:gitea\.com|codeberg\.org)$/, 'gitea'],
];

/** Hosts of people's own that are named after what runs there. */
const LIKELY: typeof BY_NAME = [
  [/(?:^|\.)github\./, 'github'],
  [/(?:^|\.)gitlab\./, 'gitlab'],
];

/**
 * Pages of a repository as a Backstage has them that knows its host.
 *
 * Source: `resolveUrl` and `resolveEditUrl` of the integrations in `@backstage/integration`.
 *
 * @param url - as git takes it
 * @param hosts - which kind of forge answers on a host
 * @returns undefined for hosts of other kinds
 */
export function forgePages(
  url: string,
  hosts: ReadonlyMap<string, string>,
): ForgePages | undefined {
  const found = pagesOf(url, hosts, BY_NAME);
  if (!found) return undefined;
  const { web, pages } = found;
  return {
    webUrl: web,
    fileUrl: (branch, path) => pages.file(web, encodePath(branch), encodePath(path)),
    pageUrl: (page, branch, path) =>
      pages[page === 'edit' ? 'edit' : 'file'](web, encodePath(branch), encodePath(path)),
  };
}

/**
 * Pages of a repository that is checked out, as its host leads to them.
 *
 * @param url - of the remote; what one signs in with is dropped
 * @param hosts - which kind of forge answers on a host, where its name does not tell
 * @returns undefined for hosts of other kinds
 */
export function remotePages(
  url: string,
  hosts: ReadonlyMap<string, string> = new Map(),
): RemoteHost | undefined {
  const found = pagesOf(url, hosts, [...BY_NAME, ...LIKELY]);
  if (!found) return undefined;
  const { web, pages } = found;
  const { own = {} } = pages;
  const { file = pages.file, folder = pages.file } = own;
  const pageOf = { view: file, folder, edit: pages.edit };
  return {
    webUrl: web,
    pageUrl: (page, branch, path) => pageOf[page](web, encodePath(branch), encodePath(path)),
  };
}

/**
 * Where people look at the content of a branch: `repoContentsUrl` of Backstage. Hosts whose names don't tell are taken for
 * GitHub's kind.
 *
 * @param url - of the remote
 * @returns the remote itself where it is on no host
 */
export function contentsUrl(url: string, branch: string): string {
  const found = pagesOf(url, new Map(), [...BY_NAME, ...LIKELY, [/./, 'github']]);
  if (!found) return url;
  const { web, pages } = found;
  return withoutTrailing((pages.own?.file ?? pages.file)(web, encodePath(branch), ''), '/');
}

/** Whether the name of a remote's host tells what runs there, so that nobody need be asked. */
export function isForgeKnown(url: string): boolean {
  return pagesOf(url, new Map(), BY_NAME) !== undefined;
}

function pagesOf(
  url: string,
  hosts: ReadonlyMap<string, string>,
  byName: typeof BY_NAME,
): { readonly web: string; readonly pages: Pages } | undefined {
  const address = splitUrl(url);
  if (!address) return undefined;
  const kind = hosts.get(address.host) ?? byName.find(([host]) => host.test(address.host))?.[1];
  const pages = FORGES.get(kind ?? '');
  if (!pages) return undefined;
  const { webPath = (path: string) => path } = pages;
  return { web: `https://${address.host}/${webPath(address.path)}`, pages };
}

/** Of `https://host/path`, `ssh://git@host:22/path` and `git@host:path`; a port counts only for https. */
function splitUrl(url: string): { host: string; path: string } | undefined {
  const [, scheme, named, port, rest] =
    /^(https?|ssh|git):\/\/(?:[^/]*@)?([^/:@]+)(?::(\d+))?\/(.+)$/.exec(url) ?? [];
  const [, short, shortPath] = scheme ? [] : (/^(?:[^@/]+@)?([^/:@]{2,}):(.+)$/.exec(url) ?? []);
  const host = (named ?? short)?.toLowerCase();
  const path = rest ?? shortPath;
  if (host === undefined || path === undefined || path.startsWith('//')) return undefined;
  const plain = withoutTrailing(path.replace(/^\/+/, ''), '/').replace(/\.git$/, '');
  const [, owner, project, name] = /^v3\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(plain) ?? [];
  // Azure DevOps answers git by ssh on a host of its own, with other paths.
  if (owner !== undefined && /^(?:ssh\.dev\.azure|vs-ssh\.visualstudio)\.com$/.test(host)) {
    return { host: 'dev.azure.com', path: `${owner}/${project}/_git/${name}` };
  }
  const isHttps = scheme === 'https' && port !== undefined && port !== '443';
  return { host: isHttps ? `${host}:${port}` : host, path: plain };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
