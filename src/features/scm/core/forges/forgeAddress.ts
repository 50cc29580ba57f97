/** Where a forge is found. */
export interface ForgeAddress {
  /** As `repoUrl` names it. */
  readonly host: string;
  /** What its pages and repositories lie below; without a slash at the end. */
  readonly webUrl: string;
  /** What its API lies below; without a slash at the end. */
  readonly apiUrl: string;
}

/** Kinds of forges that are asked by their API, as {@link RepoHosts} names them. */
export type ForgeType = 'github' | 'gitlab';

export function isForgeType(type: string | undefined): type is ForgeType {
  return type === 'github' || type === 'gitlab';
}

/**
 * Where a forge of a host is found, by its own rules.
 *
 * Source: `readGithubIntegrationConfig` and `readGitLabIntegrationConfig` of `@backstage/integration`.
 */
export function forgeAddress(type: ForgeType, host: string): ForgeAddress {
  const webUrl = `https://${host}`;
  return { host, webUrl, apiUrl: apiUrlOf(type, host) };
}

function apiUrlOf(type: ForgeType, host: string): string {
  if (type === 'gitlab') return `https://${host}/api/v4`;
  // Of a company's own part of GitHub's cloud as well.
  if (host === 'github.com' || host.endsWith('.ghe.com')) return `https://api.${host}`;
  return `https://${host}/api/v3`;
}

/**
 * Whether a token may be sent there: nobody can listen in. On the machine itself nobody can, either.
 */
export function isConfidential(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
