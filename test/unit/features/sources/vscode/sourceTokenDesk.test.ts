import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogSourceInfo } from '../../../../../src/api';
import { silentLogger } from '../../../../../src/base';
import { TokenCredentials } from '../../../../../src/features/sources/core';
import { SourceTokenDesk } from '../../../../../src/features/sources/vscode/sourceTokenDesk';
import { HostAccounts } from '../../../../../src/platform/vscode/hostAccounts';
import { editor } from '../../../../support/editorOfSources';
import { never } from '../../../../support/signIns';
import { aSource } from '../../../../support/sourceInfo';

vi.mock('vscode', async () => (await import('../../../../support/editorOfSources')).editor.module);

const TYPES = new Map([
  ['github.com', 'github'],
  ['gitlab.acme.org', 'gitlab'],
]);

const BACKSTAGE = aSource({ type: 'backstage', url: 'https://portal.acme.org/x' });
const GITHUB = aSource({ type: 'github', url: 'https://github.com/acme' });
const KEY = 'callboard.templates.token:';

let desk: SourceTokenDesk;
let tokens: HostAccounts;

beforeEach(() => {
  editor.reset();
  const deps = { secrets: editor.openSecrets(), logger: silentLogger };
  tokens = new HostAccounts(deps);
  const credentials = new TokenCredentials({
    tokens,
    types: () => TYPES,
    backstages: () => [BACKSTAGE.url],
  });
  desk = new SourceTokenDesk({ ...deps, credentials });
});

const secrets = (): object => Object.fromEntries(editor.secrets);

describe('entered token', () => {
  it.each<[string, CatalogSourceInfo, string]>([
    ['a Backstage', BACKSTAGE, 'portal.acme.org'],
    [
      'a group',
      aSource({ type: 'gitlab', url: 'https://gitlab.acme.org/group' }),
      'gitlab.acme.org',
    ],
    [
      'a repository',
      aSource({ type: 'git', url: 'https://git.acme.org:8443/a/b.git' }),
      'git.acme.org:8443',
    ],
    [
      'an address of an API',
      aSource({ type: 'url', url: 'https://api.github.com/x' }),
      'github.com',
    ],
  ])('of %s is stored by host in secret storage', async (_, source, host) => {
    editor.typed = [' secret '];
    editor.picked = ['Enter Token'];
    expect(await desk.set(source)).toBe(true);
    expect(secrets()).toEqual({ [`${KEY}${host}`]: 'secret' });
    expect(await desk.remove(source)).toBe(host);
    expect(secrets()).toEqual({});
    expect(await desk.remove(source)).toBeUndefined();
  });

  it('is missing if the box is dismissed', async () => {
    editor.typed = [undefined];
    expect(await desk.set(BACKSTAGE)).toBe(false);
    expect(secrets()).toEqual({});
  });

  it.each(['git@git.acme.org:a/b.git', 'ssh://git@git.acme.org/a/b.git', 'file:///srv/a.git'])(
    'is not requested for %s',
    async url => {
      const source = aSource({ type: 'git', url, name: '[A](command:x)' });
      expect(await desk.set(source)).toBe(false);
      expect(await desk.remove(source)).toBeUndefined();
      expect(editor.shown).toEqual([
        expect.stringMatching(/^\[A\]\u200b\(command:x\) doesn't use a token/),
      ]);
    },
  );
});

describe('host with accounts in VS Code', () => {
  it('can be signed in to with VS Code', async () => {
    editor.picked = ['Sign In with VS Code'];
    editor.sessions.set('github', 'session');
    expect(await desk.set(GITHUB)).toBe(true);
    expect(editor.requestedSessions).toEqual(['github createIfNone']);
    expect(secrets()).toEqual({});
  });

  it('is unchanged if nothing is picked', async () => {
    expect(await desk.set(GITHUB)).toBe(false);
    expect(editor.requestedSessions).toEqual([]);
  });
});

describe('authorization of a host', () => {
  const find = (host: string, type: string | undefined): Promise<string | undefined> =>
    tokens.find({ host, type });

  it('is the stored token, or else a session', async () => {
    editor.sessions.set('github', 'session');
    expect(await find('github.com', 'github')).toBe('session');
    expect(editor.requestedSessions).toEqual(['github silent']);
    editor.secrets.set(`${KEY}github.com`, 'token');
    expect(await find('github.com', 'github')).toBe('token');
    expect(editor.requestedSessions).toHaveLength(1);
  });

  it.each([
    ['ghe.acme.org', 'github'],
    ['github.com', undefined],
    ['portal.acme.org', 'backstage'],
  ])('at %s (%s) is not a session of VS Code', async (host, type) => {
    editor.sessions.set('github', 'session');
    expect(await find(host, type)).toBeUndefined();
    expect(editor.requestedSessions).toEqual([]);
  });

  it("of GitHub Enterprise is the session of VS Code's host", async () => {
    editor.settings = { 'github-enterprise.uri': 'https://ghe.acme.org' };
    editor.sessions.set('github-enterprise', 'session');
    expect(await find('ghe.acme.org', 'github')).toBe('session');
  });
});

it('a token is looked up by origin only', async () => {
  editor.secrets.set(`${KEY}portal.acme.org`, 'static');
  const credentials = new TokenCredentials({
    tokens,
    types: () => TYPES,
    backstages: () => [BACKSTAGE.url],
  });
  expect(await credentials.authorization('https://portal.acme.org', never)).toBe('Bearer static');
  expect(await credentials.authorization('http://portal.acme.org', never)).toBeUndefined();
});
