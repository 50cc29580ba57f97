import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { ConfiguredUrls, type RemoteSourceDeps } from '../../../../../../src/features/sources/core';
import { openUrlSource } from '../../../../../../src/features/sources/core/url/urlSource';
import { GitMirrorFailure, type GitMirrors } from '../../../../../../src/platform/core/ports';
import { aSetup } from '../../../../../support/backstageCatalog';
import { aComponent, aLocation } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { fileUri, InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { ManualClock } from '../../../../../support/manualClock';
import { aUrlConfig, ConnectedSource, sourceDeps } from '../../../../../support/urlSources';
import { WildcardPlace } from '../../../../../support/wildcardPlace';

const FILES = {
  'services/a/catalog-info.yaml': aComponent('a'),
  'services/b/catalog-info.yaml': aComponent('b'),
  'services/b/README.md': '# B\n',
  'other/catalog-info.yaml': aComponent('other'),
};
const PATTERN = 'services/*/catalog-info.yaml';
const HOUR = 60 * 60_000;

/** Paths of found files, below the branch. */
function paths(found: readonly unknown[]): unknown {
  return found.map(files =>
    Array.isArray(files)
      ? files.map(({ url }: { url: string }) => url.replace(/^.*\/main\//, ''))
      : files,
  );
}

describe('address with wildcards', () => {
  it('is matched by git, and only matches are fetched', async () => {
    const place = await WildcardPlace.open({ ...FILES, 'large.bin': 'x'.repeat(200_000) });
    const url = place.url(PATTERN);
    const {
      found,
      requests: asked,
      bytes,
    } = await place.search([url], { wildcards: place.wildcards() });
    expect({ found, asked }).toEqual({
      found: [
        [
          { url: place.url('services/a/catalog-info.yaml'), text: aComponent('a') },
          { url: place.url('services/b/catalog-info.yaml'), text: aComponent('b') },
        ],
      ],
      asked: expect.not.arrayContaining(['archive 200']) as unknown,
    });
    expect(bytes).toBeLessThan(5000);
  });

  it('has the same matches as in an archive', async () => {
    const place = await WildcardPlace.open({
      ...FILES,
      'services/B/catalog-info.yaml': aComponent('upper'),
      'services/b!/catalog-info.yaml': aComponent('sign'),
      'services/b-1/catalog-info.yaml': aComponent('dash'),
      'services/é ü/catalog-info.yaml': aComponent('letters'),
      'services/a/b/catalog-info.yaml': aComponent('deep'),
      'services/.c/catalog-info.yaml': aComponent('hidden'),
      'services/mark/catalog-info.yaml': `\uFEFF${aComponent('mark')}`,
      'services/binary/catalog-info.yaml': Uint8Array.of(0xff, 0xfe, 0, 0x41),
      'services/empty/catalog-info.yaml': '',
    });
    const link = (target: string, name: string): void => {
      const folder = join(place.repository.folder, 'services', name);
      mkdirSync(folder);
      symlinkSync(target, join(folder, 'catalog-info.yaml'));
    };
    link('../b/catalog-info.yaml', 'link');
    link('../link/catalog-info.yaml', 'link-to-link');
    link('../../other/catalog-info.yaml', 'link-out-of-folder');
    link('../../../../secret', 'link-out');
    link('/etc/passwd', 'link-to-top');
    link('../b', 'link-to-folder');
    link('../gone.yaml', 'link-to-nothing');
    symlinkSync('b', join(place.repository.folder, 'services', 'whole'));
    place.repository.commit();
    const commit = place.repository.git('rev-parse', 'HEAD');
    const module = `160000,${commit},services/module`;
    place.repository.git('update-index', '--add', '--cacheinfo', module);
    place.repository.git('commit', '--quiet', '--message', 'A submodule');
    const urls = [PATTERN, 'services/**/catalog-info.yaml', '**/catalog-info.yaml', 'none/*.yaml'];
    const asked = urls.map(path => place.url(path));
    const byGit = await place.search(asked, { wildcards: place.wildcards() });
    const byArchive = await place.search(asked);
    expect(byGit.found).toEqual(byArchive.found);
    expect(byGit.requests).not.toContain('archive 200');
    expect(byArchive.requests).not.toContain('git');
    expect(paths(byGit.found.slice(0, 1))).toEqual([
      [
        'services/B/catalog-info.yaml',
        'services/a/catalog-info.yaml',
        'services/b!/catalog-info.yaml',
        'services/b-1/catalog-info.yaml',
        'services/b/catalog-info.yaml',
        'services/binary/catalog-info.yaml',
        'services/empty/catalog-info.yaml',
        'services/link/catalog-info.yaml',
        'services/mark/catalog-info.yaml',
        'services/%C3%A9%20%C3%BC/catalog-info.yaml',
      ],
    ]);
  });

  it('transfers almost nothing without changes, also after a restart', async () => {
    const place = await WildcardPlace.open(FILES);
    const wildcards = place.wildcards();
    const first = await place.search([place.url(PATTERN)], { wildcards });
    place.server.bytes = 0;
    const second = await place.search([place.url(PATTERN)], { wildcards, copy: first.copy });
    expect(second.requests).toEqual(['git']);
    expect(second.copy).toEqual(first.copy);
    expect([...second.copy.values()][0]).toBe([...first.copy.values()][0]);
    expect(place.server.bytes).toBeLessThan(2000);
    place.server.bytes = 0;
    const started = { wildcards: place.wildcards(), copy: first.copy };
    const after = await place.search([place.url(PATTERN)], started);
    expect([...after.copy.values()][0]).toBe([...first.copy.values()][0]);
    expect([after.requests, place.server.bytes < 2000]).toEqual([['git'], true]);
  });

  it('keeps its copy if the branch moved without changed matches', async () => {
    const place = await WildcardPlace.open(FILES);
    const wildcards = place.wildcards();
    const { copy } = await place.search([place.url(PATTERN)], { wildcards });
    place.repository.commit({ 'other/catalog-info.yaml': aComponent('changed') });
    const second = await place.search([place.url(PATTERN)], { wildcards, copy });
    expect([...second.copy.values()][0]).toBe([...copy.values()][0]);
    place.repository.commit({ 'services/c/catalog-info.yaml': aComponent('c') });
    place.repository.remove('services/a');
    place.repository.commit();
    const changed = await place.search([place.url(PATTERN)], { wildcards, copy });
    expect(paths(changed.found)).toEqual([
      ['services/b/catalog-info.yaml', 'services/c/catalog-info.yaml'],
    ]);
  });

  it('shares one mirror with other addresses of the branch', async () => {
    const place = await WildcardPlace.open(FILES);
    place.repository.git('branch', 'next');
    const wildcards = place.wildcards();
    const urls = [PATTERN, '*/catalog-info.yaml', 'services/**/*.yaml'].map(path =>
      place.url(path),
    );
    const { found, copy } = await place.search(urls, { wildcards });
    expect(paths(found)).toEqual([
      ['services/a/catalog-info.yaml', 'services/b/catalog-info.yaml'],
      ['other/catalog-info.yaml'],
      ['services/a/catalog-info.yaml', 'services/b/catalog-info.yaml'],
    ]);
    expect(place.kept().length).toBe(1);
    const second = await place.search(urls, { wildcards, copy });
    expect([second.requests, second.found]).toEqual([['git'], found]);
    await place.search([place.url(PATTERN, 'next')], { wildcards });
    expect(place.kept().length).toBe(2);
  });

  it('can share its copy with the archive', async () => {
    const place = await WildcardPlace.open(FILES);
    const url = place.url(PATTERN);
    const byArchive = await place.search([url]);
    const byGit = await place.search([url], {
      wildcards: place.wildcards(),
      copy: byArchive.copy,
    });
    expect(byGit.copy.get(url)).toBe(byArchive.copy.get(url));
    expect((await place.search([url], { copy: byGit.copy })).requests).toEqual(['archive 304']);
    place.repository.commit({ 'services/a/catalog-info.yaml': aComponent('changed') });
    const changed = await place.search([url], {
      wildcards: place.wildcards(),
      copy: byGit.copy,
    });
    expect(changed.copy.get(url)?.etag).toBe(undefined);
    const { requests: asked, copy } = await place.search([url], { copy: changed.copy });
    expect(asked).toEqual(['archive 200']);
    expect(copy.get(url)?.files).toBe(changed.copy.get(url)?.files);
    expect(copy.get(url)?.etag).toMatch(/^"/);
  });

  it('is fetched again if the mirror is broken', async () => {
    const place = await WildcardPlace.open(FILES);
    const url = place.url(PATTERN);
    await place.search([url], { wildcards: place.wildcards() });
    const [mirror = ''] = place.kept();
    const folder = join(place.storage, mirror);
    for (const name of readdirSync(folder)) {
      const packs = join(folder, name, 'objects', 'pack');
      if (!name.startsWith('generation-')) continue;
      for (const pack of readdirSync(packs)) {
        rmSync(join(packs, pack), { force: true });
        if (pack.endsWith('.pack')) writeFileSync(join(packs, pack), 'PACK');
      }
    }
    const { found, requests: asked } = await place.search([url], { wildcards: place.wildcards() });
    expect(paths(found)).toEqual([
      ['services/a/catalog-info.yaml', 'services/b/catalog-info.yaml'],
    ]);
    expect(asked).not.toContain('archive 200');
  });

  it("is fetched with the host's token, which is not stored", async () => {
    const place = await WildcardPlace.open(FILES);
    place.wanted = place.cached = 'Basic c2VjcmV0LXRva2Vu';
    const { found, requests: asked } = await place.search([place.url(PATTERN)], {
      wildcards: place.wildcards(),
    });
    expect([paths(found), asked.includes('archive 200')]).toEqual([
      [['services/a/catalog-info.yaml', 'services/b/catalog-info.yaml']],
      false,
    ]);
    const files = readdirSync(place.storage, { recursive: true, encoding: 'utf8' })
      .map(name => join(place.storage, name))
      .filter(path => statSync(path).isFile());
    expect(files.filter(path => /secret|c2VjcmV0/.test(readFileSync(path, 'latin1')))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });
});

describe('archive is used', () => {
  const both = [['services/a/catalog-info.yaml', 'services/b/catalog-info.yaml']];

  it.each([
    ['there is no git', (place: WildcardPlace) => (place.mirrors = undefined), []],
    ['the host is not named', (place: WildcardPlace) => (place.isNamed = false), []],
    [
      'there are no repositories',
      (place: WildcardPlace) => (place.refusal = response => response.writeHead(404).end()),
      ['git'],
    ],
    [
      'git is not let in',
      (place: WildcardPlace) => (place.refusal = response => response.writeHead(403).end()),
      ['git'],
    ],
    [
      'git is sent elsewhere',
      (place: WildcardPlace) =>
        (place.refusal = response =>
          response.writeHead(302, { location: 'http://169.254.169.254/' }).end()),
      ['git'],
    ],
    [
      'something else answers',
      (place: WildcardPlace) => (place.refusal = response => response.end('<html></html>')),
      ['git'],
    ],
    [
      'git breaks off',
      (place: WildcardPlace) => (place.refusal = response => response.destroy()),
      ['git'],
    ],
  ])('if %s, and git is not tried again', async (_, break_, expected) => {
    const place = await WildcardPlace.open(FILES);
    break_(place);
    const wildcards = place.wildcards();
    const urls = [place.url(PATTERN), place.url('services/**/catalog-info.yaml')];
    const { found, requests: asked, copy } = await place.search(urls, { wildcards });
    expect({ found: paths(found), asked: [...new Set(asked)] }).toEqual({
      found: [...both, ...both],
      asked: [...expected, 'archive 200'],
    });
    const second = await place.search(urls, { wildcards, copy });
    expect(second.requests).toEqual(['archive 304', 'archive 304']);
  });

  it.each([
    ['a branch that is not there', 'gone'],
    ['an option', '--upload-pack=touch%20x'],
    ['another option', '-x'],
    ['a way up', 'a..b'],
    ['a commit', '0123456789abcdef0123456789abcdef01234567'],
  ])('for %s, with the same error as without git', async (_, branch) => {
    const place = await WildcardPlace.open(FILES);
    const url = place.url(PATTERN, branch);
    const byGit = await place.search([url], { wildcards: place.wildcards() });
    const byArchive = await place.search([url]);
    expect(byGit.found).toEqual(byArchive.found);
    expect(byGit.found).toEqual([expect.stringContaining('NotFoundError')]);
    expect(byGit.requests.includes('git')).toBe(branch === 'gone');
  });

  it('for a missing repository', async () => {
    const place = await WildcardPlace.open(FILES);
    const url = place.url(PATTERN, 'main', 'gone');
    const byGit = await place.search([url], { wildcards: place.wildcards() });
    expect(byGit.found).toEqual((await place.search([url])).found);
  });

  it('for a missing folder if its host reports it', async () => {
    const place = await WildcardPlace.open(FILES);
    place.type = 'gitlab';
    const urls = [place.url('gone/*.yaml'), place.url(PATTERN)];
    const byGit = await place.search(urls, { wildcards: place.wildcards() });
    expect(byGit.found).toEqual((await place.search(urls)).found);
    expect(byGit.found).toEqual([expect.stringContaining('NotFoundError'), expect.any(Array)]);
    // Other wildcards of the repository still use git.
    expect(byGit.requests.filter(what => what !== 'git')).toEqual(['archive 404']);
  });

  it.each(['other export-ignore', '*.yaml export-subst', '*.yaml ident'])(
    'for attributes: %s',
    async attributes => {
      const place = await WildcardPlace.open({ ...FILES, '.gitattributes': `${attributes}\n` });
      place.type = 'gitlab';
      const url = place.url('**/catalog-info.yaml');
      const byGit = await place.search([url], { wildcards: place.wildcards() });
      expect(byGit.requests).toContain('archive 200');
      expect(byGit.found).toEqual((await place.search([url])).found);
    },
  );

  it('not for attributes if the server reads the tree', async () => {
    const attributes = { '.gitattributes': 'services export-ignore\n' };
    const place = await WildcardPlace.open({ ...FILES, ...attributes });
    const { found } = await place.search([place.url(PATTERN)], { wildcards: place.wildcards() });
    expect(paths(found)).toEqual(both);
  });

  it('instead of git for an hour, or until there is another token', async () => {
    const place = await WildcardPlace.open(FILES);
    const wildcards = place.wildcards();
    const urls = [place.url(PATTERN)];
    place.refusal = response => response.writeHead(404).end();
    await place.search(urls, { wildcards });
    place.refusal = undefined;
    place.clock.time += HOUR - 1;
    expect((await place.search(urls, { wildcards })).requests).toEqual(['archive 200']);
    place.clock.time += 1;
    expect((await place.search(urls, { wildcards })).requests).toContain('git');
    place.refusal = response => response.writeHead(404).end();
    await place.search(urls, { wildcards });
    expect((await place.search(urls, { wildcards })).requests).toEqual(['archive 200']);
    place.refusal = undefined;
    place.cached = 'Basic c2VjcmV0';
    expect((await place.search(urls, { wildcards })).requests).not.toContain('archive 200');
  });

  it('but git is tried again after the clock was set back', async () => {
    const place = await WildcardPlace.open(FILES);
    const wildcards = place.wildcards();
    const urls = [place.url(PATTERN)];
    place.refusal = response => response.writeHead(404).end();
    await place.search(urls, { wildcards });
    place.refusal = undefined;
    place.clock.time -= 2 * HOUR;
    expect((await place.search(urls, { wildcards })).requests).toContain('git');
  });
});

describe('silent host', () => {
  it('is waited for once, and its archive is used the next time', async () => {
    const place = await WildcardPlace.open(FILES);
    let waits = 0;
    const silent: GitMirrors = {
      open: () => {
        waits++;
        throw new GitMirrorFailure('timeout', 'block timeout reached');
      },
      removeUnused: () => Promise.resolve(),
    };
    place.mirrors = silent;
    const wildcards = place.wildcards();
    const urls = [place.url(PATTERN), place.url(PATTERN, 'main', 'other')];
    const { found, requests: asked } = await place.search(urls, { wildcards });
    const { host } = place.server;
    expect({ found, asked, waits }).toEqual({
      found: urls.map(url => `Error: Unable to read ${url}, ${host} didn't respond in time`),
      asked: [],
      waits: 1,
    });
    const second = await place.search(urls, { wildcards });
    expect([second.requests, waits]).toEqual([['archive 200', 'archive 404'], 1]);
  });
});

function openSource(place: WildcardPlace, url: string, deps: Partial<RemoteSourceDeps> = {}) {
  const { credentials, clock, http } = place;
  const others = sourceDeps({ send: () => Promise.reject(new Error('Nobody is asked so')) });
  const hosts = (): ReadonlyMap<string, string> => place.types;
  const config = { ...aUrlConfig(url), key: 'one' };
  const own = { ...others, credentials, clock, http, hosts, wildcards: place.wildcards() };
  return ConnectedSource.of(openUrlSource(config, { ...own, ...deps }));
}

describe('mirror of a repository', () => {
  it('is removed with the last source that uses it', async () => {
    const place = await WildcardPlace.open(FILES);
    const wildcards = place.wildcards();
    const one = await openSource(place, place.url(PATTERN), { wildcards });
    await one.fetch();
    const { found } = await place.search([place.url('*/*.yaml')], { wildcards, owner: 'two' });
    expect([one.refs(), paths(found)]).toEqual([
      ['component:default/a', 'component:default/b'],
      [['other/catalog-info.yaml']],
    ]);
    await one.source.forget();
    expect(place.kept().length).toBe(1);
    await (await wildcards())?.keep('two', []);
    expect(place.kept()).toEqual([]);
    await one.fetch();
    expect([one.refs().length, place.kept().length]).toEqual([2, 1]);
  });

  it('is removed with its wildcards, also after a restart', async () => {
    const all = aLocation('all', `./${PATTERN}`);
    const place = await WildcardPlace.open({ ...FILES, 'all.yaml': all });
    const store = new InMemoryBlobStore();
    await (await openSource(place, place.url('all.yaml'), { store })).fetch();
    expect(place.kept().length).toBe(1);
    const shop = await openSource(place, place.url('all.yaml'), { store });
    await shop.restore();
    expect(shop.refs().length).toBe(3);
    place.repository.commit({ 'all.yaml': aLocation('all', './other/catalog-info.yaml') });
    await shop.fetch();
    expect([shop.refs(), place.kept()]).toEqual([
      ['component:default/other', 'location:default/all'],
      [],
    ]);
  });
});

describe('app-config', () => {
  it('uses git for wildcards', async () => {
    const place = await WildcardPlace.open(FILES);
    const { host } = place.server;
    const config = '/work/app-config.yaml';
    const text = JSON.stringify({
      integrations: { github: [{ host, apiBaseUrl: `http://${host}/api/v3` }] },
      catalog: { locations: [{ type: 'url', target: place.url(PATTERN) }] },
    });
    const { credentials, http } = place;
    const clock = new ManualClock();
    const urls = new ConfiguredUrls({
      credentials,
      clock,
      http,
      logger: silentLogger,
      store: new InMemoryBlobStore(),
      identity: config,
      root: 'callboard-source://app-config/',
      isWanted: () => false,
      wildcards: place.wildcards(),
    });
    const fileSystem = new InMemoryFileSystem({ [config]: text });
    const engine = new CatalogEngine({ fileSystem, clock, urls, logger: silentLogger });
    engine.setBackstage(aSetup({ configs: [fileUri(config)] }));
    await engine.refresh();
    await urls.fetch();
    await engine.sourcesRead();
    const names = engine.getEntities().map(({ metadata }) => metadata.name);
    expect(names.filter(name => name.length === 1)).toEqual(['a', 'b']);
    expect(place.takeRequests()).not.toContain('archive 200');
    engine.dispose();
    urls.dispose();
  });
});
