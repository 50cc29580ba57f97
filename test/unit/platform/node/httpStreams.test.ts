import { describe, expect, it } from 'vitest';
import type {
  HttpResult,
  HttpStream,
  HttpStreamRequest,
} from '../../../../src/platform/core/ports';
import { loadOutputs } from '../../../../src/platform/node';
import { serve } from '../../../support/loopbackServer';

async function open(
  port: number,
  request: Partial<HttpStreamRequest> = {},
): Promise<HttpResult | HttpStream> {
  const { GuardedHttpClient } = await loadOutputs();
  const host = `127.0.0.1:${port}`;
  const client = new GuardedHttpClient({ isNamed: name => name === host });
  return client.stream({
    method: 'GET',
    url: `http://${host}/`,
    headers: {},
    timeout: 10_000,
    silence: 10_000,
    maxSize: 1000,
    signal: new AbortController().signal,
    ...request,
  });
}

/**
 * Reads all chunks, and the error at the end, if any.
 *
 * @param onRead - called after each chunk
 */
async function readAll(
  result: HttpResult | HttpStream,
  onRead: () => void = () => {},
): Promise<readonly unknown[]> {
  if (result.type !== 'streaming') return [result];
  const read: unknown[] = [];
  try {
    for await (const chunk of result.chunks) {
      read.push(new TextDecoder().decode(chunk));
      onRead();
    }
  } catch (error) {
    read.push(error);
  }
  return read;
}

describe('streamed response', () => {
  it('is returned chunk by chunk', async () => {
    let goOn = (): void => {};
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('one');
      goOn = () => response.end('two');
    });
    const stream = await open(port);
    if (stream.type !== 'streaming') throw new Error(stream.type);
    const read: string[] = [];
    for await (const chunk of stream.chunks) {
      read.push(new TextDecoder().decode(chunk));
      // The response continues only after its first chunk was read.
      goOn();
    }
    expect([stream.status, stream.headers.get('content-type'), ...read]).toEqual([
      200,
      'text/event-stream',
      'one',
      'two',
    ]);
  });

  it('is a normal response if the status is an error', async () => {
    const port = await serve((_, response) => response.writeHead(404).end('nothing'));
    expect(await open(port)).toMatchObject({
      type: 'answered',
      status: 404,
      body: new TextEncoder().encode('nothing'),
    });
  });

  it('has limits of size, silence and time', async () => {
    let goOn = (): void => {};
    const port = await serve((_, response) => {
      goOn = () => {
        response.write('b'.repeat(600));
        goOn = () => {};
      };
      response.write('a'.repeat(600));
    });
    expect(await readAll(await open(port), () => goOn())).toEqual([
      'a'.repeat(600),
      expect.objectContaining({ name: 'HttpStreamFailure', reason: 'excess' }),
    ]);
    expect(
      await readAll(await open(port, { maxSize: 10_000, silence: 500 }), () => goOn()),
    ).toEqual([
      'a'.repeat(600),
      'b'.repeat(600),
      expect.objectContaining({ name: 'HttpStreamFailure', reason: 'silent' }),
    ]);
    const mute = await serve(() => {});
    expect(await open(mute, { timeout: 50 })).toEqual({ type: 'timeout' });
  });

  it('reports a broken connection', async () => {
    const port = await serve((_, response) => {
      response.write('half', () => response.destroy());
    });
    expect(await readAll(await open(port))).toEqual([
      'half',
      expect.objectContaining({ name: 'HttpStreamFailure', reason: 'broken' }),
    ]);
  });

  it('closes when it is aborted or no longer read', async () => {
    const closed: string[] = [];
    const port = await serve(({ url = '' }, response) => {
      response.write('one');
      response.on('close', () => closed.push(url));
    });
    const host = `http://127.0.0.1:${port}`;
    const abort = new AbortController();
    const aborted = await open(port, { url: `${host}/taken`, signal: abort.signal });
    expect(await readAll(aborted, () => abort.abort())).toEqual([
      'one',
      expect.objectContaining({ name: 'AbortError' }),
    ]);
    const left = await open(port, { url: `${host}/left` });
    if (left.type !== 'streaming') throw new Error(left.type);
    for await (const _ of left.chunks) break;
    await expect.poll(() => closed).toEqual(['/taken', '/left']);
  });

  it('is refused for hosts that are not allowed', async () => {
    const port = await serve((_, response) => response.end('secret'));
    expect(await open(port, { url: `http://127.0.0.1:${port + 1}/` })).toMatchObject({
      type: 'refused',
    });
    expect(await open(port, { url: `http://localhost:${port}/` })).toMatchObject({
      type: 'refused',
    });
  });
});
