import type { ClientRequest } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpClient, HttpRequest, HttpResult } from '../../../../../src/platform/core/ports';
import { loadOutputs } from '../../../../../src/platform/node';
import {
  serve,
  serveLines,
  serveProxy,
  serveSecurely,
  TEST_AUTHORITY,
} from '../../../../support/loopbackServer';

interface Setup {
  readonly named?: readonly string[];
  readonly proxy?: string;
  readonly authorities?: readonly string[];
}

async function open({ named = [], proxy, ...options }: Setup = {}): Promise<HttpClient> {
  const { GuardedHttpClient } = await loadOutputs();
  const isNamed = (host: string): boolean => named.includes(host);
  return new GuardedHttpClient({ isNamed, proxyOf: () => proxy, ...options });
}

const get = (url: string, request: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  timeout: 10_000,
  maxSize: 1000,
  ...request,
});

async function ask(
  url: string,
  { named, proxy, authorities, ...request }: Partial<HttpRequest> & Setup = {},
): Promise<HttpResult> {
  const client = await open({ named, proxy, authorities });
  return client.send(get(url, request));
}

const textOf = (result: HttpResult): string =>
  result.type === 'answered' ? new TextDecoder().decode(result.body) : JSON.stringify(result);

describe('request to an untrusted address', () => {
  it('reaches this machine only if its host is on the allowlist', async () => {
    const hosts: unknown[] = [];
    const port = await serve(({ url, headers }, response) => {
      hosts.push([url, headers['x-mine'], headers['accept-encoding']]);
      response.writeHead(302, { location: '/elsewhere', 'X-Name': 'v' }).end('done');
    });
    const named = [`127.0.0.1:${port}`, `localhost:${port}`];
    const answer = await ask(`http://127.0.0.1:${port}/a?b`, { named, headers: { 'x-mine': 'y' } });
    expect(answer).toMatchObject({ type: 'answered', status: 302 });
    expect(answer.type === 'answered' && answer.headers.get('x-name')).toBe('v');
    expect(answer.type === 'answered' && new TextDecoder().decode(answer.body)).toBe('done');
    expect(await ask(`http://localhost:${port}/`, { named })).toMatchObject({ status: 302 });
    expect(hosts).toEqual([
      ['/a?b', 'y', undefined],
      ['/', undefined, undefined],
    ]);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '127.1', '0x7f.1']) {
      expect(await ask(`http://${host}:${port}/`), host).toEqual({
        type: 'refused',
        reason: expect.stringContaining('a loopback, link-local or reserved address'),
      });
    }
    expect(hosts).toHaveLength(2);
  });

  it('ends above its size limit and after its timeout', async () => {
    const port = await serve(({ url }, response) => {
      if (url === '/flood') {
        const more = (): void => void response.write('a'.repeat(65_536), () => more());
        more();
      } else if (url === '/half') response.write('a');
    });
    const named = [`127.0.0.1:${port}`];
    const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
    expect(await ask(at('/flood'), { named })).toEqual({ type: 'excess' });
    expect(await ask(at('/none'), { named, timeout: 50 })).toEqual({ type: 'timeout' });
    expect(await ask(at('/half'), { named, timeout: 50 })).toEqual({ type: 'timeout' });
    const signal = AbortSignal.abort(new Error('taken back'));
    await expect(ask(at('/none'), { named, signal })).rejects.toThrow('taken back');
  });
});

describe('connection', () => {
  it('is reused, but not for requests that must not be sent twice', async () => {
    const sockets: Socket[] = [];
    const port = await serve(({ socket }, response) => {
      sockets.push(socket);
      response.end('done');
    });
    const client = await open({ named: [`127.0.0.1:${port}`] });
    const url = `http://127.0.0.1:${port}/`;
    for (const method of ['GET', 'GET', 'POST', 'GET'] as const) {
      await client.send(get(url, { method }));
    }
    const [first, second, third, fourth] = sockets;
    expect([second === first, third === first, fourth === first]).toEqual([true, false, true]);
  });

  it('of one client is not reused by another', async () => {
    const sockets = new Set<Socket>();
    const port = await serve(({ socket }, response) => {
      sockets.add(socket);
      response.end();
    });
    const named = [`127.0.0.1:${port}`];
    await ask(`http://127.0.0.1:${port}/`, { named });
    await ask(`http://127.0.0.1:${port}/`, { named });
    expect(sockets.size).toBe(2);
  });

  it('is opened again if it was closed', async () => {
    let connections = 0;
    const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    const port = await serveLines(socket => {
      connections++;
      let requestCount = 0;
      // The second request on a connection finds it closed.
      socket.on('data', () =>
        requestCount++ === 0 ? socket.write(answer) : socket.resetAndDestroy(),
      );
    });
    const client = await open({ named: [`127.0.0.1:${port}`] });
    const url = `http://127.0.0.1:${port}/`;
    const answers: string[] = [];
    for (let i = 0; i < 3; i++) answers.push(textOf(await client.send(get(url))));
    expect([answers, connections]).toEqual([['ok', 'ok', 'ok'], 3]);
  });

  it('reports the cause of a failure if it is known', async () => {
    const port = await serveLines(socket => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
        setImmediate(() => socket.resetAndDestroy());
      });
    });
    const named = [`127.0.0.1:${port}`, 'localhost:1'];
    expect(await ask(`http://127.0.0.1:${port}/`, { named })).toMatchObject({
      type: 'unreachable',
      cause: 'interrupted',
    });
    expect(await ask('http://localhost:1/', { named })).toMatchObject({ cause: 'no-server' });
    expect(await ask('https://nowhere.invalid/', { named })).toMatchObject({
      type: 'unreachable',
      cause: expect.stringMatching(/unknown-host|no-lookup/),
    });
  });
});

describe.each([
  '/tls-proxy/certificate',
  '/SSL%20certificate%20problem?error=ERR_TLS_CERT_ALTNAME_INVALID',
  '/ECONNREFUSED/ENOTFOUND/timeout#certificate',
])('failure for %s', path => {
  async function causeAt(scheme: 'http' | 'https', port: number): Promise<unknown> {
    const named = [`127.0.0.1:${port}`];
    const result = await ask(`${scheme}://127.0.0.1:${port}${path}`, { named });
    return result.type === 'unreachable' ? result.cause : result.type;
  }

  it.each(['http', 'https'] as const)('has the cause of the connection error: %s', async scheme => {
    const closing = await serveLines(socket => socket.once('data', () => socket.end()));
    expect(await causeAt(scheme, closing)).toBe('interrupted');
    const resetting = await serveLines(socket =>
      socket.once('data', () => socket.resetAndDestroy()),
    );
    expect(await causeAt(scheme, resetting)).toBe('interrupted');
    expect(await causeAt(scheme, 1)).toBe('no-server');
  });

  it('distinguishes TLS errors', async () => {
    expect(await causeAt('https', await serve((_, response) => response.end()))).toBe('no-tls');
    const unknown = await serveSecurely((_, response) => response.end());
    expect(await causeAt('https', unknown)).toBe('certificate');
    const old = await serveLines(socket => {
      // The alert "protocol version".
      socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 70])));
    });
    expect(await causeAt('https', old)).toBe('no-tls');
  });
});

describe('compressed response', () => {
  const packed = { 'accept-encoding': 'gzip' };

  async function askFor(
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    request: Partial<HttpRequest> = {},
  ): Promise<HttpResult> {
    const port = await serve((_, response) => response.writeHead(200, headers).end(body));
    const named = [`127.0.0.1:${port}`];
    return ask(`http://127.0.0.1:${port}/`, { named, headers: packed, ...request });
  }

  it('is decompressed if that is requested', async () => {
    const body = gzipSync('a'.repeat(900));
    const answer = await askFor(body, { 'content-encoding': 'gzip', etag: '"1"' });
    expect(answer).toMatchObject({ status: 200, received: body.length });
    expect(textOf(answer)).toBe('a'.repeat(900));
    expect(answer.type === 'answered' && answer.headers.get('content-encoding')).toBe(undefined);
    expect(answer.type === 'answered' && answer.headers.get('etag')).toBe('"1"');
  });

  it('stays compressed if that is not requested, or is empty', async () => {
    const body = gzipSync('a');
    const answer = await askFor(body, { 'content-encoding': 'gzip' }, { headers: {} });
    expect(answer.type === 'answered' && Buffer.from(answer.body)).toEqual(body);
    const head = { method: 'HEAD' } as const;
    expect(await askFor(body, { 'content-encoding': 'gzip' }, head)).toMatchObject({ status: 200 });
  });

  it('is aborted above the size limit', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const options = { maxSize: 20_000 };
    expect(await askFor(bomb, { 'content-encoding': 'gzip' }, options)).toEqual({ type: 'excess' });
  });

  it.each([
    ['cut off', gzipSync('a'.repeat(900)).subarray(0, 15), 'gzip', { cause: 'interrupted' }],
    [
      'nothing of the kind',
      Buffer.from('<html>'),
      'gzip',
      { reason: 'the compressed data is invalid' },
    ],
    [
      'otherwise',
      Buffer.from('x'),
      'br',
      { reason: expect.stringContaining('unsupported encoding br') },
    ],
    [
      'twice',
      Buffer.from('x'),
      'gzip, gzip',
      { reason: expect.stringContaining('unsupported encoding') },
    ],
  ])('is an error if it is %s', async (_, body, encoding, expected) => {
    const answer = await askFor(body, { 'content-encoding': encoding });
    expect(answer).toMatchObject({ type: 'unreachable', ...expected });
  });
});

describe('TLS', () => {
  it('requires a trusted certificate', async () => {
    const port = await serveSecurely((_, response) => response.end('secret'));
    const url = `https://localhost:${port}/`;
    const named = [`localhost:${port}`, `127.0.0.1:${port}`];
    expect(await ask(url, { named })).toMatchObject({ type: 'unreachable', cause: 'certificate' });
    expect(textOf(await ask(url, { named, authorities: [TEST_AUTHORITY] }))).toBe('secret');
  });

  it('rejects the certificate of another host', async () => {
    const port = await serveSecurely((_, response) => response.end('secret'));
    const { port: through } = await serveProxy(port);
    const proxy = `http://127.0.0.1:${through}`;
    const options = { named: ['other.test'], proxy, authorities: [TEST_AUTHORITY] };
    expect(await ask('https://other.test/', options)).toMatchObject({
      type: 'unreachable',
      cause: 'certificate',
    });
  });
});

describe('proxy', () => {
  const named = ['a.callboard.test'];
  const authorities = [TEST_AUTHORITY];

  it('resolves hosts, over one connection', async () => {
    const hosts: unknown[] = [];
    const port = await serveSecurely(({ url, headers }, response) => {
      hosts.push([url, headers.host, headers['proxy-authorization']]);
      response.end('done');
    });
    const { port: through, requests: asked } = await serveProxy(port);
    const client = await open({
      named,
      authorities,
      proxy: `http://me:p%20w@127.0.0.1:${through}`,
    });
    for (const path of ['a', 'b']) {
      expect(textOf(await client.send(get(`https://a.callboard.test/${path}`)))).toBe('done');
    }
    expect(hosts).toEqual([
      ['/a', 'a.callboard.test', undefined],
      ['/b', 'a.callboard.test', undefined],
    ]);
    const authorization = `Basic ${Buffer.from('me:p w').toString('base64')}`;
    expect(asked).toEqual([['a.callboard.test:443', authorization]]);
  });

  it('is used only for allowed hosts, and not for addresses of this machine', async () => {
    const { port, requests: asked } = await serveProxy(1);
    const proxy = `http://127.0.0.1:${port}`;
    for (const host of ['b.callboard.test', '127.0.0.1', '169.254.169.254', '[::ffff:7f00:1]']) {
      const result = await ask(`https://${host}/`, { named, proxy });
      expect(result, host).toMatchObject({ type: 'refused' });
    }
    expect(asked).toEqual([]);
  });

  it('is not used for this machine', async () => {
    const port = await serveSecurely((_, response) => response.end('near'));
    const { port: through, requests: asked } = await serveProxy(1);
    const proxy = `http://127.0.0.1:${through}`;
    const url = `https://localhost:${port}/`;
    expect(textOf(await ask(url, { named: [`localhost:${port}`], proxy, authorities }))).toBe(
      'near',
    );
    expect(asked).toEqual([]);
  });

  it.each([
    ['HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n', 'requires a user name and a password'],
    [
      'HTTP/1.1 302 Found\r\nlocation: http://evil.test/\r\n\r\n',
      'rejected the connection .* with status 302',
    ],
    ['HTTP/1.1 500 No\r\n\r\n<html>', 'rejected the connection .* with status 500'],
    ['', "can't be reached: the connection was interrupted"],
  ])('reports its own errors as such: %j', async (refusal, reason) => {
    const { port } = await serveProxy(1, { refusal });
    const proxy = `http://me:secret@127.0.0.1:${port}`;
    const result = await ask('https://a.callboard.test/', { named, proxy });
    expect(result).toEqual({
      type: 'unreachable',
      cause: 'proxy',
      reason: expect.stringMatching(new RegExp(`^the proxy 127.0.0.1:${port} .*${reason}`)),
    });
  });

  it('of VS Code is used only for allowed hosts', async () => {
    const hosts: unknown[] = [];
    const port = await serve(({ headers: { host } }, response) => {
      hosts.push(host);
      response.end('done');
    });
    const { request } = https;
    onTestFinished(() => {
      https.request = request;
      syncBuiltinESMExports();
    });
    // As in VS Code: all connections go to the proxy, which resolves names.
    class ProxyAgent extends https.Agent {
      override createConnection(): Duplex {
        return connect(port, '127.0.0.1');
      }
    }
    const patched = (url: string, requestOptions: https.RequestOptions): ClientRequest =>
      request(url, { ...requestOptions, agent: new ProxyAgent() });
    https.request = patched as typeof request;
    syncBuiltinESMExports();
    const options = { named: ['a.callboard.test'] };
    expect(textOf(await ask('https://a.callboard.test/', options))).toBe('done');
    expect(await ask('https://b.callboard.test/', options)).toEqual({
      type: 'refused',
      reason: expect.stringContaining('a proxy would resolve b.callboard.test'),
    });
    expect(hosts).toEqual(['a.callboard.test']);
  });

  it('request ends on timeout and on abort', async () => {
    const port = await serveLines(() => {});
    const proxy = `http://127.0.0.1:${port}`;
    const url = 'https://a.callboard.test/';
    expect(await ask(url, { named, proxy, timeout: 50 })).toEqual({ type: 'timeout' });
    const controller = new AbortController();
    const asking = ask(url, { named, proxy, signal: controller.signal });
    controller.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('addresses that are withheld', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.1',
    '0.0.0.0',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '100.100.100.200',
    '168.63.129.16',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '::ffff:0:127.0.0.1',
    '2002:7f00:1::',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fe80::1%eth0.1-x',
    // Other spellings of the same.
    '127.1',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '0x7f.1',
    '0x7f000001',
    '0xa9fea9fe',
    '0',
    '0:0:0:0:0:0:0:1',
    '0000:0000:0000:0000:0000:0000:0000:0001',
    '::1%lo',
    '::ffff:127.0.0.1%eth0',
    'FE80::1%25eth0',
    '::FFFF:7F00:1',
    '0:0:0:0:0:ffff:127.0.0.1',
    '::ffff:0.0.0.0',
    '::ffff:0177.0.0.1',
    '::ffff:0x7f.0.0.1',
    '::ffff:6464:64c8',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    // Not an address as resolvers and URLs spell it.
    '',
    '8.8',
    '127.0.0.1.',
    '127.0.0.1%eth0',
    '[::1]',
    '::1::',
    'localhost',
    '256.0.0.1',
    '1.2.3.4.5',
    '1.2.3.4/8',
  ])('%s', async address => {
    const { isWithheld } = await loadOutputs();
    expect(isWithheld(address)).toBe(true);
  });

  it.each([
    '140.82.121.4',
    '10.1.2.3',
    '192.168.1.1',
    '2606:50c0:8000::154',
    'fd12::1',
    '::ffff:8.8.8.8',
    '::ffff:10.1.2.3',
    '64:ff9b::808:808',
    '64:ff9b:1::808:808',
    '2002:808:808::1',
    '2606:50c0:8000::154%eth0',
    '198.18.0.1',
  ])('but not %s', async address => {
    const { isWithheld } = await loadOutputs();
    expect(isWithheld(address)).toBe(false);
  });
});
