import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serveFlood } from '../../../../../support/floodingGitServer';
import {
  failureOf,
  fetchAll,
  MIRROR_ROOT,
  MirrorPlace,
  textIn,
} from '../../../../../support/gitMirrors';
import { freePort, type GitHttpServer } from '../../../../../support/gitServer';
import { serve, serveLines, serveSecurely } from '../../../../../support/loopbackServer';

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

describe('authorization of a remote', () => {
  const basic = `Basic ${Buffer.from('x:t0ps3cret').toString('base64')}`;

  beforeEach(() => {
    place.served.commit({ 'a.yaml': 'a: 1' });
  });

  it.each([basic, 'Bearer t0ps3cret'])('is sent with each request: %s', async token => {
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

  it.each([301, 302, 307, 308])('is not sent to redirects: %i', async status => {
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

  it("isn't replaced by the user's settings, which can't allow redirects", async () => {
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
    [401, /Authentication failed|could not read|unable to get password/, 'unauthenticated'],
    [403, /error: 403/, 'denied'],
    [404, /not found/, 'no-repository'],
    [429, /error: 429/, 'limited'],
    [500, /error: 500/, 'disconnected'],
  ])('is redacted when it is rejected with %i', async (status, words, reason) => {
    web.intercept = ({ headers }, response) => {
      response
        .writeHead(status, { 'www-authenticate': 'Basic realm="x"' })
        .end(`no: ${headers.authorization}`);
      return true;
    };
    const mirror = place.open({ url: web.url('shop/.git'), token: basic });
    const error = await failureOf(fetchAll(mirror));
    expect(error).toMatchObject({ name: 'GitMirrorFailure', reason });
    expect(String(error)).toMatch(words);
    expect(JSON.stringify([error, String(error)])).not.toMatch(/t0ps3cret|eDp0MHBz/);
  });
});

/** Repositories with names like error messages. */
const HOSTILE_NAMES = [
  'tls-proxy',
  'SSL certificate problem/server certificate verification failed',
  'Authentication failed',
  'not found',
  'Connection timed out: Could not resolve host: x',
  'gnutls_handshake() failed: error: 403',
];

describe.each(HOSTILE_NAMES)('failure of a repository called "%s"', name => {
  const path = `${encodeURIComponent(name).replaceAll('%2F', '/')}.git`;

  async function reasonAt(scheme: 'http' | 'https', port: number): Promise<unknown> {
    place.named.add(`127.0.0.1:${port}`);
    const url = `${scheme}://127.0.0.1:${port}/${path}`;
    const error = await failureOf(fetchAll(place.open({ url })));
    return (error as { reason?: unknown }).reason;
  }

  it('has the reason of its connection error', async () => {
    expect(await reasonAt('http', await freePort())).toBe('no-connection');
    expect(await reasonAt('https', await freePort())).toBe('no-connection');
    expect(await reasonAt('http', await serveLines(socket => socket.destroy()))).toBe(
      'disconnected',
    );
  });

  it('is a certificate error only for certificates', async () => {
    const closing = await serveLines(socket => socket.once('data', () => socket.end()));
    expect(await reasonAt('https', closing)).toBe('disconnected');
    const resetting = await serveLines(socket =>
      socket.once('data', () => socket.resetAndDestroy()),
    );
    expect(await reasonAt('https', resetting)).toBe('disconnected');
    const plain = await serve((_, response) => response.end());
    expect(await reasonAt('https', plain)).toBe('no-tls');
    const unknown = await serveSecurely((_, response) => response.end());
    expect(await reasonAt('https', unknown)).toBe('certificate');
  });

  it.each([
    [401, 'unauthenticated'],
    [403, 'denied'],
    [404, 'no-repository'],
    [429, 'limited'],
    [502, 'disconnected'],
  ])('has the reason of status %i', async (status, reason) => {
    const port = await serve((_, response) => response.writeHead(status).end(name));
    expect(await reasonAt('http', port)).toBe(reason);
  });
});

it.each(['tls', 'certificate.tls', 'not-found.authentication-failed'])(
  'reports the unknown host %s.invalid',
  async host => {
    const url = `https://${host}.invalid/tls-proxy.git`;
    const error = await failureOf(fetchAll(place.open({ url })));
    expect(error).toMatchObject({ reason: 'unknown-host' });
  },
);

describe('unreachable remote', () => {
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

  it('has an unknown host', async () => {
    expect(await fail('https://nowhere.invalid/shop.git')).toMatch(/Could not resolve host/);
  });

  it('refuses the connection', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    place.named.add(host);
    expect(await fail(`https://${host}/shop.git`)).toMatch(/Failed to connect|refused|connect to/);
  });

  it.each([1, 2, 3])('closes the connection at request %i', async last => {
    let requests = 0;
    web.requests.splice(0);
    const error = await fail(web.url('shop/.git'), (_, response) => {
      if (++requests < last) return false;
      response.destroy();
      return true;
    });
    // The fetch isn't repeated, because the copy isn't broken.
    expect(web.requests.filter(request => request.startsWith('GET'))).toHaveLength(1);
    expect(error).toMatch(/Empty reply|hung up|RPC failed|reset|early EOF|disconnect/);
  });

  it('closes the connection while it sends objects', async () => {
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

  it('is not a git server', async () => {
    const error = await fail(web.url('shop/.git'), (_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!DOCTYPE html>\n<html>\n<title>Sign in</title>\n</html>\n');
      return true;
    });
    expect(error).toMatch(/is this a git repository/);
  });

  it('sends too much data', async () => {
    const host = await serveFlood();
    place.named.add(host);
    const mirror = place.open({ url: `git://${host}/a.git` }, { maxBytes: 5_000_000 });
    const error = await failureOf(fetchAll(mirror));
    expect(error).toMatchObject({ reason: 'excess' });
    expect(String(error).length).toBeLessThan(1000);
  });

  it('sends data too slowly', async () => {
    const host = await serveFlood(50);
    place.named.add(host);
    const mirror = place.open({ url: `git://${host}/a.git` }, { maxTime: 1000 });
    expect(await failureOf(fetchAll(mirror))).toMatchObject({
      reason: 'timeout',
      message: `${host} sends data too slowly`,
    });
  });

  it('ends when the fetch is aborted', async () => {
    web.intercept = () => true;
    const abort = new AbortController();
    const mirror = place.open({ url: web.url('shop/.git') });
    const fetching = failureOf(mirror.fetch({ signal: abort.signal }));
    while (web.requests.length < 4) await new Promise(resolve => setTimeout(resolve, 10));
    abort.abort();
    expect(await fetching).toMatchObject({ name: 'AbortError' });
  });
});

describe('hosts that are not allowed', () => {
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
    expect(() => place.open({ url })).toThrow('is not encrypted');
  });
});

describe('broken copy is rebuilt', () => {
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
    // The damage may be found by a read or by the next fetch.
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
  it("keeps its data if it can't be written, and reports it", async () => {
    place.served.commit({ 'a.yaml': 'a: 1' });
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    const error = await failureOf(fetchAll(place.open({}, { storage: join(file, 'x') })));
    expect(error).toMatchObject({ name: 'GitMirrorFailure', reason: 'storage' });
  });

  it('requires git', async () => {
    vi.stubEnv('PATH', place.folder);
    expect(await failureOf(fetchAll(place.open()))).toMatchObject({ reason: 'no-git' });
  });

  it('has a size limit', async () => {
    place.served.commit({
      'a.yaml': new Uint8Array(3_000_000).map((_, at) => (at * at * 7) % 251),
    });
    place.served.commit({ 'b.yaml': randomBytes(2_000_000) });
    const mirror = place.open({}, { maxBytes: 500_000 });
    expect(await failureOf(fetchAll(mirror))).toMatchObject({ reason: 'excess' });
    expect(mirror.state).toBeUndefined();
  });
});

describe('missing branch', () => {
  it('keeps the copy and reports the existing branches', async () => {
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

  it('is reported as an empty repository if there are none', async () => {
    const empty = place.open({ branch: undefined });
    expect(await failureOf(fetchAll(empty))).toMatchObject({ reason: 'empty' });
    expect(await empty.copy.stat(MIRROR_ROOT)).toBeUndefined();
  });
});

function garble(path: string): void {
  const bytes = readFileSync(path);
  for (let at = 12; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  rmSync(path);
  writeFileSync(path, bytes);
}
