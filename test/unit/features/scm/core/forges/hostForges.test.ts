import { describe, expect, it } from 'vitest';
import {
  defaultRepoHosts,
  EnvironmentTokens,
  type ForgeHost,
  HostForges,
} from '../../../../../../src/features/scm/core/forges';
import { loadOutputs } from '../../../../../../src/platform/node';
import { TOKEN } from '../../../../../support/standInForge';
import { StandInGithub } from '../../../../../support/standInGithub';
import { TestClock } from '../../../../../support/testClock';

const { signal } = new AbortController();

describe('forges', () => {
  it('are opened for known hosts with a token', async () => {
    const { forge: github } = await StandInGithub.start();
    const { NodeHttpClient } = await loadOutputs();
    const requests: ForgeHost[] = [];
    const hosts = new Map([...defaultRepoHosts, ['git.acme.example', 'github']]);
    const forges = new HostForges({
      hosts: () => hosts,
      http: new NodeHttpClient(),
      clock: new TestClock(),
      tokens: {
        find(host) {
          requests.push(host);
          return Promise.resolve(host.host === 'git.acme.example' ? TOKEN : undefined);
        },
      },
      addressOf: (_, host) => ({ host, webUrl: github.url, apiUrl: `${github.url}/api` }),
    });
    expect(await forges.open('bitbucket.org', signal)).toBeUndefined();
    expect(await forges.open('evil.example', signal)).toBeUndefined();
    expect(await forges.open('gitlab.com', signal)).toBeUndefined();
    const opened = await forges.open('git.acme.example', signal);
    expect(await opened?.owners(signal)).toEqual(['acme', 'ada']);
    expect(requests).toEqual([
      { host: 'gitlab.com', type: 'gitlab' },
      { host: 'git.acme.example', type: 'github' },
    ]);
  });
});

describe('tokens of the environment', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'of builds',
      { GITHUB_TOKEN: 'a', GITLAB_TOKEN: 'b' },
      { 'github.com github': 'a', 'gitlab.com gitlab': 'b' },
    ],
    [
      'of the command line of GitHub',
      { GITHUB_TOKEN: 'a', GH_TOKEN: 'c' },
      { 'github.com github': 'c' },
    ],
    [
      'of builds on hosts of their own',
      {
        GITHUB_TOKEN: 'a',
        GITHUB_SERVER_URL: 'https://git.acme.example',
        GITLAB_TOKEN: 'b',
        CI_SERVER_URL: 'https://lab.acme.example:8443/',
      },
      { 'git.acme.example github': 'a', 'lab.acme.example:8443 gitlab': 'b' },
    ],
    [
      'for two of GitHub',
      { GH_TOKEN: 'a', GH_ENTERPRISE_TOKEN: 'b', GH_HOST: 'git.acme.example' },
      { 'github.com github': 'a', 'git.acme.example github': 'b' },
    ],
    ['without a host', { GH_ENTERPRISE_TOKEN: 'b' }, {}],
    ['that are empty', { GITHUB_TOKEN: ' ' }, {}],
  ])('are each for one host: %s', async (_, environment, expected) => {
    const tokens = new EnvironmentTokens(environment);
    const found: Record<string, string> = {};
    for (const host of ['github.com', 'gitlab.com', 'git.acme.example', 'lab.acme.example:8443']) {
      for (const type of ['github', 'gitlab'] as const) {
        const token = await tokens.find({ host, type });
        if (token !== undefined) found[`${host} ${type}`] = token;
      }
    }
    expect(found).toEqual(expected);
  });

  it('determine the forge type of an unknown host', () => {
    const environment = { GITLAB_TOKEN: 'b', GITLAB_HOST: 'lab.acme.example' };
    const hosts = new EnvironmentTokens(environment).withHosts(defaultRepoHosts);
    expect(hosts.get('lab.acme.example')).toBe('gitlab');
    expect(hosts.get('github.com')).toBe('github');
    const lie = { GITLAB_TOKEN: 'b', GITLAB_HOST: 'github.com' };
    expect(new EnvironmentTokens(lie).withHosts(defaultRepoHosts).get('github.com')).toBe('github');
  });
});
