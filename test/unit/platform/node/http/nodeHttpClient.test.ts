import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpRequest, HttpResult } from '../../../../../src/platform/core/ports';
import { loadOutputs } from '../../../../../src/platform/node';
import { freePort } from '../../../../support/gitServer';

/** Sends a request to a server with this listener. */
async function ask(
  listener: RequestListener,
  request: Partial<HttpRequest> & { readonly path?: string } = {},
): Promise<HttpResult> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return send({ url: `http://127.0.0.1:${port}${request.path ?? '/'}`, ...request });
}

async function send(request: Partial<HttpRequest> & { readonly url: string }): Promise<HttpResult> {
  const { NodeHttpClient } = await loadOutputs();
  return new NodeHttpClient().send({
    method: 'GET',
    headers: {},
    timeout: 10_000,
    maxSize: 1000,
    ...request,
  });
}

const textOf = (result: HttpResult): unknown =>
  result.type === 'answered'
    ? { status: result.status, text: new TextDecoder().decode(result.body) }
    : result;

describe('NodeHttpClient', () => {
  it('sends exactly the request', async () => {
    const requests: unknown[] = [];
    const result = await ask(
      (request, response) => {
        const { method, url, headers } = request;
        let body = '';
        request.on('data', chunk => (body += String(chunk)));
        request.on('end', () => {
          requests.push({ method, url, body, mine: headers['x-mine'], cookie: headers.cookie });
          response.writeHead(201, { 'set-cookie': 'a=b', 'X-Name': 'v' }).end('done');
        });
      },
      { method: 'PATCH', path: '/x?y', headers: { 'x-mine': 'z' }, body: 'ü' },
    );
    expect(requests).toEqual([
      { method: 'PATCH', url: '/x?y', body: 'ü', mine: 'z', cookie: undefined },
    ]);
    expect(textOf(result)).toEqual({ status: 201, text: 'done' });
    expect(result.type === 'answered' && result.headers.get('x-name')).toBe('v');
  });

  it('does not follow redirects', async () => {
    let requests = 0;
    const result = await ask((_, response) => {
      requests++;
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    expect(textOf(result)).toEqual({ status: 302, text: '' });
    expect(requests).toBe(1);
  });

  it('stops reading above the size limit', async () => {
    const flood = await ask((_, response) => {
      const more = (): void => void response.write('a'.repeat(65_536), () => more());
      more();
    });
    expect(flood).toEqual({ type: 'excess' });
    const packed = await ask((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(100_000)));
    });
    expect(packed).toEqual({ type: 'excess' });
  });

  it('stops waiting after the timeout, also within a response', async () => {
    expect(await ask(() => {}, { timeout: 50 })).toEqual({ type: 'timeout' });
    const half = await ask((_, response) => void response.write('a'), { timeout: 50 });
    expect(half).toEqual({ type: 'timeout' });
  });

  it('closes the connection when the request is aborted', async () => {
    const controller = new AbortController();
    const pending = ask(() => controller.abort(new Error('taken back')), {
      signal: controller.signal,
    });
    await expect(pending).rejects.toThrow('taken back');
  });

  it('reports an unreachable server', async () => {
    const result = await send({ url: `http://localhost:${await freePort()}/` });
    expect(result).toMatchObject({ type: 'unreachable', reason: 'the connection was refused' });
  });
});
