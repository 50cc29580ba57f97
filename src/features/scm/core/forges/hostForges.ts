import type { Clock, HttpClient } from '../../../../platform/core/ports';
import type { Forge, ForgeDeps, ForgeLookups, Forges } from './forge';
import { type ForgeAddress, type ForgeType, forgeAddress, isForgeType } from './forgeAddress';
import { GithubForge } from './github/githubForge';
import { GitlabForge } from './gitlab/gitlabForge';
import type { RepoHosts } from './repoUrl';

/** A host with an API that is spoken here. */
export interface ForgeHost {
  readonly host: string;
  readonly type: ForgeType;
}

/** What somebody is let in to forges with. */
export interface ForgeTokens {
  /**
   * A token for this host, and for no other.
   *
   * @returns undefined where there is none
   */
  find(host: ForgeHost, signal: AbortSignal): Promise<string | undefined>;
}

export interface HostForgesDeps {
  /** What kind of forge answers where; hosts that are not among them are never asked. */
  readonly hosts: () => RepoHosts;
  readonly tokens: ForgeTokens;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Where a forge is found; default: where its kind has it. */
  readonly addressOf?: (type: ForgeType, host: string) => ForgeAddress;
}

/** The forges of hosts that are known, for who is let in. */
export class HostForges implements Forges {
  readonly #deps: HostForgesDeps;

  constructor(deps: HostForgesDeps) {
    this.#deps = deps;
  }

  /** @throws NotAllowedError where a token cannot be sent there */
  async open(host: string, signal: AbortSignal): Promise<(Forge & ForgeLookups) | undefined> {
    const { hosts, tokens, http, clock, addressOf = forgeAddress } = this.#deps;
    const type = hosts().get(host);
    if (!isForgeType(type)) return undefined;
    const token = await tokens.find({ host, type }, signal);
    if (token === undefined) return undefined;
    return openForge(type, { http, clock, token, address: addressOf(type, host) });
  }
}

/** @throws NotAllowedError where the token cannot be sent there */
export function openForge(type: ForgeType, deps: ForgeDeps): Forge & ForgeLookups {
  return type === 'github' ? new GithubForge(deps) : new GitlabForge(deps);
}

/** Where a kind of forge has its token in the environment of a build, or of its own command line. */
export interface TokenVariables {
  readonly type: string;
  /** The first that is there. */
  readonly tokens: readonly string[];
  /** Say the host that it is for, by its address or its name; the first that is there. */
  readonly hosts: readonly string[];
  readonly defaultHost: string | undefined;
}

export const forgeTokenVariables: readonly TokenVariables[] = [
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
    defaultHost: undefined,
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
  readonly #tokens: readonly {
    readonly host: string;
    readonly type: string;
    readonly token: string;
  }[];

  constructor(
    environment: Readonly<Record<string, string | undefined>>,
    variables = forgeTokenVariables,
  ) {
    const first = (names: readonly string[]): string | undefined =>
      names.map(name => environment[name]?.trim()).find(Boolean);
    this.#tokens = variables.flatMap(({ type, tokens, hosts, defaultHost }) => {
      const token = first(tokens);
      const host = hostIn(first(hosts) ?? defaultHost);
      return token === undefined || host === undefined ? [] : [{ host, type, token }];
    });
  }

  find(holder: {
    readonly host: string;
    readonly type: string | undefined;
  }): Promise<string | undefined> {
    const found = this.#tokens.findLast(
      ({ host, type }) => host === holder.host && type === holder.type,
    );
    return Promise.resolve(found?.token);
  }

  /** Whether there is a token for a forge of that kind. */
  has(type: ForgeType): boolean {
    return this.#tokens.some(token => token.type === type);
  }

  /** The hosts that there is a token for, besides those that are known by themselves. */
  withHosts(hosts: RepoHosts): RepoHosts {
    const own = this.#tokens.map(({ host, type }): [string, string] => [host, type]);
    return new Map([...own, ...hosts]);
  }
}

function hostIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = text.includes('://') ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
