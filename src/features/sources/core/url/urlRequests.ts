import { isPattern as hasWildcards } from '../../../../platform/core/globs';
import {
  forgeAt,
  type RemoteArchive,
  type RemoteRepository,
  type RemoteRequest,
} from '../../../scm/core/forgeFiles';
import { parseForgeUrl, type ScmIntegrations } from '../../../scm/core/urlReaders';

/** Request for the contents of a URL. */
export type UrlQuestion =
  | { readonly type: 'file'; readonly request: RemoteRequest }
  | PatternQuestion;

export interface PatternQuestion {
  readonly type: 'pattern';
  readonly request: RemoteArchive;
  /** Repository to fetch with git instead of the archive; undefined if git is not used. */
  readonly repository: RemoteRepository | undefined;
  /** Pattern of file paths, relative to the root of the repository. */
  readonly pattern: string;
  /** Folder of the archive, relative to the root of the repository; `''` for the root. */
  readonly folder: string;
  readonly urlOf: (path: string) => string;
}

/** Whether a URL has wildcards, by the rules of its forge. */
export function isPatternUrl(url: string, integrations: ScmIntegrations): boolean {
  const type = integrations.typeOf(url);
  if (type === undefined) return false;
  const path = pathOf(url);
  return type === 'github' ? hasWildcards(path) : /[*?]/.test(path);
}

/**
 * Creates the request for a URL.
 *
 * @param isSignedIn - whether there is a token for an origin; some forges have other URLs without one
 * @throws Error with Backstage's message where it wouldn't send a request either
 */
export async function questionOf(
  url: string,
  integrations: ScmIntegrations,
  isSignedIn: (origin: string) => Promise<boolean>,
): Promise<UrlQuestion> {
  const address = new URL(url);
  const type = integrations.typeOf(url);
  const forge = forgeAt(type, integrations.addressesOf(url));
  if (!forge || type === 'gerrit' || type === 'harness') {
    if (/[*?]/.test(address.pathname)) throw new Error('Unsupported search pattern URL');
  }
  if (!forge) {
    return { type: 'file', request: { url: address.href, headers: {}, forgeHosts: [] } };
  }
  if (!isPatternUrl(url, integrations)) {
    const { origin } = new URL(forge.file(address, SIGNED_IN).url);
    const token = (await isSignedIn(origin)) ? SIGNED_IN : undefined;
    return { type: 'file', request: bare(forge.file(address, token)) };
  }
  if (type === 'gitea') throw new Error('Unsupported search pattern URL');
  const pattern = pathOf(url).replace(/^\/+/, '');
  const segments = pattern.split('/');
  const folder = segments.slice(0, segments.findIndex(hasWildcards)).join('/');
  const top = new URL(integrations.resolveUrl(`/${folder}`, url));
  const { origin } = new URL(forge.archive(top, SIGNED_IN).url);
  const token = (await isSignedIn(origin)) ? SIGNED_IN : undefined;
  return {
    type: 'pattern',
    request: bare(forge.archive(top, token)),
    repository: forge.repository?.(top),
    pattern,
    folder,
    urlOf: path => fileUrl(path, { url, type, integrations }),
  };
}

/** Returns the repository of a URL with wildcards; undefined if git is not used for it. */
export function repositoryOf(
  url: string,
  integrations: ScmIntegrations,
): RemoteRepository | undefined {
  if (!isPatternUrl(url, integrations)) return undefined;
  try {
    const forge = forgeAt(integrations.typeOf(url), integrations.addressesOf(url));
    return forge?.repository?.(new URL(url));
  } catch {
    // Not a repository's address: git isn't asked, and HTTP reports what is wrong with it.
    return undefined;
  }
}

/** Placeholder for a token: the HTTP client adds credentials for their own origin. */
const SIGNED_IN = '';

function bare<T extends RemoteRequest>(request: T): T {
  const { authorization, ...headers } = request.headers;
  return { ...request, headers };
}

/** Files that match a GitHub pattern keep its path prefix: `blob` stays `blob`. */
function fileUrl(
  path: string,
  {
    url,
    type,
    integrations,
  }: { url: string; type: string | undefined; integrations: ScmIntegrations },
): string {
  if (type !== 'github') return integrations.resolveUrl(`/${path}`, url);
  const address = new URL(url);
  const top = address.pathname.split('/').slice(1, 5).join('/');
  address.pathname = `${top}/${path}`;
  return address.href;
}

function pathOf(url: string): string {
  try {
    return parseForgeUrl(url).path;
  } catch {
    // An address of no known shape has no path in a repository.
    return '';
  }
}
