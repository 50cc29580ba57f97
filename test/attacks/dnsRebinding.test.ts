import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { HttpResult } from '../../src/platform/core/ports';
import { GuardedHttpClient } from '../../src/platform/node/http/guardedHttpClient';
import { isWithheld } from '../../src/platform/node/http/withheldAddresses';
import { failureOf, fetchAll, MirrorPlace } from '../support/gitMirrors';

/*
 * DNS rebinding: a host that runs its own name server can return an allowed address first and a forbidden one next.
 * The resolver here is the test's; connections are real.
 */

const resolver = vi.hoisted(() => ({
  /** Answers to the questions, in order; the last one repeats. */
  answers: [] as (readonly string[])[],
  asked: [] as string[],
}));

vi.mock('node:dns', async original => ({
  ...(await original<object>()),
  lookup: (
    name: string,
    _options: unknown,
    done: (error: null, addresses: readonly { address: string; family: number }[]) => void,
  ) => {
    resolver.asked.push(name);
    const addresses =
      (resolver.answers.length > 1 ? resolver.answers.shift() : resolver.answers[0]) ?? [];
    setImmediate(() =>
      done(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );
  },
}));

vi.mock('node:dns/promises', async original => ({
  ...(await original<object>()),
  lookup: (name: string) => {
    resolver.asked.push(name);
    const addresses =
      (resolver.answers.length > 1 ? resolver.answers.shift() : resolver.answers[0]) ?? [];
    return Promise.resolve(
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  },
}));

/** A public address of this machine, to which connections are allowed. */
const reachable = Object.values(networkInterfaces())
  .flatMap(addresses => addresses ?? [])
  .find(({ family, address }) => family === 'IPv4' && !isWithheld(address))?.address;

beforeEach(() => {
  resolver.answers = [];
  resolver.asked = [];
});

/** A server on all addresses of this machine, which records the address of each request. */
async function serve(): Promise<{ readonly port: number; readonly askedAt: string[] }> {
  const askedAt: string[] = [];
  const server = createServer((request, response) => {
    askedAt.push(request.socket.localAddress?.replace('::ffff:', '') ?? '');
    response.end('fine');
  });
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, askedAt };
}

const ask = (
  client: GuardedHttpClient,
  port: number,
  method: 'GET' | 'POST' = 'GET',
): Promise<HttpResult> =>
  client.send({
    method,
    url: `http://rebinding.example:${port}/`,
    headers: {},
    timeout: 10_000,
    maxSize: 1000,
  });

const FORBIDDEN = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '169.254.169.254',
  '100.100.100.200',
  '224.0.0.1',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '::ffff:0:7f00:1',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  'fd20:ce::254',
  'ff02::1',
  '0:0:0:0:0:ffff:7f00:0001',
];

describe('host name', () => {
  it.each(FORBIDDEN)('that resolves to %s gets no request', async address => {
    const { port, askedAt } = await serve();
    resolver.answers = [[address]];
    expect(await ask(new GuardedHttpClient({ isNamed: () => false }), port)).toMatchObject({
      type: 'refused',
    });
    expect(askedAt).toEqual([]);
  });

  it.each(FORBIDDEN)('on the allowlist gets no request at %s either', async address => {
    const { port, askedAt } = await serve();
    resolver.answers = [[address]];
    expect(await ask(new GuardedHttpClient({ isNamed: () => true }), port)).toMatchObject({
      type: 'refused',
    });
    expect(askedAt).toEqual([]);
  });

  it.each([
    ['first', ['127.0.0.1', '203.0.113.7']],
    ['last', ['203.0.113.7', '203.0.113.8', '::ffff:127.0.0.1']],
  ])('with a forbidden address %s gets no request at all', async (_, addresses) => {
    const { port, askedAt } = await serve();
    resolver.answers = [addresses];
    expect(await ask(new GuardedHttpClient({ isNamed: () => false }), port)).toMatchObject({
      type: 'refused',
    });
    expect(askedAt).toEqual([]);
  });

  it.skipIf(!reachable).each(['GET', 'POST'] as const)(
    'that is rebound gets requests only at the checked address: %s',
    async method => {
      const { port, askedAt } = await serve();
      resolver.answers = [[reachable ?? ''], ['127.0.0.1']];
      const client = new GuardedHttpClient({ isNamed: () => false });
      expect(await ask(client, port, method)).toMatchObject({ type: 'answered', status: 200 });
      // The checked address is the one used: there is no second lookup in between.
      expect(resolver.asked).toEqual(['rebinding.example']);
      expect(askedAt).toEqual([reachable]);
    },
  );

  it.skipIf(!reachable)('that is rebound is refused on the next connection', async () => {
    const { port, askedAt } = await serve();
    resolver.answers = [[reachable ?? ''], ['127.0.0.1']];
    const client = new GuardedHttpClient({ isNamed: () => false });
    await ask(client, port, 'POST');
    expect(await ask(client, port, 'POST')).toMatchObject({ type: 'refused' });
    expect(await ask(new GuardedHttpClient({ isNamed: () => false }), port)).toMatchObject({
      type: 'refused',
    });
    expect(askedAt).toEqual([reachable]);
  });

  it.skipIf(!reachable)('that is rebound keeps its checked connection', async () => {
    const { port, askedAt } = await serve();
    resolver.answers = [[reachable ?? ''], ['127.0.0.1']];
    const client = new GuardedHttpClient({ isNamed: () => false });
    await ask(client, port);
    expect(await ask(client, port)).toMatchObject({ type: 'answered' });
    expect(askedAt).toEqual([reachable, reachable]);
  });
});

describe('host name for git', () => {
  const place = new MirrorPlace();
  afterAll(() => place.dispose());

  /** Fetches a repository; `localhost` is a name that git itself would find at 127.0.0.1. */
  const failureOfGit = async (url: string, isNamed = false): Promise<unknown> =>
    failureOf(
      Promise.resolve().then(() => fetchAll(place.open({ url }, { isNamed: () => isNamed }))),
    );

  it.each(FORBIDDEN)('gets no request at %s, whether on the allowlist or not', async address => {
    const { port, askedAt } = await serve();
    resolver.answers = [[address]];
    const hosts = [`rebinding.example:${port}`, 'rebinding.example'];
    for (const url of hosts.flatMap(host => [`https://${host}/a.git`, `ssh://git@${host}/a.git`]))
      expect(await failureOfGit(url)).toMatchObject({ reason: 'refused' });
    for (const protocol of ['http', 'https', 'ssh', 'git'])
      expect(
        await failureOfGit(`${protocol}://rebinding.example:${port}/a.git`, true),
      ).toMatchObject({ reason: 'refused' });
    expect(askedAt).toEqual([]);
  });

  it('gets no request if one of its addresses is forbidden', async () => {
    const { port, askedAt } = await serve();
    for (const addresses of [
      ['127.0.0.1', '203.0.113.7'],
      ['203.0.113.7', '::ffff:127.0.0.1'],
    ]) {
      resolver.answers = [addresses];
      expect(await failureOfGit(`https://rebinding.example:${port}/a.git`)).toMatchObject({
        reason: 'refused',
      });
    }
    expect(askedAt).toEqual([]);
  });

  it.skipIf(!reachable)('gets requests at the checked address after rebinding', async () => {
    const { port, askedAt } = await serve();
    resolver.answers = [[reachable ?? ''], ['127.0.0.1']];
    // The server isn't a git server: a request is enough.
    expect(await failureOfGit(`http://rebinding.example:${port}/a.git`, true)).toMatchObject({
      reason: expect.stringMatching(/^(?:failed|refused)$/) as string,
    });
    expect(new Set(askedAt)).toEqual(new Set([reachable]));
    // The next connection is checked again.
    expect(await failureOfGit(`http://rebinding.example:${port}/a.git`, true)).toMatchObject({
      reason: 'refused',
    });
    expect(new Set(askedAt)).toEqual(new Set([reachable]));
  });

  it.each(['127.1', '0x7f000001', '2130706433', '017700000001', '0'])(
    'gets no request if it is an address spelled %s',
    async host => {
      const { port, askedAt } = await serve();
      // The system's resolver reads it this way.
      resolver.answers = [[host === '0' ? '0.0.0.0' : '127.0.0.1']];
      expect(await failureOfGit(`https://${host}:${port}/a.git`)).not.toBeUndefined();
      expect(await failureOfGit(`http://${host}:${port}/a.git`, false)).not.toBeUndefined();
      expect(askedAt).toEqual([]);
    },
  );

  it('gets no request if it does not resolve', async () => {
    const { port, askedAt } = await serve();
    resolver.answers = [[]];
    expect(await failureOfGit(`http://localhost.:${port}/a.git`, true)).not.toBeUndefined();
    expect(askedAt).toEqual([]);
  });
});

describe('IP address', () => {
  it.each([
    '127.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '169.254.169.254',
    '[fe80::1]',
    '127。0。0。1',
  ])('spelled %s gets no request and no lookup', async host => {
    const { port, askedAt } = await serve();
    const result = await new GuardedHttpClient({ isNamed: () => false }).send({
      method: 'GET',
      url: `http://${host}:${port}/`,
      headers: {},
      timeout: 10_000,
      maxSize: 1000,
    });
    expect(result).toMatchObject({ type: 'refused' });
    expect([resolver.asked, askedAt]).toEqual([[], []]);
  });
});
