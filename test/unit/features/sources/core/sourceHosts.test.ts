import { expect, it } from 'vitest';
import {
  hostsOfSources,
  isNamedForGit,
  readHosts,
  readSources,
  typesOfSources,
} from '../../../../../src/features/sources/core';
import { AllowedHosts } from '../../../../../src/platform/core/hosts';

const { configs } = readSources([
  { type: 'git', url: 'https://github.com/acme/shop' },
  { type: 'git', url: 'git@git.acme.org:acme/shop' },
  { type: 'git', url: 'file:///srv/git/shop' },
  { type: 'url', url: 'https://bitbucket.org/a/b/src/main/catalog-info.yaml' },
  { type: 'github', org: 'acme', host: 'acme.ghe.com' },
  { type: 'gitlab', org: 'acme', host: 'git.acme.org' },
  { type: 'backstage', url: 'http://localhost:7007' },
]);

it('hosts of sources and of their forges are allowed', () => {
  const types = new Map([
    ['github.com', 'github'],
    ['bitbucket.org', 'bitbucketCloud'],
  ]);
  expect(hostsOfSources(configs, types)).toEqual([
    'github.com',
    'api.github.com',
    'raw.githubusercontent.com',
    'codeload.github.com',
    'bitbucket.org',
    'api.bitbucket.org',
    'acme.ghe.com',
    'api.acme.ghe.com',
    'git.acme.org',
    'localhost:7007',
  ]);
  expect(typesOfSources(configs)).toEqual([
    ['acme.ghe.com', 'github'],
    ['git.acme.org', 'gitlab'],
  ]);
});

it.each([
  [undefined, [], []],
  [[' a.test ', '*.acme.org'], ['a.test', '*.acme.org'], []],
  ['a.test', [], ['callboard.catalog.hosts must be a list of hosts']],
  [
    ['https://a.test', 7, 'b.test'],
    ['b.test'],
    [
      'Host 1 of callboard.catalog.hosts must be a host name, such as github.com or *.acme.org',
      'Host 2 of callboard.catalog.hosts must be a host name, such as github.com or *.acme.org',
    ],
  ],
])('hosts of the settings: %j', (value, hosts, problems) => {
  expect(readHosts(value)).toEqual({ hosts, problems });
});

it.each([
  ['git.acme.org', true],
  ['git.acme.org:8080', false],
  ['x.acme.org', false],
  ['localhost:8080', true],
  ['127.0.0.1', true],
  ['[::1]:80', true],
  ['169.254.169.254', false],
  ['localhost.acme.org', false],
  ['999.1.1.1', false],
])('treats %s as named for git: %s', (host, expected) => {
  expect(isNamedForGit(host, new AllowedHosts(['git.acme.org', '*.acme.org']))).toBe(expected);
});
