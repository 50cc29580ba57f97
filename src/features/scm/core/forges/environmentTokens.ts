import { type ForgeType } from './forgeAddress';
import type { ForgeHost, ForgeTokens } from './hostForges';
import type { RepoHosts } from './repoUrl';

/** Where a kind of forge has its token in the environment of a build, or of its own command line. */
interface TokenVariables {
  readonly type: ForgeType;
  /** The first that is there. */
  readonly tokens: readonly string[];
  /** Say the host that it is for, by its address or its name; the first that is there. */
  readonly hosts: readonly string[];
  readonly defaultHost: string;
}

const variables: readonly TokenVariables[] = [
  {
    type: 'github',
    tokens: ['GH_TOKEN', 'GITHUB_TOKEN'],
    hosts: ['GITHUB_SERVER_URL'],
    defaultHost: 'github.com',
  },
  {
    type: 'github',
    tokens: ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'],
    hosts: ['GH_HOST'],
    defaultHost: '',
  },
  {
    type: 'gitlab',
    tokens: ['GITLAB_TOKEN'],
    hosts: ['GITLAB_HOST', 'CI_SERVER_URL'],
    defaultHost: 'gitlab.com',
  },
];

/**
 * Tokens of environment variables, as builds and the command lines of GitHub and GitLab have them. Each is for the one
 * host that the environment says, and goes to no other.
 */
export class EnvironmentTokens implements ForgeTokens {
  readonly #tokens: ReadonlyMap<string, { readonly type: ForgeType; readonly token: string }>;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    const first = (names: readonly string[]): string | undefined =>
      names.map(name => environment[name]?.trim()).find(Boolean);
    this.#tokens = new Map(
      variables.flatMap(({ type, tokens, hosts, defaultHost }) => {
        const token = first(tokens);
        const host = hostIn(first(hosts) ?? defaultHost);
        return token === undefined || host === undefined ? [] : [[host, { type, token }]];
      }),
    );
  }

  find({ host, type }: ForgeHost): Promise<string | undefined> {
    const found = this.#tokens.get(host);
    return Promise.resolve(found?.type === type ? found.token : undefined);
  }

  /** Whether there is a token for a forge of that kind. */
  has(type: ForgeType): boolean {
    return [...this.#tokens.values()].some(token => token.type === type);
  }

  /** The hosts that there is a token for, besides those that are known by themselves. */
  withHosts(hosts: RepoHosts): RepoHosts {
    const own = [...this.#tokens].map(([host, { type }]): [string, string] => [host, type]);
    return new Map([...own, ...hosts]);
  }
}

function hostIn(text: string): string | undefined {
  const url = text.includes('://') ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
