import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSignIn } from '../../../../../../src/features/backstage/core';
import { SourceError } from '../../../../../../src/features/sources/core';
import {
  httpTo,
  never,
  sessionsOf,
  SharedSecrets,
  signInTo,
  type SignInSetup,
} from '../../../../../support/signIns';
import { HastyClock } from '../../../../../support/sourceHttp';
import {
  accessToken,
  send,
  StandInAuthorization,
} from '../../../../../support/standInAuthorization';

const TOKENS = 'POST /api/auth/v1/token';
const DESCRIPTION = '/api/auth/.well-known/oauth-client/cli.json';

let server: StandInAuthorization;
/** Another server that isn't configured. */
let other: StandInAuthorization;

beforeEach(async () => {
  server = await new StandInAuthorization().listen();
  other = await new StandInAuthorization().listen();
});

afterEach(() => {
  server.close();
  other.close();
});

/** The callback of a browser after consent. */
async function agree(address: string, redirectUri: string): Promise<string> {
  const callback = new URL(redirectUri);
  callback.searchParams.set('code', 'secret-code');
  callback.searchParams.set('state', stateOf(address));
  return callback.href;
}

const stateOf = (address: string): string => new URL(address).searchParams.get('state') ?? '';

async function failureOf(
  inBrowser: typeof agree = agree,
  setup: Partial<SignInSetup> = {},
): Promise<SourceError> {
  const error: unknown = await signInTo({ url: server.url, ...setup }, inBrowser).catch(
    (caught: unknown) => caught,
  );
  if (!(error instanceof SourceError)) throw error;
  return error;
}

describe('Sign-in', () => {
  it('uses a registered client and a secret PKCE verifier', async () => {
    let sent = new URL('https://none.test');
    const session = await signInTo(
      { url: server.url, clock: new HastyClock(1000) },
      async (address, redirectUri) => {
        sent = new URL(address);
        return agree(address, redirectUri);
      },
    );
    expect(session).toEqual({
      issuer: `${server.url}/api/auth`,
      tokenEndpoint: `${server.url}/api/auth/v1/token`,
      revocationEndpoint: `${server.url}/api/auth/v1/revoke`,
      clientId: 'registered',
      clientSecret: 'registered-secret',
      accessToken: accessToken(1),
      endsAt: 3_601_000,
      refreshToken: 'refresh-token-1',
      account: 'user:default/jane',
    });
    const redirectUri = 'http://127.0.0.1:8055/callback';
    expect(server.bodiesOf('POST /api/auth/v1/register')).toEqual([
      {
        client_name: 'Callboard (Visual Studio Code)',
        redirect_uris: redirectUri,
        response_types: 'code',
        grant_types: 'authorization_code,refresh_token',
        token_endpoint_auth_method: 'none',
      },
    ]);
    const [{ code_verifier: verifier = '', ...exchange } = {}] = server.bodiesOf(TOKENS);
    expect(exchange).toEqual({
      grant_type: 'authorization_code',
      code: 'secret-code',
      redirect_uri: redirectUri,
      client_id: 'registered',
      client_secret: 'registered-secret',
    });
    expect(`${sent.origin}${sent.pathname}`).toBe(`${server.url}/api/auth/v1/authorize`);
    expect(Object.fromEntries(sent.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'registered',
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
  });

  it.each([
    [
      'uses the fixed callback of a configured client',
      { clientId: 'callboard' },
      { path: '/callback', ports: [8055] },
    ],
    [
      'uses the configured callback port',
      { clientId: 'callboard', callbackPort: 4000 },
      { path: '/callback', ports: [4000] },
    ],
    [
      'uses any port for a client with a metadata URL',
      { clientId: 'https://acme.org/callboard.json' },
      { path: '/callback', ports: [8055, 0] },
    ],
    ['uses any port for a registered client', {}, { path: '/callback', ports: [8055, 0] }],
  ])('%s', async (_, known, callback) => {
    const { SignIn } = await loadSignIn();
    const options = { url: server.url, clientId: undefined, callbackPort: undefined, ...known };
    const signIn = await SignIn.prepare(options, depsOf(), never);
    expect(signIn.callback).toEqual(callback);
  });

  it('uses the client that the server describes and its callback', async () => {
    describeClient({ redirect_uris: ['https://a.test/x', 'http://127.0.0.1:4711/back'] });
    const { SignIn } = await loadSignIn();
    const options = { url: server.url, clientId: undefined, callbackPort: undefined };
    const signIn = await SignIn.prepare(options, depsOf(), never);
    expect(signIn.callback).toEqual({ path: '/back', ports: [4711, 0] });
  });

  it.each([
    ['names another client', { client_id: 'https://evil.test' }],
    ['redirects to another host', { redirect_uris: ['https://evil.test/callback'] }],
    ['is invalid', { redirect_uris: 'http://127.0.0.1/callback' }],
  ])('rejects a client description that %s', async (_, description) => {
    describeClient(description);
    expect(await failureOf()).toMatchObject({ message: /does not offer to sign in/ });
  });

  it.each([
    ['has no document', { what: 404, body: {} }],
    ['answers with a page', { what: 200, body: undefined }],
    ['returns no object', { what: 200, body: [] }],
    ['returns an empty answer', { what: 204, body: {} }],
    ['returns status 205', { what: 205, body: {} }],
  ])("isn't offered when the server %s", async (_, { what, body }) => {
    server.fault = (_asked, response) => {
      if (body === undefined) response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
      else send(response, what, body);
      return true;
    };
    expect(await failureOf()).toMatchObject({
      failure: 'unauthorized',
      message: `${server.host} does not support signing in from programs.`,
    });
    expect(await offered()).toBe(false);
  });

  it.each([
    ["clients can't register", { registration_endpoint: undefined }],
    ['only plain PKCE is supported', { code_challenge_methods_supported: ['plain'] }],
    ['there is no authorization endpoint', { authorization_endpoint: undefined }],
  ])("isn't offered when %s", async (_, metadata) => {
    server.metadata = () => metadata;
    expect(await failureOf()).toMatchObject({ message: /does not offer to sign in/ });
    expect(await offered()).toBe(false);
  });

  it('is offered with one request when clients can register', async () => {
    expect(await offered()).toBe(true);
    expect(server.requests.map(({ what }) => what)).toEqual([
      'GET /api/auth/.well-known/openid-configuration',
    ]);
  });
});

describe('Server that refers to another host', () => {
  it.each([
    ['token_endpoint', (url: string) => `${url}/token`],
    ['authorization_endpoint', (url: string) => `${url}/authorize`],
    ['registration_endpoint', (url: string) => `${url}/register`],
    ['revocation_endpoint', (url: string) => `${url}/revoke`],
    ['token_endpoint', () => 'https://evil.test/token'],
    ['token_endpoint', () => `http://user:password@${server.host}/token`],
    ['authorization_endpoint', () => 'javascript:alert(1)'],
    ['authorization_endpoint', () => 'command:workbench.action.quit'],
    ['token_endpoint', () => 'http://backstage.acme.org/token'],
    ['issuer', (url: string) => `${url}/api/auth`],
  ])('by its %s gets no further requests', async (name, place) => {
    server.metadata = () => ({ [name]: place(other.url) });
    const error = await failureOf();
    expect(error.failure).toBe('refused');
    expect(error.message).toContain(` as its ${name}, `);
    expect(server.requests).toHaveLength(1);
    expect(other.requests).toEqual([]);
  });

  it('is followed to a host in the settings', async () => {
    server.metadata = () => ({ token_endpoint: `${other.url}/api/auth/v1/token` });
    const session = await signInTo({ url: server.url, named: [other.host] }, agree);
    expect(session.tokenEndpoint).toBe(`${other.url}/api/auth/v1/token`);
  });

  it('can use the issuer of that host', async () => {
    server.metadata = () => ({ issuer: `${other.url}/api/auth` });
    const session = await signInTo({ url: server.url, named: [other.host] }, agree);
    expect(session.tokenEndpoint).toBe(`${other.url}/api/auth/v1/token`);
    expect(server.bodiesOf(TOKENS)).toEqual([]);
  });

  it("is rejected if the issuers don't match", async () => {
    server.metadata = () => ({ issuer: `${other.url}/api/auth` });
    other.metadata = () => ({ issuer: `${server.url}/api/auth` });
    const error = await failureOf(agree, { named: [other.host] });
    expect(error.message).toContain('did not return a valid OAuth answer');
    expect([...server.bodiesOf(TOKENS), ...other.bodiesOf(TOKENS)]).toEqual([]);
  });

  it.each([301, 302, 307, 308])('by a redirect (%s) gets no code', async status => {
    server.fault = ({ what }, response) => {
      if (what !== TOKENS) return false;
      response.writeHead(status, { location: `${other.url}/api/auth/v1/token` }).end();
      return true;
    };
    const error = await failureOf(agree, { named: [other.host] });
    expect(error.message).not.toContain('secret-code');
    expect(other.requests).toEqual([]);
  });

  it('by a redirect of its metadata is rejected', async () => {
    server.fault = (_, response) => {
      const location = `${other.url}/api/auth/.well-known/openid-configuration`;
      response.writeHead(302, { location }).end();
      return true;
    };
    expect(await failureOf(agree, { named: [other.host] })).toMatchObject({
      failure: 'unauthorized',
      message: /does not offer/,
    });
    expect(other.bodiesOf(TOKENS)).toEqual([]);
  });
});

describe('Browser callback', () => {
  it.each([
    ['of another server', { iss: 'https://evil.test' }],
    ['without a code', { code: undefined }],
    ['with an unexpected token', { id_token: 'a.b.c' }],
    ['of another sign-in', { state: 'another' }],
  ])('is rejected when it is %s', async (_, changes) => {
    const error = await failureOf(async (address, redirectUri) => {
      const callback = new URL(await agree(address, redirectUri));
      for (const [name, value] of Object.entries(changes)) {
        callback.searchParams.delete(name);
        if (value !== undefined) callback.searchParams.set(name, value);
      }
      return callback.href;
    });
    expect(error.message).toContain('did not return a valid OAuth answer');
    expect(server.bodiesOf(TOKENS)).toEqual([]);
  });

  it('is matched to a sign-in by its state', async () => {
    const { SignIn } = await loadSignIn();
    const options = { url: server.url, clientId: undefined, callbackPort: undefined };
    const signIn = await SignIn.prepare(options, depsOf(), never);
    const { address, accepts } = await signIn.begin('http://127.0.0.1:8055/callback', never);
    const state = stateOf(address);
    const queries = [`state=${state}`, 'state=other', '', `state=${state}&state=other`];
    expect(
      queries.map(query => accepts(new URL(`http://127.0.0.1:8055/callback?${query}`))),
    ).toEqual([true, false, false, false]);
  });

  it('with an error is shown on one line without secrets', async () => {
    const error = await failureOf(async (address, redirectUri) => {
      const callback = new URL(redirectUri);
      callback.searchParams.set('error', 'invalid_scope');
      callback.searchParams.set('error_description', `No\r\nscope for ${stateOf(address)}`);
      callback.searchParams.set('state', stateOf(address));
      return callback.href;
    });
    expect(error.message).toBe(`${server.host} does not let you sign in: No scope for ***`);
  });
});

describe('Token answer', () => {
  it.each([
    ['without a token', {}],
    ['of another kind', { access_token: 'a', token_type: 'mac' }],
    ['with a line break in the token', { access_token: 'a\r\nb: c', token_type: 'bearer' }],
    ['that is a number', { access_token: 7, token_type: 'bearer' }],
    ['that is a list', []],
    ['with an invalid lifetime', { access_token: 'a', token_type: 'bearer', expires_in: 'soon' }],
  ])('%s is invalid', async (_, answer) => {
    answerTokens(200, answer);
    expect(await failureOf()).toMatchObject({
      failure: 'invalid',
      message: `${server.host} did not return a valid OAuth answer.`,
    });
  });

  it('has a size limit', async () => {
    answerTokens(200, { access_token: 'a'.repeat(300_000), token_type: 'bearer' });
    expect((await failureOf()).message).toContain('sent more than');
  });

  it('with an error is shown without secrets', async () => {
    server.fault = ({ what, parameters }, response) => {
      if (what !== TOKENS) return false;
      const { code, code_verifier: verifier, client_secret: secret } = parameters;
      const error_description = `No: ${code} ${verifier} ${secret}`;
      send(response, 400, { error: 'invalid_grant', error_description });
      return true;
    };
    const error = await failureOf();
    expect(error.message).toBe(`${server.host} does not let you sign in: No: *** *** ***`);
    expect(error.cause).toBeUndefined();
  });

  it('can contain only an access token', async () => {
    answerTokens(200, { access_token: 'opaque', token_type: 'bearer' });
    expect(await signInTo({ url: server.url }, agree)).toMatchObject({
      accessToken: 'opaque',
      endsAt: undefined,
      refreshToken: undefined,
      account: undefined,
    });
  });

  it('with misleading characters in the user is ignored', async () => {
    const accessed = accessToken(1, 'user:default/\u202Eenaj');
    answerTokens(200, { access_token: accessed, token_type: 'bearer' });
    expect((await signInTo({ url: server.url }, agree)).account).toBeUndefined();
  });
});

it('stops on an abort signal', async () => {
  const controller = new AbortController();
  server.fault = ({ what }) => {
    if (what !== TOKENS) return false;
    controller.abort();
    return true;
  };
  await expect(
    signInTo({ url: server.url, signal: controller.signal }, agree),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

function depsOf() {
  return { http: httpTo(server.url), isNamed: () => false, clock: new HastyClock() };
}

function offered(): Promise<boolean> {
  const window = sessionsOf({ url: server.url, shared: new SharedSecrets() });
  return window.offers(server.url, never);
}

function describeClient(description: object): void {
  server.metadata = () => ({
    registration_endpoint: undefined,
    client_id_metadata_document_supported: true,
  });
  server.fault = ({ what }, response) => {
    if (what !== `GET ${DESCRIPTION}`) return false;
    send(response, 200, {
      client_id: `${server.url}${DESCRIPTION}`,
      redirect_uris: ['http://127.0.0.1:8055/callback'],
      ...description,
    });
    return true;
  };
}

function answerTokens(status: number, answer: unknown): void {
  server.fault = ({ what }, response) => {
    if (what !== TOKENS) return false;
    send(response, status, answer);
    return true;
  };
}
