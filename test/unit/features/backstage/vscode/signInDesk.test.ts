import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger } from '../../../../../src/base';
import { SignedInSessions } from '../../../../../src/features/backstage/core';
import {
  SignInDesk,
  type SignInDeskDeps,
} from '../../../../../src/features/backstage/vscode/signInDesk';
import { type BackstageSourceConfig } from '../../../../../src/features/sources/core';
import { VsCodeSecretStore } from '../../../../../src/features/sources/vscode/sourceWorld';
import type { CallbackRequest } from '../../../../../src/platform/core/ports';
import { loadOutputs, NodeClock } from '../../../../../src/platform/node';
import { editor } from '../../../../support/editorOfSources';
import { ManualClock } from '../../../../support/manualClock';
import { httpTo, never } from '../../../../support/signIns';
import { aSource } from '../../../../support/sourceInfo';
import { accessToken, StandInAuthorization } from '../../../../support/standInAuthorization';

vi.mock('vscode', async () => (await import('../../../../support/editorOfSources')).editor.module);

let server: StandInAuthorization;
let sessions: SignedInSessions;
/** Addresses with a listener. */
let listened: string[];

beforeEach(async () => {
  editor.reset();
  server = await new StandInAuthorization().listen();
  listened = [];
  const secrets = new VsCodeSecretStore(editor.openSecrets());
  sessions = new SignedInSessions({
    secrets,
    http: () => httpTo(server.url),
    clock: new NodeClock(),
    logger: silentLogger,
    isNamed: () => false,
    clientIdOf: () => undefined,
  });
  onTestFinished(() => {
    sessions.dispose();
    secrets.dispose();
  });
});

afterEach(() => server.close());

function openDesk(deps: Partial<SignInDeskDeps> = {}): SignInDesk {
  return new SignInDesk({
    secrets: editor.openSecrets(),
    logger: silentLogger,
    clock: new NodeClock(),
    http: httpTo(server.url),
    sessions,
    isNamed: () => false,
    tools: async () => ({ listenForCallback: listen }),
    ...deps,
  });
}

async function listen(request: CallbackRequest) {
  const { listenOnLoopback } = await loadOutputs();
  // Other programs may use the default port.
  const ports = request.ports.length > 1 ? [0] : request.ports;
  const listener = await listenOnLoopback({ ...request, ports });
  listened.push(listener.address);
  return listener;
}

function aConfig(config: Partial<BackstageSourceConfig> = {}): BackstageSourceConfig {
  return {
    type: 'backstage',
    id: 'acme',
    key: 'acme',
    name: 'Acme',
    url: server.url,
    filter: [],
    allow: ['*'],
    interval: 60_000,
    color: undefined,
    hold: 'all',
    limit: 50_000,
    clientId: undefined,
    callbackPort: undefined,
    ...config,
  };
}

const signIn = (desk = openDesk(), config = aConfig()): Promise<void> =>
  desk.signIn(aSource({ type: 'backstage', url: server.url }), config);

/** Consents like a user in the browser. */
async function agree(address: string): Promise<boolean> {
  const { searchParams } = new URL(address);
  const callback = new URL(searchParams.get('redirect_uri') ?? '');
  callback.searchParams.set('code', 'secret-code');
  callback.searchParams.set('state', searchParams.get('state') ?? '');
  await fetch(callback);
  return true;
}

const isListening = async (address: string): Promise<boolean> =>
  fetch(address).then(
    () => true,
    () => false,
  );

describe('Signing in', () => {
  it('stores the session as a secret and stops listening', async () => {
    editor.browse = agree;
    await signIn();
    expect(await sessions.find(server.url, never)).toBe(accessToken(1));
    expect([...editor.secrets.keys()]).toEqual([`callboard.backstage.session:${server.url}`]);
    expect(editor.shown).toEqual(['You are signed in to Acme as user:default/jane.']);
    expect(await isListening(listened[0] ?? '')).toBe(false);
  });

  it("stops when the browser can't be opened", async () => {
    await expect(signIn()).rejects.toMatchObject({ name: 'Canceled' });
    expect(await isListening(listened[0] ?? '')).toBe(false);
  });

  it('stops when the user cancels', async () => {
    editor.browse = async () => {
      setTimeout(() => editor.cancel?.());
      return true;
    };
    await expect(signIn()).rejects.toMatchObject({ name: 'AbortError' });
    expect(editor.secrets.size).toBe(0);
    expect(await isListening(listened[0] ?? '')).toBe(false);
  });

  it('stops after five minutes without a callback', async () => {
    const clock = new ManualClock();
    editor.browse = async () => {
      setTimeout(() => void clock.pass(5 * 60_000, 60_000));
      return true;
    };
    await expect(signIn(openDesk({ clock }))).rejects.toThrow(
      /^The sign-in wasn't completed within/,
    );
    expect(await isListening(listened[0] ?? '')).toBe(false);
  });

  it('restarts when the user starts again', async () => {
    const desk = openDesk();
    let second: Promise<void> = Promise.resolve();
    editor.browse = async () => {
      editor.browse = agree;
      second = signIn(desk);
      return true;
    };
    await expect(signIn(desk)).rejects.toMatchObject({ name: 'AbortError' });
    await second;
    expect(await sessions.find(server.url, never)).toBe(accessToken(1));
  });

  it("suggests a token when sign-in isn't supported", async () => {
    server.metadata = () => ({ registration_endpoint: undefined });
    await expect(signIn()).rejects.toMatchObject({
      message: `${server.host} does not support signing in from programs.`,
      advice: expect.stringMatching(/^Set a token for it\./) as string,
    });
    expect(listened).toEqual([]);
  });

  it('reports that the configured port is in use', async () => {
    const blocker = createServer();
    await new Promise<void>(resolve => blocker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void blocker.close());
    const { port } = blocker.address() as AddressInfo;
    await expect(
      signIn(openDesk(), aConfig({ clientId: 'callboard', callbackPort: port })),
    ).rejects.toThrow(`Another program uses port ${port}`);
  });
});

describe('Token of the host', () => {
  beforeEach(() => {
    editor.secrets.set(`callboard.templates.token:${server.host}`, 'static');
    editor.browse = agree;
  });

  it('is removed when the user signs in instead', async () => {
    editor.picked = ['Remove Token'];
    await signIn();
    expect([...editor.secrets.keys()]).toEqual([`callboard.backstage.session:${server.url}`]);
  });

  it('stays when the user cancels', async () => {
    await expect(signIn()).rejects.toMatchObject({ name: 'Canceled' });
    expect([...editor.secrets.values()]).toEqual(['static']);
    expect(server.requests).toEqual([]);
  });
});

describe('Signing in from a remote window', () => {
  it('uses the forwarded port as callback', async () => {
    let redirect = '';
    editor.asExternal = address => address.replace(/127.*:\d+/, 'localhost:61234');
    editor.browse = async address => {
      const { searchParams } = new URL(address);
      redirect = searchParams.get('redirect_uri') ?? '';
      searchParams.set('redirect_uri', listened[0] ?? '');
      return agree(`${server.url}/?${searchParams}`);
    };
    await signIn();
    expect(redirect).toBe('http://127.0.0.1:61234/callback');
    expect(server.bodiesOf('POST /api/auth/v1/token')).toMatchObject([{ redirect_uri: redirect }]);
  });

  it.each([
    ['no listener is available', undefined],
    ['the port is not forwarded', listen],
  ])('asks for the callback address when %s', async (_, listenForCallback) => {
    editor.asExternal = () => 'https://vscode.acme.org/proxy/8055/callback';
    editor.browse = async address => {
      const { searchParams } = new URL(address);
      const callback = `${searchParams.get('redirect_uri')}?code=secret-code&state=`;
      setTimeout(() => {
        editor.type('nothing');
        editor.type(`${callback}other`);
        editor.type(` ${callback}${searchParams.get('state')} `);
      });
      return true;
    };
    await signIn(openDesk({ tools: async () => ({ listenForCallback }) }));
    expect(server.bodiesOf('POST /api/auth/v1/token')).toMatchObject([{ code: 'secret-code' }]);
    const wrong = "This address doesn't belong to this sign-in.";
    expect(editor.shown).toEqual([wrong, wrong, expect.stringMatching(/^You are signed in/)]);
    expect(editor.boxes.size).toBe(0);
  });

  it('needs no address when the callback arrives after all', async () => {
    editor.asExternal = () => 'http://localhost:8080/proxy/8055/callback';
    editor.browse = agree;
    await signIn();
    expect(editor.shown).toHaveLength(1);
    expect(editor.boxes.size).toBe(0);
  });

  it("asks for no address when the browser can't be opened", async () => {
    editor.asExternal = () => 'https://vscode.acme.org/callback';
    await expect(signIn()).rejects.toMatchObject({ name: 'Canceled' });
    expect(editor.boxes.size).toBe(0);
  });

  it('stops when the user closes the input', async () => {
    editor.asExternal = () => 'https://vscode.acme.org/callback';
    editor.browse = async () => {
      setTimeout(() => editor.type(undefined));
      return true;
    };
    await expect(signIn()).rejects.toMatchObject({ name: 'Canceled' });
    expect(await isListening(listened[0] ?? '')).toBe(false);
  });
});

it('deletes the session on sign-out and returns its host', async () => {
  editor.browse = agree;
  const desk = openDesk();
  await signIn(desk);
  expect(await desk.signOut(aConfig())).toBe(server.host);
  expect(editor.secrets.size).toBe(0);
  expect(server.bodiesOf('POST /api/auth/v1/revoke')).toHaveLength(1);
  expect(await desk.signOut(aConfig())).toBeUndefined();
});
