import { errorMessage } from '../../../../base';
import {
  type GitilesPage,
  hasParentSegments,
  type IntegrationAddresses,
  parseGitiles,
  parseHarness,
} from '../urlReaders';
import { incorrect, traversalError } from './addressParts';
import { InputError } from './fileErrors';
import { request } from './remoteAddress';
import type { RemoteArchive, RemoteForge, RemoteRequest } from './remoteForge';

/**
 * Requests for files of Harness.
 *
 * Source: `HarnessUrlReader`, and `getHarnessFileContentsUrl` of `packages/integration`.
 */
export const harnessForge: RemoteForge = {
  file(url, token) {
    const { api, account, ref, path } = harnessAt(url);
    if (!path) throw incorrect(url, 'It does not name a file');
    return request(
      `${api}/+/raw/${path}?routingId=${account}&git_ref=refs/heads/${ref}`,
      'harness',
      token,
    );
  },
  archive(url, token) {
    const { api, account, branch, path } = harnessAt(url);
    const address = `${api}/+/archive/${branch}.zip?routingId=${account}`;
    return archive(request(address, 'harness', token), 'zip', path);
  },
};

function harnessAt(url: URL): ReturnType<typeof parseHarness> & { readonly api: string } {
  if (hasParentSegments(url.pathname)) throw traversalError(url);
  const parts = parseHarness(url.href);
  const { account, organization, project, repository } = parts;
  if (!account || !repository) throw incorrect(url, 'It does not name a repository');
  const place = [account, organization, project, repository].filter(Boolean).join('/');
  return { ...parts, api: `${url.origin}/gateway/code/api/v1/repos/${place}` };
}

/**
 * Returns the requests for files of a Gerrit.
 *
 * Source: `GerritUrlReader`, and `getGerritFileContentsApiUrl` of `packages/integration`.
 *
 * @param addresses - of the host itself
 */
export function gerritForge(addresses: IntegrationAddresses): RemoteForge {
  const baseOf = ({ origin }: URL): string => addresses.baseUrl ?? origin;
  const gitilesOf = (url: URL): string =>
    addresses.gitilesBaseUrl ??
    `${baseOf(url)}${url.pathname.includes('/plugins/gitiles/') ? '/plugins/gitiles' : ''}`;
  return {
    file(url, token) {
      const { project, ref, refType, path } = pageAt(url, addresses);
      const place = { branch: 'branches', sha: 'commits' }[refType];
      const api = `${baseOf(url)}${prefixOf(token)}projects/${encodeURIComponent(project)}`;
      const address = `${api}/${place}/${ref}/files/${encodeURIComponent(path)}/content`;
      return { ...request(address, 'gerrit', token), isBase64: true };
    },
    archive(url, token) {
      const { project, ref, refType, path } = pageAt(url, addresses);
      const base = baseOf(url);
      const gitiles = gitilesOf(url);
      const isBelow = gitiles.startsWith(base);
      if (!isBelow && token !== undefined) {
        throw new InputError(
          'Since the baseUrl (Gerrit) is not part of the gitilesBaseUrl, an authentication URL could not be constructed.',
        );
      }
      const top = isBelow ? gitiles.replace(`${base}/`, () => base + prefixOf(token)) : gitiles;
      const branch = refType === 'branch' ? `refs/heads/${ref}` : ref;
      const file = path === '/' ? '' : `/${path}`;
      const address = `${top}/${project}/+archive/${branch}${file}.tar.gz`;
      return archive(request(address, 'gerrit', token), 'tar.gz', '');
    },
  };
}

/** Paths below `/a/` require a password. */
function prefixOf(token: string | undefined): string {
  return token === undefined ? '/' : '/a/';
}

function pageAt(
  url: URL,
  addresses: IntegrationAddresses,
): GitilesPage & { readonly refType: 'branch' | 'sha' } {
  if (hasParentSegments(url.pathname)) throw traversalError(url);
  let page;
  try {
    page = parseGitiles(url.href, addresses);
  } catch (error) {
    throw incorrect(url, errorMessage(error));
  }
  const { refType } = page;
  if (refType === 'branch' || refType === 'sha') return { ...page, refType };
  throw new InputError(`Unsupported gitiles ref type: ${refType}`);
}

function archive(
  fileRequest: RemoteRequest,
  format: RemoteArchive['format'],
  folder: string,
): RemoteArchive {
  return { ...fileRequest, format, folder, isWrapped: false };
}
