import { execFileSync } from 'node:child_process';
import { existsSync, utimesSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { NodeGitMirrors } from '../../../../../../src/features/scm/node/mirrors/gitMirrors';
import { matcherOf } from '../../../../../../src/features/sources/core/url/patternFiles';
import type { PatternQuestion } from '../../../../../../src/features/sources/core/url/urlRequests';
import { GitWildcards } from '../../../../../../src/features/sources/core/url/wildcards/gitWildcards';
import { fetchMatching } from '../../../../../../src/features/sources/core/url/wildcards/repositoryFiles';
import {
  type GitMirror,
  type GitMirrorDraft,
  GitMirrorFailure,
  type GitMirrors,
} from '../../../../../../src/platform/core/ports';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { ManualClock } from '../../../../../support/manualClock';
import { TestClock } from '../../../../../support/testClock';
import { WildcardPlace } from '../../../../../support/wildcardPlace';

const { signal } = new AbortController();

function question(name: string, pattern = '**/*.yaml'): PatternQuestion {
  return {
    type: 'pattern',
    pattern,
    folder: '',
    urlOf: path => path,
    request: {
      url: '',
      headers: {},
      forgeHosts: [],
      format: 'tar.gz',
      folder: '',
      isWrapped: true,
    },
    repository: { url: `https://github.com/acme/${name}.git`, branch: 'main', isReadAs: 'tree' },
  };
}

describe('hostile repository', () => {
  it.each([
    ['an.yaml', true],
    [`${'a'.repeat(250)}.yaml`, true],
    [`${'a'.repeat(251)}.yaml`, false],
    [`${'a'.repeat(300)}/an.yaml`, false],
    [`${'a/'.repeat(550)}an.yaml`, false],
  ])('has no matches of overlong paths: %s', (path, isMatched) => {
    expect([matcherOf('*.yaml'), matcherOf('**/*.yaml')].some(fits => fits(path))).toBe(isMatched);
  });

  it('has no overlong links read', async () => {
    const place = await WildcardPlace.open({ 'a.yaml': aComponent('a') });
    const { folder } = place.repository;
    const link = (length: number, name: string): void => {
      const input = `${'./'.repeat(length)}a.yaml`;
      const hash = ['-C', folder, 'hash-object', '-w', '--stdin'];
      const oid = execFileSync('git', hash, { input, encoding: 'utf8' }).trim();
      place.repository.git('update-index', '--add', '--cacheinfo', `120000,${oid},${name}`);
    };
    link(10, 'short.yaml');
    link(3000, 'long.yaml');
    place.repository.git('commit', '--quiet', '--message', 'links');
    const { found } = await place.search([place.url('*.yaml')], { wildcards: place.wildcards() });
    expect(found).toEqual([
      ['a.yaml', 'short.yaml'].map(name => ({ url: place.url(name), text: aComponent('a') })),
    ]);
  });

  it('has as many files as an archive at most', async () => {
    const draft: GitMirrorDraft = {
      *paths() {
        for (let i = 0; i < 200_001; i++) yield `${i}.yaml`;
      },
      contentId: () => 'a',
      isLink: () => false,
      sizeOf: () => 1,
      read: () => Promise.resolve(new Uint8Array()),
      fetchBlobs: () => Promise.resolve(),
    };
    await expect(
      fetchMatching(draft, question('many'), { clock: new TestClock(), signal }),
    ).rejects.toThrow('too large');
  });

  it('has ten cached branches at most', async () => {
    const place = await WildcardPlace.open({ 'a.yaml': aComponent('a') });
    const branches = Array.from({ length: 12 }, (_, index) => `b${index}`);
    for (const branch of branches) place.repository.git('branch', branch);
    const urls = branches.map(branch => place.url('*.yaml', branch));
    const wildcards = place.wildcards();
    const { found, requests: asked, copy } = await place.search(urls, { wildcards });
    await (
      await wildcards()
    )?.keep(
      'acme',
      branches.map(branch => ({
        url: place.server.url('acme/shop.git'),
        branch,
        isReadAs: 'tree' as const,
      })),
    );
    const second = await place.search(urls, { wildcards, copy });
    expect(second.requests.filter(what => what.startsWith('archive'))).toHaveLength(2);
    expect([place.kept().length, asked.filter(what => what.startsWith('archive'))]).toEqual([
      10,
      ['archive 200', 'archive 200'],
    ]);
    expect(found.every(files => Array.isArray(files) && files.length === 1)).toBe(true);
  });
});

it('a repository that fails does not block others on its host', async () => {
  const clock = new ManualClock();
  const opened: string[] = [];
  const nothing = new InMemoryFileSystem({});
  const mirror: GitMirror = {
    state: undefined,
    fileSystem: nothing,
    copy: nothing,
    missing: new Set<string>(),
    remove: () => Promise.resolve(),
    restore: () => Promise.resolve(),
    dispose() {},
    look: () => Promise.reject(new Error('there is nothing')),
    async fetch() {
      await clock.delay(11_000);
      throw new GitMirrorFailure('failed', 'fatal: early EOF');
    },
  };
  const mirrors: GitMirrors = {
    open({ url }) {
      opened.push(url.replace(/^.*\//, ''));
      return mirror;
    },
    removeUnused: () => Promise.resolve(),
  };
  const wildcards = new GitWildcards({
    clock,
    logger: silentLogger,
    prefix: 'w',
    mayAsk: () => true,
    mirrors: () => Promise.resolve(mirrors),
    credentials: { authorization: () => Promise.resolve(undefined) },
  });
  const traffic = { requests: 0, bytes: 0 };
  const round = wildcards.round({ owner: 'one', signal, traffic });
  const found = [round.find(question('huge'), undefined)];
  await clock.pass(12_000);
  found.push(round.find(question('small'), undefined));
  await clock.pass(12_000);
  expect(await Promise.all(found)).toEqual([undefined, undefined]);
  expect(opened).toEqual(['huge.git', 'small.git']);
});

it('copies unused for long are deleted, except other ones', async () => {
  const place = await WildcardPlace.open({ 'a.yaml': aComponent('a') });
  const age = 30 * 24 * 60 * 60_000;
  const old = (Date.now() - age - 60_000) / 1000;
  const folders = ['w-old', 'w-new', 'other-old'].map(name => join(place.storage, name));
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    if (folder.endsWith('old')) utimesSync(folder, old, old);
  }
  const mirrors = new NodeGitMirrors({ storage: place.storage, logger: silentLogger });
  await mirrors.removeUnused('w-', age);
  expect(folders.map(folder => existsSync(folder))).toEqual([false, true, true]);
});
