import { expect, it } from 'vitest';
import { AllowedHosts, isHostPattern } from '../../../../../src/platform/core/hosts';

it('allows hosts by name or by suffix pattern', () => {
  const hosts = new AllowedHosts([' GitHub.com', '*.acme.org', '127.0.0.1:80', '*', '']);
  const candidates = [
    'github.com',
    'git.acme.org',
    'acme.org',
    'xacme.org',
    '127.0.0.1:80',
    'a.test',
  ];
  expect(candidates.map(host => [host, hosts.has(host), hosts.isNamed(host)])).toEqual([
    ['github.com', true, true],
    ['git.acme.org', true, false],
    ['acme.org', false, false],
    ['xacme.org', false, false],
    ['127.0.0.1:80', true, true],
    ['a.test', false, false],
  ]);
});

it('allows additional hosts without counting them as named', () => {
  const hosts = new AllowedHosts(['a.test'], ['A.test', 'b.test', '*.acme.org']);
  const candidates = ['a.test', 'b.test', 'git.acme.org', 'c.test'];
  expect(candidates.map(host => [host, hosts.has(host), hosts.isNamed(host)])).toEqual([
    ['a.test', true, true],
    ['b.test', true, false],
    ['git.acme.org', true, false],
    ['c.test', false, false],
  ]);
});

it.each([
  ['github.com', true],
  ['*.acme.org', true],
  ['localhost:7007', true],
  ['[::1]:80', true],
  ['*', false],
  ['*.*', false],
  ['https://github.com', false],
  ['me@github.com', false],
  ['github.com/acme', false],
  ['a b', false],
  ['', false],
])('checks whether %j is a host pattern: %s', (text, expected) => {
  expect(isHostPattern(text)).toBe(expected);
});
