import { errorMessage } from '../../../../base';
import {
  type AzureAddress,
  type ForgeUrl,
  leadsUp,
  parseAzureAddress,
  parseForgeUrl,
} from '../urlReaders';
import { InputError } from './fileErrors';

/** What an address names: a repository, or something in it. */
export type AddressParts = Pick<ForgeUrl, 'owner' | 'name' | 'type' | 'ref' | 'path'>;

/** @throws InputError for an address that leads up, or has a stray `%` */
export function partsOf(url: URL): AddressParts {
  if (leadsUp(url.pathname)) throw leadingUp(url);
  try {
    const { owner, name, type, ref, path } = parseForgeUrl(url.href);
    return { owner, name: withoutGit(name), type, ref, path };
  } catch (error) {
    throw incorrect(url, errorMessage(error));
  }
}

/** Of `/OWNER/NAME/src/branch/REF/PATH`, where a `/` in the name of a branch is escaped. */
export function giteaAt(url: URL): Omit<AddressParts, 'type'> {
  const [owner = '', name = '', , , ref = '', ...path] = segmentsOf(url);
  if (!owner || !name) throw incorrect(url, 'It names no repository');
  return { owner, name: withoutGit(name), ref, path: path.join('/') };
}

export function gitHubAt({ host, origin }: URL): {
  readonly api: string;
  readonly forgeHosts: readonly string[];
  readonly isOwn: boolean;
} {
  return {
    isOwn: host === 'github.com',
    // Of companies on GitHub's own servers it is beside their pages, as that of all others there.
    api: /^github\.com$|\.ghe\.com$/.test(host) ? `https://api.${host}` : `${origin}/api/v3`,
    forgeHosts: [`codeload.${host}`],
  };
}

/** A project of GitLab, as its API names it. */
export interface GitLabProject {
  readonly api: string;
  /** `GROUP/…/NAME` */
  readonly project: string;
}

/** Of `/GROUP/…/NAME/-/TYPE/REF/PATH`; before GitLab 12 there was no `-`. */
export function gitLabAt(url: URL): GitLabProject & Pick<AddressParts, 'ref' | 'path'> {
  const { owner, name, ref, path } = partsOf(url);
  if (!owner) throw incorrect(url, 'It names no project');
  return { ...gitLabProject(url, `${owner}/${name}`), ref, path };
}

/**
 * Of a file: other than for folders, a `/` in the name of a branch may be escaped.
 *
 * Source: `extractProjectPath` and `buildProjectUrl`.
 */
export function gitLabFileAt(url: URL): GitLabProject & Pick<AddressParts, 'ref' | 'path'> {
  const { pathname } = url;
  if (leadsUp(pathname)) throw leadingUp(url);
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
 * Where a file is that a job of a branch has made; undefined for an address of another form than
 * `/GROUP/…/NAME/-/jobs/artifacts/REF/raw/PATH?job=JOB`.
 *
 * Source: `getGitlabArtifactFetchUrl` of GitlabUrlReader.
 */
export function gitLabArtifactAt(url: URL): string | undefined {
  const { pathname, search } = url;
  const at = pathname.indexOf(ARTIFACTS);
  if (at < 0) return undefined;
  if (leadsUp(pathname)) throw leadingUp(url);
  const { api } = gitLabProject(url, decoded(url, pathname.slice(0, at)));
  return `${api}/jobs/artifacts/${pathname.slice(at + ARTIFACTS.length)}${search}`;
}

function gitLabProject(url: URL, path: string): GitLabProject {
  const project = withoutGit(path.replace(/^\//, ''));
  if (!project.includes('/')) throw incorrect(url, 'It names no project');
  return { project, api: `${url.origin}/api/v4/projects/${encodeURIComponent(project)}` };
}

/** Of `/projects/KEY/repos/NAME/TYPE/PATH?at=REF`, and `/users/NAME/repos/…`, below where the server may stand. */
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

/** Of `/ORGANISATION/PROJECT/_git/NAME?path=PATH&version=GBREF`. */
export function azureAt(url: URL): AzureAddress & {
  /** What its API gives items by. */
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
  if (leadsUp(url.pathname)) throw leadingUp(url);
  try {
    return parseAzureAddress(url);
  } catch (error) {
    throw new InputError(errorMessage(error));
  }
}

/** Those that are not empty. @throws InputError for a path that leads up */
function segmentsOf(url: URL): readonly string[] {
  if (leadsUp(url.pathname)) throw leadingUp(url);
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

function leadingUp(url: URL): InputError {
  return incorrect(url, 'Invalid SCM URL: path traversal is not allowed in the URL');
}

export function incorrect({ href }: URL, reason: string): InputError {
  return new InputError(`Incorrect URL: ${href}, Error: ${reason}`);
}
