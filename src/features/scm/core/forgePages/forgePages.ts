import { withoutTrailing } from '../../../../base';
/** A repository on a host whose page addresses are known. */
export interface RemoteHost {
  /** `https://github.com/acme/shop` */
  readonly webUrl: string;
  pageUrl(page: 'view' | 'edit' | 'folder', branch: string, path: string): string;
}

/** Web pages of a repository, as Backstage links to them. */
export interface ForgePages extends RemoteHost {
  /** Returns the address at which Backstage registers a file. */
  fileUrl(branch: string, path: string): string;
}

/** Returns the page of a file or folder. Branch and path are escaped. */
type PageUrl = (web: string, branch: string, path: string) => string;

interface Pages {
  /** `owner/name` in page addresses; default: as in git addresses. */
  readonly webPath?: (path: string) => string;
  /** Page of a file or folder as Backstage links to it; a folder path is empty or ends with `/`. */
  readonly file: PageUrl;
  readonly edit: PageUrl;
  /** Pages as the host itself links to them; default: the same. */
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
        // The server may have a context path; git addresses have the path `scm`.
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

/** Forge kinds of well-known hosts. */
const BY_NAME: readonly (readonly [host: RegExp, kind: string])[] = [
  [/(?:^|\.)github\.com$|\.ghe\.com$/, 'github'],
  [/(?:^|\.)gitlab\.com$/, 'gitlab'],
  [/^bitbucket\.org$/, 'bitbucketCloud'],
  [/^dev\.azure\.com$|\.visualstudio\.com$/, 'azure'],
  [/^(?:gitea\.com|codeberg\.org)$/, 'gitea'],
];

/** Forge kinds of self-hosted servers with telling names. */
const LIKELY: typeof BY_NAME = [
  [/(?:^|\.)github\./, 'github'],
  [/(?:^|\.)gitlab\./, 'gitlab'],
];

/**
 * Returns the pages of a repository, as a Backstage that has its host as integration links to them.
 *
 * Source: `resolveUrl` and `resolveEditUrl` of the integrations in `@backstage/integration`.
 *
 * @param url - in git's format
 * @param hosts - forge kinds by host
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
 * Returns the pages of a checked-out repository, as its host links to them.
 *
 * @param url - URL of the remote; credentials are removed
 * @param hosts - forge kinds by host, for unknown names
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
 * Returns the web page of a branch's contents: Backstage's `repoContentsUrl`. Unknown hosts count as GitHub.
 *
 * @param url - URL of the remote
 * @returns the URL itself if it has no host
 */
export function contentsUrl(url: string, branch: string): string {
  const found = pagesOf(url, new Map(), [...BY_NAME, ...LIKELY, [/./, 'github']]);
  if (!found) return url;
  const { web, pages } = found;
  return withoutTrailing((pages.own?.file ?? pages.file)(web, encodePath(branch), ''), '/');
}

/** Whether the forge kind of a remote is known from its host name. */
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

/** Parses `https://host/path`, `ssh://git@host:22/path` and `git@host:path`; ports are kept for https only. */
function splitUrl(url: string): { host: string; path: string } | undefined {
  const [, scheme, named, port, rest] =
    /^(https?|ssh|git):\/\/(?:[^/]*@)?([^/:@]+)(?::(\d+))?\/(.+)$/.exec(url) ?? [];
  const [, short, shortPath] = scheme ? [] : (/^(?:[^@/]+@)?([^/:@]{2,}):(.+)$/.exec(url) ?? []);
  const host = (named ?? short)?.toLowerCase();
  const path = rest ?? shortPath;
  if (host === undefined || path === undefined || path.startsWith('//')) return undefined;
  const plain = withoutTrailing(path.replace(/^\/+/, ''), '/').replace(/\.git$/, '');
  const [, owner, project, name] = /^v3\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(plain) ?? [];
  // Azure DevOps has another host and other paths for ssh.
  if (owner !== undefined && /^(?:ssh\.dev\.azure|vs-ssh\.visualstudio)\.com$/.test(host)) {
    return { host: 'dev.azure.com', path: `${owner}/${project}/_git/${name}` };
  }
  const isHttps = scheme === 'https' && port !== undefined && port !== '443';
  return { host: isHttps ? `${host}:${port}` : host, path: plain };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
