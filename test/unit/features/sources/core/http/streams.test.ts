import { describe, expect, it } from 'vitest';
import {
  RequestSlots,
  type SourceStreamRequest,
} from '../../../../../../src/features/sources/core';
import { serve } from '../../../../../support/loopbackServer';
import { openSourceHttp, type SourceHttpSetup } from '../../../../../support/sourceHttp';

async function read(
  url: string,
  { signal, ...setup }: Partial<SourceHttpSetup & SourceStreamRequest> = {},
): Promise<readonly unknown[]> {
  const http = openSourceHttp({ allowed: [new URL(url).host], ...setup });
  const traffic = { requests: 0, bytes: 0 };
  const received: unknown[] = [];
  try {
    const stream = await http.stream({
      url,
      traffic,
      silence: 10_000,
      maxSize: 1000,
      ...setup,
      signal: signal ?? new AbortController().signal,
    });
    for await (const chunk of stream.chunks) received.push(new TextDecoder().decode(chunk));
  } catch (error) {
    received.push(error);
  }
  return [...received, traffic];
}

describe('stream of a source', () => {
  it('is requested with the token and counted', async () => {
    const calls: unknown[] = [];
    const port = await serve(({ headers }, response) => {
      calls.push([headers.authorization, headers['accept-encoding']]);
      response.end('hello');
    });
    const origin = `http://127.0.0.1:${port}`;
    expect(await read(`${origin}/`, { credentials: { [origin]: 'Bearer secret-token' } })).toEqual([
      'hello',
      { requests: 1, bytes: 5 },
    ]);
    expect(calls).toEqual([['Bearer secret-token', 'identity']]);
  });

  it('is limited to allowed hosts and follows no redirects', async () => {
    const port = await serve((_, response) => {
      response.writeHead(302, { location: 'https://example.com/' }).end();
    });
    const url = `http://127.0.0.1:${port}/`;
    expect(await read(url, { allowed: ['example.com'] })).toEqual([
      expect.objectContaining({ failure: 'refused' }),
      { requests: 0, bytes: 0 },
    ]);
    expect(await read(url)).toEqual([
      expect.objectContaining({ failure: 'invalid', status: 302 }),
      { requests: 1, bytes: 0 },
    ]);
  });

  it('fails with advice and without the token', async () => {
    const port = await serve(({ url, headers }, response) => {
      if (url === '/401') return response.writeHead(401).end(headers.authorization);
      response.write('half', () => (url === '/cut' ? response.destroy() : undefined));
      return undefined;
    });
    const origin = `http://127.0.0.1:${port}`;
    const credentials = { [origin]: 'Bearer secret-token' };
    const [refused] = await read(`${origin}/401`, { credentials });
    expect(refused).toMatchObject({ failure: 'unauthorized', status: 401 });
    expect(String(refused)).not.toContain('secret-token');
    expect(await read(`${origin}/cut`, { credentials })).toMatchObject([
      'half',
      { failure: 'unreachable', message: expect.stringMatching(/^The connection to 127.* broke/) },
      {},
    ]);
    expect(await read(`${origin}/silent`, { silence: 50 })).toMatchObject([
      'half',
      { failure: 'unreachable', message: expect.stringContaining('did not send data') },
      {},
    ]);
    expect(await read(`${origin}/more`, { maxSize: 3 })).toMatchObject([
      { failure: 'invalid' },
      {},
    ]);
  });

  it('leaves its slot to other requests', async () => {
    const port = await serve(({ url }, response) => {
      if (url === '/') response.write('begun');
      else response.end('other');
    });
    const url = `http://127.0.0.1:${port}/`;
    const http = openSourceHttp({
      allowed: [new URL(url).host],
      slots: new RequestSlots({ total: 1, perHost: 1 }),
    });
    const { signal } = new AbortController();
    const traffic = { requests: 0, bytes: 0 };
    const stream = await http.stream({ url, signal, traffic, silence: 10_000, maxSize: 10 });
    for await (const _ of stream.chunks) {
      expect(await http.send({ url: `${url}other`, signal, traffic })).toMatchObject({
        status: 200,
      });
      break;
    }
  });
});
