import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bringAll,
  fetchAll,
  MIRROR_ROOT,
  MirrorPlace,
  textIn,
} from '../../../../../support/gitMirrors';
import { TestRepository } from '../../../../../support/gitRepository';
import { GitDaemon, type GitHttpServer } from '../../../../../support/gitServer';

const { signal } = new AbortController();
let place: MirrorPlace;
let web: GitHttpServer;

beforeEach(async () => {
  place = new MirrorPlace();
  web = await place.serve();
});
afterEach(() => place.dispose());

describe.each(['http', 'git', 'file'])('mirror by %s', protocol => {
  it.each([true, false])(
    'has the tree and the requested files (filters allowed: %s)',
    async allows => {
      place.served.git('config', 'uploadpack.allowFilter', String(allows));
      const commit = place.served.commit({ 'a.yaml': 'a: 1', 'docs/b.md': '# B' });
      const daemon = protocol === 'git' ? await GitDaemon.start(place.folder) : undefined;
      if (daemon) place.named.add(daemon.host);
      const server = protocol === 'http' ? web : daemon;
      const mirror = place.open({ url: server?.url('shop/.git') ?? place.fileUrl });
      await mirror.fetch({ signal, complete: draft => draft.fetchBlobs(['a.yaml', 'gone.yaml']) });
      expect(mirror.state).toMatchObject({ commit, branch: 'main' });
      expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
      const other = textIn(mirror.copy, 'docs/b.md');
      if (allows) await expect(other).rejects.toMatchObject({ code: 'ENOENT' });
      else expect(await other).toBe('# B');
      expect([...mirror.missing]).toEqual(allows ? ['docs/b.md'] : []);
      expect(await textIn(mirror.fileSystem, 'docs/b.md')).toBe('# B');
      expect(await textIn(mirror.copy, 'docs/b.md')).toBe('# B');
      daemon?.stop();
    },
  );
});

describe('remote without partial fetches', () => {
  it("is fetched completely if single files can't be fetched", async () => {
    web.protocol = 0;
    place.served.commit({ 'a.yaml': 'a: 1', 'docs/b.md': '# B' });
    const mirror = place.open({ url: web.url('shop/.git') });
    await mirror.fetch({ signal, complete: draft => draft.fetchBlobs(['a.yaml']) });
    expect(await textIn(mirror.copy, 'docs/b.md')).toBe('# B');
    expect(place.generations()).toHaveLength(1);
  });

  it('is fetched with its history if the server only serves files', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    place.served.commit({ 'a.yaml': 'a: 2' });
    place.served.git('update-server-info');
    web.serveFiles();
    const mirror = place.open({ url: web.url('shop/.git') });
    await fetchAll(mirror);
    expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 2');
    place.served.commit({ 'a.yaml': 'a: 3' });
    place.served.git('update-server-info');
    expect((await fetchAll(mirror)).paths).toEqual(['a.yaml']);
  });
});

describe('tree of a copy', () => {
  it('can be read without a refresh, and more files be fetched', async () => {
    place.served.commit({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 22' });
    await place.open({ url: web.url('shop/.git') }).fetch({ signal });
    web.requests.length = 0;
    const mirror = place.open({ url: web.url('shop/.git') });
    const paths = (): ReturnType<typeof mirror.look> =>
      mirror.look(tree => Promise.resolve([...tree.paths()]), { signal });
    expect(await paths()).toEqual({ value: ['a.yaml', 'b.yaml'], requests: 0, bytes: 0 });
    expect(web.requests).toEqual([]);
    const { value, requests } = await mirror.look(
      async tree => {
        const before = tree.sizeOf('b.yaml');
        await tree.fetchBlobs(['b.yaml']);
        return [before, tree.sizeOf('b.yaml'), await tree.read('a.yaml')];
      },
      { signal },
    );
    expect([value, requests]).toEqual([[undefined, 5, undefined], 1]);
  });

  it('is missing before there is a copy', async () => {
    const mirror = place.open();
    await expect(mirror.look(() => Promise.resolve(), { signal })).rejects.toMatchObject({
      reason: 'failed',
    });
  });

  it('is not read if the commit is known', async () => {
    const knownCommit = place.served.commit({ 'a.yaml': 'a: 1' });
    await fetchAll(place.open());
    const mirror = place.open();
    expect((await mirror.fetch({ signal, knownCommit })).paths).toEqual([]);
    expect(mirror.state).toBe(undefined);
    const commit = place.served.commit({ 'a.yaml': 'a: 2' });
    await mirror.fetch({ signal, knownCommit, complete: bringAll });
    expect([mirror.state?.commit, await textIn(mirror.copy, 'a.yaml')]).toEqual([commit, 'a: 2']);
  });
});

describe('repository', () => {
  it('may use SHA-256', async () => {
    const modern = new TestRepository(join(place.folder, 'modern'), '--object-format=sha256');
    const commit = modern.commit({ 'a.yaml': 'a: 1' });
    const mirror = place.open({ url: web.url('modern/.git') });
    await fetchAll(mirror);
    await fetchAll(mirror);
    expect([mirror.state?.commit, await textIn(mirror.copy, 'a.yaml')]).toEqual([commit, 'a: 1']);
    expect(place.generations()).toHaveLength(1);
  });
});

describe('branch', () => {
  it('may be a tag', async () => {
    const commit = place.served.commit({ 'a.yaml': 'a: 1' });
    place.served.git('tag', '-a', 'v1', '-m', 'First');
    place.served.commit({ 'a.yaml': 'a: 2' });
    const mirror = place.open({ branch: 'v1' });
    await fetchAll(mirror);
    await fetchAll(mirror);
    expect(mirror.state).toMatchObject({ commit, branch: 'v1' });
  });

  it('follows HEAD by default, also when it changes', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const mirror = place.open({ branch: undefined });
    await fetchAll(mirror);
    expect(mirror.state).toMatchObject({ branch: 'main' });
    place.served.git('branch', '-m', 'main', 'trunk');
    const commit = place.served.commit({ 'a.yaml': 'a: 2' });
    await fetchAll(mirror);
    expect(mirror.state).toMatchObject({ branch: 'trunk', commit });
  });

  it('may be a detached HEAD', async () => {
    const commit = place.served.commit({ 'a.yaml': 'a: 1' });
    place.served.git('checkout', '--quiet', '--detach');
    const mirror = place.open({ branch: undefined });
    await fetchAll(mirror);
    await fetchAll(mirror);
    expect(mirror.state).toMatchObject({ branch: 'HEAD', commit });
  });

  it('may be changed by a forced push', async () => {
    place.served.commit({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1' });
    const mirror = place.open();
    await fetchAll(mirror);
    place.served.git('checkout', '--quiet', '--orphan', 'other');
    const commit = place.served.commit({ 'b.yaml': 'b: 2' });
    place.served.git('branch', '--force', 'main', 'other');
    expect((await fetchAll(mirror)).paths).toEqual(['b.yaml']);
    expect(mirror.state).toMatchObject({ commit });
  });
});

describe('refresh', () => {
  it('returns the changed files', async () => {
    place.served.commit({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1', 'c.yaml': 'c: 1' });
    const mirror = place.open({ url: web.url('shop/.git') });
    const first = await fetchAll(mirror);
    const a = await mirror.copy.stat(`${MIRROR_ROOT}a.yaml`);
    const b = await mirror.copy.stat(`${MIRROR_ROOT}b.yaml`);
    place.served.remove('c.yaml');
    place.served.commit({ 'b.yaml': 'b: 2', 'd.yaml': 'd: 1' });
    const second = await fetchAll(mirror);
    expect(first.paths).toBeUndefined();
    expect([...(second.paths ?? [])].sort()).toEqual(['b.yaml', 'c.yaml', 'd.yaml']);
    expect(await textIn(mirror.copy, 'b.yaml')).toBe('b: 2');
    expect(await mirror.copy.stat(`${MIRROR_ROOT}a.yaml`)).toEqual(a);
    expect((await mirror.copy.stat(`${MIRROR_ROOT}b.yaml`))?.mtime).not.toBe(b?.mtime);
    expect(await mirror.copy.stat(`${MIRROR_ROOT}c.yaml`)).toBeUndefined();
  });

  it('transfers almost nothing without changes', async () => {
    place.served.commit(
      Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${at}/a.yaml`, `a: ${at}`])),
    );
    const mirror = place.open({ url: web.url('shop/.git') });
    await fetchAll(mirror);
    web.bytes = 0;
    web.requests.splice(0);
    const completed: unknown[] = [];
    const { paths, requests } = await mirror.fetch({
      signal,
      complete: draft => Promise.resolve(void completed.push(draft)),
    });
    expect({ paths, requests, completed }).toEqual({ paths: [], requests: 1, completed: [] });
    expect(web.requests).toHaveLength(3);
    expect(web.bytes).toBeLessThan(2000);
  });

  it('fetches all requested files in one request', async () => {
    const files = Array.from({ length: 300 }, (_, at) => [`${at}.yaml`, `a: ${at}`]);
    place.served.commit(Object.fromEntries(files));
    const mirror = place.open({ url: web.url('shop/.git') });
    const { requests } = await fetchAll(mirror);
    expect(requests).toBe(2);
    expect(web.requests.filter(request => request.startsWith('POST'))).toHaveLength(3);
  });
});

describe('files on demand', () => {
  it('are fetched together if requested together', async () => {
    const files = Array.from({ length: 50 }, (_, at) => [`${at}.md`, `# ${at}`]);
    place.served.commit(Object.fromEntries(files));
    const mirror = place.open({ url: web.url('shop/.git') });
    await mirror.fetch({ signal });
    web.requests.splice(0);
    const texts = await Promise.all(files.map(([path = '']) => textIn(mirror.fileSystem, path)));
    expect(texts).toEqual(files.map(([, text]) => text));
    expect(web.requests.length).toBeLessThan(9);
  });

  it('have their size', async () => {
    place.served.commit({ 'a.md': '# A' });
    const mirror = place.open();
    await mirror.fetch({ signal });
    expect(await mirror.fileSystem.stat(`${MIRROR_ROOT}a.md`)).toMatchObject({ size: 3 });
  });

  it('report a failure and are not requested repeatedly', async () => {
    place.served.commit({ 'a.md': '# A', 'b.md': '# B' });
    const mirror = place.open({ url: web.url('shop/.git') });
    await mirror.fetch({ signal });
    web.requests.splice(0);
    web.intercept = (_, response) => !response.writeHead(500).end().closed;
    for (const path of ['a.md', 'b.md']) {
      await expect(textIn(mirror.fileSystem, path)).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
    }
    expect(web.requests).toHaveLength(1);
  });
});

describe('copies', () => {
  it('are restored without requests', async () => {
    place.served.commit({ 'a.yaml': 'a: 1', 'b.md': '# B' });
    const first = place.open();
    await first.fetch({ signal, complete: draft => draft.fetchBlobs(['a.yaml']) });
    place.served.remove('.git');
    const second = place.open();
    await second.restore();
    expect(second.state).toEqual(first.state);
    expect(await textIn(second.copy, 'a.yaml')).toBe('a: 1');
    await expect(textIn(second.copy, 'b.md')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('are not used for another address', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    await fetchAll(place.open());
    const other = place.open({ url: 'file:///elsewhere' });
    await other.restore();
    expect(other.state).toBeUndefined();
  });

  it('stay readable while another window replaces them', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const reader = place.open();
    await fetchAll(reader);
    const [generation = ''] = place.generations();
    writeFileSync(join(generation, 'shallow.lock'), '');
    const other = place.open();
    await fetchAll(other);
    expect(place.generations()).toHaveLength(2);
    expect(await textIn(reader.copy, 'a.yaml')).toBe('a: 1');
    await fetchAll(reader);
    expect(await textIn(reader.copy, 'a.yaml')).toBe('a: 1');
  });

  it('can be removed', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const mirror = place.open();
    await fetchAll(mirror);
    await mirror.remove();
    expect(mirror.state).toBeUndefined();
    expect(await mirror.copy.stat(`${MIRROR_ROOT}a.yaml`)).toBeUndefined();
    expect(() => place.generations()).toThrow('ENOENT');
    await fetchAll(mirror);
    expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
  });

  it('are shared by windows that fetch concurrently', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const windows = [place.open(), place.open(), place.open()];
    await Promise.all(windows.map(fetchAll));
    for (let round = 2; round < 5; round++) {
      place.served.commit({ 'a.yaml': `a: ${round}` });
      await Promise.all(windows.map(fetchAll));
      const texts = await Promise.all(windows.map(({ copy }) => textIn(copy, 'a.yaml')));
      expect(texts).toEqual(windows.map(() => `a: ${round}`));
    }
    const next = place.open();
    await next.restore();
    expect(await textIn(next.copy, 'a.yaml')).toBe('a: 4');
    await next.fetch({ signal, complete: bringAll });
  });
});
