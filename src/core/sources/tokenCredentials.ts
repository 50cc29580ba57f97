import { apiHostsOf, authorizationOf, isLoopback } from '../hosts';
import type { SourceCredentials } from './types';

/** Somebody who is let in with a token. */
export interface TokenHolder {
  /** As addresses name it, with a port where it is not that of its scheme; never that of an API beside it. */
  readonly host: string;
  /** `github`, `gitlab` …, or `backstage`; undefined where it is not known. */
  readonly type: string | undefined;
}

/** Where tokens are kept: those of editors in a safe place, those of builds in their environment. */
export interface SourceTokens {
  /** A token for this host and for no other; undefined where there is none. */
  find(holder: TokenHolder, signal: AbortSignal): Promise<string | undefined>;
}

export interface TokenCredentialsDeps {
  readonly tokens: SourceTokens;
  /** What kind of forge answers on a host. */
  readonly types: () => ReadonlyMap<string, string>;
  /** Addresses of the Backstages that are sources. */
  readonly backstages: () => readonly string[];
}

/** Says tokens as the kind of each host wants to hear them, and where nobody can listen in. */
export class TokenCredentials implements SourceCredentials {
  readonly #deps: TokenCredentialsDeps;

  constructor(deps: TokenCredentialsDeps) {
    this.#deps = deps;
  }

  async authorization(
    origin: string,
    signal: AbortSignal,
    use: 'api' | 'git' = 'api',
  ): Promise<string | undefined> {
    const holder = this.holderOf(origin);
    if (!holder) return undefined;
    const token = (await this.#deps.tokens.find(holder, signal))?.trim();
    return token ? authorizationOf(holder.type, token, use) : undefined;
  }

  /** Whose token goes to an origin; undefined where none does. */
  holderOf(origin: string): TokenHolder | undefined {
    if (!URL.canParse(origin)) return undefined;
    const url = new URL(origin);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
      return undefined;
    }
    const isBackstage = this.#deps
      .backstages()
      .some(address => URL.canParse(address) && new URL(address).origin === url.origin);
    if (isBackstage) return { host: url.host, type: 'backstage' };
    const types = this.#deps.types();
    for (const [host, type] of types) {
      const { api, open } = apiHostsOf(type, host);
      if (api.includes(url.host)) return { host, type };
      if (open.includes(url.host)) return undefined;
    }
    return { host: url.host, type: types.get(url.host) };
  }
}
