import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpRequest } from '../../../../src/core/ports';
import { FetchHttpClient } from '../../../../src/vscode/web/fetchHttpClient';

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
  it('gives whatever is answered', async () => {
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

  it('takes no more than it is told to', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1001)));
    expect(await client.send(aRequest(url))).toEqual({ type: 'excess' });
  });

  it('sends what lets somebody in to where it was meant for alone', async () => {
    const heard: (string | undefined)[] = [];
    const other = await serve(({ headers }, response) => {
      heard.push(headers.authorization);
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
    expect(heard).toEqual([]);
  });

  it('takes nothing from where it was sent on to', async () => {
    const other = await serve((_request, response) => response.end('other'));
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: other }).end();
    });
    expect(await client.send(aRequest(url))).toMatchObject({ type: 'unreachable' });
  });

  it('gives up in time, and at once when it is told to', async () => {
    const url = await serve(() => {});
    expect(await client.send(aRequest(url, { timeout: 50 }))).toEqual({ type: 'timeout' });
    const abort = new AbortController();
    abort.abort();
    await expect(client.send(aRequest(url, { signal: abort.signal }))).rejects.toThrow(/abort/i);
  });
});
