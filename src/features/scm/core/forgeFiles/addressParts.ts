import { errorMessage } from '../../../../base';
import {
  type AzureAddress,
  type ForgeUrl,
  hasParentSegments,
  parseAzureAddress,
  parseForgeUrl,
} from '../urlReaders';
import { InputError } from './fileErrors';

/** Parts of an address of a repository, or of a file or folder in it. */
export type AddressParts = Pick<ForgeUrl, 'owner' | 'name' | 'type' | 'ref' | 'path'>;

/** @throws InputError for an address with `..` or an invalid `%` escape */
export function partsOf(url: URL): AddressParts {
  if (hasParentSegments(url.pathname)) throw traversalError(url);
  try {
    const { owner, name, type, ref, path } = parseForgeUrl(url.href);
    return { owner, name: withoutGit(name), type, ref, path };
  } catch (error) {
    throw incorrect(url, errorMessage(error));
  }
}

/** Parses `/OWNER/NAME/src/branch/REF/PATH`, in which a `/` in the branch name is escaped. */
export function giteaAt(url: URL): Omit<AddressParts, 'type'> {
  const [owner = '', name = '', , , ref = '', ...path] = segmentsOf(url);
  if (!owner || !name) throw incorrect(url, 'It does not name a repository');
  return { owner, name: withoutGit(name), ref, path: path.join('/') };
}

export function gitHubAt({ host, origin }: URL): {
  readonly api: string;
  readonly forgeHosts: readonly string[];
  readonly isOwn: boolean;
} {
  return {
    isOwn: host === 'github.com',
    // GitHub Enterprise Server has its API on the same host.
    api: /^github\.com$|\.ghe\.com$/.test(host) ? `https://api.${host}` : `${origin}/api/v3`,
    forgeHosts: [`codeload.${host}`],
  };
}

/** A GitLab project, as its API names it. */
export interface GitLabProject {
  readonly api: string;
  /** `GROUP/…/NAME` */
  readonly project: string;
}

/** Parses `/GROUP/…/NAME/-/TYPE/REF/PATH`; before GitLab 12 there was no `-`. */
export function gitLabAt(url: URL): GitLabProject & Pick<AddressParts, 'ref' | 'path'> {
  const { owner, name, ref, path } = partsOf(url);
  if (!owner) throw incorrect(url, 'It does not name a project');
  return { ...gitLabProject(url, `${owner}/${name}`), ref, path };
}

/**
 * Parses the address of a file, in which a `/` in the branch name may be escaped, unlike for folders.
 *
 * Source: `extractProjectPath` and `buildProjectUrl`.
 */
export function gitLabFileAt(url: URL): GitLabProject & Pick<AddressParts, 'ref' | 'path'> {
  const { pathname } = url;
  if (hasParentSegments(pathname)) throw traversalError(url);
  const [beforeDash = ''] = pathname.split('/-/blob/');
  const [before = ''] = beforeDash.split('/blob/');
  const [ref = '', ...path] = pathname.split('/blob/').slice(1).join('/blob/').split('/');
  if (!pathname.includes('/blob/')) {
    throw new InputError(
      `Failed extracting project path from ${pathname}. Url path must include /blob/.`,
    );
  }
  return {
    ...gitLabProject(url, decoded(url, before)),
    ref: decoded(url, ref),
    path: decoded(url, path.join('/')),
  };
}

const ARTIFACTS = '/-/jobs/artifacts/';

/**
 * Returns the API URL of a job artifact; undefined for addresses other than
 * `/GROUP/…/NAME/-/jobs/artifacts/REF/raw/PATH?job=JOB`.
 *
 * Source: `getGitlabArtifactFetchUrl` of GitlabUrlReader.
 */
export function gitLabArtifactAt(url: URL): string | undefined {
  const { pathname, search } = url;
  const at = pathname.indexOf(ARTIFACTS);
  if (at < 0) return undefined;
  if (hasParentSegments(pathname)) throw traversalError(url);
  const { api } = gitLabProject(url, decoded(url, pathname.slice(0, at)));
  return `${api}/jobs/artifacts/${pathname.slice(at + ARTIFACTS.length)}${search}`;
}

function gitLabProject(url: URL, path: string): GitLabProject {
  const project = withoutGit(path.replace(/^\//, ''));
  if (!project.includes('/')) throw incorrect(url, 'It does not name a project');
  return { project, api: `${url.origin}/api/v4/projects/${encodeURIComponent(project)}` };
}

/** Parses `/projects/KEY/repos/NAME/TYPE/PATH?at=REF` and `/users/NAME/repos/…`, below an optional context path. */
export function bitbucketServerAt(
  url: URL,
): AddressParts & { readonly api: string; readonly server: string } {
  const parts = partsOf(url);
  const [owner, name, path] = [parts.owner, parts.name, parts.path].map(part => decoded(url, part));
  if (!owner || !name) throw incorrect(url, 'Invalid Bitbucket Server URL or file path');
  const at = url.pathname.search(/\/(?:projects|users)\//);
  const isBelow = at > 0 && url.pathname.includes('/repos/', at);
  const server = `${url.origin}${isBelow ? url.pathname.slice(0, at) : ''}`;
  const api = `${server}/rest/api/1.0/${joined('projects', owner, 'repos', name)}`;
  return { ...parts, api, server, owner, name, path: path ?? '' };
}

/** Parses `/ORGANIZATION/PROJECT/_git/NAME?path=PATH&version=GBREF`. */
export function azureAt(url: URL): AzureAddress & {
  /** API URL of items. */
  readonly items: URL;
} {
  const address = azureAddress(url);
  const { project, name, version } = address;
  const items = new URL(url.origin);
  items.pathname = joined(...project, '_apis', 'git', 'repositories', name, 'items');
  if (version) {
    items.searchParams.set('versionDescriptor.version', version.name);
    items.searchParams.set('versionDescriptor.versionType', version.type);
  }
  return { ...address, items };
}

function azureAddress(url: URL): AzureAddress {
  if (hasParentSegments(url.pathname)) throw traversalError(url);
  try {
    return parseAzureAddress(url);
  } catch (error) {
    throw new InputError(errorMessage(error));
  }
}

/** Splits a path into non-empty segments. @throws InputError for a path with `..` */
function segmentsOf(url: URL): readonly string[] {
  if (hasParentSegments(url.pathname)) throw traversalError(url);
  return url.pathname
    .split('/')
    .filter(segment => segment !== '')
    .map(segment => decoded(url, segment));
}

function decoded(url: URL, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw incorrect(url, errorMessage(error));
  }
}

export function joined(...paths: readonly string[]): string {
  return paths
    .flatMap(path => path.split('/'))
    .filter(segment => segment !== '')
    .map(segment => encodeURIComponent(segment))
    .join('/');
}

export function withoutGit(name: string): string {
  return name.replace(/\.git$/, '');
}

export function traversalError(url: URL): InputError {
  return incorrect(url, 'Invalid SCM URL: path traversal is not allowed in the URL');
}

export function incorrect({ href }: URL, reason: string): InputError {
  return new InputError(`Incorrect URL: ${href}, Error: ${reason}`);
}
