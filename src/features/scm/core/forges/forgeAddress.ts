import { ownAddresses } from '../forgeFiles';
import { gitLabPath, type IntegrationAddresses } from '../urlReaders';

/** Addresses of a forge. */
export interface ForgeAddress {
  /** As in `repoUrl`. */
  readonly host: string;
  /** Base URL of pages and repositories, without a slash at the end. */
  readonly webUrl: string;
  /** Base URL of the API, without a slash at the end. */
  readonly apiUrl: string;
}

/** Kinds of forges with a supported API, as {@link RepoHosts} names them. */
export type ForgeType = 'github' | 'gitlab';

export function isForgeType(type: string | undefined): type is ForgeType {
  return type === 'github' || type === 'gitlab';
}

/**
 * Returns the addresses of a forge for publishing.
 *
 * As for requests of files, configured addresses apply only at the origin that gets the token anyway. `publish:gitlab`
 * derives its API from `baseUrl`.
 *
 * Source: `readGithubIntegrationConfig` and `readGitLabIntegrationConfig` of `@backstage/integration`, and the
 * `publish:…` actions.
 *
 * @param written - addresses that the integration sets
 */
export function forgeAddress(
  type: ForgeType,
  host: string,
  written: IntegrationAddresses = {},
): ForgeAddress {
  const origin = `https://${host}`;
  if (type === 'gitlab') {
    const webUrl = `${origin}${gitLabPath(host, written)}`;
    return { host, webUrl, apiUrl: `${webUrl}/api/v4` };
  }
  return { host, webUrl: origin, apiUrl: apiUrlOf(type, host, written) };
}

/**
 * Returns the API of a forge, as it lists repositories: `apiBaseUrl`, also of a GitLab.
 *
 * Source: `GithubEntityProvider` and `GitLabClient` of the catalog's modules.
 */
export function apiUrlOf(
  type: ForgeType,
  host: string,
  written: IntegrationAddresses = {},
): string {
  const { apiBaseUrl } = ownAddresses(written, new URL(`https://${host}`));
  if (apiBaseUrl !== undefined) return apiBaseUrl;
  if (type === 'gitlab') return `https://${host}${gitLabPath(host, written)}/api/v4`;
  // `ghe.com` is GitHub Enterprise Cloud with data residency.
  if (host === 'github.com' || host.endsWith('.ghe.com')) return `https://api.${host}`;
  return `https://${host}/api/v3`;
}

/** Whether a token may be sent to a URL: it is encrypted or on this machine. */
export function isConfidential(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
