import { describe, expect, it } from 'vitest';
import { isBranchName, readRemoteUrl } from '../../../../../../src/features/scaffolder/core';

describe('isBranchName', () => {
  it.each(['main', 'scaffold/shop', 'a-b_c.d', 'ünïcode', 'a@b'])('accepts %s', name => {
    expect(isBranchName(name)).toBe(true);
  });

  it.each([
    '',
    '-f',
    '--upload-pack=x',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a..b',
    'a.',
    'a.lock',
    'a.lock/b',
    'a b',
    'a\nb',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[b',
    'a\\b',
    'a@{1}',
    '@',
    // A lone surrogate can't be encoded for git.
    'HEAD',
    'x'.repeat(201),
    'a\ud800',
  ])('rejects %j', name => {
    expect(isBranchName(name)).toBe(false);
  });
});

describe('readRemoteUrl', () => {
  it.each([
    'https://github.com/acme/shop.git',
    'https://me@git.example.com:8443/shop',
    'ssh://git@git.example.com:22/acme/shop.git',
    'git@github.com:acme/shop.git',
    '/srv/git/shop.git',
    'file:///srv/git/shop.git',
    'C:\\git\\shop',
    'c:/git/shop',
  ])('accepts %s', url => {
    expect(readRemoteUrl(` ${url} `)).toEqual({ ok: true, value: url });
  });

  it.each([
    '',
    '-x',
    '--upload-pack=touch /x',
    'ext::sh -c touch% /x',
    'fd::1',
    'shop.git',
    'http://github.com/acme/shop.git',
    'git://github.com/acme/shop.git',
    'ftp://x/y',
    'ssh://-oProxyCommand=x/y',
    'ssh://-oProxyCommand=x@host/y',
    'https:///x',
    'https://host',
    '-oProxyCommand=x:y',
    '-x@host:y',
    'host::y',
    'host:-y',
    'file://server/share',
    '/a\nb',
  ])('rejects %j', url => {
    expect(readRemoteUrl(url)).toEqual({
      ok: false,
      error: 'A remote must be an https or ssh URL, or the absolute path of a repository',
    });
  });

  it.each([
    'https://me:secret@github.com/acme/shop.git',
    'ssh://me:secret@host/x',
    'https://ghp_16C7e42F292c@github.com/acme/shop.git',
    'https://glpat-x1y2@gitlab.com/a/b',
  ])('rejects the password in %s', url => {
    expect(readRemoteUrl(url)).toEqual({
      ok: false,
      error: 'The URL must not contain a password, because it would be stored and shown',
    });
  });
});
