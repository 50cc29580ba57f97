import { apiHostsOf, authorizationOf, isLoopback } from '../../../platform/core/hosts';
import type { SourceCredentials } from './types';

/** A host that requires a token. */
export interface TokenHolder {
  /** Host as in addresses, with a port unless it is the default of the scheme; never that of a separate API. */
  readonly host: string;
  /** `github`, `gitlab`, …, or `backstage`; undefined if not known. */
  readonly type: string | undefined;
}

/** Store of tokens: a secret storage in editors, the environment on the command line. */
export interface SourceTokens {
  /** Returns the token for this host and no other; undefined if there is none. */
  find(holder: TokenHolder, signal: AbortSignal): Promise<string | undefined>;
}

/** Sessions of users who have signed in to Backstages, by origin of the backend. */
export interface SignedIn {
  /** Returns the token of the session with a backend, or undefined if nobody has signed in. */
  find(origin: string, signal: AbortSignal): Promise<string | undefined>;
  /** Requests a new token after one was refused; false if there is none. */
  renew(origin: string, refused: string, signal: AbortSignal): Promise<boolean>;
  /** Whether users can sign in to the Backstage at an address. */
  offers(url: string, signal: AbortSignal): Promise<boolean>;
}

export interface TokenCredentialsDeps {
  readonly tokens: SourceTokens;
  /** Sessions, used without a token; undefined if signing in is not possible. */
  readonly signedIn?: SignedIn;
  /** Forge types by host. */
  readonly types: () => ReadonlyMap<string, string>;
  /** Addresses of Backstages that are sources. */
  readonly backstages: () => readonly string[];
}

/** Authorization headers from tokens, in the format of each host type, for encrypted and local origins only. */
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
    if (token) return authorizationOf(holder.type, token, use);
    if (holder.type !== 'backstage') return undefined;
    const session = await this.#deps.signedIn?.find(new URL(origin).origin, signal);
    return session === undefined ? undefined : bearer(session);
  }

  async renew(origin: string, refused: string, signal: AbortSignal): Promise<boolean> {
    const { tokens, signedIn } = this.#deps;
    const holder = this.holderOf(origin);
    if (!signedIn || holder?.type !== 'backstage' || (await tokens.find(holder, signal))?.trim()) {
      return false;
    }
    const token = refused.slice(bearer('').length);
    return signedIn.renew(new URL(origin).origin, token, signal);
  }

  async offersSignIn(url: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#deps.signedIn?.offers(url, signal)) ?? false;
  }

  /** Returns the host whose token may be sent to an origin; undefined if none may. */
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

/** Header for a Backstage token, which consists of parts between dots and never has a colon. */
function bearer(token: string): string {
  return `Bearer ${token}`;
}
