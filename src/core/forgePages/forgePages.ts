import type { RemoteHost } from '../../catalog';

/** Where a repository is found by people, and by a Backstage. */
export interface ForgePages extends RemoteHost {
  /** What a Backstage knows a file by that was registered by its address. */
  fileUrl(branch: string, path: string): string;
}

interface Place {
  /** Of the repository's page. */
  readonly web: string;
  readonly branch: string;
  readonly path: string;
}

interface Pages {
  /** `owner/name` of a repository as its pages name it; default: as git does. */
  readonly webPath?: (path: string) => string;
  readonly file: (place: Place) => string;
  readonly edit: (place: Place) => string;
  /** Of a folder; the path is empty or ends with `/`. Default: as a file's. */
  readonly folder?: (place: Place) => string;
}

const FORGES: ReadonlyMap<string, Pages> = new Map<string, Pages>([
  [
    'github',
    {
      file: ({ web, branch, path }) => `${web}/tree/${branch}/${path}`,
      edit: ({ web, branch, path }) => `${web}/edit/${branch}/${path}`,
    },
  ],
  [
    'gitlab',
    {
      file: ({ web, branch, path }) => `${web}/-/blob/${branch}/${path}`,
      edit: ({ web, branch, path }) => `${web}/-/edit/${branch}/${path}`,
    },
  ],
  [
    'bitbucketCloud',
    {
      file: ({ web, branch, path }) => `${web}/src/${branch}/${path}`,
      edit: ({ web, branch, path }) =>
        `${web}/src/${branch}/${path}?mode=edit&at=${encodeURIComponent(branch)}`,
    },
  ],
  [
    'bitbucketServer',
    {
      webPath: path => {
        const [project = '', name = ''] = path.replace(/^scm\//, '').split('/');
        return `projects/${project}/repos/${name}`;
      },
      file: ({ web, branch, path }) => `${web}/browse/${path}?at=${branch}`,
      edit: ({ web, path }) => `${web}/browse/${path}`,
    },
  ],
  [
    'azure',
    {
      file: azureFile,
      edit: place => `${azureFile(place)}&_a=edit`,
    },
  ],
  [
    'gitea',
    {
      file: ({ web, branch, path }) => `${web}/src/branch/${branch}/${path}`,
      edit: ({ web, branch, path }) => `${web}/_edit/${branch}/${path}`,
    },
  ],
]);

function azureFile({ web, branch, path }: Place): string {
  const query = `path=${encodeURIComponent(`/${decodeURIComponent(path)}`)}`;
  return `${web}?${query}&version=GB${encodeURIComponent(decodeURIComponent(branch))}`;
}

/** Kinds that tell by the name of a host, where nobody said so. */
const BY_NAME: readonly (readonly [host: RegExp, kind: string])[] = [
  [/(?:^|\.)github\.com$|\.ghe\.com$/, 'github'],
  [/(?:^|\.)gitlab\.com$/, 'gitlab'],
  [/^bitbucket\.org$/, 'bitbucketCloud'],
  [/^dev\.azure\.com$/, 'azure'],
  [/^(?:gitea\.com|codeberg\.org)$/, 'gitea'],
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
  const address = splitUrl(url);
  if (!address) return undefined;
  const kind =
    hosts.get(address.host) ?? BY_NAME.find(([host]) => host.test(address.host))?.[1] ?? '';
  const pages = FORGES.get(kind);
  if (!pages) return undefined;
  const { webPath = (path: string) => path } = pages;
  const web = `https://${address.host}/${webPath(address.path)}`;
  const place = (branch: string, path: string): Place => ({
    web,
    branch: encodePath(branch),
    path: encodePath(path),
  });
  return {
    webUrl: web,
    fileUrl: (branch, path) => pages.file(place(branch, path)),
    pageUrl: (page, branch, path) => {
      const at = place(branch, path);
      if (page === 'edit') return pages.edit(at);
      return page === 'folder' ? (pages.folder ?? pages.file)(at) : pages.file(at);
    },
  };
}

/** Of `https://host/path`, `ssh://git@host:22/path` and `git@host:path`; a port counts only for https. */
function splitUrl(url: string): { host: string; path: string } | undefined {
  const [, scheme, , named, , rest] =
    /^(https?|ssh|git):\/\/([^/@]*@)?([^/:]+)(:\d+)?\/(.+)$/.exec(url) ?? [];
  const [, short, shortPath] = scheme ? [] : (/^(?:[^@/]+@)?([^/:@]{2,}):(.+)$/.exec(url) ?? []);
  const host = named ?? short;
  const path = rest ?? shortPath;
  if (host === undefined || path === undefined || path.startsWith('//')) return undefined;
  const port = scheme === 'https' || scheme === 'http' ? new URL(url).port : '';
  return {
    host: `${host.toLowerCase()}${port && `:${port}`}`,
    path: path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, ''),
  };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
