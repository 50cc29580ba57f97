import { authorizationOf } from '../../../../platform/core/hosts';
import {
  azureAt,
  bitbucketServerAt,
  giteaAt,
  gitHubAt,
  gitLabArtifactAt,
  gitLabAt,
  gitLabFileAt,
  incorrect,
  joined,
  partsOf,
} from './addressParts';
import { InputError } from './fileErrors';
import type { RemoteArchive, RemoteForge, RemoteRepository, RemoteRequest } from './remoteForge';

/**
 * Address handling by integration kind. Addresses are those that users copy from the browser.
 *
 * Source: the `UrlReader`s of `@backstage/backend-defaults`, and `@backstage/integration`.
 */
export const remoteForges: ReadonlyMap<string, RemoteForge> = new Map(
  Object.entries<RemoteForge>({
    github: {
      file(url, token) {
        const { owner, name, type, ref, path } = partsOf(url);
        if (!owner || !name || !ref || !['blob', 'raw', 'tree'].includes(type)) {
          throw incorrect(url, 'Invalid GitHub URL or file path');
        }
        const { api, forgeHosts, isOwn } = gitHubAt(url);
        if (isOwn && token === undefined) {
          return request(`https://raw.githubusercontent.com/${joined(owner, name, ref, path)}`);
        }
        const place = joined(owner, name, 'contents', path);
        const address = `${api}/repos/${place}?ref=${encodeURIComponent(ref)}`;
        const fileRequest = request(address, 'github', token, 'application/vnd.github.v3.raw');
        return { ...fileRequest, forgeHosts };
      },
      archive(url, token) {
        const { owner, name, ref, path } = partsOf(url);
        if (!owner || !name) throw incorrect(url, 'It does not name a repository');
        const { api, forgeHosts, isOwn } = gitHubAt(url);
        // The API has a low rate limit without a token.
        const address =
          isOwn && token === undefined
            ? `https://codeload.github.com/${joined(owner, name, 'tar.gz', ref || 'HEAD')}`
            : `${api}/repos/${joined(owner, name, 'tarball', ref)}`;
        return tarball({ ...request(address, 'github', token), forgeHosts }, path);
      },
      repository: url => plainRepository(url, 'tree'),
    },
    gitlab: {
      file(url, token) {
        const artifact = gitLabArtifactAt(url);
        if (artifact !== undefined) return request(artifact, 'gitlab', token);
        const { api, ref, path } = gitLabFileAt(url);
        const query = new URLSearchParams({ ref });
        return request(
          `${api}/repository/files/${encodeURIComponent(path)}/raw?${query}`,
          'gitlab',
          token,
        );
      },
      archive(url, token) {
        const { api, ref, path } = gitLabAt(url);
        const query = new URLSearchParams({
          ...(ref ? { sha: ref } : {}),
          ...(path ? { path } : {}),
        });
        return tarball(request(`${api}/repository/archive.tar.gz?${query}`, 'gitlab', token), path);
      },
      repository(url) {
        const { project, ref } = gitLabAt(url);
        return repository(`${url.origin}/${joined(project)}.git`, ref, 'folder');
      },
    },
    bitbucketCloud: {
      file(url, token) {
        const { owner, name, type, ref, path } = partsOf(url);
        if (!owner || !name || !ref || !['src', 'raw'].includes(type)) {
          throw incorrect(url, 'Invalid Bitbucket Cloud URL or file path');
        }
        const place = joined(owner, name, 'src', ref, path);
        return request(
          `https://api.${url.host}/2.0/repositories/${place}`,
          'bitbucketCloud',
          token,
        );
      },
      archive(url, token) {
        const { owner, name, ref, path } = partsOf(url);
        if (!owner || !name) throw incorrect(url, 'It does not name a repository');
        const place = joined(owner, name, 'get', `${ref || 'HEAD'}.tar.gz`);
        return tarball(request(`${url.origin}/${place}`, 'bitbucketCloud', token), path);
      },
      repository: url => plainRepository(url, 'archive'),
    },
    bitbucketServer: {
      file(url, token) {
        const { api, ref, path, type } = bitbucketServerAt(url);
        if (!path || !['browse', 'raw', 'src'].includes(type)) {
          throw incorrect(url, 'Invalid Bitbucket Server URL or file path');
        }
        const query = new URLSearchParams(ref ? { at: ref } : {});
        return request(`${api}/raw/${joined(path)}?${query}`, 'bitbucketServer', token);
      },
      archive(url, token) {
        const { api, ref, path, owner, name } = bitbucketServerAt(url);
        const query = new URLSearchParams({
          format: 'tgz',
          prefix: `${owner}-${name}`,
          ...(ref ? { at: ref } : {}),
          ...(path ? { path } : {}),
        });
        return tarball(request(`${api}/archive?${query}`, 'bitbucketServer', token), path);
      },
      repository(url) {
        const { owner, name, ref, server } = bitbucketServerAt(url);
        return repository(`${server}/scm/${joined(owner, name)}.git`, ref, 'folder');
      },
    },
    azure: {
      file(url, token) {
        const { items, path } = azureAt(url);
        if (!path) {
          throw new InputError(
            'Azure URL must point to a specific path to be able to download a file',
          );
        }
        items.searchParams.set('api-version', '6.0');
        items.searchParams.set('path', path);
        return request(items.href, 'azure', token);
      },
      archive(url, token) {
        const { items, path } = azureAt(url);
        const query = { recursionLevel: 'full', download: 'true', 'api-version': '6.0' };
        for (const [name, value] of Object.entries(query)) items.searchParams.set(name, value);
        if (path) items.searchParams.set('scopePath', path);
        // The archive contains the requested folder at its root.
        const folder = path.split('/').filter(Boolean).at(-1) ?? '';
        const archiveRequest = request(items.href, 'azure', token, 'application/zip');
        return { ...archiveRequest, format: 'zip', folder, isWrapped: false };
      },
      repository(url) {
        const { before, name, version } = azureAt(url);
        if (version?.type === 'tag') return undefined;
        const place = joined(...before, name);
        return repository(`${url.origin}/${place}`, version?.name ?? '', 'folder');
      },
    },
    gitea: {
      file(url, token) {
        const { owner, name, ref, path } = giteaAt(url);
        if (!ref || !path) throw incorrect(url, 'It does not name a file');
        const place = joined('repos', owner, name, 'raw', path);
        const address = `${url.origin}/api/v1/${place}?ref=${encodeURIComponent(ref)}`;
        return request(address, 'gitea', token);
      },
      archive(url, token) {
        const { owner, name, ref, path } = giteaAt(url);
        const place = joined('repos', owner, name, 'archive', `${ref || 'HEAD'}.tar.gz`);
        return tarball(request(`${url.origin}/api/v1/${place}`, 'gitea', token), path);
      },
    },
  }),
);

export function request(url: string, type = '', token?: string, accept?: string): RemoteRequest {
  const headers = {
    ...(token !== undefined && { authorization: authorizationOf(type, token) }),
    ...(accept !== undefined && { accept }),
  };
  return { url, headers, forgeHosts: [] };
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** @param ref - ref of the archive, which may be a commit */
function repository(
  url: string,
  ref: string,
  isReadAs: RemoteRepository['isReadAs'],
): RemoteRepository | undefined {
  if (COMMIT.test(ref)) return undefined;
  return { url, isReadAs, branch: ref === '' || ref === 'HEAD' ? undefined : ref };
}

/** Parses `/OWNER/NAME/TYPE/REF/PATH`. */
function plainRepository(
  url: URL,
  isReadAs: RemoteRepository['isReadAs'],
): RemoteRepository | undefined {
  const { owner, name, ref } = partsOf(url);
  if (!owner || !name) throw incorrect(url, 'It does not name a repository');
  return repository(`${url.origin}/${joined(owner, name)}.git`, ref, isReadAs);
}

function tarball(fileRequest: RemoteRequest, folder: string): RemoteArchive {
  return { ...fileRequest, format: 'tar.gz', folder, isWrapped: true };
}
