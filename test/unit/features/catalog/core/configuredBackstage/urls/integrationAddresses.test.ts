import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { expect, it } from 'vitest';
import { scaffolderConfigOf } from '../../../../../../../src/features/catalog/core/configuredBackstage/config/scaffolderConfigFile';
import { readIntegrationAddresses } from '../../../../../../../src/features/catalog/core/configuredBackstage/urls/integrationAddresses';
import { InMemoryFileSystem } from '../../../../../../support/inMemoryFileSystem';

async function addressesIn(integrations: unknown): Promise<unknown> {
  const uri = 'file:///app-config.yaml';
  const { integrationSettings } = await scaffolderConfigOf([uri], {
    fileSystem: new InMemoryFileSystem({
      '/app-config.yaml': JSON.stringify({ integrations }, undefined, 2),
    }),
    environment: new Map(),
  });
  return Object.fromEntries(readIntegrationAddresses(integrationSettings));
}

it('are those that Backstage reads from the same config', async () => {
  const integrations = {
    github: [
      { apiBaseUrl: 'https://api.github.com/' },
      {
        host: 'ghe.acme.org',
        apiBaseUrl: 'https://ghe.acme.org/api/v3//',
        rawBaseUrl: 'https://ghe.acme.org/raw',
      },
    ],
    gitlab: [
      {
        host: 'git.acme.org',
        apiBaseUrl: 'https://git.acme.org/code/api/v4/',
        baseUrl: 'https://git.acme.org/code/',
      },
    ],
    bitbucketServer: [{ host: 'bb.acme.org', apiBaseUrl: 'https://bb.acme.org/x/rest/api/1.0/' }],
    gitea: [{ host: 'tea.acme.org', baseUrl: 'https://tea.acme.org/code/' }],
    gerrit: [
      {
        host: 'gerrit.acme.org',
        baseUrl: 'https://gerrit.acme.org/review/',
        gitilesBaseUrl: 'https://gerrit.acme.org/review/browse/',
        disableEditUrl: true,
      },
    ],
  };
  const theirs = ScmIntegrations.fromConfig(new ConfigReader({ integrations }));
  const { apiBaseUrl, rawBaseUrl } = theirs.github.byHost('ghe.acme.org')?.config ?? {};
  const gitlab = theirs.gitlab.byHost('git.acme.org')?.config;
  const gerrit = theirs.gerrit.byHost('gerrit.acme.org')?.config;
  expect(await addressesIn(integrations)).toEqual({
    'github.com': { apiBaseUrl: theirs.github.byHost('github.com')?.config.apiBaseUrl },
    'ghe.acme.org': { apiBaseUrl, rawBaseUrl },
    'git.acme.org': { apiBaseUrl: gitlab?.apiBaseUrl, baseUrl: gitlab?.baseUrl },
    'bb.acme.org': { apiBaseUrl: theirs.bitbucketServer.byHost('bb.acme.org')?.config.apiBaseUrl },
    'tea.acme.org': { baseUrl: theirs.gitea.byHost('tea.acme.org')?.config.baseUrl },
    'gerrit.acme.org': {
      baseUrl: gerrit?.baseUrl,
      gitilesBaseUrl: gerrit?.gitilesBaseUrl,
      isEditDisabled: gerrit?.disableEditUrl,
    },
  });
});

it('are left out if they are no web addresses', async () => {
  const baseUrls = [
    '',
    'acme',
    'javascript:alert(1)',
    'file:///etc',
    3,
    null,
    ['https://acme.org'],
  ];
  const gitlab = baseUrls.map((baseUrl, index) => ({ host: `git${index}.acme.org`, baseUrl }));
  const found = await addressesIn({ gitlab, github: { host: 'x' }, gitea: [3, {}] });
  expect(found).toEqual(Object.fromEntries(gitlab.map(({ host }) => [host, {}])));
});

it('are those of the first integration of a host', async () => {
  const host = 'git.acme.org';
  const gitlab = [
    { host, baseUrl: 'https://git.acme.org/a' },
    { host, baseUrl: 'https://git.acme.org/b' },
  ];
  expect(await addressesIn({ gitlab })).toEqual({ [host]: { baseUrl: 'https://git.acme.org/a' } });
});
