import { withoutTrailing } from '../../../../base';

/** Addresses that an integration of an app-config sets. Without a slash at the end. */
export interface IntegrationAddresses {
  /** API of GitHub, GitLab and Bitbucket Server. */
  readonly apiBaseUrl?: string;
  /** Pages of GitLab and Gitea; pages and API of Gerrit. */
  readonly baseUrl?: string;
  /** Files on GitHub, for requests without a token. */
  readonly rawBaseUrl?: string;
  /** Gitiles, the file browser of Gerrit. */
  readonly gitilesBaseUrl?: string;
  /** Whether Gerrit has no pages for edits. */
  readonly isEditDisabled?: boolean;
}

/** Addresses by host, as in `URL.host`. */
export type AddressesOfHosts = ReadonlyMap<string, IntegrationAddresses>;

/**
 * Returns the path below which a GitLab serves its pages and API; `''` for the root.
 *
 * Source: `getGitLabIntegrationRelativePath` of `packages/integration`.
 */
export function gitLabPath(host: string, { baseUrl }: IntegrationAddresses): string {
  if (host === 'gitlab.com' || baseUrl === undefined) return '';
  return withoutTrailing(new URL(baseUrl).pathname, '/');
}
