/** Hosts that a kind of forge answers on besides that of its pages, by its own rules. */
interface ApiHosts {
  /** Where a token of the forge goes. */
  readonly api: readonly string[];
  /** Where files come from that everybody may read. */
  readonly open: readonly string[];
}

/**
 * Source: `readGithubIntegrationConfig` and `readBitbucketCloudIntegrationConfig` of `@backstage/integration`.
 *
 * @param host - as addresses of repositories name it
 */
export function apiHostsOf(type: string | undefined, host: string): ApiHosts {
  if (type === 'github' && host === 'github.com') {
    return {
      api: ['api.github.com'],
      open: ['raw.githubusercontent.com', 'codeload.github.com'],
    };
  }
  const hasOwnApi =
    (type === 'github' && host.endsWith('.ghe.com')) ||
    (type === 'bitbucketCloud' && host === 'bitbucket.org');
  return { api: hasOwnApi ? [`api.${host}`] : [], open: [] };
}
