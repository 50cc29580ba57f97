import { describe, expect, it } from 'vitest';
import { readSources, type SourceConfig } from '../../../../../src/features/sources/core';
import { BUILTIN_KINDS } from '../../../../../src/features/sources/core/typedSources';
import { KindRegistry } from '../../../../../src/model/validation';

const REPOSITORY = 'https://git.acme.org/acme/shop.git';
const HIDDEN = ['*', '!User', '!Group', '!Template'];
const MINUTE = 60_000;

/** Configuration without fields derived from its address. */
function read(entry: Readonly<Record<string, unknown>>): unknown {
  const { configs, problems } = readSources([entry]);
  const [config] = configs;
  if (!config || problems.length > 0) return problems;
  const { id, key, ...rest } = config;
  expect(id).toMatch(/^\w/);
  expect(key).toMatch(/^[a-z0-9-]+$/);
  return rest;
}

const only = (entry: Readonly<Record<string, unknown>>): SourceConfig => {
  const [config] = readSources([entry]).configs;
  if (!config) throw new Error('It is of no use');
  return config;
};

describe('source of the settings', () => {
  it.each([
    [
      { type: 'git', url: REPOSITORY },
      {
        type: 'git',
        url: REPOSITORY,
        branch: undefined,
        paths: [],
        name: 'acme/shop',
        allow: HIDDEN,
        interval: 15 * MINUTE,
        color: undefined,
      },
    ],
    [
      {
        type: 'git',
        url: 'git@git.acme.org:acme/shop',
        branch: 'v1',
        name: 'The shop',
        paths: ['./a/', '/b/*.yaml'],
        allow: ['group', 'User'],
        refreshMinutes: 0,
        color: 'blue',
      },
      {
        type: 'git',
        url: 'git@git.acme.org:acme/shop',
        branch: 'v1',
        name: 'The shop',
        paths: ['a', 'b/*.yaml'],
        allow: ['*', '!Template'],
        color: 'charts.blue',
        interval: Number.POSITIVE_INFINITY,
      },
    ],
    [
      { type: 'url', url: 'https://files.acme.org/a/catalog-info.yaml#x', allow: ['*'] },
      {
        type: 'url',
        url: 'https://files.acme.org/a/catalog-info.yaml',
        name: 'files.acme.org/a/catalog-info.yaml',
        allow: ['*'],
        interval: 15 * MINUTE,
        color: undefined,
      },
    ],
    [
      { type: 'github', org: 'acme', refreshMinutes: 0.1 },
      {
        type: 'github',
        org: 'acme',
        host: 'github.com',
        filter: undefined,
        name: 'acme',
        path: 'catalog-info.yaml',
        allow: HIDDEN,
        interval: MINUTE,
        color: undefined,
      },
    ],
    [
      { type: 'gitlab', org: 'a/b', host: 'Git.Acme.org', filter: '^x', path: '/**/c.yaml' },
      {
        type: 'gitlab',
        org: 'a/b',
        host: 'git.acme.org',
        filter: '^x',
        path: '**/c.yaml',
        name: 'git.acme.org/a/b',
        allow: HIDDEN,
        interval: 60 * MINUTE,
        color: undefined,
      },
    ],
    [
      { type: 'backstage', url: 'https://portal.acme.org/x/api/catalog', refreshMinutes: 1e9 },
      {
        type: 'backstage',
        url: 'https://portal.acme.org/x',
        filter: [],
        name: 'portal.acme.org/x',
        allow: ['*'],
        interval: 7 * 24 * 60 * MINUTE,
        color: undefined,
        hold: 'all',
        limit: 50_000,
      },
    ],
    [
      {
        type: 'backstage',
        url: 'http://localhost:7007/',
        filter: 'kind=Api',
        allow: ['API'],
        hold: 'referenced',
        limit: 1200.5,
      },
      {
        hold: 'referenced',
        limit: 1200,
        type: 'backstage',
        url: 'http://localhost:7007',
        filter: ['kind=Api'],
        name: 'localhost:7007',
        allow: ['API'],
        interval: 10 * MINUTE,
        color: undefined,
      },
    ],
    [
      {
        type: 'backstage',
        url: 'https://portal.acme.org',
        clientId: 'callboard',
        callbackPort: 43117,
      },
      {
        type: 'backstage',
        url: 'https://portal.acme.org',
        filter: [],
        clientId: 'callboard',
        callbackPort: 43117,
        hold: 'all',
        limit: 50_000,
        name: 'portal.acme.org',
        allow: ['*'],
        interval: 10 * MINUTE,
        color: undefined,
      },
    ],
  ])('%j', (entry, expected) => {
    expect(read(entry)).toEqual(expected);
  });

  const TOKENS = /set a token with "Callboard: Set Source Token…"/;

  it.each([
    [{}, /must have a "type"$/],
    [{ type: 'svn' }, /must have one of these types: git, url, github, gitlab, backstage$/],
    [{ type: 'git' }, /must have a "url"$/],
    [{ type: 'git', url: 7 }, /must have text on one line as its "url"$/],
    [{ type: 'git', url: 'ext::sh -c id' }, /is invalid: the address/],
    [{ type: 'git', url: '--upload-pack=id' }, /is invalid: /],
    [{ type: 'git', url: 'https://me:sesame@git.acme.org/a/b' }, TOKENS],
    [{ type: 'git', url: 'https://sesame@git.acme.org/a/b' }, TOKENS],
    [{ type: 'git', url: REPOSITORY, branch: '--all' }, /name of a branch must not start with "-"/],
    [{ type: 'git', url: REPOSITORY, paths: ['a/../../b'] }, /must not leave/],
    [{ type: 'git', url: REPOSITORY, paths: [7] }, /must have a list of strings as its "paths"/],
    [{ type: 'git', url: REPOSITORY, token: 'sesame' }, TOKENS],
    [{ type: 'git', url: REPOSITORY, accessToken: 'sesame' }, TOKENS],
    [{ type: 'git', url: REPOSITORY, allow: ['a b'] }, /must have kinds as its "allow"/],
    [{ type: 'url', url: 'http://files.acme.org/a' }, /must have an https address/],
    [{ type: 'url', url: 'file:///etc/passwd' }, /must have an https address/],
    [{ type: 'url', url: 'https://me:sesame@files.acme.org/' }, TOKENS],
    [{ type: 'url', url: 'https://files.acme.org/a?private_token=sesame' }, TOKENS],
    [{ type: 'github' }, /must have a "org"$/],
    [{ type: 'github', org: 'a/b' }, /must have the name of an owner/],
    [{ type: 'gitlab', org: 'a/../b' }, /must have the name of a group/],
    [{ type: 'github', org: 'a', host: 'me@evil.test' }, /must have a host name/],
    [{ type: 'github', org: 'a', filter: '(' }, /"filter" that is not a regular expression/],
    [{ type: 'github', org: 'a', path: '../x' }, /must not leave/],
    [{ type: 'backstage', url: 'https://portal.acme.org?filter=a' }, /must have no "\?"/],
    [
      { type: 'backstage', url: 'https://portal.acme.org', clientId: 'a&b=c' },
      /must have a client id/,
    ],
    [
      { type: 'backstage', url: 'https://portal.acme.org', callbackPort: 80 },
      /must have a port from 1024 to 65535/,
    ],
    [{ type: 'backstage', url: 'https://portal.acme.org', clientSecret: 'sesame' }, TOKENS],
    [
      { type: 'backstage', url: 'https://portal.acme.org', name: 'a\nb' },
      /on one line as its "name"/,
    ],
  ])('is rejected: %j', (entry, expected) => {
    const { configs, problems } = readSources([entry]);
    expect(configs).toEqual([]);
    expect(problems[0]).toMatch(/^Source 1 of callboard.catalog.sources /);
    expect(problems[0]).toMatch(expected);
    expect(problems.join()).not.toContain('sesame');
  });

  it('is used without invalid optional fields', () => {
    const entry = { type: 'url', url: 'https://a.test/x', color: 'pink', refreshMinutes: -1, x: 1 };
    const { configs, problems } = readSources([entry]);
    expect(configs).toMatchObject([{ color: undefined, interval: 15 * MINUTE }]);
    expect(problems).toEqual([
      'Source 1 of callboard.catalog.sources has an unknown property "x"',
      'Source 1 of callboard.catalog.sources must have a number of 0 or more as its "refreshMinutes"',
      expect.stringMatching(/must have one of red, blue, .* as its "color"$/),
    ]);
  });

  it('has the same id for any position and name, and another for another place', () => {
    const base = { type: 'git', url: REPOSITORY, paths: ['a b'] };
    const entries = [
      base,
      { ...base, name: 'Other', color: 'red', allow: ['*'], refreshMinutes: 1 },
      { ...base, branch: 'a' },
      { ...base, paths: ['a', 'b'] },
      { type: 'url', url: REPOSITORY },
    ];
    const keys = entries.map(entry => only(entry).key);
    const ids = entries.map(entry => only(entry).id);
    expect(new Set(keys).size).toBe(4);
    expect(new Set(ids).size).toBe(4);
    expect([keys[1], ids[1]]).toEqual([keys[0], ids[0]]);
    expect(keys[0]).toMatch(/^acme-shop-[a-z0-9]+$/);
  });
});

describe('setting', () => {
  it.each([
    [undefined, []],
    [null, []],
    [{}, ['callboard.catalog.sources must be a list of sources']],
    [[7], ['Source 1 of callboard.catalog.sources must be an object with a "type"']],
  ])('may be %j', (value, problems) => {
    expect(readSources(value)).toEqual({ configs: [], problems });
  });

  it('has each place once', () => {
    const one = { type: 'url', url: 'https://a.test/x' };
    const { configs, problems } = readSources([one, 7, { ...one, name: 'Again' }]);
    expect(configs).toHaveLength(1);
    expect(problems[1]).toBe('Source 3 of callboard.catalog.sources is the same as an earlier one');
  });
});

describe('allowed kinds of a source', () => {
  it.each([
    ['git', ['Grup'], ['allows the unknown kind Grup. Did you mean Group?']],
    ['git', ['Widget'], ['allows the unknown kind Widget']],
    ['git', ['Boat', 'api', 'User', '*'], []],
    // A Backstage may have custom kinds.
    ['backstage', ['Widget', 'Component'], []],
    ['backstage', ['Componnent'], ['allows the unknown kind Componnent. Did you mean Component?']],
  ])('of %s: %j', (type, allow, expected) => {
    const { configs, problems } = readSources(
      [{ type, url: 'https://acme.org/a/b', allow }],
      ['Boat'],
    );
    expect(problems).toEqual(
      expected.map(problem => `Source 1 of callboard.catalog.sources ${problem}`),
    );
    expect(configs).toHaveLength(1);
  });

  it('match the names in descriptors', () => {
    const kinds = KindRegistry.builtin().knownKinds();
    expect([...new Set(kinds.map(({ kind }) => kind))].sort()).toEqual([...BUILTIN_KINDS].sort());
  });
});
