import { describe, expect, it } from 'vitest';
import {
  gitBranchFault,
  gitPathFault,
  readGitAddress,
} from '../../../../../../src/features/scm/core/gitAddresses';

describe('addresses of repositories', () => {
  it.each([
    ['https://github.com/acme/shop.git', 'https', 'github.com', 'https://github.com'],
    ['https://Git.Acme.org:8443/a/b', 'https', 'git.acme.org:8443', 'https://git.acme.org:8443'],
    ['https://git.acme.org:443/a', 'https', 'git.acme.org', 'https://git.acme.org'],
    ['http://localhost:3000/a.git', 'http', 'localhost:3000', 'http://localhost:3000'],
    ['https://[2001:db8::1]/a.git', 'https', '[2001:db8::1]', 'https://[2001:db8::1]'],
    ['ssh://git@github.com:22/acme/shop.git', 'ssh', 'github.com:22', undefined],
    ['git@github.com:acme/shop.git', 'ssh', 'github.com', undefined],
    ['github.com:acme/shop.git', 'ssh', 'github.com', undefined],
    ['git://git.acme.org/shop.git', 'git', 'git.acme.org', undefined],
    ['file:///srv/git/shop.git', 'file', '', undefined],
  ])('%s', (url, protocol, host, origin) => {
    expect(readGitAddress(url)).toEqual({ ok: true, value: { protocol, url, host, origin } });
  });

  it.each([
    '',
    'ext::sh -c "touch /tmp/x"',
    'ext::sh',
    'fd::17/foo',
    'EXT::sh',
    'foo::https://github.com/a/b',
    '--upload-pack=touch /tmp/x',
    '--upload-pack=touch',
    '-oProxyCommand=touch',
    'ssh://-oProxyCommand=touch/a',
    'ssh://-oProxyCommand%3Dtouch/a',
    'ssh://-user@host/a',
    'ssh://%2Duser@host/a',
    '-user@host:path',
    'user@-host:path',
    'host:-path',
    'https://user:secret@github.com/a/b',
    'https://secret@github.com/a/b',
    'ssh://git:secret@github.com/a/b',
    'https://github.com',
    'https://github.com/',
    'https://github.com/a/b?x=y',
    'https://github.com/a/b#main',
    'https://github.com/a b',
    'https://github.com/a\nb',
    'https://github.com/a\0b',
    'https:///a/b',
    'ftp://github.com/a/b',
    'https://github.com\\@example.com/a',
    'https://github.com%2f@example.com/a',
    'https://gıthub.com/a',
    'file://server/share/repo',
    '/srv/git/shop.git',
    '../shop.git',
    'C:\\repos\\shop',
    'C:/repos/shop',
  ])('rejects %j without repeating a secret', url => {
    const read = readGitAddress(url);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});

describe('names of branches', () => {
  it.each(['main', 'feature/x', 'v1.0', 'ünï', 'a-b_c', 'release/2024.1', "it's"])('%s', name => {
    expect(gitBranchFault(name)).toBeUndefined();
  });

  it.each([
    '',
    '-x',
    '--upload-pack=touch',
    'a..b',
    '..',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    '@',
    'a@{1}',
    'a b',
    'a\nb',
    'a\0b',
    'a~1',
    'a^',
    'main:refs/heads/x',
    'a?',
    'a*',
    'a[',
    'a\\b',
  ])('rejects %j', name => {
    expect(gitBranchFault(name)).toBeTypeOf('string');
  });
});

describe('paths in repositories', () => {
  it.each(['catalog-info.yaml', 'a/b/*.yaml', '**/c.{yaml,yml}', 'with blank/x'])('%s', path => {
    expect(gitPathFault(path)).toBeUndefined();
  });

  it.each(['../x', 'a/../../x', '--x', 'a\0b', 'a\nb', 'a\\b'])('rejects %j', path => {
    expect(gitPathFault(path)).toBeTypeOf('string');
  });
});
