import * as oauth from 'oauth4webapi';
import { isRecord } from '../../../../base';
import { isLoopback } from '../../../../platform/core/hosts';
import type { Clock } from '../../../../platform/core/ports';
import { SourceError } from '../../../sources/core';
import {
  type AuthorizationServer,
  type ClientWay,
  clientWayOf,
  discover,
  type DiscoveryDeps,
} from './authorizationServer';
import { accountOf, type StoredSession, tokenOf } from './storedSession';
import { fetchOver, toUserError } from './oauthRequests';

export { discover, clientWayOf };

export interface SignInDeps extends DiscoveryDeps {
  readonly clock: Clock;
}

export interface SignInOptions {
  /** URL of the backend, without `/api`. */
  readonly url: string;
  /** Client id from the instance's operator; undefined for the one that the instance offers. */
  readonly clientId: string | undefined;
  /** The only allowed local port for the redirect; undefined for any. */
  readonly callbackPort: number | undefined;
}

/** Redirect target of the browser: a loopback address of this machine. */
export interface WantedCallback {
  readonly path: string;
  /** Local ports, best first; 0 for any free one. */
  readonly ports: readonly number[];
}

/** Sign-in page to open in the browser. */
export interface SentSignIn {
  readonly address: string;
  /** Whether a redirect address belongs to this sign-in. */
  readonly accepts: (callback: URL) => boolean;
}

/** Port of the client that a Backstage describes; old versions accept no other. */
const USUAL_PORT = 8055;
const CALLBACK_PATH = '/callback';

/** One sign-in. The browser is used between `begin` and `complete`. */
export class SignIn {
  readonly callback: WantedCallback;
  readonly #deps: SignInDeps;
  readonly #server: AuthorizationServer;
  readonly #way: ClientWay;
  readonly #host: string;
  readonly #verifier = oauth.generateRandomCodeVerifier();
  readonly #state = oauth.generateRandomState();
  #client: oauth.Client | undefined;
  #redirectUri = '';

  private constructor(options: {
    readonly deps: SignInDeps;
    readonly server: AuthorizationServer;
    readonly way: ClientWay;
    readonly callback: WantedCallback;
  }) {
    this.#deps = options.deps;
    this.#server = options.server;
    this.#way = options.way;
    this.callback = options.callback;
    this.#host = new URL(options.server.metadata.issuer).host;
  }

  /** @throws SourceError if signing in isn't possible; AbortError */
  static async prepare(
    { url, clientId, callbackPort }: SignInOptions,
    deps: SignInDeps,
    signal: AbortSignal,
  ): Promise<SignIn> {
    const server = await discover(url, deps, signal);
    const way = server && clientWayOf(server, clientId);
    if (!server || !way) throw noSignIn(new URL(url).host);
    if (way.type === 'document') {
      const callback = await describedCallback(way.clientId, deps, signal);
      if (!callback) throw noSignIn(new URL(url).host);
      const ports = callbackPort === undefined ? [callback.port, 0] : [callbackPort];
      return new SignIn({
        deps,
        server,
        way,
        callback: { path: callback.path, ports },
      });
    }
    // A client id that is not a URL is registered with exact redirect addresses.
    const isExact = way.type === 'configured' && !URL.canParse(way.clientId);
    const ports = isExact ? [callbackPort ?? USUAL_PORT] : [callbackPort ?? USUAL_PORT, 0];
    const callback = { path: CALLBACK_PATH, ports };
    return new SignIn({ deps, server, way, callback });
  }

  /**
   * @param redirectUri - redirect address
   * @throws SourceError; AbortError
   */
  async begin(redirectUri: string, signal: AbortSignal): Promise<SentSignIn> {
    const { metadata } = this.#server;
    this.#redirectUri = redirectUri;
    this.#client = await this.#clientFor(redirectUri, signal);
    const scopes: unknown = metadata.scopes_supported;
    const isLasting = Array.isArray(scopes) && scopes.includes('offline_access');
    const address = new URL(metadata.authorization_endpoint ?? '');
    const parameters = {
      response_type: 'code',
      client_id: this.#client.client_id,
      redirect_uri: redirectUri,
      scope: isLasting ? 'openid offline_access' : 'openid',
      state: this.#state,
      code_challenge: await oauth.calculatePKCECodeChallenge(this.#verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    const state = this.#state;
    return {
      address: address.href,
      accepts: ({ searchParams }) => {
        const states = searchParams.getAll('state');
        return states.length === 1 && states[0] === state;
      },
    };
  }

  /**
   * @param callback - address that the browser was redirected to
   * @throws SourceError; AbortError
   */
  async complete(callback: URL, signal: AbortSignal): Promise<StoredSession> {
    const { metadata } = this.#server;
    const client = this.#client;
    if (!client) throw new TypeError('The sign-in has not started');
    const code = callback.searchParams.get('code') ?? undefined;
    const secrets = [code, this.#verifier, this.#state, secretOf(client)];
    try {
      const parameters = oauth.validateAuthResponse(metadata, client, callback, this.#state);
      const response = await oauth.authorizationCodeGrantRequest(
        metadata,
        client,
        authenticationOf(client),
        parameters,
        this.#redirectUri,
        this.#verifier,
        requestOptions(this.#server, this.#deps, signal),
      );
      const tokens = await oauth.processAuthorizationCodeResponse(metadata, client, response);
      return sessionOf(tokens, {
        client,
        clock: this.#deps.clock,
        issuer: metadata.issuer,
        tokenEndpoint: metadata.token_endpoint ?? '',
        revocationEndpoint: metadata.revocation_endpoint,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw toUserError(error, { host: this.#host, secrets });
    }
  }

  async #clientFor(redirectUri: string, signal: AbortSignal): Promise<oauth.Client> {
    if (this.#way.type !== 'registration') return { client_id: this.#way.clientId };
    const { metadata } = this.#server;
    try {
      const response = await oauth.dynamicClientRegistrationRequest(
        metadata,
        {
          client_name: 'Callboard (Visual Studio Code)',
          redirect_uris: [redirectUri],
          response_types: ['code'],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: 'none',
        },
        requestOptions(this.#server, this.#deps, signal),
      );
      // The library requires an expiry of secrets, which Backstage omits, so it processes only errors.
      if (response.status !== 201) await oauth.processDynamicClientRegistrationResponse(response);
      const client = readClient(await response.json());
      if (client) return client;
      throw new TypeError('The answer has no client id');
    } catch (error) {
      signal.throwIfAborted();
      throw toUserError(error, { host: this.#host, secrets: [] });
    }
  }
}

/**
 * Renews a session, which invalidates its refresh token.
 *
 * @throws errors of the library, to be converted by {@link toUserError}; SourceError; AbortError
 */
export async function renewSession(
  session: StoredSession & { readonly refreshToken: string },
  deps: SignInDeps,
  signal: AbortSignal,
): Promise<StoredSession> {
  const { issuer, tokenEndpoint, refreshToken } = session;
  const metadata = { issuer, token_endpoint: tokenEndpoint };
  const client = clientOf(session);
  const response = await oauth.refreshTokenGrantRequest(
    metadata,
    client,
    authenticationOf(client),
    refreshToken,
    requestOptions({ metadata, isInsecure: isInsecure(tokenEndpoint) }, deps, signal),
  );
  const tokens = await oauth.processRefreshTokenResponse(metadata, client, response);
  const renewed = sessionOf(tokens, {
    client,
    clock: deps.clock,
    issuer,
    tokenEndpoint,
    revocationEndpoint: session.revocationEndpoint,
  });
  return {
    ...renewed,
    refreshToken: renewed.refreshToken ?? refreshToken,
    account: renewed.account ?? session.account,
  };
}

/** Revokes a session on the server if possible. @throws like {@link renewSession} */
export async function revokeSession(
  session: StoredSession,
  deps: DiscoveryDeps,
  signal: AbortSignal,
): Promise<void> {
  const { issuer, revocationEndpoint, refreshToken } = session;
  if (revocationEndpoint === undefined || refreshToken === undefined) return;
  const metadata = { issuer, revocation_endpoint: revocationEndpoint };
  const client = clientOf(session);
  const response = await oauth.revocationRequest(
    metadata,
    client,
    authenticationOf(client),
    refreshToken,
    {
      additionalParameters: { token_type_hint: 'refresh_token' },
      ...requestOptions({ metadata, isInsecure: isInsecure(revocationEndpoint) }, deps, signal),
    },
  );
  await oauth.processRevocationResponse(response);
}

/**
 * Returns the redirect address of the client that the instance describes; undefined if there is none.
 *
 * Source: `/.well-known/oauth-client/cli.json` of `plugins/auth-backend/src/service/OidcRouter.ts`.
 */
async function describedCallback(
  clientId: string,
  { http }: DiscoveryDeps,
  signal: AbortSignal,
): Promise<{ readonly port: number; readonly path: string } | undefined> {
  const response = await fetchOver(http)(clientId, {
    method: 'GET',
    headers: { accept: 'application/json' },
    signal,
  });
  if (response.status !== 200) return undefined;
  const value: unknown = await response.json().catch(() => undefined);
  if (!isRecord(value) || value['client_id'] !== clientId) return undefined;
  const places: readonly unknown[] = Array.isArray(value['redirect_uris'])
    ? value['redirect_uris']
    : [];
  for (const place of places) {
    if (typeof place !== 'string' || !URL.canParse(place)) continue;
    const { protocol, hostname, port, pathname, search, hash } = new URL(place);
    if (protocol !== 'http:' || hostname !== '127.0.0.1' || search !== '' || hash !== '') continue;
    return { port: Number(port), path: pathname };
  }
  return undefined;
}

function readClient(value: unknown): oauth.Client | undefined {
  if (!isRecord(value)) return undefined;
  const clientId = tokenOf(value['client_id']);
  const secret = tokenOf(value['client_secret']);
  if (clientId === undefined) return undefined;
  return { client_id: clientId, ...(secret !== undefined && { client_secret: secret }) };
}

function clientOf({ clientId, clientSecret }: StoredSession): oauth.Client {
  return {
    client_id: clientId,
    ...(clientSecret !== undefined && { client_secret: clientSecret }),
  };
}

function secretOf(client: oauth.Client): string | undefined {
  return typeof client.client_secret === 'string' ? client.client_secret : undefined;
}

function authenticationOf(client: oauth.Client): oauth.ClientAuth {
  const secret = secretOf(client);
  return secret === undefined ? oauth.None() : oauth.ClientSecretPost(secret);
}

function requestOptions(
  { isInsecure: isAllowed }: AuthorizationServer,
  { http }: DiscoveryDeps,
  signal: AbortSignal,
) {
  return {
    [oauth.customFetch]: fetchOver(http),
    [oauth.allowInsecureRequests]: isAllowed,
    signal,
  };
}

/** Whether an address is this machine, by http; other machines require https. */
function isInsecure(address: string): boolean {
  const url = new URL(address);
  return url.protocol === 'http:' && isLoopback(url);
}

/** @throws TypeError for unusable tokens */
function sessionOf(
  {
    access_token: access,
    refresh_token: refresh,
    expires_in: seconds,
  }: oauth.TokenEndpointResponse,
  known: {
    readonly client: oauth.Client;
    readonly clock: Clock;
  } & Pick<StoredSession, 'issuer' | 'tokenEndpoint' | 'revocationEndpoint'>,
): StoredSession {
  const { client, clock, issuer, tokenEndpoint, revocationEndpoint } = known;
  const accessToken = tokenOf(access);
  if (accessToken === undefined) throw new TypeError('The token is invalid');
  return {
    issuer,
    tokenEndpoint,
    revocationEndpoint,
    accessToken,
    clientId: client.client_id,
    clientSecret: secretOf(client),
    endsAt: seconds === undefined ? undefined : clock.now() + seconds * 1000,
    refreshToken: tokenOf(refresh),
    account: accountOf(accessToken),
  };
}

function noSignIn(host: string): SourceError {
  return new SourceError('unauthorized', `${host} does not support signing in from programs.`, {
    advice:
      'Set a token for it. Its administrator can enable signing in with auth.clientIdMetadataDocuments in app-config.yaml, or add Callboard to auth.staticClients.',
  });
}
