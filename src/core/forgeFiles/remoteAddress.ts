import { InputError } from './fileErrors';
import { authorizationOf } from '../hosts';

/** What is to be asked of a host. */
export interface RemoteRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Hosts besides that of the URL which an answer may send on to: they are the forge's own. */
  readonly forgeHosts: readonly string[];
}

export interface RemoteArchive extends RemoteRequest {
  readonly format: 'tar.gz' | 'zip';
  /** Where in the archive that lies what was asked for, `''` for all of it. */
  readonly folder: string;
  /** Whether a folder that is named by the repository stands around all. */
  readonly isWrapped: boolean;
}

/** A repository as git is told of it. */
export interface RemoteRepository {
  /** As git takes it. */
  readonly url: string;
  /** Branch or tag; undefined: what its HEAD names. */
  readonly branch: string | undefined;
  /**
   * What a server reads where wildcards are to be matched: the tree; an archive of all, which may be made by attributes of
   * files (`export-ignore`); or one of a folder, so that the host has words for a folder that is not there.
   */
  readonly isReadAs: 'tree' | 'archive' | 'folder';
}

/** How files come out of a kind of forge. */
export interface RemoteForge {
  /** @throws Error where the address names no file of a repository */
  file(url: URL, token: string | undefined): RemoteRequest;
  /** @throws Error where it names no repository */
  archive(url: URL, token: string | undefined): RemoteArchive;
  /**
   * Missing where nobody asks for it.
   *
   * @returns undefined for what cannot be named to git alone: a commit, or a tag that a branch could be called as well
   * @throws Error where it names no repository
   */
  repository?(url: URL): RemoteRepository | undefined;
}

/**
 * By the kinds of integrations. Addresses are those that people copy from their browser.
 *
 * Source: the `UrlReader`s of `@backstage/backend-defaults`, and `@backstage/integration`.
 */
export const remoteForges: ReadonlyMap<string, RemoteForge> = new Map<string, RemoteForge>([
  [
    'github',
    {
      file(url, token) {
        const { owner, name, type, ref, path } = partsOf(url);
        if (!owner || !name || !ref || !['blob', 'raw', 'tree'].includes(type)) {
          throw incorrect(url, 'Invalid GitHub URL or file path');
        }
        const { api, forgeHosts, isOwn } = gitHubAt(url);
        const headers = { ...authorized('github', token), accept: 'application/vnd.github.v3.raw' };
        return isOwn && token === undefined
          ? request(`https://raw.githubusercontent.com/${joined(owner, name, ref, path)}`)
          : {
              url: `${api}/repos/${joined(owner, name, 'contents', path)}?ref=${encodeURIComponent(ref)}`,
              ...{ headers, forgeHosts },
            };
      },
      archive(url, token) {
        const { owner, name, ref, path } = partsOf(url);
        if (!owner || !name) throw incorrect(url, 'It names no repository');
        const { api, forgeHosts, isOwn } = gitHubAt(url);
        // Without a token, the API answers only so many times an hour.
        const address =
          isOwn && token === undefined
            ? `https://codeload.github.com/${joined(owner, name, 'tar.gz', ref || 'HEAD')}`
            : `${api}/repos/${joined(owner, name, 'tarball', ref)}`;
        return tarball({ ...request(address, authorized('github', token)), forgeHosts }, path);
      },
      repository: url => plainRepository(url, 'tree'),
    },
  ],
  [
    'gitlab',
    {
      file(url, token) {
        const { api, ref, path, type } = gitLabAt(url);
        if (type !== 'blob' || !path) {
          throw new InputError(
            `Failed extracting project path from ${url.pathname}. Url path must include /blob/.`,
          );
        }
        const query = new URLSearchParams({ ref });
        return request(
          `${api}/repository/files/${encodeURIComponent(path)}/raw?${query}`,
          authorized('gitlab', token),
        );
      },
      archive(url, token) {
        const { api, ref, path } = gitLabAt(url);
        const query = new URLSearchParams({
          ...(ref ? { sha: ref } : {}),
          ...(path ? { path } : {}),
        });
        return tarball(
          request(`${api}/repository/archive.tar.gz?${query}`, authorized('gitlab', token)),
          path,
        );
      },
      repository(url) {
        const { project, ref } = gitLabAt(url);
        return repository(`${url.origin}/${joined(project)}.git`, ref, 'folder');
      },
    },
  ],
  [
    'bitbucketCloud',
    {
      file(url, token) {
        const { owner, name, type, ref, path } = partsOf(url);
        if (!owner || !name || !ref || !['src', 'raw'].includes(type)) {
          throw incorrect(url, 'Invalid Bitbucket Cloud URL or file path');
        }
        const place = joined(owner, name, 'src', ref, path);
        return request(
          `https://api.${url.host}/2.0/repositories/${place}`,
          authorized('bitbucketCloud', token),
        );
      },
      archive(url, token) {
        const { owner, name, ref, path } = partsOf(url);
        if (!owner || !name) throw incorrect(url, 'It names no repository');
        const place = joined(owner, name, 'get', `${ref || 'HEAD'}.tar.gz`);
        return tarball(
          request(`${url.origin}/${place}`, authorized('bitbucketCloud', token)),
          path,
        );
      },
      repository: url => plainRepository(url, 'archive'),
    },
  ],
  [
    'bitbucketServer',
    {
      file(url, token) {
        const { api, ref, path, type } = bitbucketServerAt(url);
        if (!path || !['browse', 'raw', 'src'].includes(type)) {
          throw incorrect(url, 'Invalid Bitbucket Server URL or file path');
        }
        const query = new URLSearchParams(ref ? { at: ref } : {});
        return request(`${api}/raw/${joined(path)}?${query}`, authorized('bitbucketServer', token));
      },
      archive(url, token) {
        const { api, ref, path, project, name } = bitbucketServerAt(url);
        const query = new URLSearchParams({
          ...{ format: 'tgz', prefix: `${project}-${name}` },
          ...(ref ? { at: ref } : {}),
          ...(path ? { path } : {}),
        });
        return tarball(
          request(`${api}/archive?${query}`, authorized('bitbucketServer', token)),
          path,
        );
      },
      repository(url) {
        const { project, name, ref } = bitbucketServerAt(url);
        return repository(
          `${url.origin}/scm/${joined(project, withoutGit(name))}.git`,
          ref,
          'folder',
        );
      },
    },
  ],
  [
    'azure',
    {
      file(url, token) {
        const { items, path } = azureAt(url);
        if (!path) {
          throw new InputError(
            'Azure URL must point to a specific path to be able to download a file',
          );
        }
        items.searchParams.set('api-version', '6.0');
        items.searchParams.set('path', path);
        return request(items.href, authorized('azure', token));
      },
      archive(url, token) {
        const { items, path } = azureAt(url);
        const query = { recursionLevel: 'full', download: 'true', 'api-version': '6.0' };
        for (const [name, value] of Object.entries(query)) items.searchParams.set(name, value);
        if (path) items.searchParams.set('scopePath', path);
        // The folder that was asked for is the one at the top.
        const folder = path.split('/').filter(Boolean).at(-1) ?? '';
        const headers = { ...authorized('azure', token), accept: 'application/zip' };
        return { ...request(items.href, headers), format: 'zip', folder, isWrapped: false };
      },
      repository(url) {
        const { place, version } = azureAt(url);
        if (version?.type === 'tag') return undefined;
        return repository(`${url.origin}/${place}`, version?.name ?? '', 'folder');
      },
    },
  ],
  [
    'gitea',
    {
      file(url, token) {
        const { owner, name, ref, path } = giteaAt(url);
        if (!ref || !path) throw incorrect(url, 'It names no file');
        const place = joined('repos', owner, name, 'raw', path);
        const address = `${url.origin}/api/v1/${place}?ref=${encodeURIComponent(ref)}`;
        return request(address, authorized('gitea', token));
      },
      archive(url, token) {
        const { owner, name, ref, path } = giteaAt(url);
        const place = joined('repos', owner, name, 'archive', `${ref || 'HEAD'}.tar.gz`);
        return tarball(request(`${url.origin}/api/v1/${place}`, authorized('gitea', token)), path);
      },
    },
  ],
]);

function request(url: string, headers: Readonly<Record<string, string>> = {}): RemoteRequest {
  return { url, headers, forgeHosts: [] };
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** @param ref - as archives are asked for: by a name, which may be that of a commit */
function repository(
  url: string,
  ref: string,
  isReadAs: RemoteRepository['isReadAs'],
): RemoteRepository | undefined {
  if (COMMIT.test(ref)) return undefined;
  return { url, isReadAs, branch: ref === '' || ref === 'HEAD' ? undefined : ref };
}

/** Of an address of the form `/OWNER/NAME/TYPE/REF/PATH`. */
function plainRepository(
  url: URL,
  isReadAs: RemoteRepository['isReadAs'],
): RemoteRepository | undefined {
  const { owner, name, ref } = partsOf(url);
  if (!owner || !name) throw incorrect(url, 'It names no repository');
  return repository(`${url.origin}/${joined(owner, name)}.git`, ref, isReadAs);
}

function tarball(asked: RemoteRequest, folder: string): RemoteArchive {
  return { ...asked, format: 'tar.gz', folder, isWrapped: true };
}

interface AddressParts {
  readonly owner: string;
  readonly name: string;
  /** `blob`, `tree` …, `''` for the repository itself. */
  readonly type: string;
  readonly ref: string;
  /** Below the top of the repository, with no `/` around it. */
  readonly path: string;
}

/** Of `/OWNER/NAME/TYPE/REF/PATH`. */
function partsOf(url: URL): AddressParts {
  const [owner = '', name = '', type = '', ref = '', ...path] = segmentsOf(url);
  return { owner, name: withoutGit(name), type, ref, path: path.join('/') };
}

/** Of `/OWNER/NAME/src/branch/REF/PATH`. */
function giteaAt(url: URL): Omit<AddressParts, 'type'> {
  const [owner = '', name = '', , , ref = '', ...path] = segmentsOf(url);
  if (!owner || !name) throw incorrect(url, 'It names no repository');
  return { owner, name: withoutGit(name), ref, path: path.join('/') };
}

function gitHubAt({ host, origin }: URL): {
  readonly api: string;
  readonly forgeHosts: readonly string[];
  readonly isOwn: boolean;
} {
  const isOwn = host === 'github.com';
  return {
    isOwn,
    api: isOwn ? 'https://api.github.com' : `${origin}/api/v3`,
    forgeHosts: isOwn ? ['codeload.github.com'] : [`codeload.${host}`],
  };
}

/** Of `/GROUP/…/NAME/-/TYPE/REF/PATH`; before GitLab 12 there was no `-`. */
function gitLabAt(
  url: URL,
): Pick<AddressParts, 'type' | 'ref' | 'path'> & { api: string; project: string } {
  const segments = segmentsOf(url);
  const at = segments.findIndex(
    (segment, index) => index > 1 && ['blob', 'tree', 'raw', '-'].includes(segment),
  );
  const project = withoutGit(segments.slice(0, at < 0 ? undefined : at).join('/'));
  if (!project.includes('/')) throw incorrect(url, 'It names no project');
  const rest = at < 0 ? [] : segments.slice(segments[at] === '-' ? at + 1 : at);
  const [type = '', ref = '', ...path] = rest;
  const api = `${url.origin}/api/v4/projects/${encodeURIComponent(project)}`;
  return { api, project, type, ref, path: path.join('/') };
}

/** Of `/projects/KEY/repos/NAME/TYPE/PATH?at=REF`. */
function bitbucketServerAt(
  url: URL,
): Pick<AddressParts, 'type' | 'ref' | 'path' | 'name'> & { api: string; project: string } {
  const [projects, project = '', repos, name = '', type = '', ...path] = segmentsOf(url);
  if (projects !== 'projects' || repos !== 'repos' || !name) {
    throw incorrect(url, 'Invalid Bitbucket Server URL or file path');
  }
  const api = `${url.origin}/rest/api/1.0/${joined('projects', project, 'repos', name)}`;
  const ref = url.searchParams.get('at') ?? '';
  return { api, project, name, type, ref, path: path.join('/') };
}

/** Of `/ORGANISATION/PROJECT/_git/NAME?path=PATH&version=GBREF`. */
function azureAt(url: URL): {
  readonly items: URL;
  readonly path: string;
  /** `ORGANISATION/PROJECT/_git/NAME`, escaped. */
  readonly place: string;
  readonly version: { readonly type: string; readonly name: string } | undefined;
} {
  const segments = segmentsOf(url);
  const at = segments.indexOf('_git');
  const name = segments[at + 1];
  if (at < 1 || at > 3 || name === undefined) {
    throw new InputError('Azure URL must point to a git repository');
  }
  const project = at === 1 ? [...segments.slice(0, 1), name] : segments.slice(0, at);
  const items = new URL(url.origin);
  items.pathname = joined(...project, '_apis', 'git', 'repositories', name, 'items');
  const version = azureVersion(url);
  if (version) {
    items.searchParams.set('versionDescriptor.version', version.name);
    items.searchParams.set('versionDescriptor.versionType', version.type);
  }
  const place = joined(...segments.slice(0, at), '_git', name);
  return { items, place, version, path: url.searchParams.get('path') ?? '' };
}

function azureVersion(
  url: URL,
): { readonly type: 'branch' | 'tag'; readonly name: string } | undefined {
  const version = url.searchParams.get('version') ?? '';
  if (version === '') return undefined;
  const name = version.slice(2);
  if (version.startsWith('GB')) return { type: 'branch', name };
  if (version.startsWith('GT')) return { type: 'tag', name };
  throw new InputError('Azure URL version must point to a git branch or git tag');
}

/** @throws InputError for a path that leads up, however often it is escaped */
function segmentsOf(url: URL): readonly string[] {
  let { pathname: path } = url;
  for (let before = ''; before !== path;) {
    before = path;
    try {
      path = decodeURIComponent(path);
    } catch {
      // A stray `%` stands for itself.
    }
  }
  const segments = path.split('/').filter(segment => segment !== '');
  if (segments.some(segment => segment === '.' || segment === '..')) {
    throw incorrect(url, 'Invalid SCM URL: path traversal is not allowed in the URL');
  }
  return segments;
}

function joined(...paths: readonly string[]): string {
  return paths
    .flatMap(path => path.split('/'))
    .filter(segment => segment !== '')
    .map(segment => encodeURIComponent(segment))
    .join('/');
}

function withoutGit(name: string): string {
  return name.replace(/\.git$/, '');
}

function incorrect({ href }: URL, reason: string): InputError {
  return new InputError(`Incorrect URL: ${href}, Error: ${reason}`);
}

function authorized(type: string, token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: authorizationOf(type, token) };
}
