import { expect, it } from 'vitest';
import { parseSourceAddress } from '../../../../../src/features/sources/core';

it.each([
  [
    'git+https://git.acme.org/acme/shop.git#main:a/catalog-info.yaml,b/**/*.yaml',
    {
      type: 'git',
      url: 'https://git.acme.org/acme/shop.git',
      branch: 'main',
      paths: ['a/catalog-info.yaml', 'b/**/*.yaml'],
    },
  ],
  [
    'git+https://git.acme.org/acme/shop.git',
    { url: 'https://git.acme.org/acme/shop.git', branch: undefined, paths: [] },
  ],
  ['git+https://git.acme.org/acme/shop.git#:a%2Cb', { branch: undefined, paths: ['a,b'] }],
  ['git+https://git.acme.org/acme/shop.git#feature/x', { branch: 'feature/x', paths: [] }],
  ['git+ssh://git@git.acme.org/acme/shop.git', { url: 'ssh://git@git.acme.org/acme/shop.git' }],
  ['ssh://git@git.acme.org/acme/shop.git', { type: 'git' }],
  ['git@git.acme.org:acme/shop.git#main', { type: 'git', branch: 'main' }],
  ['git+file:///srv/git/shop.git', { type: 'git', url: 'file:///srv/git/shop.git' }],
  ['https://files.acme.org/a/catalog-info.yaml', { type: 'url' }],
  ['http://127.0.0.1:8099/a.yaml', { type: 'url', url: 'http://127.0.0.1:8099/a.yaml' }],
  [
    'github+https://github.com/acme?filter=%5Eshop&path=x.yaml',
    { type: 'github', host: 'github.com', org: 'acme', filter: '^shop', path: 'x.yaml' },
  ],
  ['gitlab+https://git.acme.org/a/b/', { type: 'gitlab', host: 'git.acme.org', org: 'a/b' }],
  [
    'backstage+https://portal.acme.org/?filter=kind=api,spec.type=grpc&filter=kind=system',
    {
      type: 'backstage',
      url: 'https://portal.acme.org',
      filter: ['kind=api,spec.type=grpc', 'kind=system'],
    },
  ],
])('parses %s', (text, expected) => {
  expect(parseSourceAddress(text)).toMatchObject({ ok: true, value: expected });
});

it.each([
  ['', /^A source must be an address: use git\+https/],
  ['./catalog-info.yaml', /^A source must be an address/],
  ['ftp://files.acme.org/x', /^A source must be an address/],
  ['git+ext::sh -c id', /^The source is invalid/],
  ['git+https://me:sesame@git.acme.org/a/b', /credentials: set a token with/],
  ['https://me:sesame@files.acme.org/', /credentials: set a token with/],
  ['backstage+https://me:sesame@portal.acme.org/', /credentials: set a token with/],
  ['https://git.acme.org/a/b.git', /^The address of a repository must start with git\+/],
  ['http://files.acme.org/x', /^The source must have an https address as its "url"$/],
  ['git+https://git.acme.org/a/b#--all', /^The source is invalid: the name of a branch/],
  ['github+https://github.com/', /^The source has no owner of repositories: .*$/],
  ['github+https://github.com/a?token=sesame', /^The source must not contain "token"/],
  [
    'backstage+https://portal.acme.org/?q=sesame',
    /^A Backstage address supports only "\?filter=…&hold=referenced&limit=…"$/,
  ],
])('rejects %s', (text, expected) => {
  const parsed = parseSourceAddress(text);
  expect(parsed).toEqual({ ok: false, error: expect.stringMatching(expected) });
  expect(JSON.stringify(parsed)).not.toContain('sesame');
});
