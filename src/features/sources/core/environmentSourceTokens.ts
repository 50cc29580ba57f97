import { EnvironmentTokens, isForgeType } from '../../scm/core/forges';
import type { SourceTokens, TokenHolder } from './tokenCredentials';

interface Variables {
  readonly type: string;
  /** The first that is there. */
  readonly tokens: readonly string[];
  /** Say the host that it is for, by its address or its name. */
  readonly hosts: readonly string[];
  readonly defaultHost: string | undefined;
}

/** Besides those of GitHub and GitLab, which templates take as well. */
const variables: readonly Variables[] = [
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
 * Tokens of environment variables, each for the one host that the environment says, or that is known by itself. Where
 * `BACKSTAGE_URL` is missing, `BACKSTAGE_TOKEN` is for the only Backstage that is asked; of several it goes to none.
 */
export class EnvironmentSourceTokens implements SourceTokens {
  readonly #forges: EnvironmentTokens;
  readonly #tokens = new Map<string, string>();

  /**
   * @param backstages - addresses of those that the command line names; never those of settings that come with what is
   *   checked, since whoever proposes a change could have the token sent to them
   */
  constructor(
    environment: Readonly<Record<string, string | undefined>>,
    backstages: readonly string[] = [],
  ) {
    this.#forges = new EnvironmentTokens(environment);
    const first = (names: readonly string[]): string | undefined =>
      names.map(name => environment[name]?.trim()).find(Boolean);
    for (const { type, tokens, hosts, defaultHost } of variables) {
      this.#add(type, first(hosts) ?? defaultHost, first(tokens));
    }
    const [only, ...others] = new Set(backstages.map(address => new URL(address).origin));
    const named = first(['BACKSTAGE_URL', 'BACKSTAGE_BASE_URL']);
    this.#add(
      'backstage',
      named ?? (others.length === 0 ? only : undefined),
      first(['BACKSTAGE_TOKEN']),
    );
  }

  async find({ host, type }: TokenHolder): Promise<string | undefined> {
    if (isForgeType(type)) return this.#forges.find({ host, type });
    return this.#tokens.get(`${type} ${host}`);
  }

  #add(type: string, place: string | undefined, token: string | undefined): void {
    if (token === undefined || place === undefined) return;
    const address = place.includes('://') ? place : `https://${place}`;
    if (URL.canParse(address)) this.#tokens.set(`${type} ${new URL(address).host}`, token);
  }
}
