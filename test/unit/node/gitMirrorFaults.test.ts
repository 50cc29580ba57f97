import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf, fetchAll, MIRROR_ROOT, MirrorPlace, textIn } from '../../support/gitMirrors';
import { serveFlood } from '../../support/floodingGitServer';
import { freePort, type GitHttpServer } from '../../support/gitServer';

const { signal } = new AbortController();
let place: MirrorPlace;
let web: GitHttpServer;

beforeEach(async () => {
  place = new MirrorPlace();
  web = await place.serve();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await place.dispose();
});

describe('what a remote is let in with', () => {
  const basic = `Basic ${Buffer.from('x:t0ps3cret').toString('base64')}`;

  beforeEach(() => {
    place.served.commit({ 'a.yaml': 'a: 1' });
  });

  it.each([basic, 'Bearer t0ps3cret'])('goes with each request: %s', async token => {
    web.intercept = ({ headers }, response) => {
      if (headers.authorization === token) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      return true;
    };
    const mirror = place.open({ url: web.url('shop/.git'), token });
    await fetchAll(mirror);
    expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
    expect(new Set(web.authorizations)).toEqual(new Set([token]));
    const [generation = ''] = place.generations();
    expect(readFileSync(join(generation, 'config'), 'utf8')).not.toMatch(/t0ps3cret|http/);
    expect(readFileSync(join(place.storage, 'shop/mirror.json'), 'utf8')).not.toContain('t0ps3');
  });

  it.each([301, 302, 307, 308])('goes nowhere else: %i', async status => {
    const other = await place.serve();
    web.intercept = ({ url }, response) => {
      response.writeHead(status, { location: `http://${other.host}${url}` }).end();
      return true;
    };
    const error = await failureOf(
      fetchAll(place.open({ url: web.url('shop/.git'), token: 'Bearer t0ps3cret' })),
    );
    expect(String(error)).toMatch(/redirect|error: 30/);
    expect(other.requests).toEqual([]);
  });

  it('nor does anybody without it, whatever the user has set up for other tools', async () => {
    const other = await place.serve();
    vi.stubEnv('HOME', place.folder);
    writeFileSync(
      join(place.folder, '.gitconfig'),
      `[http "http://${web.host}"]\n\tfollowRedirects = true\n[http "${web.url('shop')}"]\n\tfollowRedirects = true\n`,
    );
    web.intercept = ({ url }, response) => {
      response.writeHead(302, { location: `http://${other.host}${url}` }).end();
      return true;
    };
    await failureOf(fetchAll(place.open({ url: web.url('shop/.git') })));
    expect([web.requests.length, other.requests]).toEqual([1, []]);
  });

  it.each([
    [401, /Authentication failed|could not read|unable to get password/],
    [403, /error: 403/],
    [404, /not found/],
    [429, /error: 429/],
    [500, /error: 500/],
  ])('is told to be of no use by %i, without being told', async (status, words) => {
    web.intercept = ({ headers }, response) => {
      response
        .writeHead(status, { 'www-authenticate': 'Basic realm="x"' })
        .end(`no: ${headers.authorization}`);
      return true;
    };
    const mirror = place.open({ url: web.url('shop/.git'), token: basic });
    const error = await failureOf(fetchAll(mirror));
    expect(error).toMatchObject({ name: 'GitMirrorFailure', reason: 'failed' });
    expect(String(error)).toMatch(words);
    expect(JSON.stringify([error, String(error)])).not.toMatch(/t0ps3cret|eDp0MHBz/);
  });
});

describe('a remote that is not there', () => {
  beforeEach(async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    await fetchAll(place.open({ url: web.url('shop/.git') }));
  });

  async function fail(url: string, answer?: typeof web.intercept): Promise<string> {
    if (answer) web.intercept = answer;
    place.served.commit({ 'a.yaml': 'a: 2' });
    const mirror = place.open({ url });
    await mirror.restore();
    const error = await failureOf(fetchAll(mirror));
    if (url === web.url('shop/.git')) expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
    return String(error);
  }

  it('has no name', async () => {
    expect(await fail('https://nowhere.invalid/shop.git')).toMatch(/Could not resolve host/);
  });

  it('refuses', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    place.named.add(host);
    expect(await fail(`https://${host}/shop.git`)).toMatch(/Failed to connect|refused|connect to/);
  });

  it.each([1, 2, 3])('hangs up at request %i', async last => {
    let requests = 0;
    web.requests.splice(0);
    const error = await fail(web.url('shop/.git'), (_, response) => {
      if (++requests < last) return false;
      response.destroy();
      return true;
    });
    // Nothing else is tried at once: it is not the copy's fault.
    expect(web.requests.filter(request => request.startsWith('GET'))).toHaveLength(1);
    expect(error).toMatch(/Empty reply|hung up|RPC failed|reset|early EOF|disconnect/);
  });

  it('hangs up in the midst of objects', async () => {
    const error = await fail(web.url('shop/.git'), (request, response) => {
      const isFetch = request.method === 'POST' && web.requests.length > 2;
      if (!isFetch) return false;
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' });
      response.write('000dpackfile\n0023\x01PACK\0\0\0\x02\0\0\0\x03abcdefghi', () => {
        response.destroy();
      });
      return true;
    });
    expect(error).toMatch(/hung up|RPC failed|early EOF|disconnect|transfer closed|EOF/);
  });

  it('is no git at all', async () => {
    const error = await fail(web.url('shop/.git'), (_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!DOCTYPE html>\n<html>\n<title>Sign in</title>\n</html>\n');
      return true;
    });
    expect(error).toMatch(/is this a git repository/);
  });

  it('talks without end', async () => {
    const host = await serveFlood();
    place.named.add(host);
    const mirror = place.open({ url: `git://${host}/a.git` }, { maxBytes: 5_000_000 });
    const error = await failureOf(fetchAll(mirror));
    expect(error).toMatchObject({ reason: 'excess' });
    expect(String(error).length).toBeLessThan(1000);
  });

  it('gives a little at a time, for ever', async () => {
    const host = await serveFlood(50);
    place.named.add(host);
    const mirror = place.open({ url: `git://${host}/a.git` }, { maxTime: 1000 });
    expect(await failureOf(fetchAll(mirror))).toMatchObject({
      reason: 'timeout',
      message: `${host} gives a little at a time, and had no end in sight`,
    });
  });

  it('is left alone when that is wanted', async () => {
    web.intercept = () => true;
    const abort = new AbortController();
    const mirror = place.open({ url: web.url('shop/.git') });
    const fetching = failureOf(mirror.fetch({ signal: abort.signal }));
    while (web.requests.length < 4) await new Promise(resolve => setTimeout(resolve, 10));
    abort.abort();
    expect(await fetching).toMatchObject({ name: 'AbortError' });
  });
});

describe('hosts that nobody named', () => {
  it.each([
    'https://127.0.0.1/a.git',
    'https://localhost/a.git',
    'https://[::1]/a.git',
    'https://169.254.169.254/latest/a.git',
    'https://[fd00:ec2::254]/a.git',
    'https://[::ffff:7f00:1]/a.git',
    'ssh://git@127.0.0.1/a.git',
  ])('%s', async url => {
    expect(await failureOf(fetchAll(place.open({ url })))).toMatchObject({ reason: 'refused' });
  });

  it.each(['http://git.example.com/a.git', 'git://git.example.com/a.git'])('%s', url => {
    expect(() => place.open({ url })).toThrow('others can listen to');
  });
});

describe('a copy that is broken is made anew', () => {
  const packsOf = (generation: string, ending: string): readonly string[] =>
    readdirSync(join(generation, 'objects/pack'))
      .filter(name => name.endsWith(ending))
      .map(name => join(generation, 'objects/pack', name));
  const record = (): string => join(place.storage, 'shop/mirror.json');

  const damages: readonly (readonly [string, (generation: string) => void])[] = [
    ['without its packs', at => rmSync(join(at, 'objects/pack'), { recursive: true })],
    ['with packs cut off', at => packsOf(at, '.pack').forEach(pack => truncateSync(pack, 20))],
    ['with packs of nothing', at => packsOf(at, '.pack').forEach(pack => writeFileSync(pack, ''))],
    ['without indexes', at => packsOf(at, '.idx').forEach(pack => rmSync(pack))],
    ['with garbled packs', at => packsOf(at, '.pack').forEach(garble)],
    ['with a lock left', at => writeFileSync(join(at, 'shallow.lock'), '')],
    ['with a lock of the branch', at => writeFileSync(join(at, 'refs/callboard/fetched.lock'), '')],
    [
      'with another remote',
      at =>
        appendFileSync(join(at, 'config'), '[remote "callboard"]\n\turl = ext::sh -c "exit 1"\n'),
    ],
    [
      'with a hook of settings',
      at => appendFileSync(join(at, 'config'), '[core]\n\tsshCommand = x\n'),
    ],
    ['without HEAD', at => rmSync(join(at, 'HEAD'))],
    ['as a whole', at => rmSync(at, { recursive: true })],
    ['by its record', () => writeFileSync(record(), '{"generation":"../../x"}')],
    ['by half a record', () => truncateSync(record(), 30)],
    [
      'by a record of another commit',
      () =>
        writeFileSync(
          record(),
          readFileSync(record(), 'utf8').replace(/"commit":"../, '"commit":"00'),
        ),
    ],
  ];

  it.each(damages)('%s', async (_, damage) => {
    place.served.commit({ 'a.yaml': 'a: 1', 'b/c.yaml': 'c: 1' });
    const first = place.open();
    await fetchAll(first);
    first.dispose();
    damage(place.generations()[0] ?? '');
    const mirror = place.open();
    await mirror.restore();
    await textIn(mirror.copy, 'a.yaml').catch(() => {});
    await fetchAll(mirror);
    // What could be read before may have been broken; the next fetch knows.
    await textIn(mirror.copy, 'a.yaml').catch(() => fetchAll(mirror));
    expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
    expect(await textIn(mirror.copy, 'b/c.yaml')).toBe('c: 1');
  });

  it('with too many packs', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const mirror = place.open();
    await fetchAll(mirror);
    const [first = ''] = place.generations();
    for (let at = 0; at < 90; at++) writeFileSync(join(first, `objects/pack/${at}.pack`), '');
    await fetchAll(mirror);
    expect(place.generations()).toHaveLength(2);
    expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
  });
});

describe('storage', () => {
  it('that cannot be written says so, and what there is stays', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    const error = await failureOf(fetchAll(place.open({}, { storage: join(file, 'x') })));
    expect(error).toMatchObject({ name: 'GitMirrorFailure', reason: 'storage' });
  });

  it('is of no use without git', async () => {
    vi.stubEnv('PATH', place.folder);
    expect(await failureOf(fetchAll(place.open()))).toMatchObject({ reason: 'no-git' });
  });

  it('is not filled without end', async () => {
    place.served.commit({
      'a.yaml': new Uint8Array(3_000_000).map((_, at) => (at * at * 7) % 251),
    });
    place.served.commit({ 'b.yaml': randomBytes(2_000_000) });
    const mirror = place.open({}, { maxBytes: 500_000 });
    expect(await failureOf(fetchAll(mirror))).toMatchObject({ reason: 'excess' });
    expect(mirror.state).toBeUndefined();
  });
});

describe('a repository that is another one each time', () => {
  it('does not fill the storage by and by', async () => {
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

describe('a server that only hands out files', () => {
  it.each([
    { isPacked: false, isEndless: false },
    { isPacked: true, isEndless: false },
    { isPacked: true, isEndless: true },
  ])('fills no storage without end either: %j', async ({ isPacked, isEndless }) => {
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

describe('a branch that is gone', () => {
  it('leaves the copy, and tells which there are', async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const mirror = place.open();
    await fetchAll(mirror);
    place.served.git('branch', '-m', 'main', 'trunk');
    place.served.git('branch', 'other');
    expect(await failureOf(fetchAll(mirror))).toMatchObject({
      reason: 'no-branch',
      branches: ['other', 'trunk'],
    });
    expect(await textIn(mirror.copy, 'a.yaml')).toBe('a: 1');
  });

  it('was never there in an empty repository', async () => {
    const empty = place.open({ branch: undefined });
    expect(await failureOf(fetchAll(empty))).toMatchObject({ reason: 'empty' });
    expect(await empty.copy.stat(MIRROR_ROOT)).toBeUndefined();
  });
});

describe('a hostile repository', () => {
  it('runs nothing, and leads nowhere', async () => {
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

  it('has nothing in it that git would not check out', async () => {
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

  it('has no files with names that are longer than those of any disk', async () => {
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

  it('has no folders in memory that no disk could have, nor more than any repository', async () => {
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
      ...{ reason: 'excess', message: 'The repository has more than 500000 folders' },
    });
  });

  it('has nothing read that is too large to be in memory', async () => {
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
  ])(
    'has an end, though its folders hold each other many times: %j',
    async ({ folders, depth }) => {
      const { served } = place;
      let oid = served.gitReading('x', 'hash-object', '-w', '--stdin');
      for (let level = 0; level < depth; level++) {
        const mode = level === 0 ? '100644' : '40000';
        const names = Array.from({ length: folders }, (_, at) => [mode, `d${at}`, oid] as const);
        oid = served.forgeTree(names);
      }
      served.commitTree(oid);
      expect(await failureOf(place.open().fetch({ signal }))).toMatchObject({
        ...{
          reason: 'excess',
          message: 'The folders of the repository hold the same files many times',
        },
      });
    },
  );
});

function packsIn(folder: string): readonly string[] {
  const packs = join(folder, 'objects', 'pack');
  return readdirSync(packs)
    .filter(name => name.endsWith('.pack'))
    .map(name => join(packs, name));
}

function garble(path: string): void {
  const bytes = readFileSync(path);
  for (let at = 12; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  rmSync(path);
  writeFileSync(path, bytes);
}
