import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { readHosts, readSources } from '../../../src/features/sources/core';

interface Manifest {
  contributes: { configuration: { properties: Record<string, object> }[] };
}

const { contributes } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as Manifest;
const settings: Readonly<Record<string, object>> = Object.assign(
  {},
  ...contributes.configuration.map(({ properties }) => properties),
);

/** Whether VS Code accepts a value. */
function isAccepted(name: string, value: unknown): boolean {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  return ajv.validate(settings[name] ?? false, value);
}

it.each([
  { type: 'git', url: 'git@a.test:b/c', branch: 'main', paths: ['a'], name: 'N', color: 'red' },
  { type: 'url', url: 'https://a.test/x', allow: ['*'], refreshMinutes: 0 },
  { type: 'github', org: 'acme', host: 'a.test', filter: '^a', path: 'x.yaml' },
  { type: 'gitlab', org: 'a/b', allow: ['User', 'Group'] },
  { type: 'backstage', url: 'https://a.test', filter: 'kind=api' },
  { type: 'backstage', url: 'https://a.test', filter: ['kind=api', 'kind=system'] },
  { type: 'backstage', url: 'https://a.test', hold: 'referenced', limit: 100 },
  { type: 'backstage', url: 'https://a.test', hold: 'some' },
  { type: 'backstage', url: 'https://a.test', limit: -1 },
  {},
  { type: 'svn', url: 'https://a.test' },
  { type: 'git' },
  { type: 'git', url: 7 },
  { type: 'git', url: 'https://a.test/b', org: 'acme' },
  { type: 'url', url: 'ftp://a.test/x' },
  { type: 'github', url: 'https://github.com/acme' },
  { type: 'gitlab', org: 'acme', token: 'x' },
  { type: 'url', url: 'https://a.test/x', color: 'pink' },
  { type: 'url', url: 'https://a.test/x', allow: ['a b'] },
  { type: 'url', url: 'https://a.test/x', refreshMinutes: -1 },
])('accepts a source if it can be read: %j', source => {
  const { problems } = readSources([source]);
  expect(isAccepted('callboard.catalog.sources', [source])).toBe(problems.length === 0);
});

it.each(['a.test', '*.acme.org', 'localhost:80', 'https://a.test', 'me@a.test', '*', 'a b'])(
  'accepts a host if it can be read: %s',
  host => {
    const { problems } = readHosts([host]);
    expect(isAccepted('callboard.catalog.hosts', [host])).toBe(problems.length === 0);
  },
);
