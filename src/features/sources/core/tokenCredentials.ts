import { apiHostsOf, authorizationOf, isLoopback } from '../../../platform/core/hosts';
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

/** Sessions of people who have signed in to Backstages. Origins are those of backends. */
export interface SignedIn {
  /** Returns the token of the session with a backend, or undefined if nobody has signed in. */
  find(origin: string, signal: AbortSignal): Promise<string | undefined>;
  /** Asks for a new token in place of one that was refused; false: there is none. */
  renew(origin: string, refused: string, signal: AbortSignal): Promise<boolean>;
  /** Whether people can sign in to the Backstage at an address. */
  offers(url: string, signal: AbortSignal): Promise<boolean>;
}

export interface TokenCredentialsDeps {
  readonly tokens: SourceTokens;
  /** Who has signed in to a Backstage counts where there is no token; undefined: nobody can sign in. */
  readonly signedIn?: SignedIn;
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

/** As a Backstage wants to hear the token of a user, which has its parts between dots and never a colon. */
function bearer(token: string): string {
  return `Bearer ${token}`;
}
