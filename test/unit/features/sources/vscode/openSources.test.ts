import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Uri } from 'vscode';
import type { CatalogService, CatalogSourceInfo } from '../../../../../src/api';
import { silentLogger } from '../../../../../src/base';
import { VsCodeSources } from '../../../../../src/features/sources/vscode/openSources';
import { loadOutputs, NodeClock } from '../../../../../src/platform/node';
import { editor } from '../../../../support/editorOfSources';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { accessToken, send, StandInAuthorization } from '../../../../support/standInAuthorization';

vi.mock('vscode', async () => (await import('../../../../support/editorOfSources')).editor.module);

const TOKENS = 'POST /api/auth/v1/token';

let server: StandInAuthorization;

beforeEach(async () => {
  editor.reset();
  server = await new StandInAuthorization().listen();
  onTestFinished(() => server.close());
  server.fault = ({ what, authorization }, response) => {
    if (!what.includes('/api/catalog/')) return false;
    const isKnown = authorization === `Bearer ${accessToken(1)}`;
    if (isKnown) send(response, 200, { items: [], totalItems: 0, pageInfo: {} });
    else send(response, 401, { error: { name: 'AuthenticationError', message: 'Who?' } });
    return true;
  };
  editor.browse = async address => {
    const { searchParams } = new URL(address);
    const state = searchParams.get('state');
    await fetch(`${searchParams.get('redirect_uri')}?code=c&state=${state}`);
    return true;
  };
});

async function openWindow(): Promise<VsCodeSources> {
  const sources = await VsCodeSources.open({
    clock: new NodeClock(),
    logger: silentLogger,
    secrets: editor.openSecrets(),
    catalog: {} as CatalogService,
    engine: {
      addSource: () => ({ dispose: () => {} }),
      sourcesRead: async () => {},
      mode: 'discovered',
      status: 'ready',
    },
    fileSystem: new InMemoryFileSystem({}),
    storage: { scheme: 'file', authority: '', path: '/storage' } as Uri,
    platform: {
      environment: new Map(),
      createBlobStore: () => undefined,
    },
    loadSourceTools: async () => {
      const { GuardedHttpClient, listenOnLoopback } = await loadOutputs();
      return {
        openHttp: async isNamed => new GuardedHttpClient({ isNamed }),
        openMirrors: undefined,
        openWildcards: undefined,
        listenForCallback: request => listenOnLoopback({ ...request, ports: [0] }),
      };
    },
  });
  onTestFinished(() => sources.dispose());
  await sources.whenRestored();
  return sources;
}

/** Waits until the only source meets a condition. */
async function sourceOnce(
  sources: VsCodeSources,
  isReached: (source: CatalogSourceInfo) => boolean,
): Promise<CatalogSourceInfo> {
  return vi.waitFor(() => {
    const [source] = sources.getSources();
    if (!source || source.isFetching || !isReached(source)) throw new Error(JSON.stringify(source));
    return source;
  });
}

const isFailing = ({ failure }: CatalogSourceInfo): boolean => failure !== undefined;
const isWell = ({ fetchedAt, failure }: CatalogSourceInfo): boolean =>
  fetchedAt !== undefined && failure === undefined;

const aSetting = () => ({ 'catalog.sources': [{ type: 'backstage', url: server.url }] });

describe('Backstage that requires sign-in', () => {
  it('offers the sign-in, and is available afterwards', async () => {
    editor.settings = aSetting();
    const sources = await openWindow();
    const failing = await sourceOnce(sources, isFailing);
    expect(failing.failure).toMatchObject({
      message: `${server.url} requires a token.`,
      advice: 'Sign in to it.',
      needsToken: true,
      canSignIn: true,
    });
    await sources.signIn(failing.id);
    const { account } = await sourceOnce(sources, isWell);
    expect(account).toBe('user:default/jane');
  });

  it('is available in all windows after a sign-in in one', async () => {
    editor.settings = aSetting();
    const [one, other] = [await openWindow(), await openWindow()];
    const { id } = await sourceOnce(one, isFailing);
    await sourceOnce(other, isFailing);
    await one.signIn(id);
    expect((await sourceOnce(other, isWell)).account).toBe('user:default/jane');
    expect(server.bodiesOf(TOKENS)).toHaveLength(1);
  });

  it('is unavailable after sign-out', async () => {
    editor.settings = aSetting();
    const sources = await openWindow();
    const { id } = await sourceOnce(sources, isFailing);
    await sources.signIn(id);
    expect(await sources.signOut(id)).toBe(server.host);
    const { account, failure } = await sourceOnce(sources, isFailing);
    expect([account, failure?.canSignIn]).toEqual([undefined, true]);
    expect(await sources.signOut(id)).toBeUndefined();
  });
});

it('sign-in is not possible for sources of an untrusted workspace', async () => {
  editor.workspaceSettings = aSetting();
  editor.isTrusted = false;
  const sources = await openWindow();
  expect(sources.getSources()).toEqual([]);
  await sources.signIn(`backstage ${server.url}`);
  expect(server.requests).toEqual([]);
});
