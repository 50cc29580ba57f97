import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Uri } from 'vscode';
import { silentLogger } from '../../../../../src/base';
import { type StoredSession } from '../../../../../src/features/backstage/core';
import { readSources, SourceError } from '../../../../../src/features/sources/core';
import { SourceWorld } from '../../../../../src/features/sources/vscode/sourceWorld';
import { loadOutputs, NodeClock } from '../../../../../src/platform/node';
import { editor } from '../../../../support/editorOfSources';
import { never } from '../../../../support/signIns';
import { StandInAuthorization } from '../../../../support/standInAuthorization';

vi.mock('vscode', async () => (await import('../../../../support/editorOfSources')).editor.module);

const KEY = 'callboard.templates.token:';

/** Authorization headers of requests. */
let authorizations: (string | undefined)[];
let origin: string;

beforeEach(async () => {
  editor.reset();
  authorizations = [];
  const server = createServer(({ headers }: IncomingMessage, response) => {
    authorizations.push(headers.authorization);
    response.end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

function openWorld(sources: readonly object[]): SourceWorld {
  const world = new SourceWorld({
    clock: new NodeClock(),
    logger: silentLogger,
    secrets: editor.openSecrets(),
    storage: { scheme: 'file', authority: '', path: '/storage' } as Uri,
    configs: () => readSources(sources).configs,
    types: () => new Map(),
    addresses: () => new Map(),
    platform: {
      createBlobStore: () => undefined,
    },
    loadSourceTools: async () => ({
      openHttp: async isNamed => {
        const { GuardedHttpClient } = await loadOutputs();
        return new GuardedHttpClient({ isNamed });
      },
      openMirrors: async () => ({
        open: () => {
          throw new Error('There is no git here');
        },
        removeUnused: () => Promise.resolve(),
      }),
      openWildcards: undefined,
      listenForCallback: undefined,
    }),
  });
  onTestFinished(() => world.dispose());
  return world;
}

async function ask(world: SourceWorld, url = `${origin}/api`): Promise<void> {
  await world.http.send({ url, signal: never, traffic: { requests: 0, bytes: 0 } });
}

const aBackstage = (more: object = {}) => ({ type: 'backstage', url: origin, ...more });

function aSession(): StoredSession {
  return {
    issuer: `${origin}/api/auth`,
    tokenEndpoint: `${origin}/api/auth/v1/token`,
    revocationEndpoint: undefined,
    clientId: 'callboard',
    clientSecret: undefined,
    accessToken: 'session',
    endsAt: undefined,
    refreshToken: undefined,
    account: undefined,
  };
}

describe('authorization of a window', () => {
  it("is none, then the session, then the host's token", async () => {
    const world = openWorld([aBackstage()]);
    await ask(world);
    await world.sessions.keep(origin, aSession());
    await ask(world);
    await editor.openSecrets().store(`${KEY}${new URL(origin).host}`, 'static');
    await ask(world);
    expect(authorizations).toEqual([undefined, 'Bearer session', 'Bearer static']);
  });

  it('ignores the session if the host is no longer a Backstage', async () => {
    const world = openWorld([{ type: 'url', url: `${origin}/catalog-info.yaml` }]);
    await world.sessions.keep(origin, aSession());
    await ask(world);
    expect(authorizations).toEqual([undefined]);
  });
});

describe('allowed hosts of a window', () => {
  const failureOf = (world: SourceWorld): Promise<unknown> =>
    ask(world).then(
      () => undefined,
      (error: unknown) => (error instanceof SourceError ? error.failure : error),
    );

  it('are hosts of sources and settings, as currently configured', async () => {
    const world = openWorld([]);
    expect(await failureOf(world)).toBe('refused');
    editor.settings = { 'catalog.hosts': [new URL(origin).host] };
    expect(await failureOf(openWorld([]))).toBeUndefined();
    expect(await failureOf(openWorld([aBackstage()]))).toBeUndefined();
  });
});

it('sends no requests to this machine for a forge of an app-config', async () => {
  const { host } = new URL(origin);
  const { http } = openWorld([]).urlDeps(() => ({
    forges: new Map([[host, 'gitea']]),
    hosts: [host],
  }));
  const asking = http.send({
    url: `${origin}/secret`,
    signal: never,
    traffic: { requests: 0, bytes: 0 },
  });
  await expect(asking).rejects.toMatchObject({ failure: 'refused' });
  expect(authorizations).toEqual([]);
});

it('has no git before the workspace is trusted', async () => {
  const [config] = readSources([aBackstage()]).configs;
  const world = openWorld([aBackstage()]);
  editor.isTrusted = false;
  expect((await world.depsOf(config!)).mirrors).toBeUndefined();
  editor.isTrusted = true;
  expect((await world.depsOf(config!)).mirrors).toBeDefined();
});

describe('sign-in', () => {
  let instance: StandInAuthorization;

  beforeEach(async () => {
    instance = await new StandInAuthorization().listen();
    onTestFinished(() => instance.close());
  });

  const offered = (more: object): Promise<boolean> =>
    openWorld([{ type: 'backstage', url: instance.url, ...more }]).sessions.offers(
      instance.url,
      never,
    );

  it('is offered with the client id of the setting', async () => {
    instance.metadata = () => ({ registration_endpoint: undefined });
    expect([await offered({}), await offered({ clientId: 'callboard' })]).toEqual([false, true]);
  });

  it('is offered at another host if the settings allow it', async () => {
    instance.metadata = () => ({ token_endpoint: `${origin}/token` });
    const before = await offered({});
    editor.settings = { 'catalog.hosts': [new URL(origin).host] };
    expect([before, await offered({})]).toEqual([false, true]);
  });
});
