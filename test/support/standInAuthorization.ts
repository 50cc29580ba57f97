import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { textOf } from './requestText';

/** A request: method, path, and parameters of the body. */
export interface AuthorizationRequest {
  readonly what: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

/** Responds instead of the server if it returns true. */
export type AuthorizationFault = (asked: AuthorizationRequest, response: ServerResponse) => boolean;

/**
 * Sign-in of a Backstage before version 0.31, after the source of plugin-auth-backend 0.30.1. Can simulate a hostile
 * server.
 */
export class StandInAuthorization {
  readonly requests: AuthorizationRequest[] = [];
  /** Overrides fields of the server's metadata. */
  metadata: (url: string) => object = () => ({});
  fault: AuthorizationFault = () => false;
  /** Valid refresh tokens. Each is valid once. */
  refreshTokens = new Set<string>();
  #count = 0;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  async listen(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Returns the distinct requests to a path. */
  bodiesOf(what: string): readonly Readonly<Record<string, string>>[] {
    return this.requests.filter(asked => asked.what === what).map(({ parameters }) => parameters);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', this.url);
    response.setHeader('connection', 'close');
    const asked = {
      what: `${request.method} ${pathname}`,
      parameters: parametersOf(await textOf(request), request.headers['content-type']),
      authorization: request.headers.authorization,
    };
    this.requests.push(asked);
    if (this.fault(asked, response)) return;
    const base = `${this.url}/api/auth`;
    switch (asked.what) {
      case 'GET /api/auth/.well-known/openid-configuration':
        return send(response, 200, {
          issuer: base,
          authorization_endpoint: `${base}/v1/authorize`,
          token_endpoint: `${base}/v1/token`,
          registration_endpoint: `${base}/v1/register`,
          revocation_endpoint: `${base}/v1/revoke`,
          scopes_supported: ['openid', 'offline_access'],
          code_challenge_methods_supported: ['S256', 'plain'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
          ...this.metadata(this.url),
        });
      case 'POST /api/auth/v1/register':
        return send(response, 201, {
          client_id: 'registered',
          client_secret: 'registered-secret',
          redirect_uris: [],
        });
      case 'POST /api/auth/v1/token':
        return this.#giveTokens(asked.parameters, response);
      case 'POST /api/auth/v1/revoke':
        response.writeHead(200).end();
        return;
      default:
        return send(response, 404, { error: { name: 'NotFoundError' } });
    }
  }

  #giveTokens(asked: Readonly<Record<string, string>>, response: ServerResponse): void {
    const { grant_type: grant, refresh_token: used = '' } = asked;
    if (grant === 'refresh_token' && !this.refreshTokens.delete(used)) {
      return send(response, 400, {
        error: 'invalid_grant',
        error_description: `Invalid refresh token ${used}`,
      });
    }
    const count = ++this.#count;
    this.refreshTokens.add(`refresh-token-${count}`);
    send(response, 200, {
      access_token: accessToken(count),
      id_token: accessToken(count),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: `refresh-token-${count}`,
    });
  }
}

/** A token of a Backstage with an invalid signature. */
export function accessToken(count: number, sub = 'user:default/jane'): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES256' })}.${part({ sub, aud: 'backstage', count })}.c2lnbmF0dXJl`;
}

export function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function parametersOf(text: string, type = ''): Readonly<Record<string, string>> {
  if (text === '') return {};
  if (!type.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(text));
  const values = Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(values.map(([name, value]) => [name, String(value)]));
}
