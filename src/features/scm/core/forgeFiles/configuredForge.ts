import { withoutTrailing } from '../../../../base';
import { gitLabPath, type IntegrationAddresses } from '../urlReaders';
import { bitbucketServerAt, gitHubAt, joined, partsOf } from './addressParts';
import { InputError } from './fileErrors';
import { gerritForge, harnessForge } from './furtherRemoteForges';
import { remoteForges, request } from './remoteAddress';
import type { RemoteForge, RemoteRequest } from './remoteForge';

/** Replacement of default addresses by configured ones, for one URL. */
interface Mapping {
  /** URL with the default address. */
  readonly url: URL;
  /** Default prefix of requests. */
  readonly from: string;
  readonly file: string;
  readonly archive: string;
  /** Prefix of git repositories. */
  readonly git: string;
}

/**
 * Returns the requests for files of a forge, at the addresses that its integration sets.
 *
 * Configured addresses apply only at the origin that gets the token anyway: the host of the integration, or the
 * forge's own API host. With others, a workspace's config could send the token elsewhere; they are ignored.
 *
 * Source: the `UrlReader`s of `@backstage/backend-defaults`.
 *
 * @returns undefined for unknown kinds
 */
export function forgeAt(
  type: string | undefined,
  written: IntegrationAddresses = {},
): RemoteForge | undefined {
  if (type === 'harness') return harnessForge;
  if (type === 'gerrit') {
    const own = (url: URL): RemoteForge => gerritForge(ownAddresses(written, url));
    return {
      file: (url, token) => own(url).file(url, token),
      archive: (url, token) => own(url).archive(url, token),
    };
  }
  const forge = remoteForges.get(type ?? '');
  const map = mappings.get(type ?? '');
  if (!forge || !map || Object.keys(written).length === 0) return forge;
  const mappingOf = (url: URL): Mapping => map(url, ownAddresses(written, url), written);
  return {
    file(url, token) {
      const mapping = mappingOf(url);
      const { rawBaseUrl } = ownAddresses(written, url);
      const found = mapped(forge.file(mapping.url, token), mapping.from, mapping.file);
      if (type !== 'github' || rawBaseUrl === undefined || token !== undefined) return found;
      const { owner, name, ref, path } = partsOf(url);
      return request(`${rawBaseUrl}/${joined(owner, name, ref, path)}`);
    },
    archive(url, token) {
      const mapping = mappingOf(url);
      return mapped(forge.archive(mapping.url, token), mapping.from, mapping.archive);
    },
    ...(forge.repository && {
      repository(url) {
        const { url: plain, git } = mappingOf(url);
        const found = forge.repository?.(plain);
        return found && { ...found, url: found.url.replace(plain.origin, () => git) };
      },
    }),
  };
}

/** Decodes an answer with a file. @throws Error if it isn't the expected base64 */
export function contentOf({ isBase64 }: RemoteRequest, body: Uint8Array): Uint8Array {
  if (!isBase64) return body;
  try {
    const binary = atob(new TextDecoder().decode(body).trim());
    return Uint8Array.from(binary, character => character.charCodeAt(0));
  } catch {
    // The browser's error names nothing that helps.
    throw new Error('the answer is not in base64');
  }
}

/** @param own - addresses that requests may be sent to */
type MapAddress = (url: URL, own: IntegrationAddresses, written: IntegrationAddresses) => Mapping;

const mappings: ReadonlyMap<string, MapAddress> = new Map(
  Object.entries<MapAddress>({
    github(url, { apiBaseUrl }) {
      const { api } = gitHubAt(url);
      const own = apiBaseUrl ?? api;
      return { url, from: api, file: own, archive: own, git: url.origin };
    },
    gitlab(url, { apiBaseUrl }, written) {
      // Only its path counts, so it may name another host.
      const path = gitLabPath(url.host, written);
      const git = `${url.origin}${path}`;
      const file = `${git}/api/v4`;
      const from = `${url.origin}/api/v4`;
      return { url: withoutPath(url, path), from, file, archive: apiBaseUrl ?? file, git };
    },
    bitbucketServer(url, { apiBaseUrl }) {
      const from = `${bitbucketServerAt(url).server}/rest/api/1.0`;
      const own = apiBaseUrl ?? from;
      return { url, from, file: own, archive: own, git: url.origin };
    },
    gitea(url, { baseUrl = url.origin }) {
      const own = `${baseUrl}/api/v1`;
      const plain = withoutPath(url, withoutTrailing(new URL(baseUrl).pathname, '/'));
      return { url: plain, from: `${url.origin}/api/v1`, file: own, archive: own, git: baseUrl };
    },
  }),
);

/** Keeps the addresses at the origin of a URL, and at the API of GitHub for that. */
export function ownAddresses(written: IntegrationAddresses, url: URL): IntegrationAddresses {
  const origins = [url.origin, new URL(gitHubAt(url).api).origin];
  const isOwn = ([, value]: [string, string | boolean | undefined]): boolean =>
    typeof value !== 'string' || origins.includes(originOf(value));
  return Object.fromEntries(Object.entries(written).filter(isOwn));
}

/** Returns `''` for addresses that can't be a prefix. */
function originOf(address: string): string {
  const { origin, username, password, search, hash } = new URL(address);
  return username || password || search || hash ? '' : origin;
}

function mapped<T extends RemoteRequest>(found: T, from: string, to: string): T {
  const { url } = found;
  return url.startsWith(`${from}/`) ? { ...found, url: `${to}${url.slice(from.length)}` } : found;
}

/** @throws InputError if the URL is not below the path */
function withoutPath(url: URL, path: string): URL {
  if (path === '') return url;
  const { pathname } = url;
  if (!pathname.startsWith(`${path}/`)) {
    throw new InputError(
      `Failed extracting project path from ${pathname}. Url path must start with ${path}/.`,
    );
  }
  const plain = new URL(url);
  plain.pathname = pathname.slice(path.length);
  return plain;
}
