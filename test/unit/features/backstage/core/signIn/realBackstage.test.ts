import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StoredSession } from '../../../../../../src/features/backstage/core';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import { type SourceError } from '../../../../../../src/features/sources/core';
import { NodeClock } from '../../../../../../src/platform/node';
import { type BackstageServer, startBackstage } from '../../../../../support/backstageServer';
import {
  credentialsOf,
  never,
  sessionsOf,
  SharedSecrets,
  signInTo,
} from '../../../../../support/signIns';
import { HastyClock, openSourceHttp } from '../../../../../support/sourceHttp';

const TOKEN = 'a-static-token-of-tests';
const PORT = 43117;
const USER = 'user:development/guest';

const catalog = {
  'all.yaml': `
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: guest, namespace: development }
spec: { memberOf: [] }
`,
};

let server: BackstageServer;

beforeAll(async () => {
  server = await startBackstage({
    name: 'sign-in',
    files: catalog,
    token: TOKEN,
    isDevelopment: true,
    config: {
      auth: {
        providers: { guest: {} },
        clientIdMetadataDocuments: { enabled: true },
        staticClients: [
          {
            clientId: 'callboard',
            clientName: 'Callboard',
            redirectUris: [`http://127.0.0.1:${PORT}/callback`],
          },
        ],
        experimentalRefreshToken: { enabled: true },
      },
    },
  });
  await untilServed();
}, 300_000);

afterAll(() => server?.kill());

describe('Sign-in to a real Backstage', () => {
  it("uses the server's own client by default", async () => {
    const session = await signInTo({ url: server.url }, approve);
    expect(session).toMatchObject({
      issuer: `${server.url}/api/auth`,
      clientId: `${server.url}/api/auth/.well-known/oauth-client/cli.json`,
      account: USER,
    });
    expect(await entitiesWith(session)).toBe(1);
  });

  it('uses the configured client of the settings', async () => {
    const session = await signInTo(
      { url: server.url, clientId: 'callboard', callbackPort: PORT },
      approve,
    );
    expect(session).toMatchObject({ clientId: 'callboard', account: USER });
    expect(await entitiesWith(session)).toBe(1);
  });

  it('reports a denial in the browser', async () => {
    await expect(signInTo({ url: server.url }, reject)).rejects.toMatchObject({
      name: 'SourceError',
      message: `The sign-in to ${new URL(server.url).host} was denied in the browser.`,
    } satisfies Partial<SourceError>);
  });

  it('rejects a used code', async () => {
    let callback = '';
    await signInTo({ url: server.url }, async address => (callback = await approve(address)));
    await expect(
      signInTo({ url: server.url }, async address => {
        const own = new URL(callback);
        own.searchParams.set('state', new URL(address).searchParams.get('state') ?? '');
        return own.href;
      }),
    ).rejects.toThrow(/does not let you sign in: /);
  });

  it('is renewed until the user signs out', async () => {
    const clock = new AdvancedClock();
    const shared = new SharedSecrets();
    const windows = [1, 2].map(() => sessionsOf({ url: server.url, shared, clock }));
    const session = await signInTo({ url: server.url, clock }, approve);
    await windows[0]!.keep(server.url, session);
    clock.ahead = 3_590_000;
    const tokens = await Promise.all(
      [0, 0, 1].map(index => windows[index]!.find(server.url, never)),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(session.accessToken);
    expect(await requestsOf(windows[1]!)).toBe(1);

    expect(await windows[0]!.signOut(server.url)).toBe('revoked');
    expect(await windows[1]!.find(server.url, never)).toBeUndefined();
    // A token that another window still has isn't valid anymore.
    await windows[1]!.keep(server.url, session);
    await expect(windows[1]!.find(server.url, never)).rejects.toMatchObject({
      failure: 'unauthorized',
      canSignIn: true,
    });
  });

  it('is offered when access is denied otherwise', async () => {
    const windowOf = sessionsOf({ url: server.url, shared: new SharedSecrets() });
    expect(await windowOf.offers(server.url, never)).toBe(true);
  });
});

/** A window waits for another window's answer from a real server: that takes real time. */
class AdvancedClock extends NodeClock {
  /** Milliseconds. */
  ahead = 0;

  override now(): number {
    return super.now() + this.ahead;
  }
}

async function entitiesWith(session: StoredSession): Promise<number> {
  const shared = new SharedSecrets();
  const signedIn = sessionsOf({ url: server.url, shared });
  await signedIn.keep(server.url, session);
  return requestsOf(signedIn);
}

/** The number of users in the catalog for a signed-in user. */
async function requestsOf(signedIn: ReturnType<typeof sessionsOf>): Promise<number> {
  const credentials = credentialsOf(server.url, signedIn);
  const http = openSourceHttp({ allowed: [new URL(server.url).host], signedIn: credentials });
  const session = new BackstageSession({
    url: server.url,
    http,
    credentials,
    clock: new HastyClock(),
  });
  const { value } = await session.ask({
    path: '/api/catalog/entities',
    query: [['filter', 'kind=user']],
    signal: never,
    traffic: { requests: 0, bytes: 0 },
  });
  return (value as unknown[]).length;
}

/** Answers the consent page as the guest. */
async function decide(address: string, decision: 'approve' | 'reject'): Promise<string> {
  const sent = await fetch(address, { redirect: 'manual' });
  const page = sent.headers.get('location') ?? '';
  const [, id = ''] = /\/oauth2\/authorize\/(.+)$/.exec(page) ?? [];
  if (id === '') throw new Error(`There is no page to consent on: ${sent.status} ${page}`);
  const guest = await fetch(`${server.url}/api/auth/guest/refresh`, { method: 'POST' });
  const { backstageIdentity } = (await guest.json()) as { backstageIdentity: { token: string } };
  const decided = await fetch(`${server.url}/api/auth/v1/sessions/${id}/${decision}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
  });
  const { redirectUrl } = (await decided.json()) as { redirectUrl: string };
  return redirectUrl;
}

const approve = (address: string): Promise<string> => decide(address, 'approve');
const reject = (address: string): Promise<string> => decide(address, 'reject');

/** The user of a renewed session must be in the catalog. */
async function untilServed(): Promise<void> {
  for (;;) {
    const answer = await fetch(
      `${server.url}/api/catalog/entities/by-name/user/development/guest`,
      {
        headers: { authorization: `Bearer ${TOKEN}` },
      },
    );
    if (answer.ok) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
