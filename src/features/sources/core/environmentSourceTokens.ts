import { EnvironmentTokens, forgeTokenVariables } from '../../scm/core/forges';

/** Variables besides those of GitHub and GitLab, which templates use too. */
const variables: typeof forgeTokenVariables = [
  {
    type: 'bitbucketCloud',
    tokens: ['BITBUCKET_TOKEN'],
    hosts: ['BITBUCKET_HOST'],
    defaultHost: 'bitbucket.org',
  },
  {
    type: 'azure',
    tokens: ['AZURE_DEVOPS_EXT_PAT', 'AZURE_DEVOPS_TOKEN'],
    hosts: ['AZURE_DEVOPS_HOST'],
    defaultHost: 'dev.azure.com',
  },
  {
    type: 'gitea',
    tokens: ['GITEA_TOKEN'],
    hosts: ['GITEA_SERVER_URL', 'GITEA_HOST'],
    defaultHost: undefined,
  },
];

/**
 * Tokens from environment variables, each for the host that another variable or the default names. Without
 * `BACKSTAGE_URL`, `BACKSTAGE_TOKEN` is for the only Backstage; it is unused if there are several.
 */
export class EnvironmentSourceTokens extends EnvironmentTokens {
  /**
   * @param backstages - addresses that the command line names. Never addresses from the checked settings: anyone who
   *   proposes a change could have the token sent to them
   */
  constructor(
    environment: Readonly<Record<string, string | undefined>>,
    backstages: readonly string[] = [],
  ) {
    const [only, ...others] = new Set(backstages.map(address => new URL(address).origin));
    const backstage = {
      type: 'backstage',
      tokens: ['BACKSTAGE_TOKEN'],
      hosts: ['BACKSTAGE_URL', 'BACKSTAGE_BASE_URL'],
      defaultHost: others.length === 0 ? only : undefined,
    };
    super(environment, [...forgeTokenVariables, ...variables, backstage]);
  }
}
