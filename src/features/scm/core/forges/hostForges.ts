import type { Clock, HttpClient } from '../../../../platform/core/ports';
import type { AddressesOfHosts } from '../urlReaders';
import type { Forge, ForgeDeps, ForgeLookups, Forges } from './forge';
import { type ForgeAddress, type ForgeType, forgeAddress, isForgeType } from './forgeAddress';
import { GithubForge } from './github/githubForge';
import { GitlabForge } from './gitlab/gitlabForge';
import type { RepoHosts } from './repoUrl';

/** A host with a supported API. */
export interface ForgeHost {
  readonly host: string;
  readonly type: ForgeType;
}

/** Credentials for forges. */
export interface ForgeTokens {
  /**
   * Returns the token for this host and no other.
   *
   * @returns undefined if there is none
   */
  find(host: ForgeHost, signal: AbortSignal): Promise<string | undefined>;
}

export interface HostForgesDeps {
  /** Returns forge kinds by host; other hosts are never contacted. */
  readonly hosts: () => RepoHosts;
  readonly tokens: ForgeTokens;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Addresses that integrations set. */
  readonly addresses?: AddressesOfHosts | undefined;
  /** Returns the addresses of a forge; default: by its kind and its integration. */
  readonly addressOf?: (type: ForgeType, host: string) => ForgeAddress;
}

/** Opens the forges of known hosts with the user's tokens. */
export class HostForges implements Forges {
  readonly #deps: HostForgesDeps;

  constructor(deps: HostForgesDeps) {
    this.#deps = deps;
  }

  /** @throws NotAllowedError if the token can't be sent securely */
  async open(host: string, signal: AbortSignal): Promise<(Forge & ForgeLookups) | undefined> {
    const { hosts, tokens, http, clock, addresses } = this.#deps;
    const { addressOf = (kind, name) => forgeAddress(kind, name, addresses?.get(name)) } =
      this.#deps;
    const type = hosts().get(host);
    if (!isForgeType(type)) return undefined;
    const token = await tokens.find({ host, type }, signal);
    if (token === undefined) return undefined;
    return openForge(type, { http, clock, token, address: addressOf(type, host) });
  }
}

/** @throws NotAllowedError if the token can't be sent securely */
export function openForge(type: ForgeType, deps: ForgeDeps): Forge & ForgeLookups {
  return type === 'github' ? new GithubForge(deps) : new GitlabForge(deps);
}

/** Environment variables with the token of a forge, as in CI builds and the forges' command lines. */
export interface TokenVariables {
  readonly type: string;
  /** Token variables; the first that is set is used. */
  readonly tokens: readonly string[];
  /** Variables with the host or its URL; the first that is set is used. */
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
 * Tokens from environment variables, as CI builds and the command lines of GitHub and GitLab use them. Each is sent
 * only to the host that the environment names.
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

  /** Whether there is a token for a kind of forge. */
  has(type: ForgeType): boolean {
    return this.#tokens.some(token => token.type === type);
  }

  /** Adds the hosts that have a token to known hosts. */
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
