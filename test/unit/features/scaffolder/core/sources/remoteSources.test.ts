import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import {
  RemoteSources,
  type RemoteSourcesDeps,
} from '../../../../../../src/features/scaffolder/core/sources/remoteSources';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type {
  HttpClient,
  HttpRequest,
  HttpResult,
} from '../../../../../../src/platform/core/ports';

type Answer = Partial<Extract<HttpResult, { type: 'answered' }>> | HttpResult;

/** Hosts with answers by address; other addresses don't exist. */
class StandInHttp implements HttpClient {
  readonly requests: Pick<HttpRequest, 'url' | 'headers'>[] = [];
  readonly #answers: Readonly<Record<string, Answer>>;

  constructor(answers: Readonly<Record<string, Answer>>) {
    this.#answers = answers;
  }

  send({ url, headers }: HttpRequest): Promise<HttpResult> {
    this.requests.push({ url, headers });
    const answer = this.#answers[url] ?? { status: 404 };
    return Promise.resolve({
      type: 'answered',
      status: 200,
      headers: new Map(),
      body: new Uint8Array(),
      ...answer,
    } as HttpResult);
  }
}

const HOSTS = new Map([
  ...defaultRepoHosts,
  ['ghe.acme.org', 'github'],
  ['git.acme.org', 'gitlab'],
  ['bb.acme.org', 'bitbucketServer'],
  ['tea.acme.org', 'gitea'],
]);
const EVERY = [...HOSTS.keys(), 'files.acme.org'];

interface Setup extends Partial<Omit<RemoteSourcesDeps, 'openHttp'>> {
  readonly answers?: Readonly<Record<string, Answer>>;
}

function open({ answers = {}, allowed = EVERY, ...deps }: Setup = {}): {
  readonly http: StandInHttp;
  readonly sources: RemoteSources;
} {
  const http = new StandInHttp(answers);
  const openHttp = (): Promise<HttpClient> => Promise.resolve(http);
  return { http, sources: new RemoteSources({ hosts: HOSTS, allowed, openHttp, ...deps }) };
}

const options = { signal: new AbortController().signal };
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function requestsForFile(url: string, token?: string): Promise<unknown> {
  const { http, sources } = open();
  await sources.readFile(url, '', '', { ...options, token }).catch(() => {});
  return http.requests;
}

/** Requests with a token for a file on a GitHub whose integration sets the address of its API. */
async function requestsWithApiAt(apiBaseUrl: string): Promise<unknown> {
  const addresses = new Map([['ghe.acme.org', { apiBaseUrl }]]);
  const { http, sources } = open({ addresses, allowed: [...EVERY, 'evil.example'] });
  const url = 'https://ghe.acme.org/acme/shop/blob/main/a.yaml';
  await sources.readFile(url, '', '', { ...options, token: 'secret' }).catch(() => {});
  return http.requests.map(({ url, headers }) => [url, headers['authorization']]);
}

it('sends the token to the configured API of the same host only', async () => {
  const file = '/repos/acme/shop/contents/a.yaml?ref=main';
  expect(await requestsWithApiAt('https://ghe.acme.org/gateway/v3')).toEqual([
    [`https://ghe.acme.org/gateway/v3${file}`, 'Bearer secret'],
  ]);
  expect(await requestsWithApiAt('https://evil.example/api/v3')).toEqual([
    [`https://ghe.acme.org/api/v3${file}`, 'Bearer secret'],
  ]);
});

async function requestsForTree(url: string, token?: string): Promise<unknown> {
  const { http, sources } = open();
  await sources.readTree(url, '', { ...options, token }).catch(() => {});
  return http.requests;
}

const RAW = { accept: 'application/vnd.github.v3.raw' };

describe('request for a remote file', () => {
  it.each([
    [
      'https://github.com/acme/shop/blob/main/a/b c.txt',
      'https://raw.githubusercontent.com/acme/shop/main/a/b%20c.txt',
    ],
    [
      'https://gitlab.com/acme/web/shop/-/blob/main/a/b.txt',
      'https://gitlab.com/api/v4/projects/acme%2Fweb%2Fshop/repository/files/a%2Fb.txt/raw?ref=main',
    ],
    [
      'https://git.acme.org/acme/shop/blob/main/b.txt',
      'https://git.acme.org/api/v4/projects/acme%2Fshop/repository/files/b.txt/raw?ref=main',
    ],
    [
      'https://bitbucket.org/acme/shop/src/main/a.txt',
      'https://api.bitbucket.org/2.0/repositories/acme/shop/src/main/a.txt',
    ],
    [
      'https://bb.acme.org/projects/ACME/repos/shop/browse/a/b.txt?at=main',
      'https://bb.acme.org/rest/api/1.0/projects/ACME/repos/shop/raw/a/b.txt?at=main',
    ],
    [
      'https://dev.azure.com/acme/web/_git/shop?path=/a.txt&version=GTv1',
      'https://dev.azure.com/acme/web/_apis/git/repositories/shop/items?versionDescriptor.version=v1&versionDescriptor.versionType=tag&api-version=6.0&path=%2Fa.txt',
    ],
    [
      'https://tea.acme.org/acme/shop/src/branch/main/a.txt',
      'https://tea.acme.org/api/v1/repos/acme/shop/raw/a.txt?ref=main',
    ],
    ['https://files.acme.org/a.txt?x=1', 'https://files.acme.org/a.txt?x=1'],
  ])('%s', async (url, expected) => {
    expect(await requestsForFile(url)).toEqual([{ url: expected, headers: {} }]);
  });

  it('uses the API of GitHub with a token', async () => {
    expect(await requestsForFile('https://github.com/acme/shop/blob/main/a.txt', 't')).toEqual([
      {
        url: 'https://api.github.com/repos/acme/shop/contents/a.txt?ref=main',
        headers: { ...RAW, authorization: 'Bearer t' },
      },
    ]);
    expect(await requestsForFile('https://ghe.acme.org/acme/shop/blob/main/a.txt')).toEqual([
      {
        url: 'https://ghe.acme.org/api/v3/repos/acme/shop/contents/a.txt?ref=main',
        headers: RAW,
      },
    ]);
  });

  it.each([
    'https://github.com/acme/shop',
    'https://github.com/acme/shop/blob/main/%252e%252e/%252e%252e/other',
    'https://gitlab.com/acme/shop/-/tree/main/a',
    'https://gitlab.com/acme',
    'https://bitbucket.org/acme/shop/commits/main',
    'https://bb.acme.org/acme/shop',
    'https://dev.azure.com/acme/web/_git/shop',
    'https://dev.azure.com/acme/web/_git/shop?path=/a&version=GCabc',
    'https://tea.acme.org/acme/shop',
    'https://me:secret@github.com/acme/shop/blob/main/a',
  ])('is not sent for an invalid URL: %s', async url => {
    const { http, sources } = open();
    await expect(sources.readFile(url, '', '', options)).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(http.requests).toEqual([]);
  });
});

describe('request for a remote folder', () => {
  it.each([
    ['https://github.com/acme/shop.git', 'https://codeload.github.com/acme/shop/tar.gz/HEAD'],
    ['https://github.com/acme/shop/tree/v1/a', 'https://codeload.github.com/acme/shop/tar.gz/v1'],
    [
      'https://ghe.acme.org/acme/shop/tree/v1/a',
      'https://ghe.acme.org/api/v3/repos/acme/shop/tarball/v1',
    ],
    [
      'https://gitlab.com/acme/shop/-/tree/main/a/b',
      'https://gitlab.com/api/v4/projects/acme%2Fshop/repository/archive.tar.gz?sha=main&path=a%2Fb',
    ],
    [
      'https://gitlab.com/acme/web/shop.git',
      'https://gitlab.com/api/v4/projects/acme%2Fweb%2Fshop/repository/archive.tar.gz?',
    ],
    [
      'https://bitbucket.org/acme/shop/src/main/a',
      'https://bitbucket.org/acme/shop/get/main.tar.gz',
    ],
    [
      'https://bb.acme.org/projects/ACME/repos/shop/browse/a?at=main',
      'https://bb.acme.org/rest/api/1.0/projects/ACME/repos/shop/archive?format=tgz&prefix=ACME-shop&at=main&path=a',
    ],
    [
      'https://bb.acme.org/users/jo/repos/shop/browse/a%20b?at=feature/x',
      'https://bb.acme.org/rest/api/1.0/projects/~jo/repos/shop/archive?format=tgz&prefix=%7Ejo-shop&at=feature%2Fx&path=a+b',
    ],
    [
      'https://bb.acme.org/scm/acme/shop.git',
      'https://bb.acme.org/rest/api/1.0/projects/acme/repos/shop/archive?format=tgz&prefix=acme-shop',
    ],
    [
      'https://tea.acme.org/acme/shop/src/branch/main/a',
      'https://tea.acme.org/api/v1/repos/acme/shop/archive/main.tar.gz',
    ],
  ])('%s', async (url, expected) => {
    expect(await requestsForTree(url)).toEqual([{ url: expected, headers: {} }]);
  });

  it('downloads a zip from Azure', async () => {
    expect(await requestsForTree('https://dev.azure.com/acme/_git/shop?path=/a/b', 't')).toEqual([
      {
        url: 'https://dev.azure.com/acme/shop/_apis/git/repositories/shop/items?recursionLevel=full&download=true&api-version=6.0&scopePath=%2Fa%2Fb',
        headers: { accept: 'application/zip', authorization: `Basic ${btoa(':t')}` },
      },
    ]);
  });

  it('is not sent to a host of unknown type', async () => {
    const { sources } = open();
    const read = sources.readTree('https://files.acme.org/a', '', options);
    await expect(read).rejects.toThrow('The type of files.acme.org is unknown');
  });
});

const TREE = 'https://github.com/acme/shop/tree/main/skeleton';
const ARCHIVE = 'https://codeload.github.com/acme/shop/tar.gz/main';

type TarEntries = Parameters<typeof packTar>[0];

async function readTar(entries: TarEntries, url = TREE): ReturnType<RemoteSources['readTree']> {
  const body = new Uint8Array(gzipSync(await packTar(entries)));
  return open({ answers: { [ARCHIVE]: { body } } }).sources.readTree(url, '', options);
}

const aFile = (name: string, text: string, mode = 0o644): TarEntries[number] => ({
  header: { name, size: bytes(text).length, mode, type: 'file' },
  body: text,
});
const aLink = (name: string, linkname: string): TarEntries[number] => ({
  header: { name, size: 0, type: 'symlink', linkname },
});

const shown = (
  entries: Awaited<ReturnType<RemoteSources['readTree']>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entries.map(({ path, content, isExecutable }) => [
      `${path}${content ? '' : '/'}`,
      content ? `${isExecutable ? '*' : ''}${new TextDecoder().decode(content)}` : '',
    ]),
  );

describe('archive', () => {
  const deep = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(120)}`;
  const entries = [
    { header: { name: 'shop-abc/', size: 0, type: 'directory' } as const },
    aFile('shop-abc/README.md', 'top'),
    aFile('shop-abc/skeleton/run.sh', '#!', 0o755),
    aFile('shop-abc/skeleton/src/a.txt', 'ü'),
    aFile(`shop-abc/skeleton/${deep}`, 'deep'),
    aLink('shop-abc/skeleton/link', './src/a.txt'),
    aLink('shop-abc/skeleton/out', '../README.md'),
    aLink('shop-abc/skeleton/passwd', '/etc/passwd'),
    aLink('shop-abc/skeleton/src/up', '..'),
    aFile('shop-abc/skeletons/x', 'another'),
  ];

  it('contains files of a folder and targets of links', async () => {
    const read = await readTar(entries);
    expect(shown(read)).toEqual({
      'run.sh': '*#!',
      'src/': '',
      'src/a.txt': 'ü',
      [`${'d'.repeat(90)}/`]: '',
      [`${'d'.repeat(90)}/${'e'.repeat(90)}/`]: '',
      [deep]: 'deep',
      link: 'ü',
    });
    const at = (path: string): number => read.findIndex(entry => entry.path === path);
    expect(at('src')).toBeLessThan(at('src/a.txt'));
  });

  it('contains all of a repository', async () => {
    const url = 'https://github.com/acme/shop/tree/main';
    expect(Object.keys(shown(await readTar(entries, url)))).toContain('README.md');
  });

  it('can be a zip', async () => {
    const url = 'https://dev.azure.com/acme/_git/shop?path=/a/skeleton';
    const body = new Uint8Array(
      zipSync({ 'skeleton/a.txt': bytes('a'.repeat(200_000)), 'skeleton/b/c': bytes('c') }),
    );
    const { http, sources } = open();
    http.send = () => Promise.resolve({ type: 'answered', status: 200, headers: new Map(), body });
    expect(shown(await sources.readTree(url, '', options))).toEqual({
      'a.txt': 'a'.repeat(200_000),
      'b/': '',
      'b/c': 'c',
    });
  });

  it.each(['shop-abc/../../x', 'shop-abc/skeleton/../../../x', '../x'])(
    'is rejected with paths outside of it: %s',
    async name => {
      await expect(readTar([aFile(name, 'evil')])).rejects.toThrow('outside its parent');
    },
  );

  it('is rejected above the size limit', async () => {
    // 3 MB of nothing are 3 kB.
    const size = 3 * 1024 * 1024;
    const header = new Uint8Array((await packTar([aFile('a/skeleton/x', '')])).slice(0, 512));
    const text = (at: number, value: string): void => header.set(bytes(value), at);
    text(124, `${size.toString(8).padStart(11, '0')}\0`);
    text(148, '        ');
    const sum = header.reduce((total, byte) => total + byte, 0);
    text(148, `${sum.toString(8).padStart(6, '0')}\0 `);
    const body = new Uint8Array(gzipSync(Buffer.concat([header, Buffer.alloc(size + 1024)])));
    const limits = { size: 2 * 1024 * 1024, entries: 10 };
    const { sources } = open({ limits, answers: { [ARCHIVE]: { body } } });
    await expect(sources.readTree(TREE, '', options)).rejects.toMatchObject({
      name: 'TaskLimitError',
    });
  });

  it.each([
    ['no gzip', bytes('<html>')],
    ['nothing', bytes('')],
    ['a part of one', new Uint8Array(gzipSync(bytes('x'.repeat(2000)))).slice(0, 20)],
    ['no tar', new Uint8Array(gzipSync(bytes('x'.repeat(2000))))],
  ])('is rejected if it is %s', async (_, body) => {
    const { sources } = open({ answers: { [ARCHIVE]: { body } } });
    await expect(sources.readTree(TREE, '', options)).rejects.toThrow(`${TREE} is not an archive`);
  });
});

describe('remote host', () => {
  const FILE = 'https://files.acme.org/a.txt';

  it.each([
    ['that is not on the allowlist', ['github.com'], FILE, 'setting callboard.templates.hosts'],
    ['at another port', ['files.acme.org'], 'https://files.acme.org:8443/', 'is not allowed'],
    ['that only ends like one', ['acme.org'], 'https://notacme.org/', 'is not allowed'],
    ['that is not below one', ['*.acme.org'], 'https://acme.org.evil.io/', 'is not allowed'],
    ['by http', ['files.acme.org'], 'http://files.acme.org/', 'Use https to protect secrets'],
    ['that is this machine by http', ['*.0.0.1'], 'http://127.0.0.1/', 'Use https'],
  ])('%s gets no request', async (_, allowed, url, message) => {
    const { http, sources } = open({ allowed });
    await expect(sources.readFile(url, '', '', options)).rejects.toThrow(message);
    expect(http.requests).toEqual([]);
  });

  it.each([
    [['*.acme.org'], FILE],
    [['Files.Acme.org '], FILE],
    [['127.0.0.1:8080'], 'http://127.0.0.1:8080/a'],
  ])('on the allowlist gets requests: %j', async (allowed, url) => {
    const { sources } = open({ allowed, answers: { [url]: { body: bytes('a') } } });
    expect((await sources.readFile(url, '', '', options)).content).toEqual(bytes('a'));
  });

  it('is confirmed once', async () => {
    const questions: unknown[] = [];
    const { http, sources } = open({
      answers: { [FILE]: {} },
      mayFetch: (host, url) => {
        questions.push([host, url]);
        return Promise.resolve(host === 'files.acme.org');
      },
    });
    await sources.readFile(FILE, '', '', options);
    await sources.readFile(FILE, '', '', options);
    await expect(sources.readTree(TREE, '', options)).rejects.toThrow('from github.com');
    expect(questions).toEqual([
      ['files.acme.org', FILE],
      ['github.com', TREE],
    ]);
    expect(http.requests).toHaveLength(2);
  });

  const leadTo = (location: string): Answer => ({
    status: 302,
    headers: new Map([['location', location]]),
  });

  it("may redirect to allowed hosts, which don't get the token", async () => {
    const api = 'https://api.github.com/repos/acme/shop/tarball/main';
    const body = new Uint8Array(gzipSync(await packTar([aFile('a/skeleton/x', 'x')])));
    const answers = { [api]: leadTo(`${ARCHIVE}?token=y`), [`${ARCHIVE}?token=y`]: { body } };
    const { http, sources } = open({ answers });
    await sources.readTree(TREE, '', { ...options, token: 't' });
    expect(http.requests.map(({ headers }) => headers)).toEqual([
      { authorization: 'Bearer t' },
      {},
    ]);
  });

  it('does not get the token again after a redirect back', async () => {
    const api = 'https://api.github.com/repos/acme/shop/tarball/main';
    const back = 'https://api.github.com/user/keys';
    const answers = {
      [api]: leadTo('https://files.acme.org/x'),
      'https://files.acme.org/x': leadTo(back),
    };
    const { http, sources } = open({ answers });
    await sources.readTree(TREE, '', { ...options, token: 't' }).catch(() => {});
    expect(http.requests).toEqual([
      { url: api, headers: { authorization: 'Bearer t' } },
      { url: 'https://files.acme.org/x', headers: {} },
      { url: back, headers: {} },
    ]);
  });

  it('counts as named if its git host is', async () => {
    const allowed = ['github.com', '*.acme.org'];
    let known: (host: string) => boolean = () => false;
    const http = new StandInHttp({});
    const openHttp: RemoteSourcesDeps['openHttp'] = isNamed => {
      known = isNamed;
      return Promise.resolve(http);
    };
    const sources = new RemoteSources({ hosts: HOSTS, allowed, openHttp });
    for (const url of [TREE, 'https://ghe.acme.org/acme/shop']) {
      await sources.readTree(url, '', options).catch(() => {});
    }
    const hosts = ['github.com', 'codeload.github.com', 'ghe.acme.org', 'codeload.ghe.acme.org'];
    expect(hosts.map(host => known(host))).toEqual([true, true, false, false]);
  });

  it.each([
    ['elsewhere', 'https://evil.io/', 'redirects to evil.io, which is not allowed'],
    ['down to http', 'http://files.acme.org/', 'Use https to protect secrets'],
    ['to this machine', 'http://127.0.0.1/', 'redirects to 127.0.0.1'],
    ['nowhere', 'https://', 'invalid redirect'],
    ['round and round', FILE, 'it redirects too many times'],
  ])("can't redirect %s", async (_, location, message) => {
    const { sources } = open({ answers: { [FILE]: leadTo(location) } });
    await expect(sources.readFile(FILE, '', '', options)).rejects.toThrow(message);
  });

  it.each([
    [{ status: 404 }, `Request failed for ${FILE}, 404: it does not exist`],
    [{ status: 403 }, 'the rate limit is exceeded'],
    [{ status: 500 }, `Request failed for ${FILE}, 500`],
    [{ type: 'timeout' }, 'it did not respond in time'],
    [{ type: 'unreachable', reason: 'getaddrinfo ENOTFOUND' }, 'ENOTFOUND'],
    [{ type: 'excess' }, 'too large'],
  ] as const)('can fail: %j', async (answer, message) => {
    const { sources } = open({ answers: { [FILE]: answer } });
    await expect(sources.readFile(FILE, '', '', options)).rejects.toThrow(message);
  });
});
