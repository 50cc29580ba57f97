import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../../../../src/base';
import {
  DefaultSourceHttp,
  RequestSlots,
  SourceError,
  type SourceHttp,
} from '../../../../../../src/features/sources/core';
import { AllowedHosts } from '../../../../../../src/platform/core/hosts';
import {
  serve,
  serveLines,
  serveProxy,
  serveSecurely,
} from '../../../../../support/loopbackServer';
import {
  askSource,
  type Asking,
  HastyClock,
  openSourceHttp,
} from '../../../../../support/sourceHttp';
import { TestClock } from '../../../../../support/testClock';

const at = (port: number, path = '/'): string => `http://127.0.0.1:${port}${path}`;

/** Type and message of a failure. */
async function failure(url: string, asking: Asking = {}): Promise<unknown> {
  try {
    await askSource(url, asking);
    return 'it was answered';
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `${error.failure}: ${error.message}`;
  }
}

describe('response', () => {
  it('has its ETag, is decompressed, and is counted as received', async () => {
    const body = gzipSync('a'.repeat(5000));
    const port = await serve((_, response) =>
      response.writeHead(200, { etag: 'W/"1"', 'content-encoding': 'gzip' }).end(body),
    );
    const answer = await askSource(at(port, '/a?b=c'));
    expect(answer).toMatchObject({
      type: 'answered',
      url: at(port, '/a?b=c'),
      status: 200,
      etag: 'W/"1"',
      traffic: { requests: 1, bytes: body.length },
    });
    expect(answer.type === 'answered' && answer.body).toHaveLength(5000);
  });

  it('is not sent again if it is unchanged', async () => {
    const port = await serve(({ headers }, response) =>
      response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 200).end(),
    );
    expect(await askSource(at(port), { etag: '"1"' })).toEqual({
      type: 'unchanged',
      traffic: { requests: 1, bytes: 0 },
    });
    expect(await askSource(at(port), { etag: '"0"' })).toMatchObject({ type: 'answered' });
  });

  it('is for the method, body and headers of the request', async () => {
    const requests: unknown[] = [];
    const port = await serve((request, response) => {
      const { method, headers } = request;
      request.on('data', (chunk: Buffer) => requests.push(chunk.toString()));
      request.on('end', () => {
        requests.push([method, headers['user-agent'], headers['content-type']]);
        response.end();
      });
    });
    const answer = await askSource(at(port), {
      method: 'POST',
      body: '{"ü":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect([requests, answer.traffic]).toEqual([
      ['{"ü":1}', ['POST', 'callboard', 'application/json']],
      { requests: 1, bytes: 8 },
    ]);
  });
});

it('starts concurrent requests in slices', async () => {
  const port = await serve((_, response) => response.end());
  const clock = new TestClock(1);
  const http = openSourceHttp({ allowed: [`127.0.0.1:${port}`], clock });
  const { signal } = new AbortController();
  const traffic = { requests: 0, bytes: 0 };
  await Promise.all(
    Array.from({ length: 400 }, () => http.send({ url: at(port), signal, traffic })),
  );
  // Eight reads of the clock are a slice.
  expect([clock.yields >= 400 / 8, traffic.requests]).toEqual([true, 400]);
});

describe('requests', () => {
  it.each([
    ['not an address', 'refused: The address is not a URL'],
    ['https://b.test/', 'refused: reading from b.test is not allowed'],
    ['https://a.test:8443/', 'refused: reading from a.test:8443 is not allowed'],
    ['https://a.test.evil.test/', 'refused: reading from a.test.evil.test is not allowed'],
    ['http://a.test:80/', 'refused: http://a.test is not allowed, because it is not encrypted'],
    ['ftp://a.test/', 'refused: ftp://a.test is not allowed, because it is not encrypted'],
    ['file:///etc/passwd', 'refused: reading from  is not allowed'],
    [
      'https://me:secret@a.test/',
      'refused: an address must not contain a user or a password (a.test)',
    ],
    [
      'https://x.c.test@b.test/',
      'refused: an address must not contain a user or a password (b.test)',
    ],
    ['http://127.0.0.1:1/', 'refused: reading from 127.0.0.1:1 is not allowed'],
  ])('are rejected for %s', async (url, expected) => {
    expect(await failure(url, { allowed: ['a.test', '*.c.test'] })).toBe(expected);
  });

  it.each([
    'https://169.254.169.254/',
    'https://2852039166/',
    'https://0xa9.0xfe.0xa9.0xfe/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://127.1/',
  ])('are rejected for %s unless it is on the allowlist', async url => {
    const allowed = ['*.254', '*.1', '*.254]', '*:a9fe]'];
    expect(await failure(url, { allowed })).toMatch(
      /^refused: (\S+ resolves to .*, a loopback, link-local or reserved address|reading from \S+ is not allowed)/,
    );
  });

  it('to this machine by another name are rejected', async () => {
    // The HTTP client checks the address of this name.
    expect(await failure('https://x.localhost/', { allowed: ['*.localhost'] })).toMatch(
      /^(refused: x.localhost resolves to|unreachable: x.localhost can't be reached: the host)/,
    );
  });
});

it('gives advice for VS Code about certificates', async () => {
  const http = new DefaultSourceHttp({
    allowed: () => new AllowedHosts(['acme.test']),
    openHttp: () =>
      Promise.resolve({
        send: () =>
          Promise.resolve({
            type: 'unreachable',
            reason: 'the certificate is not trusted',
            cause: 'certificate',
          } as const),
        stream: () => Promise.reject(new Error('nothing streams')),
      }),
    credentials: { authorization: () => Promise.resolve(undefined) },
    clock: new HastyClock(),
  });
  const { signal } = new AbortController();
  const traffic = { requests: 0, bytes: 0 };
  await expect(http.send({ url: 'https://acme.test/', signal, traffic })).rejects.toMatchObject({
    message: "acme.test can't be reached: the certificate is not trusted",
    advice: expect.stringContaining('http.systemCertificates') as unknown,
  });
});

it('redacts secrets of a request body that a server repeats', async () => {
  const port = await serve((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `cannot read ${body}` } }));
    });
  });
  const error: unknown = await askSource(at(port), {
    method: 'POST',
    body: 'code=one-time-code',
    secrets: ['one-time-code'],
  }).catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/cannot read code=\*\*\*/);
});

it.each([
  [{ method: 'POST' }, 1],
  [{ method: 'DELETE' }, 1],
  [{ method: 'POST', isRead: true }, 4],
] as const)('retries only requests without side effects: %j', async (request, times) => {
  let requestCount = 0;
  const port = await serve((_, response) => {
    requestCount++;
    response.writeHead(503).end();
  });
  await expect(askSource(at(port), request)).rejects.toMatchObject({ failure: 'unreachable' });
  expect(requestCount).toBe(times);
});

describe('redirect', () => {
  const TOKEN = 'Bearer tok-EN_123';

  async function servers(
    location: (near: number, far: number) => string,
    status = 302,
  ): Promise<{
    readonly near: number;
    readonly far: number;
    readonly requests: readonly unknown[];
  }> {
    const requests: unknown[] = [];
    const far = await serve(({ headers: { authorization, cookie, accept } }, response) => {
      requests.push(['far', authorization, cookie, accept]);
      response.end('far');
    });
    const near: number = await serve(({ url, headers: { authorization } }, response) => {
      requests.push(['near', url, authorization]);
      if (url === '/start') {
        return response.writeHead(status, { location: location(near, far) }).end();
      }
      response.end('near');
    });
    return { near, far, requests };
  }

  it('on the same origin has the token', async () => {
    const { near, requests } = await servers(() => '/other?x', 307);
    const credentials = { [`http://127.0.0.1:${near}`]: TOKEN };
    const answer = await askSource(at(near, '/start'), { credentials });
    expect(answer).toMatchObject({ url: at(near, '/other?x'), traffic: { requests: 2 } });
    expect(requests).toEqual([
      ['near', '/start', TOKEN],
      ['near', '/other?x', TOKEN],
    ]);
  });

  it("to another allowed host doesn't have the token", async () => {
    const { near, far, requests } = await servers((_, other) => at(other));
    const answer = await askSource(at(near, '/start'), {
      allowed: [`127.0.0.1:${near}`, `127.0.0.1:${far}`],
      credentials: { [`http://127.0.0.1:${far}`]: TOKEN },
      headers: { authorization: TOKEN, cookie: 'a=b', accept: 'text/yaml' },
    });
    expect(answer).toMatchObject({ url: at(far) });
    expect(requests).toEqual([
      ['near', '/start', TOKEN],
      ['far', undefined, undefined, 'text/yaml'],
    ]);
  });

  it("to the forge's own hosts is followed with https", async () => {
    const port = await serveSecurely(({ headers: { host, authorization } }, response) => {
      if (host === 'files.callboard.test') return response.end(authorization ?? 'nobody');
      response.writeHead(302, { location: 'https://files.callboard.test/x' }).end();
    });
    const { port: through, requests: asked } = await serveProxy(port);
    const asking = {
      allowed: ['git.callboard.test'],
      credentials: { 'https://git.callboard.test': TOKEN, 'https://files.callboard.test': TOKEN },
      proxy: `http://127.0.0.1:${through}`,
    };
    const url = 'https://git.callboard.test/';
    const answer = await askSource(url, { ...asking, forgeHosts: ['files.callboard.test'] });
    expect(answer.type === 'answered' && new TextDecoder().decode(answer.body)).toBe('nobody');
    expect(await failure(url, asking)).toBe(
      'refused: git.callboard.test redirects to files.callboard.test: reading from files.callboard.test is not allowed',
    );
    expect(asked.map(([target]) => target)).toEqual([
      'git.callboard.test:443',
      'files.callboard.test:443',
      'git.callboard.test:443',
    ]);
    // Requests can't start there.
    const first = { ...asking, forgeHosts: ['files.callboard.test'] };
    expect(await failure('https://files.callboard.test/', first)).toMatch(/^refused/);
  });

  it.each([
    ['elsewhere', 'https://evil.test/', 'reading from evil.test is not allowed'],
    ['to another port', 'http://127.0.0.1:1/', 'reading from 127.0.0.1:1 is not allowed'],
    ['to another scheme', 'file:///etc/passwd', 'reading from  is not allowed'],
    ['with a user', 'https://me:secret@far.test/', 'an address must not contain a user'],
    ['nowhere', 'https://', 'redirects to an invalid address'],
    ['to cloud metadata services', 'http://169.254.169.254/latest/', '169.254.169.254 is not'],
    ['there as a number', 'http://2852039166/', '169.254.169.254 is not'],
    ['there in hexadecimals', 'http://0xA9FEA9FE/', '169.254.169.254 is not'],
    ['there by IPv6', 'http://[::ffff:169.254.169.254]/', '[::ffff:a9fe:a9fe] is not'],
    ['there by its name', 'http://metadata.google.internal/', 'metadata.google.internal is not'],
  ])('is not followed %s', async (_, location, expected) => {
    const { near, requests } = await servers(() => location);
    expect(await failure(at(near, '/start'))).toContain(expected);
    expect(requests).toHaveLength(1);
  });

  it('is checked for the address of the host name', async () => {
    const { near } = await servers(() => 'https://169.254.169.254/latest/');
    const allowed = [`127.0.0.1:${near}`, '*.254'];
    expect(await failure(at(near, '/start'), { allowed })).toBe(
      'refused: 169.254.169.254 resolves to 169.254.169.254, a loopback, link-local or reserved address',
    );
  });

  it('from https to http is not followed, even to this machine', async () => {
    const { far, requests } = await servers(() => '');
    const port = await serveSecurely((_, response) =>
      response.writeHead(302, { location: at(far) }).end(),
    );
    const allowed = [`localhost:${port}`, `127.0.0.1:${far}`];
    expect(await failure(`https://localhost:${port}/`, { allowed })).toBe(
      `refused: localhost:${port} redirects to http://127.0.0.1:${far}, which is not encrypted`,
    );
    expect(requests).toEqual([]);
  });

  it('is rejected after too many redirects', async () => {
    const { near, requests } = await servers(port => at(port, '/start'));
    expect(await failure(at(near, '/start'))).toBe(
      `invalid: 127.0.0.1:${near} redirects too many times`,
    );
    expect(requests).toHaveLength(6);
  });

  it('of a request with side effects is not followed', async () => {
    const { near, requests } = await servers(() => '/other', 307);
    expect(await failure(at(near, '/start'), { method: 'POST' })).toBe(
      `invalid: The request to http://127.0.0.1:${near}/start failed with status 307`,
    );
    expect(requests).toHaveLength(1);
  });
});

describe('failed request', () => {
  interface Failing {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly isSignedIn?: boolean;
  }

  async function answered(
    status: number,
    {
      headers = {},
      body = '',
      own = {},
    }: Failing & { readonly own?: Readonly<Record<string, string>> } = {},
  ): Promise<readonly unknown[]> {
    const port = await serve((_, response) => response.writeHead(status, headers).end(body));
    const clock = new HastyClock(Date.parse('2026-01-01T00:00:00Z'));
    const error: unknown = await askSource(at(port, '/a?secret'), { clock, headers: own }).catch(
      (reason: unknown) => reason,
    );
    if (!(error instanceof SourceError)) throw error;
    const text = [error.failure, error.message, error.advice].join(' | ');
    return [text.replaceAll(`127.0.0.1:${port}`, 'HOST'), error.retryAfter, clock.delays];
  }

  const json = { 'content-type': 'application/json; charset=utf-8' };

  it.each([
    [401, {}, 'unauthorized | HOST denies access to http://HOST/a | Set a token for HOST.'],
    [
      401,
      { isSignedIn: true },
      'unauthorized | HOST rejected the token | Set another token for HOST. The current one has expired or has no access.',
    ],
    [
      403,
      { headers: json, body: '{"message":"SSO is wanted"}' },
      'unauthorized | HOST denies access to http://HOST/a: SSO is wanted | Set a token for HOST.',
    ],
    [
      404,
      {},
      'missing | HOST has nothing at http://HOST/a | Check the address. Without a token, some hosts hide what is not public.',
    ],
    [
      400,
      { headers: json, body: '{"error":{"name":"InputError","message":"Bad\\n cursor"}}' },
      'invalid | The request to http://HOST/a failed with status 400: Bad cursor | Check the address.',
    ],
    [304, {}, 'invalid | The request to http://HOST/a failed with status 304 | Check the address.'],
  ])(
    'with status %i and %j has advice',
    async (status, { isSignedIn, ...answer }: Failing, expected) => {
      const [text] = await answered(status, {
        ...answer,
        own: isSignedIn ? { authorization: 'Bearer abcdefg' } : {},
      });
      expect(text).toBe(expected);
    },
  );

  it.each([
    [429, { 'retry-after': '120' }, 'limited', 120_000, []],
    [429, { 'retry-after': 'Thu, 01 Jan 2026 00:10:00 GMT' }, 'limited', 600_000, []],
    [429, { 'retry-after': '99999999999' }, 'limited', 86_400_000, []],
    [429, { 'retry-after': 'soon' }, 'limited', undefined, [500, 1000, 2000]],
    [429, { 'retry-after': '-5' }, 'limited', undefined, [500, 1000, 2000]],
    [503, { 'retry-after': '2' }, 'unreachable', 2000, [2500, 3000, 4000]],
    [503, { 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 'unreachable', 0, [500, 1000, 2000]],
    [500, {}, 'unreachable', undefined, [500, 1000, 2000]],
    [502, {}, 'unreachable', undefined, [500, 1000, 2000]],
    [504, {}, 'unreachable', undefined, [500, 1000, 2000]],
    [501, {}, 'unreachable', undefined, []],
    [
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767226200' },
      ...(['limited', 600_000, []] as const),
    ],
    [403, { 'x-ratelimit-remaining': '5' }, 'unauthorized', undefined, []],
  ])(
    'with status %i and %j is retried after the right time',
    async (status, headers: Failing['headers'], type, after, delays) => {
      expect(await answered(status, { headers })).toEqual([
        expect.stringMatching(`^${type} `),
        after,
        delays,
      ]);
    },
  );

  it('can succeed later', async () => {
    let requestCount = 0;
    const port = await serve((_, response) =>
      response.writeHead(requestCount++ < 2 ? 503 : 200).end('now'),
    );
    const answer = await askSource(at(port));
    expect(answer).toMatchObject({ status: 200, traffic: { requests: 3 } });
  });

  it('with side effects is not retried', async () => {
    let requestCount = 0;
    const port = await serve((_, response) => {
      requestCount++;
      response.writeHead(503).end();
    });
    expect(await failure(at(port), { method: 'DELETE' })).toMatch(/^unreachable/);
    expect(requestCount).toBe(1);
  });

  it('is retried only if the connection was interrupted', async () => {
    let connections = 0;
    const port = await serveLines(socket => {
      connections++;
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
        setImmediate(() => socket.resetAndDestroy());
      });
    });
    expect(await failure(at(port))).toMatch(
      /^unreachable: 127.0.0.1:\d+ can't be reached: the connection was interrupted$/,
    );
    expect(connections).toBe(4);
    const traffic = { requests: 0, bytes: 0 };
    const allowed = ['127.0.0.1:1', 'nowhere.invalid'];
    expect(await failure(at(1), { traffic, allowed })).toBe(
      "unreachable: 127.0.0.1:1 can't be reached: the connection was refused",
    );
    expect(traffic.requests).toBe(1);
    expect(await failure('https://nowhere.invalid/', { allowed })).toMatch(
      /^unreachable: nowhere.invalid can't be reached: the host (?:is unknown|can't be looked up at the moment)$/,
    );
  });

  it('ends for a slow or silent server', async () => {
    const port = await serveLines(socket => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nx: ');
        const timer = setInterval(() => socket.write('a'), 20);
        socket.on('close', () => clearInterval(timer));
      });
    });
    const traffic = { requests: 0, bytes: 0 };
    expect(await failure(at(port), { timeout: 80, traffic })).toBe(
      `unreachable: 127.0.0.1:${port} didn't respond within 1 seconds`,
    );
    expect(traffic.requests).toBe(2);
  });

  it('ends for an endless response', async () => {
    let sent = 0;
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 2 * 1024 ** 3 });
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        sent += chunk.length;
        if (!response.destroyed) response.write(chunk, more);
      };
      more();
    });
    expect(await failure(at(port), { maxSize: 1024 * 1024 })).toBe(
      `invalid: 127.0.0.1:${port} sent more than 1 MB`,
    );
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('has no token in its message, whoever repeats it', async () => {
    const basic = `Basic ${btoa('me:sesame-123')}`;
    const port = await serve((_, response) => {
      const message = `${basic} is me:sesame-123 is sesame-123 is ${encodeURIComponent('me:sesame-123')}`;
      response.writeHead(400, json).end(JSON.stringify({ message }));
    });
    expect(await failure(at(port), { headers: { authorization: basic } })).toBe(
      `invalid: The request to http://127.0.0.1:${port}/ failed with status 400: *** is *** is *** is ***`,
    );
  });

  it('has no token in the host name of a redirect', async () => {
    const port = await serve((_, response) =>
      response.writeHead(302, { location: 'https://Sesame-123.evil.test/' }).end(),
    );
    expect(await failure(at(port), { headers: { authorization: 'Bearer Sesame-123' } })).toBe(
      `refused: 127.0.0.1:${port} redirects to ***.evil.test: reading from ***.evil.test is not allowed`,
    );
  });

  it.each(['Bearer tö', 'Bearer a\r\nx: y'])(
    'is reported for an invalid token: %j',
    async authorization => {
      expect(await failure('https://a.test/', { headers: { authorization } })).toBe(
        'unauthorized: The token for a.test is invalid',
      );
    },
  );
});

describe('cancellation', () => {
  it('ends a response, a wait and a queued request at once', async () => {
    let resolve = (): void => {};
    const asked = new Promise<void>(isAsked => {
      resolve = isAsked;
    });
    const port = await serve((_, response) => {
      resolve();
      response.write('a');
    });
    const slots = new RequestSlots({ total: 1, perHost: 1 });
    const http = openSourceHttp({ allowed: [`127.0.0.1:${port}`], slots });
    const controller = new AbortController();
    const traffic = { requests: 0, bytes: 0 };
    const request = { url: at(port), traffic, signal: controller.signal };
    const sent = [http.send(request), http.send(request)];
    await asked;
    controller.abort();
    const ends = await Promise.allSettled(sent);
    expect(ends.map(end => end.status === 'rejected' && String(end.reason))).toEqual([
      expect.stringMatching(/^AbortError/),
      expect.stringMatching(/^AbortError/),
    ]);
    expect(traffic.requests).toBe(1);
    await expect(http.send(request)).rejects.toThrow('aborted');
  });

  it('ends retries', async () => {
    const controller = new AbortController();
    const port = await serve((_, response) => {
      controller.abort();
      response.writeHead(503).end();
    });
    const asking = askSource(at(port), { signal: controller.signal });
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('a silent host does not block others', async () => {
  const dead = await serveLines(() => {});
  const port = await serve((_, response) => response.end('here'));
  const http = openSourceHttp({
    allowed: [`127.0.0.1:${dead}`, `127.0.0.1:${port}`],
    slots: new RequestSlots({ total: 3, perHost: 2 }),
  });
  const traffic = { requests: 0, bytes: 0 };
  const controller = new AbortController();
  const ask = (where: number): Promise<unknown> =>
    http.send({ url: at(where), traffic, signal: controller.signal });
  const waiting = Array.from({ length: 10 }, () => ask(dead));
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(port)));
  expect(answers).toHaveLength(10);
  controller.abort();
  await Promise.allSettled(waiting);
});

it('waits for a slot that another client uses', async () => {
  const events: (string | undefined)[] = [];
  let answer = (): void => {};
  const asked = new Emitter<void>();
  const port = await serve(({ url }, response) => {
    events.push(url);
    if (url !== '/first') return response.end();
    answer = () => response.end();
    asked.fire();
  });
  const allowed = [`127.0.0.1:${port}`];
  const slots = new RequestSlots({ total: 1, perHost: 1 });
  const [one, other] = [openSourceHttp({ allowed, slots }), openSourceHttp({ allowed, slots })];
  const { signal } = new AbortController();
  const ask = (http: SourceHttp, path: string): Promise<unknown> =>
    http.send({ url: at(port, path), traffic: { requests: 0, bytes: 0 }, signal });
  const isAsked = new Promise<void>(resolve => asked.event(resolve));
  const first = ask(one, '/first');
  await isAsked;
  const second = ask(other, '/second');
  await ask(openSourceHttp({ allowed }), '/of its own');
  expect(events).toEqual(['/first', '/of%20its%20own']);
  answer();
  await Promise.all([first, second]);
  expect(events).toEqual(['/first', '/of%20its%20own', '/second']);
});
