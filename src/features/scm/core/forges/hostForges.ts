import type { Clock, HttpClient } from '../../../../platform/core/ports';
import type { Forge, ForgeDeps, ForgeLookups, Forges } from './forge';
import { type ForgeAddress, forgeAddress, type ForgeType, isForgeType } from './forgeAddress';
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
