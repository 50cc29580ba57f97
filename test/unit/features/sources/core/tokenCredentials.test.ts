import { expect, it } from 'vitest';
import {
  EnvironmentSourceTokens,
  TokenCredentials,
} from '../../../../../src/features/sources/core';

const TYPES = new Map([
  ['github.com', 'github'],
  ['acme.ghe.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucketCloud'],
  ['git.acme.org', 'gitea'],
]);
const PORTAL = 'https://portal.acme.org/x';
const { signal } = new AbortController();

const withTokens = (find: TokenCredentials['holderOf'] | undefined): TokenCredentials =>
  new TokenCredentials({
    tokens: {
      find: holder => Promise.resolve(find ? `${holder.type}@${holder.host}` : undefined),
    },
    types: () => TYPES,
    backstages: () => [PORTAL],
  });

it.each([
  ['https://github.com', 'github.com', 'github'],
  ['https://api.github.com', 'github.com', 'github'],
  ['https://api.acme.ghe.com', 'acme.ghe.com', 'github'],
  ['https://api.bitbucket.org', 'bitbucket.org', 'bitbucketCloud'],
  ['https://portal.acme.org', 'portal.acme.org', 'backstage'],
  ['https://git.acme.org', 'git.acme.org', 'gitea'],
  ['https://git.acme.org:8443', 'git.acme.org:8443', undefined],
  ['https://api.gitlab.com', 'api.gitlab.com', undefined],
  ['http://localhost:7007', 'localhost:7007', undefined],
])('a token for %s is that of %s', (origin, host, type) => {
  expect(withTokens(undefined).holderOf(origin)).toEqual({ host, type });
});

it.each([
  'https://raw.githubusercontent.com',
  'https://codeload.github.com',
  'http://github.com',
  'http://portal.acme.org',
  'ssh://git@github.com',
  'nothing',
])('no token is sent to %s', async origin => {
  const credentials = withTokens(() => undefined);
  expect(await credentials.authorization(origin, signal)).toBeUndefined();
});

async function authorizationOf(
  environment: Readonly<Record<string, string>>,
  origin: string,
  backstages = [PORTAL],
): Promise<string | undefined> {
  return new TokenCredentials({
    tokens: new EnvironmentSourceTokens(environment, backstages),
    types: () => TYPES,
    backstages: () => backstages,
  }).authorization(origin, signal);
}

it.each([
  [{ GITHUB_TOKEN: 't' }, 'https://api.github.com', 'Bearer t'],
  [{ GITHUB_TOKEN: 't' }, 'https://api.acme.ghe.com', undefined],
  [{ GH_ENTERPRISE_TOKEN: 't', GH_HOST: 'acme.ghe.com' }, 'https://api.acme.ghe.com', 'Bearer t'],
  [{ GITLAB_TOKEN: ' t ' }, 'https://gitlab.com', 'Bearer t'],
  [{ BITBUCKET_TOKEN: 'a:b' }, 'https://api.bitbucket.org', `Basic ${btoa('a:b')}`],
  [{ GITEA_TOKEN: 't' }, 'https://git.acme.org', undefined],
  [
    { GITEA_TOKEN: 't', GITEA_SERVER_URL: 'https://git.acme.org/' },
    ...(['https://git.acme.org', 'token t'] as const),
  ],
  [{ BACKSTAGE_TOKEN: 't' }, 'https://portal.acme.org', 'Bearer t'],
  [{ BACKSTAGE_TOKEN: 't' }, 'https://github.com', undefined],
  [{ BACKSTAGE_TOKEN: '' }, 'https://portal.acme.org', undefined],
])('with environment %j, %s gets %s', async (environment, origin, expected) => {
  expect(await authorizationOf(environment, origin)).toBe(expected);
});

it('a Backstage token is sent only to the named one of several', async () => {
  const several = [PORTAL, 'https://other.test'];
  const environment = { BACKSTAGE_TOKEN: 't' };
  expect(await authorizationOf(environment, 'https://other.test', several)).toBeUndefined();
  const named = { ...environment, BACKSTAGE_URL: 'https://other.test/' };
  expect(await authorizationOf(named, 'https://other.test', several)).toBe('Bearer t');
  expect(await authorizationOf(named, 'https://portal.acme.org', several)).toBeUndefined();
});

it("a token for git has git's format", async () => {
  const environment = { GITHUB_TOKEN: 't' };
  const credentials = new TokenCredentials({
    tokens: new EnvironmentSourceTokens(environment),
    types: () => TYPES,
    backstages: () => [],
  });
  expect(await credentials.authorization('https://github.com', signal, 'git')).toBe(
    `Basic ${btoa('x-access-token:t')}`,
  );
});

it("a folder can't redirect tokens of the environment to its own hosts", async () => {
  const environment = {
    GITHUB_TOKEN: 'secret',
    GH_ENTERPRISE_TOKEN: 'secret',
    GH_HOST: 'acme.ghe.com',
    GITLAB_TOKEN: 'secret',
    BITBUCKET_TOKEN: 'secret',
    AZURE_DEVOPS_TOKEN: 'secret',
    GITEA_TOKEN: 'secret',
    GITEA_HOST: 'git.acme.org',
    BACKSTAGE_TOKEN: 'secret',
  };
  const own = ['evil.example', 'evil.example:8443', 'api.evil.ghe.com', 'api.evil.example'];
  const hosts = [
    ...own,
    'evil.ghe.com',
    'github.com',
    'GITHUB.COM',
    'github.com.',
    'api.github.com',
    '__proto__',
    'acme.ghe.com',
    'gitlab.com',
    'bitbucket.org',
    'dev.azure.com',
    'git.acme.org',
    '',
    'evil.example/github.com',
    'github.com@evil.example',
    '*.evil.example',
  ];
  const kinds = [
    'github',
    'gitlab',
    'bitbucketCloud',
    'azure',
    'gitea',
    'backstage',
    'constructor',
    '',
  ];
  const tokens = new EnvironmentSourceTokens(environment, []);
  for (const kind of kinds) {
    for (const isReversed of [false, true]) {
      const named = hosts.map(host => [host, kind] as const);
      const types = new Map(isReversed ? named.toReversed() : named);
      const credentials = new TokenCredentials({
        tokens,
        types: () => types,
        backstages: () => own.map(host => `https://${host}`),
      });
      for (const host of [...own, 'evil.ghe.com', 'raw.githubusercontent.com']) {
        expect(await credentials.authorization(`https://${host}`, signal)).toBeUndefined();
        expect(await credentials.authorization(`https://${host}`, signal, 'git')).toBeUndefined();
      }
    }
  }
});
