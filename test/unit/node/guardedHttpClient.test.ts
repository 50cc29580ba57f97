import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpRequest, HttpResult } from '../../../src/core/ports';
import { loadOutputs } from '../../../src/node';

async function ask(
  url: string,
  { named = [], ...request }: Partial<HttpRequest> & { readonly named?: readonly string[] } = {},
): Promise<HttpResult> {
  const { GuardedHttpClient } = await loadOutputs();
  return new GuardedHttpClient({ isNamed: host => named.includes(host) }).send({
    ...{ method: 'GET', url, headers: {}, timeout: 10_000, maxSize: 1000 },
    ...request,
  });
}

/** @returns its port */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('what others have written', () => {
  it('reaches this machine only where somebody named it', async () => {
    const told: unknown[] = [];
    const port = await serve(({ url, headers }, response) => {
      told.push([url, headers['x-mine'], headers['accept-encoding']]);
      response.writeHead(302, { location: '/elsewhere', 'X-Name': 'v' }).end('done');
    });
    const named = [`127.0.0.1:${port}`, `localhost:${port}`];
    const answer = await ask(`http://127.0.0.1:${port}/a?b`, { named, headers: { 'x-mine': 'y' } });
    expect(answer).toMatchObject({ type: 'answered', status: 302 });
    expect(answer.type === 'answered' && answer.headers.get('x-name')).toBe('v');
    expect(answer.type === 'answered' && new TextDecoder().decode(answer.body)).toBe('done');
    expect(await ask(`http://localhost:${port}/`, { named })).toMatchObject({ status: 302 });
    expect(told).toEqual([
      ['/a?b', 'y', undefined],
      ['/', undefined, undefined],
    ]);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '127.1', '0x7f.1']) {
      expect(await ask(`http://${host}:${port}/`), host).toEqual({
        type: 'unreachable',
        reason: expect.stringContaining('which is this machine, or one that only it can reach'),
      });
    }
    expect(told).toHaveLength(2);
  });

  it('is not listened to for longer than it may talk, nor waited for without end', async () => {
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

describe('addresses that are withheld', () => {
  it.each([
    ...['127.0.0.1', '127.8.9.1', '0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255'],
    ...['100.100.100.200', '168.63.129.16', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['2002:7f00:1::', 'fd00:ec2::254'],
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
  ])('but not %s', async address => {
    const { isWithheld } = await loadOutputs();
    expect(isWithheld(address)).toBe(false);
  });
});
