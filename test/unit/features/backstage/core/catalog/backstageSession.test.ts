import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import { RecordedSourceHttp } from '../../../../../support/recordedSourceHttp';
import { json, StandInBackstage } from '../../../../../support/standInBackstage';
import { TestClock } from '../../../../../support/testClock';

let server: StandInBackstage;
let now: number;
/** Tokens given to the guest. */
let guests: string[];
/** Whether a token is accepted. */
let letsIn: (token: string) => boolean;

beforeEach(async () => {
  server = await new StandInBackstage().listen();
  [now, guests, letsIn] = [0, [], token => guests.includes(token)];
  server.fault = ({ url, authorization }, response) => {
    if (url.pathname === '/api/auth/guest/refresh') {
      guests.push(`guest${guests.length}`);
      const [token] = guests.slice(-1);
      json(response, { backstageIdentity: { token, expiresInSeconds: 3600 } });
      return true;
    }
    if (letsIn(authorization?.replace('Bearer ', '') ?? '')) return false;
    json(
      response,
      { error: { name: 'AuthenticationError', message: 'secret-token' } },
      { status: 401 },
    );
    return true;
  };
});

afterEach(() => server.close());

describe('Guest token', () => {
  it('is requested when the server requires a token', async () => {
    const session = open();
    await ask(session);
    await ask(session);
    expect(guests).toEqual(['guest0']);
  });

  it("isn't requested when the server requires none", async () => {
    letsIn = () => true;
    await ask(open());
    expect(guests).toEqual([]);
  });

  it('is renewed before it ends', async () => {
    const session = open();
    await ask(session);
    now += 3600_000 - 59_000;
    await ask(session);
    expect(guests).toEqual(['guest0', 'guest1']);
  });

  it('is renewed when the server rejects it', async () => {
    const session = open();
    await ask(session);
    letsIn = token => token === 'guest1';
    await ask(session);
    expect(guests).toEqual(['guest0', 'guest1']);
  });

  it("isn't requested again for a minute after a failure", async () => {
    let requestCount = 0;
    letsIn = () => false;
    const refuse = server.fault;
    server.fault = (request, response) => {
      if (request.url.pathname !== '/api/auth/guest/refresh') return refuse(request, response);
      requestCount++;
      json(response, { error: { name: 'NotFoundError' } }, { status: 404 });
      return true;
    };
    const session = open();
    for (const time of [0, 59_000, 60_000]) {
      now = time;
      await expect(ask(session)).rejects.toMatchObject({ failure: 'unauthorized' });
    }
    expect(requestCount).toBe(2);
    // After the clock is set back, the elapsed time is unknown.
    now = -3_600_000;
    await expect(ask(session)).rejects.toMatchObject({ failure: 'unauthorized' });
    expect(requestCount).toBe(3);
  });

  it('can be rejected by the catalog', async () => {
    letsIn = () => false;
    await expect(ask(open())).rejects.toMatchObject({
      failure: 'unauthorized',
      message: `${server.url} does not allow guests to read the catalog.`,
    });
    expect(guests).toEqual(['guest0']);
  });

  it.each([
    ['no guest', (): unknown => undefined, 404],
    ['a guest without a token', (): unknown => ({ backstageIdentity: {} }), 200],
    ['an invalid token', (): unknown => ({ backstageIdentity: { token: 'a\r\nb: c' } }), 200],
  ])('is unavailable when the server returns %s', async (_, answer, status) => {
    server.fault = ({ url }, response) => {
      const isGuest = url.pathname === '/api/auth/guest/refresh';
      json(response, isGuest ? answer() : {}, { status: isGuest ? status : 401 });
      return true;
    };
    await expect(ask(open())).rejects.toMatchObject({
      failure: 'unauthorized',
      message: `${server.url} requires a token.`,
    });
  });
});

describe('Configured token', () => {
  it('is the only one tried', async () => {
    await expect(ask(open('Bearer secret-token'))).rejects.toMatchObject({
      failure: 'unauthorized',
      message: `${server.url} rejected the token.`,
    });
    expect(guests).toEqual([]);
  });

  it('is looked up by origin', async () => {
    const origins: string[] = [];
    letsIn = () => true;
    const session = new BackstageSession({
      url: `${server.url}/`,
      http: new RecordedSourceHttp(server.url),
      clock: clock(),
      credentials: {
        async authorization(origin) {
          origins.push(origin);
          return undefined;
        },
      },
    });
    await ask(session);
    expect(origins).toEqual([server.url]);
  });
});

function open(authorization?: string): BackstageSession {
  return new BackstageSession({
    url: server.url,
    http: new RecordedSourceHttp(server.url, { authorization }),
    clock: clock(),
    credentials: { authorization: async () => authorization },
  });
}

function clock(): TestClock {
  return Object.assign(new TestClock(), { now: () => now });
}

async function ask(session: BackstageSession): Promise<void> {
  await session.ask({
    path: '/api/catalog/entities/by-query',
    query: [['limit', '1']],
    signal: new AbortController().signal,
    traffic: { requests: 0, bytes: 0 },
  });
}
