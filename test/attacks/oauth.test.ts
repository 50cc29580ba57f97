import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { loadSignIn } from '../../src/features/backstage/core';
import { SourceError } from '../../src/features/sources/core';
import type { CallbackListener } from '../../src/platform/core/ports';
import { loadOutputs } from '../../src/platform/node';
import { httpTo, never, signInTo } from '../support/signIns';
import { HastyClock } from '../support/sourceHttp';
import { accessToken, send, StandInAuthorization } from '../support/standInAuthorization';

/*
 * A hostile authorization server, another one that is not on the allowlist, and other programs of this machine attack
 * the sign-in to a Backstage, from the first request to the token.
 */

const TOKENS = 'POST /api/auth/v1/token';

let server: StandInAuthorization;
/** Server of an attacker who wants codes, verifiers and tokens. */
let other: StandInAuthorization;

beforeEach(async () => {
  server = await new StandInAuthorization().listen();
  other = await new StandInAuthorization().listen();
});

afterEach(() => {
  server.close();
  other.close();
});

type Browser = (address: string, redirectUri: string) => Promise<string>;

/** Address that the browser returns to. */
const back =
  (change: (callback: URL, state: string) => void): Browser =>
  async (address, redirectUri) => {
    const callback = new URL(redirectUri);
    const state = new URL(address).searchParams.get('state') ?? '';
    callback.searchParams.set('code', 'secret-code');
    callback.searchParams.set('state', state);
    change(callback, state);
    return callback.href;
  };
const agree = back(() => {});

async function failure(browser: Browser = agree): Promise<SourceError> {
  const error: unknown = await signInTo({ url: server.url }, browser).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SourceError))
    throw new Error('The sign-in did not fail', { cause: error });
  expect(error.message).not.toMatch(/secret-code|[\0-\x1f\u202a-\u202e]/); // oxlint-disable-line no-control-regex
  expect(error.message.length).toBeLessThan(1_000);
  return error;
}

/** Expects that the attacker received nothing and that no code was exchanged. */
function expectNothingGiven(): void {
  expect(other.requests).toEqual([]);
  expect(server.bodiesOf(TOKENS)).toEqual([]);
}

describe('state', () => {
  it.each<[string, Browser]>([
    ['is missing', back(({ searchParams }) => searchParams.delete('state'))],
    ['is empty', back(({ searchParams }) => searchParams.set('state', ''))],
    [
      'is of another sign-in',
      back(({ searchParams }) => searchParams.set('state', 'a'.repeat(43))),
    ],
    ['comes twice', back(({ searchParams }, state) => searchParams.append('state', state))],
    ['comes with another one', back(({ searchParams }) => searchParams.append('state', 'x'))],
    [
      'is in the fragment',
      back((callback, state) => {
        callback.searchParams.delete('state');
        callback.hash = `state=${state}`;
      }),
    ],
    [
      'has a trailing space',
      back(({ searchParams }, state) => searchParams.set('state', `${state} `)),
    ],
    [
      'is in upper case',
      back(({ searchParams }, state) => searchParams.set('state', state.toUpperCase())),
    ],
  ])('gives no token if it %s', async (_, browser) => {
    await failure(browser);
    expectNothingGiven();
  });

  it('is different each time', async () => {
    const states: (string | null)[] = [];
    for (let time = 0; time < 3; time++) {
      await signInTo({ url: server.url }, (address, uri) => {
        states.push(
          new URL(address).searchParams.get('state'),
          new URL(address).searchParams.get('code_challenge'),
        );
        return agree(address, uri);
      });
    }
    expect(new Set(states).size).toBe(6);
  });
});

describe('issuer', () => {
  it.each<[string, Browser]>([
    [
      'of another server',
      back(({ searchParams }) => searchParams.set('iss', `${other.url}/api/auth`)),
    ],
    [
      'with another path',
      back(({ searchParams }) => searchParams.set('iss', `${server.url}/api/auth2`)),
    ],
    [
      'twice',
      back(({ searchParams }) => {
        searchParams.append('iss', `${server.url}/api/auth`);
        searchParams.append('iss', `${other.url}/api/auth`);
      }),
    ],
  ])('in the response is checked: %s', async (_, browser) => {
    await failure(browser);
    expectNothingGiven();
  });

  it('is required in the response if the server declares it', async () => {
    server.metadata = () => ({ authorization_response_iss_parameter_supported: true });
    await failure();
    expectNothingGiven();
  });

  it.each([
    ['issuer', (url: string) => `${url}/api/auth`],
    ['token_endpoint', (url: string) => `${url}/api/auth/v1/token`],
    ['registration_endpoint', (url: string) => `${url}/api/auth/v1/register`],
    ['revocation_endpoint', (url: string) => `${url}/api/auth/v1/revoke`],
    ['authorization_endpoint', (url: string) => `${url}/api/auth/v1/authorize`],
  ])("can't redirect to another host by its %s", async (name, place) => {
    server.metadata = () => ({ [name]: place(other.url) });
    await failure();
    expectNothingGiven();
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'vscode://callboard.callboard/x',
    'command:x',
    'x',
  ])('sends no browser to %s', async place => {
    server.metadata = () => ({ authorization_endpoint: place });
    await failure();
    expectNothingGiven();
  });
});

describe('PKCE proof', () => {
  it.each([
    ['only plain', { code_challenge_methods_supported: ['plain'] }],
    ['none', { code_challenge_methods_supported: [] }],
    ['a text instead of a list', { code_challenge_methods_supported: 'plain' }],
  ])('uses S256 if a server offers %s', async (_, metadata) => {
    server.metadata = () => metadata;
    let sent = new URL('https://none.example');
    await signInTo({ url: server.url }, (address, uri) => {
      sent = new URL(address);
      return agree(address, uri);
    }).catch((error: unknown) => {
      if (!(error instanceof SourceError)) throw error;
    });
    for (const { code_verifier: verifier = '' } of server.bodiesOf(TOKENS)) {
      expect(sent.searchParams.get('code_challenge_method')).toBe('S256');
      expect(sent.searchParams.get('code_challenge')).toBe(
        createHash('sha256').update(verifier).digest('base64url'),
      );
      expect(verifier.length).toBeGreaterThanOrEqual(43);
    }
  });

  it("is sent with the attacker's code, so that the server refuses it", async () => {
    server.fault = ({ what, parameters }, response) => {
      if (what !== TOKENS || parameters['code'] === 'secret-code') return false;
      send(response, 400, {
        error: 'invalid_grant',
        error_description: '<b>\u202eno\u001b[31m</b>',
      });
      return true;
    };
    await failure(back(({ searchParams }) => searchParams.set('code', 'code-of-attacker')));
    expect(server.bodiesOf(TOKENS)[0]?.['code_verifier']).toMatch(/^[\w-]{43,}$/);
  });

  it.each<[string, Browser]>([
    ['two codes', back(({ searchParams }) => searchParams.append('code', 'other'))],
    ['no code', back(({ searchParams }) => searchParams.delete('code'))],
    ['a code and an error', back(({ searchParams }) => searchParams.set('error', 'access_denied'))],
    [
      'a token in the place of a code',
      back(({ searchParams }) => {
        searchParams.delete('code');
        searchParams.set('access_token', 'a.b.c');
      }),
    ],
    [
      'an error of markup',
      back(({ searchParams }) => {
        searchParams.delete('code');
        searchParams.set('error', '<img src=x onerror=alert(1)>');
        searchParams.set('error_description', `\u001b[31m\u202e${'x'.repeat(100_000)}`);
      }),
    ],
  ])('is not sent for %s', async (_, browser) => {
    await failure(browser);
    expectNothingGiven();
  });
});

describe('token endpoint', () => {
  it.each([301, 302, 303, 307, 308])("can't redirect by %s", async status => {
    server.fault = ({ what }, response) => {
      if (what !== TOKENS) return false;
      response.writeHead(status, { location: `${other.url}/api/auth/v1/token` }).end();
      return true;
    };
    await failure();
    expect(other.requests).toEqual([]);
  });

  it.each<[string, object | string]>([
    ['a page', '<html><script>alert(1)</script></html>'],
    ['a megabyte', JSON.stringify({ access_token: 'x'.repeat(1_000_000), token_type: 'Bearer' })],
    ['a token of several lines', { access_token: 'a\r\nx-injected: 1', token_type: 'Bearer' }],
    ['a token that is a list', { access_token: ['a'], token_type: 'Bearer' }],
    ['an unknown type', { access_token: 'a.b.c', token_type: 'mac' }],
    ['a prototype', '{"__proto__":{"access_token":"a.b.c","token_type":"Bearer"}}'],
    ['an invalid expiry', { access_token: 'a.b.c', token_type: 'Bearer', expires_in: {} }],
    ['a list', [accessToken(1)]],
    ['deep nesting', `{"access_token":${'['.repeat(100_000)}`],
  ])('starts no session by %s', async (_, answer) => {
    server.fault = ({ what }, response) => {
      if (what !== TOKENS) return false;
      if (typeof answer === 'string')
        response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
      else send(response, 200, answer);
      return true;
    };
    await failure();
    expect(Reflect.get({}, 'access_token')).toBeUndefined();
  });
});

describe('callback port', () => {
  const texts = { accepted: 'Over.', foreign: '<b>Not this</b>' };

  async function begin(): Promise<{
    readonly listener: CallbackListener;
    readonly right: string;
    readonly callback: Promise<URL>;
    readonly complete: (callback: URL) => Promise<unknown>;
  }> {
    const { SignIn } = await loadSignIn();
    const { listenOnLoopback } = await loadOutputs();
    const signIn = await SignIn.prepare(
      { url: server.url, clientId: undefined, callbackPort: undefined },
      { http: httpTo(server.url), isNamed: () => false, clock: new HastyClock() },
      never,
    );
    const listener = await listenOnLoopback({ path: signIn.callback.path, ports: [0], texts });
    onTestFinished(() => listener.dispose());
    const { address, accepts } = await signIn.begin(listener.address, never);
    const right = `/callback?code=secret-code&state=${new URL(address).searchParams.get('state') ?? ''}`;
    return {
      listener,
      right,
      callback: listener.next(accepts, never),
      complete: callback => signIn.complete(callback, never),
    };
  }

  const get = (
    { address }: CallbackListener,
    path: string,
    { method = 'GET', ...headers }: Record<string, string> = {},
  ): Promise<{ readonly status: number | undefined; readonly text: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port, host } = new URL(address);
      request({ hostname, port, path, method, headers: { host, ...headers } }, answer => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
      })
        .on('error', reject)
        .end();
    });

  it('accepts the right request after many wrong ones', async () => {
    const { listener, right, callback, complete } = await begin();
    const others = await Promise.all([
      ...Array.from({ length: 50 }, (_, index) =>
        get(listener, `/callback?code=evil&state=${index}`),
      ),
      get(listener, '/callback?code=evil'),
      get(listener, right.replace('/callback', '/other')),
      get(listener, right, { host: 'evil.example' }),
      get(listener, right, { host: 'localhost.evil.example:80' }),
      get(listener, right, { method: 'POST' }),
      get(listener, right, { method: 'HEAD' }),
      get(listener, `${right}&state=x`),
    ]);
    expect(others.filter(({ status }) => status === 200)).toEqual([]);
    for (const { text } of others) expect(text).not.toContain('<b>Not this');
    expect(await get(listener, right)).toMatchObject({ status: 200 });
    expect(await complete(await callback)).toMatchObject({ accessToken: accessToken(1) });
    expect(server.bodiesOf(TOKENS)).toMatchObject([{ code: 'secret-code' }]);
  });

  it('accepts the right request once', async () => {
    const { listener, right, callback } = await begin();
    const all = await Promise.all(Array.from({ length: 20 }, () => get(listener, right)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    await callback;
    expect((await get(listener, right)).status).toBe(400);
  });

  it('is not blocked by idle connections or half requests', async () => {
    const { listener, right, callback } = await begin();
    const { hostname, port } = new URL(listener.address);
    for (let index = 0; index < 20; index++) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      onTestFinished(() => void socket.destroy());
      socket.write(index % 2 ? 'GET /callback?code=evil' : '');
    }
    expect((await get(listener, right)).status).toBe(200);
    expect((await callback).searchParams.get('code')).toBe('secret-code');
  });

  it.each([
    ['an overlong address', `/callback?code=${'x'.repeat(100_000)}`],
    ['an absolute address', 'http://evil.example/callback?code=evil&state=x'],
    ['parent segments', '/callback/../other?code=evil'],
    ['invalid escapes', '/callback?code=%zz&state=%'],
  ])('keeps working after %s', async (_, path) => {
    const { listener, right, callback } = await begin();
    const { status } = await get(listener, path).catch(() => ({ status: 400 }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await get(listener, right)).status).toBe(200);
    await callback;
  });

  it('listens on this machine only, and closes after the sign-in', async () => {
    const { listener } = await begin();
    expect(new URL(listener.address).hostname).toBe('127.0.0.1');
    listener.dispose();
    await expect(get(listener, '/callback')).rejects.toThrow();
  });
});
