import { Emitter, silentLogger } from '../../src/base';
import {
  type StoredSession,
  loadSignIn,
  SignedInSessions,
  type SignedInSessionsDeps,
} from '../../src/features/backstage/core';
import {
  type SourceHttp,
  type TokenHolder,
  TokenCredentials,
} from '../../src/features/sources/core';
import type { Clock, SecretStore } from '../../src/platform/core/ports';
import { HastyClock, openSourceHttp } from './sourceHttp';

/** State that all windows share, each through its own object. */
export class SharedSecrets {
  readonly values = new Map<string, string>();
  readonly #changed = new Emitter<string>();

  forWindow(): SecretStore {
    return {
      onDidChange: this.#changed.event,
      get: async key => this.values.get(key),
      set: async (key, value) => {
        this.values.set(key, value);
        this.#changed.fire(key);
      },
      delete: async key => {
        this.values.delete(key);
        this.#changed.fire(key);
      },
    };
  }
}

/** A window that receives the changes of other windows late, because they are other processes. */
export class LateSecrets implements SecretStore {
  readonly #shared: SharedSecrets;
  readonly #changed = new Emitter<string>();
  #values: Map<string, string>;

  readonly onDidChange = this.#changed.event;

  constructor(shared: SharedSecrets) {
    this.#shared = shared;
    this.#values = new Map(shared.values);
  }

  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
    await this.#shared.forWindow().set(key, value);
    this.#changed.fire(key);
  }

  async delete(key: string): Promise<void> {
    this.#values.delete(key);
    await this.#shared.forWindow().delete(key);
    this.#changed.fire(key);
  }

  /** Receives the changes now. */
  catchUp(): void {
    const keys = new Set([...this.#values.keys(), ...this.#shared.values.keys()]);
    this.#values = new Map(this.#shared.values);
    for (const key of keys) this.#changed.fire(key);
  }
}

export interface SignInSetup {
  readonly url: string;
  readonly clientId?: string;
  readonly callbackPort?: number;
  /** Hosts in the settings. */
  readonly named?: readonly string[];
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly http?: SourceHttp;
}

export const { signal: never } = new AbortController();

/** Signs in, with a function that simulates the user in the browser. */
export async function signInTo(
  { url, clientId, callbackPort, named = [], clock = new HastyClock(), ...more }: SignInSetup,
  inBrowser: (address: string, redirectUri: string) => Promise<string>,
): Promise<StoredSession> {
  const { signal = never, http = httpTo(url, named) } = more;
  const { SignIn } = await loadSignIn();
  const isNamed = (host: string): boolean => named.includes(host);
  const signIn = await SignIn.prepare(
    { url, clientId, callbackPort },
    { http, isNamed, clock },
    signal,
  );
  const { path, ports } = signIn.callback;
  const redirectUri = `http://127.0.0.1:${ports[0] || 8055}${path}`;
  const { address } = await signIn.begin(redirectUri, signal);
  return signIn.complete(new URL(await inBrowser(address, redirectUri)), signal);
}

export function httpTo(url: string, named: readonly string[] = []): SourceHttp {
  return openSourceHttp({ allowed: [new URL(url).host, ...named] });
}

export interface WindowOptions extends Partial<SignedInSessionsDeps> {
  readonly url: string;
  readonly shared: SharedSecrets;
}

/** Returns the sign-ins that a window knows. */
export function sessionsOf({ url, shared, ...deps }: WindowOptions): SignedInSessions {
  return new SignedInSessions({
    secrets: shared.forWindow(),
    http: () => httpTo(url),
    clock: new HastyClock(),
    logger: silentLogger,
    isNamed: () => false,
    clientIdOf: () => undefined,
    ...deps,
  });
}

/** Credentials of a window with only the given token. */
export function credentialsOf(
  url: string,
  signedIn: SignedInSessions,
  findToken: (holder: TokenHolder) => string | undefined = () => undefined,
): TokenCredentials {
  return new TokenCredentials({
    tokens: { find: async holder => findToken(holder) },
    signedIn,
    types: () => new Map(),
    backstages: () => [url],
  });
}
