import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Logger } from '../../../../../../src/base';
import {
  type StoredSession,
  type SignedInSessions,
  type SignedInSessionsDeps,
} from '../../../../../../src/features/backstage/core';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import type { Clock } from '../../../../../../src/platform/core/ports';
import {
  credentialsOf,
  LateSecrets,
  never,
  sessionsOf,
  SharedSecrets,
} from '../../../../../support/signIns';
import { HastyClock, openSourceHttp } from '../../../../../support/sourceHttp';
import {
  accessToken,
  send,
  StandInAuthorization,
} from '../../../../../support/standInAuthorization';

const TOKENS = 'POST /api/auth/v1/token';
const HOUR = 3_600_000;

let server: StandInAuthorization;
let shared: SharedSecrets;
let clock: HastyClock;
let opened: SignedInSessions[];

beforeEach(async () => {
  server = await new StandInAuthorization().listen();
  server.refreshTokens.add('first-refresh-token');
  [shared, clock, opened] = [new SharedSecrets(), new HastyClock(), []];
});

afterEach(() => {
  for (const window of opened) window.dispose();
  server.close();
});

function openWindow(deps: Partial<SignedInSessionsDeps> = {}): SignedInSessions {
  const window = sessionsOf({ url: server.url, shared, clock, ...deps });
  opened.push(window);
  return window;
}

function aSession(session: Partial<StoredSession> = {}): StoredSession {
  return {
    issuer: `${server.url}/api/auth`,
    tokenEndpoint: `${server.url}/api/auth/v1/token`,
    revocationEndpoint: `${server.url}/api/auth/v1/revoke`,
    clientId: 'callboard',
    clientSecret: undefined,
    accessToken: 'first-access-token',
    endsAt: HOUR,
    refreshToken: 'first-refresh-token',
    account: 'user:default/jane',
    ...session,
  };
}

const ENDED = {
  failure: 'unauthorized',
  canSignIn: true,
  advice: 'Sign in again.',
};

describe('Session', () => {
  it('is shared between windows and restarts', async () => {
    await openWindow().keep(server.url, aSession());
    const window = openWindow();
    expect(window.accountOf(server.url)).toBeUndefined();
    await window.load([server.url]);
    expect(window.accountOf(server.url)).toBe('user:default/jane');
    expect(await window.find(server.url, never)).toBe('first-access-token');
    expect(server.requests).toEqual([]);
  });

  it('belongs to its origin', async () => {
    const window = openWindow();
    await window.keep(server.url, aSession());
    expect(await window.find('https://backstage.acme.org', never)).toBeUndefined();
  });

  it.each([
    'nothing',
    '{}',
    '[]',
    JSON.stringify({ version: 2 }),
    JSON.stringify({ version: 1, issuer: 'x', tokenEndpoint: 'y', clientId: 'z' }),
  ])('is ignored when its stored value is invalid: %s', async text => {
    shared.values.set(`callboard.backstage.session:${server.url}`, text);
    expect(await openWindow().find(server.url, never)).toBeUndefined();
  });

  it('fires events in other windows, except for renewals', async () => {
    const events: string[] = [];
    const [one, other] = [openWindow(), openWindow()];
    other.onDidChange(origin => {
      events.push(`${new URL(origin).host === server.host} ${other.accountOf(origin)}`);
    });
    await one.keep(server.url, aSession());
    await settled();
    clock.time = HOUR;
    await one.find(server.url, never);
    await settled();
    await one.signOut(server.url);
    await settled();
    expect(events).toEqual(['true user:default/jane', 'true undefined']);
  });
});

describe('Session renewal', () => {
  it('happens once, a minute before the end', async () => {
    const window = openWindow();
    await window.keep(server.url, aSession());
    clock.time = HOUR - 61_000;
    expect(await window.find(server.url, never)).toBe('first-access-token');
    clock.time = HOUR - 60_000;
    const found = await Promise.all([1, 2, 3].map(() => window.find(server.url, never)));
    expect(found).toEqual([accessToken(1), accessToken(1), accessToken(1)]);
    expect(server.bodiesOf(TOKENS)).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'first-refresh-token',
        client_id: 'callboard',
      },
    ]);
    expect(await window.find(server.url, never)).toBe(accessToken(1));
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
  });

  it('happens in one window for all windows', async () => {
    const windows = [openWindow(), openWindow(), openWindow()];
    await windows[0]!.keep(server.url, aSession());
    clock.time = HOUR;
    const found = await Promise.all(windows.map(window => window.find(server.url, never)));
    expect(found).toEqual([accessToken(1), accessToken(1), accessToken(1)]);
  });

  it('waits until another window has stored its session', async () => {
    server.refreshTokens.clear();
    let checkCount = 0;
    const window = openWindow({
      clock: delaying(async () => {
        if (++checkCount === 3) await openWindow().keep(server.url, renewed);
      }),
    });
    const renewed = aSession({ accessToken: 'theirs', refreshToken: 'next', endsAt: 2 * HOUR });
    await window.keep(server.url, aSession({ endsAt: 0 }));
    expect(await window.find(server.url, never)).toBe('theirs');
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
  });

  it('succeeds although another window gave up in between', async () => {
    const [one, other] = [openWindow(), openWindow()];
    await one.keep(server.url, aSession());
    clock.time = HOUR;
    let answer = (): void => {};
    const isAsked = new Promise<void>(resolve => {
      server.fault = (_, response) => {
        server.fault = () => false;
        server.refreshTokens = new Set(['next']);
        answer = () =>
          send(response, 200, {
            access_token: 'renewed',
            token_type: 'Bearer',
            expires_in: 3600,
            refresh_token: 'next',
          });
        resolve();
        return true;
      };
    });
    const found = one.find(server.url, never);
    await isAsked;
    await expect(other.find(server.url, never)).rejects.toMatchObject(ENDED);
    answer();
    expect([await found, await other.find(server.url, never)]).toEqual(['renewed', 'renewed']);
    expect(await kept()).toMatchObject({ refreshToken: 'next', account: 'user:default/jane' });
  });

  it('succeeds although a window with an outdated state gave up', async () => {
    const one = openWindow();
    await one.keep(server.url, aSession());
    const secrets = new LateSecrets(shared);
    const late = openWindow({ secrets });
    await late.load([server.url]);
    clock.time = HOUR;
    expect(await one.find(server.url, never)).toBe(accessToken(1));
    await expect(late.find(server.url, never)).rejects.toMatchObject(ENDED);
    await settled();
    expect(await one.find(server.url, never)).toBe(accessToken(1));
    secrets.catchUp();
    await settled();
    expect(late.accountOf(server.url)).toBe('user:default/jane');
    expect(await late.find(server.url, never)).toBe(accessToken(1));
    expect(await kept()).toMatchObject({ refreshToken: 'refresh-token-1' });
    expect(server.bodiesOf(TOKENS)).toHaveLength(2);
  });

  it('ends the session when rejected without a newer state', async () => {
    const one = openWindow();
    await one.keep(server.url, aSession());
    const secrets = new LateSecrets(shared);
    const late = openWindow({ secrets });
    await late.load([server.url]);
    clock.time = HOUR;
    await one.find(server.url, never);
    server.refreshTokens.clear();
    clock.time = 2 * HOUR;
    await expect(one.find(server.url, never)).rejects.toMatchObject(ENDED);
    secrets.catchUp();
    await settled();
    for (const window of [late, one, late]) {
      await expect(window.find(server.url, never)).rejects.toMatchObject(ENDED);
      await settled();
    }
    secrets.catchUp();
    const asked = server.bodiesOf(TOKENS).length;
    await expect(late.find(server.url, never)).rejects.toMatchObject(ENDED);
    await expect(one.find(server.url, never)).rejects.toMatchObject(ENDED);
    expect(server.bodiesOf(TOKENS)).toHaveLength(asked);
  });

  it('ends the session in all windows when rejected, without further requests', async () => {
    server.refreshTokens.clear();
    const [one, other] = [openWindow(), openWindow()];
    await one.keep(server.url, aSession());
    clock.time = HOUR;
    for (const window of [one, one, other]) {
      await expect(window.find(server.url, never)).rejects.toMatchObject({
        ...ENDED,
        message: `Your session on ${server.host} has expired.`,
      });
    }
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
    expect(one.accountOf(server.url)).toBeUndefined();
    expect([...shared.values.values()].join()).not.toMatch(/first-/);
  });

  it('is impossible without a refresh token', async () => {
    const window = openWindow();
    await window.keep(server.url, aSession({ refreshToken: undefined }));
    clock.time = HOUR - 1;
    expect(await window.find(server.url, never)).toBe('first-access-token');
    clock.time = HOUR;
    await expect(window.find(server.url, never)).rejects.toMatchObject(ENDED);
    expect(server.requests).toEqual([]);
  });

  it('keeps a token until its end when the server is unavailable', async () => {
    outOfOrder();
    const window = openWindow();
    await window.keep(server.url, aSession());
    clock.time = HOUR - 1000;
    expect(await window.find(server.url, never)).toBe('first-access-token');
    clock.time = HOUR;
    await expect(window.find(server.url, never)).rejects.toMatchObject({ failure: 'unreachable' });
    server.fault = () => false;
    expect(await window.find(server.url, never)).toBe(accessToken(1));
  });

  it('continues for others when one request is aborted', async () => {
    const window = openWindow();
    await window.keep(server.url, aSession({ endsAt: 0 }));
    const controller = new AbortController();
    server.fault = () => {
      controller.abort();
      return false;
    };
    const [one, other] = await Promise.allSettled([
      window.find(server.url, controller.signal),
      window.find(server.url, never),
    ]);
    expect(one).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
    expect(other).toEqual({ status: 'fulfilled', value: accessToken(1) });
  });

  it('keeps values that the server omits', async () => {
    server.fault = ({ what }, response) => {
      if (what !== TOKENS) return false;
      send(response, 200, { access_token: 'opaque', token_type: 'Bearer', expires_in: 60 });
      return true;
    };
    const window = openWindow();
    await window.keep(server.url, aSession({ endsAt: 0 }));
    expect(await window.find(server.url, never)).toBe('opaque');
    expect(await kept()).toMatchObject({
      accessToken: 'opaque',
      refreshToken: 'first-refresh-token',
      account: 'user:default/jane',
    });
  });

  it("doesn't restore a session after signing out", async () => {
    const [one, other] = [openWindow(), openWindow()];
    await one.keep(server.url, aSession({ endsAt: 0, revocationEndpoint: undefined }));
    let leaving: Promise<unknown> = Promise.resolve();
    server.fault = () => {
      leaving = other.signOut(server.url);
      return false;
    };
    expect(await one.find(server.url, never)).toBeUndefined();
    await leaving;
    expect(shared.values.size).toBe(0);
  });

  it("isn't requested from a host that isn't allowed anymore", async () => {
    const window = openWindow({ http: () => openSourceHttp({ allowed: ['elsewhere.test'] }) });
    await window.keep(server.url, aSession({ endsAt: 0 }));
    await expect(window.find(server.url, never)).rejects.toMatchObject({ failure: 'refused' });
    expect(server.requests).toEqual([]);
  });
});

describe('Signed-in user', () => {
  it('is authorized in the catalog and renewed when rejected', async () => {
    const { ask, window } = await openBackstage();
    letIn(`Bearer ${accessToken(1)}`);
    expect(await ask()).toEqual({ name: 'x' });
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
    expect(await window.find(server.url, never)).toBe(accessToken(1));
  });

  it('is renewed once for several rejected requests', async () => {
    const { ask } = await openBackstage();
    letIn(`Bearer ${accessToken(1)}`);
    expect(await Promise.all([ask(), ask(), ask()])).toHaveLength(3);
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
  });

  it("isn't renewed repeatedly when the server rejects everyone", async () => {
    const { ask } = await openBackstage();
    letIn('nobody');
    await expect(ask()).rejects.toMatchObject({ failure: 'unauthorized', canSignIn: true });
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
  });

  it("isn't renewed after a missing permission", async () => {
    const { ask } = await openBackstage();
    letIn('nobody', 403);
    await expect(ask()).rejects.toMatchObject({ failure: 'unauthorized' });
    expect(server.bodiesOf(TOKENS)).toEqual([]);
  });

  it("isn't replaced by the guest after the session ends", async () => {
    const { ask, window } = await openBackstage();
    server.refreshTokens.clear();
    letIn('nobody');
    await expect(ask()).rejects.toMatchObject(ENDED);
    await expect(ask()).rejects.toMatchObject(ENDED);
    expect(server.bodiesOf('POST /api/auth/guest/refresh')).toEqual([]);
    expect(await window.signOut(server.url)).toBe('forgotten');
    await expect(ask()).rejects.toMatchObject({ advice: 'Sign in to it.' });
    expect(server.bodiesOf('POST /api/auth/guest/refresh')).toHaveLength(1);
  });

  it('is used only without a token for the host', async () => {
    const { ask } = await openBackstage(() => 'static');
    letIn('Bearer static');
    expect(await ask()).toEqual({ name: 'x' });
    letIn('nobody');
    await expect(ask()).rejects.toMatchObject({
      message: `${server.url} rejected the token.`,
      advice: 'It may have expired, or not be valid for the catalog. Sign in, or set another one.',
    });
    expect(server.bodiesOf(TOKENS)).toEqual([]);
  });
});

describe('Signing out', () => {
  it('deletes the session and revokes it on the server', async () => {
    const window = openWindow();
    await window.keep(server.url, aSession({ clientSecret: 'client-secret' }));
    expect(await window.signOut(server.url)).toBe('revoked');
    expect(server.bodiesOf('POST /api/auth/v1/revoke')).toEqual([
      {
        token: 'first-refresh-token',
        token_type_hint: 'refresh_token',
        client_id: 'callboard',
        client_secret: 'client-secret',
      },
    ]);
    expect(shared.values.size).toBe(0);
    expect(await window.signOut(server.url)).toBeUndefined();
  });

  it('deletes the session even if the server is unavailable', async () => {
    outOfOrder();
    const logged: string[] = [];
    const window = openWindow({ logger: loggerTo(logged) });
    await window.keep(server.url, aSession());
    expect(await window.signOut(server.url)).toBe('forgotten');
    expect(shared.values.size).toBe(0);
    expect(logged.join()).toContain('revoke the session');
    expect(logged.join()).not.toContain('first-');
  });
});

async function openBackstage(findToken?: () => string): Promise<{
  readonly ask: () => Promise<unknown>;
  readonly window: SignedInSessions;
}> {
  const window = openWindow();
  await window.keep(server.url, aSession());
  const credentials = credentialsOf(server.url, window, findToken);
  const http = openSourceHttp({ allowed: [server.host], signedIn: credentials });
  const session = new BackstageSession({ url: server.url, http, credentials, clock });
  const asking = { signal: never, traffic: { requests: 0, bytes: 0 } };
  return {
    window,
    ask: async () => (await session.ask({ path: '/api/catalog/x', ...asking })).value,
  };
}

/** Rejects all others in the catalog. */
function letIn(authorization: string, refusal = 401): void {
  server.fault = ({ what, authorization: said }, response) => {
    if (!what.startsWith('GET /api/catalog/')) return false;
    if (said === authorization) send(response, 200, { name: 'x' });
    else send(response, refusal, { error: { message: 'No' } });
    return true;
  };
}

function outOfOrder(): void {
  server.fault = (_, response) => {
    response.writeHead(503).end('first-refresh-token');
    return true;
  };
}

async function kept(): Promise<unknown> {
  return JSON.parse([...shared.values.values()][0] ?? '');
}

/** The secret storage is read after its events. */
async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise(resolve => setImmediate(resolve));
}

function delaying(onDelay: () => Promise<void>): Clock {
  return { now: () => clock.now(), delay: () => onDelay(), yield: () => clock.yield() };
}

function loggerTo(lines: string[]): Logger {
  const log = (message: string, ...more: unknown[]): void => {
    lines.push([message, ...more].map(String).join(' '));
  };
  return { trace: log, debug: log, info: log, warn: log, error: log };
}
