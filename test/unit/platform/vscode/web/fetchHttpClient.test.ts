import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpRequest, HttpStreamRequest } from '../../../../../src/platform/core/ports';
import { FetchHttpClient } from '../../../../../src/platform/vscode/web/fetchHttpClient';

const client = new FetchHttpClient({
  fetch: (url, options) => fetch(url, options),
  reason: 'the browser could not',
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function aRequest(url: string, request: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, timeout: 10_000, maxSize: 1000, ...request };
}

describe('FetchHttpClient', () => {
  it('returns any response', async () => {
    const url = await serve((request, response) => {
      response.writeHead(404, { etag: '"a"', 'content-type': 'text/plain' });
      response.end(`${request.method} ${String(request.headers['x-own'])}`);
    });
    const result = await client.send(aRequest(url, { headers: { 'x-own': 'yes' } }));
    expect(result).toMatchObject({ type: 'answered', status: 404 });
    if (result.type !== 'answered') return;
    expect(result.headers.get('etag')).toBe('"a"');
    expect(new TextDecoder().decode(result.body)).toBe('GET yes');
  });

  it('rejects a response above the size limit', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1001)));
    expect(await client.send(aRequest(url))).toEqual({ type: 'excess' });
  });

  it('does not send credentials to the target of a redirect', async () => {
    const events: (string | undefined)[] = [];
    const other = await serve(({ headers }, response) => {
      events.push(headers.authorization);
      response.end('other');
    });
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: other }).end();
    });
    const headers = { authorization: 'Bearer secret' };
    expect(await client.send(aRequest(url, { headers }))).toEqual({
      type: 'unreachable',
      reason: 'the browser could not',
    });
    expect(events).toEqual([]);
  });

  it('reads nothing from the target of a redirect', async () => {
    const other = await serve((_request, response) => response.end('other'));
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: other }).end();
    });
    expect(await client.send(aRequest(url))).toMatchObject({ type: 'unreachable' });
  });

  it('sends no body to the target of a redirect', async () => {
    const events: string[] = [];
    const other = await serve((request, response) => {
      request.on('data', chunk => events.push(String(chunk)));
      request.on('end', () => response.end('other'));
    });
    const url = await serve((_request, response) => {
      response.writeHead(307, { location: other }).end();
    });
    const body = 'refresh_token=secret';
    expect(await client.send(aRequest(url, { method: 'POST', body }))).toMatchObject({
      type: 'unreachable',
    });
    expect(events).toEqual([]);
  });

  it('stops after the timeout and on abort', async () => {
    const url = await serve(() => {});
    expect(await client.send(aRequest(url, { timeout: 50 }))).toEqual({ type: 'timeout' });
    const abort = new AbortController();
    abort.abort();
    await expect(client.send(aRequest(url, { signal: abort.signal }))).rejects.toThrow(/abort/i);
  });
});

describe('stream of FetchHttpClient', () => {
  /** Continues the response of a test's server after the first chunk was read. */
  let goOn = (): void => {};
  const stream = async (url: string, limits: Partial<HttpStreamRequest> = {}) => {
    const { signal } = new AbortController();
    const result = await client.stream({
      method: 'GET',
      url,
      headers: {},
      timeout: 10_000,
      silence: 10_000,
      maxSize: 1000,
      signal,
      ...limits,
    });
    if (result.type !== 'streaming') return [result];
    const read: unknown[] = [];
    try {
      for await (const chunk of result.chunks) {
        read.push(new TextDecoder().decode(chunk));
        goOn();
      }
    } catch (error) {
      read.push(error);
    }
    return read;
  };

  it('arrives in chunks within its limits', async () => {
    const url = await serve(({ url: path }, response) => {
      if (path === '/no') return response.writeHead(401).end('no');
      // Data sent before the first chunk was read would arrive with it.
      goOn = () => {
        if (path === '/end') response.end('the end');
        if (path === '/more') response.write('b'.repeat(600));
        if (path === '/broken') response.destroy();
        goOn = () => {};
      };
      return response.write('a'.repeat(600));
    });
    const a = 'a'.repeat(600);
    expect(await stream(`${url}/end`)).toEqual([a, 'the end']);
    expect(await stream(`${url}/no`)).toMatchObject([{ type: 'answered', status: 401 }]);
    expect(await stream(`${url}/more`)).toMatchObject([a, { reason: 'excess' }]);
    expect(await stream(`${url}/broken`)).toMatchObject([a, { reason: 'broken' }]);
    expect(await stream(`${url}/silent`, { silence: 500 })).toMatchObject([
      a,
      { reason: 'silent' },
    ]);
  });
});
