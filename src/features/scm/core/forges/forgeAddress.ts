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
 * Returns the default addresses of a forge.
 *
 * Source: `readGithubIntegrationConfig` and `readGitLabIntegrationConfig` of `@backstage/integration`.
 */
export function forgeAddress(type: ForgeType, host: string): ForgeAddress {
  const webUrl = `https://${host}`;
  return { host, webUrl, apiUrl: apiUrlOf(type, host) };
}

function apiUrlOf(type: ForgeType, host: string): string {
  if (type === 'gitlab') return `https://${host}/api/v4`;
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
