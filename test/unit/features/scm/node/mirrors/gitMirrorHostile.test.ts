import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  failureOf,
  fetchAll,
  MIRROR_ROOT,
  MirrorPlace,
  textIn,
} from '../../../../../support/gitMirrors';
import type { GitHttpServer } from '../../../../../support/gitServer';

const { signal } = new AbortController();
let place: MirrorPlace;
let web: GitHttpServer;

beforeEach(async () => {
  place = new MirrorPlace();
  web = await place.serve();
});
afterEach(() => place.dispose());

describe('repository that changes completely each time', () => {
  it('does not fill the storage over time', async () => {
    const mirror = place.open({}, { maxBytes: 200_000 });
    const sizes: number[] = [];
    for (let round = 0; round < 20; round++) {
      place.served.commit({ 'a.yaml': randomBytes(180_000) });
      await fetchAll(mirror);
      const packs = place.generations().flatMap(folder => packsIn(folder));
      sizes.push(packs.reduce((sum, path) => sum + statSync(path).size, 0));
      const at = Date.now() / 1000 - 7200 + round;
      for (const folder of place.generations()) utimesSync(folder, at, at);
    }
    expect(Math.max(...sizes)).toBeLessThan(3 * 5 * 200_000);
    expect(await textIn(mirror.copy, 'a.yaml')).not.toBe('');
  });
});

describe('server that only serves files', () => {
  it.each([
    { isPacked: false, isEndless: false },
    { isPacked: true, isEndless: false },
    { isPacked: true, isEndless: true },
  ])('does not fill the storage either: %j', async ({ isPacked, isEndless }) => {
    place.served.commit({ 'a.yaml': randomBytes(3_000_000), 'b.yaml': randomBytes(3_000_000) });
    if (isPacked) place.served.git('repack', '--quiet', '-a', '-d');
    place.served.git('update-server-info');
    web.serveFiles();
    const { intercept } = web;
    const flood = new Set<NodeJS.Timeout>();
    web.intercept = (request, response) => {
      if (!isEndless || !request.url?.endsWith('.pack')) return intercept(request, response);
      flood.add(setInterval(() => response.write(randomBytes(200_000)), 50));
      return true;
    };
    const started = Date.now();
    const mirror = place.open({ url: web.url('shop/.git') }, { maxBytes: 500_000 });
    expect(await failureOf(fetchAll(mirror))).toMatchObject({ reason: 'excess' });
    for (const timer of flood) clearInterval(timer);
    expect(Date.now() - started).toBeLessThan(20_000);
    expect([mirror.state, place.generations()]).toEqual([undefined, []]);
  });
});

describe('hostile repository', () => {
  it('runs nothing and leads nowhere', async () => {
    const trap = join(place.folder, 'trap');
    const { served } = place;
    served.git('config', 'uploadpack.packObjectsHook', `touch ${trap}`);
    const library = served.gitReading('x', 'hash-object', '-w', '--stdin');
    const files = {
      'a.yaml': 'a: 1',
      '.gitattributes': '* filter=trap diff=trap text eol=crlf\n',
      '.gitmodules': '[submodule "x"]\n\tpath = sub\n\turl = ext::sh -c "touch trap"\n',
      [`${'n'.repeat(250)}/${'m'.repeat(250)}.yaml`]: 'long: 1',
      'new\nline.yaml': 'b: 1',
      'back\\slash.yaml': 'c: 1',
      '"quoted".yaml': 'd: 1',
      '--option.yaml': 'e: 1',
    };
    served.commit(files);
    served.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${served.git('rev-parse', 'HEAD')},sub`,
    );
    served.git('update-index', '--add', '--cacheinfo', `120000,${library},link`);
    served.git('commit', '--quiet', '-m', 'Submodule');
    const mirror = place.open();
    await fetchAll(mirror);
    const texts = await Promise.all(
      Object.keys(files).map(path =>
        textIn(mirror.copy, path.split('/').map(encodeURIComponent).join('/')),
      ),
    );
    expect(texts).toEqual(Object.values(files));
    expect(await mirror.copy.stat(`${MIRROR_ROOT}sub`)).toBeUndefined();
    expect(await mirror.copy.stat(`${MIRROR_ROOT}link`)).toBeUndefined();
    expect(existsSync(trap)).toBe(false);
  });

  it('has no files that git would not check out', async () => {
    const { served } = place;
    const blob = served.gitReading('[remote "origin"]', 'hash-object', '-w', '--stdin');
    const forged = served.forgeTree([['100644', 'config', blob]]);
    served.commitTree(
      served.forgeTree([
        ...['..', '.git'].map(name => ['40000', name, forged] as const),
        ['100644', 'plain', blob],
      ]),
    );
    const mirror = place.open();
    await mirror.fetch({ signal });
    const names = async (path: string): Promise<readonly string[]> =>
      (await mirror.copy.readDirectory(MIRROR_ROOT + path)).map(({ name }) => name);
    expect([await names(''), await names('.git')]).toEqual([['.git', 'plain'], []]);
  });

  it('has no file names that are too long for any disk', async () => {
    const { served } = place;
    const blob = served.gitReading('x', 'hash-object', '-w', '--stdin');
    const long = [70_000, 1_000_000].map(length => 'n'.repeat(length));
    const names = ['a', ...long, 'z'];
    served.commitTree(served.forgeTree(names.map(name => ['100644', name, blob] as const)));
    const mirror = place.open();
    await mirror.fetch({ signal });
    const found = await mirror.copy.readDirectory(MIRROR_ROOT);
    expect(found.map(({ name }) => name)).toEqual(['.git', 'a', 'z']);
  });

  it('has a limited number and depth of folders', async () => {
    const { served } = place;
    const blob = served.gitReading('x', 'hash-object', '-w', '--stdin');
    const inFolders = (names: readonly string[], oid: string): string =>
      served.forgeTree(names.map(name => ['40000', name, oid] as const));
    const named = (count: number): readonly string[] =>
      Array.from({ length: count }, (_, at) => `d${at}`);
    const file = served.forgeTree([['100644', 'x', blob]]);
    let long = file;
    for (let depth = 0; depth < 5; depth++) long = inFolders(['n'.repeat(1000)], long);
    let deep = file;
    for (let depth = 0; depth < 100; depth++) deep = inFolders(['d'], deep);
    served.commitTree(
      served.forgeTree([
        ['40000', 'deep', deep],
        ['40000', 'long', long],
      ]),
    );
    const mirror = place.open();
    await mirror.fetch({ signal });
    const found = await mirror.copy.readDirectory(MIRROR_ROOT);
    expect(found.map(({ name }) => name)).toEqual(['.git', 'deep']);
    served.commitTree(inFolders(named(60), inFolders(named(100), deep)));
    expect(await failureOf(place.open({ key: 'other' }).fetch({ signal }))).toMatchObject({
      reason: 'excess',
      message: 'The repository has more than 500000 folders',
    });
  });

  it('has no files read that are too large for memory', async () => {
    const { served } = place;
    const link = served.gitReading(`${'./'.repeat(2500)}a.yaml`, 'hash-object', '-w', '--stdin');
    served.commit({ 'a.yaml': 'a: 1', 'b.yaml': new Uint8Array(65 * 1024 ** 2) });
    served.git('update-index', '--add', '--cacheinfo', `120000,${link},link.yaml`);
    served.git('commit', '--quiet', '-m', 'Link');
    const mirror = place.open();
    await fetchAll(mirror);
    for (const files of [mirror.copy, mirror.fileSystem]) {
      await expect(textIn(files, 'b.yaml')).rejects.toThrow('EFBIG');
      await expect(textIn(files, 'link.yaml')).rejects.toThrow('ENOENT');
      expect(await textIn(files, 'a.yaml')).toBe('a: 1');
    }
  });

  it.each([
    { folders: 10, depth: 10 },
    { folders: 2, depth: 400 },
  ])('is rejected if its folders contain each other many times: %j', async ({ folders, depth }) => {
    const { served } = place;
    let oid = served.gitReading('x', 'hash-object', '-w', '--stdin');
    for (let level = 0; level < depth; level++) {
      const mode = level === 0 ? '100644' : '40000';
      const names = Array.from({ length: folders }, (_, at) => [mode, `d${at}`, oid] as const);
      oid = served.forgeTree(names);
    }
    served.commitTree(oid);
    expect(await failureOf(place.open().fetch({ signal }))).toMatchObject({
      reason: 'excess',
      message: 'The folders of the repository contain the same files many times',
    });
  });
});

function packsIn(folder: string): readonly string[] {
  const packs = join(folder, 'objects', 'pack');
  return readdirSync(packs)
    .filter(name => name.endsWith('.pack'))
    .map(name => join(packs, name));
}
