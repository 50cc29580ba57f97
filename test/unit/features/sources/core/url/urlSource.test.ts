import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../../../../src/features/sources/core';
import type { HttpClient } from '../../../../../../src/platform/core/ports';
import { aComponent, aDescriptor, aLocation } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { isLongRun } from '../../../../../support/longRun';
import { gitHub, type HostAnswer, StandInHosts } from '../../../../../support/standInHosts';
import { ConnectedSource } from '../../../../../support/urlSources';

const RAW = 'https://raw.githubusercontent.com/acme/shop/main';
const BLOB = 'https://github.com/acme/shop/blob/main';
const TREE = 'https://github.com/acme/shop/tree/main';
const ROOT = `${BLOB}/catalog-info.yaml`;

const FILES = {
  'acme/shop/catalog-info.yaml': `${aComponent('shop')}---\n${aLocation('parts', './cart.yaml', 'pay/pay.yaml')}`,
  'acme/shop/cart.yaml': aComponent('cart'),
  'acme/shop/pay/pay.yaml': aDescriptor('api:pay', { definition: { $text: '/pay/spec.yaml' } }),
  'acme/shop/pay/spec.yaml': 'openapi: 3.0.0\n',
};

const ALL = [
  'api:default/pay',
  'component:default/cart',
  'component:default/shop',
  'location:default/parts',
];

type Files = Record<string, string>;

async function openShop(files: Files = { ...FILES }, store = new InMemoryBlobStore()) {
  const hosts = await StandInHosts.open(gitHub(files));
  const shop = await ConnectedSource.open(hosts, ROOT, { store });
  return { hosts, files, store, shop };
}

/** A host with texts by path. */
async function openPlain(answers: Readonly<Record<string, HostAnswer>>, more = {}) {
  const hosts = await StandInHosts.open(({ url }) => answers[url.pathname]);
  return ConnectedSource.open(hosts, 'https://files.acme.org/root.yaml', more);
}

async function failureOf(source: ConnectedSource): Promise<SourceError> {
  const error: unknown = await source.fetch().catch((reason: unknown) => reason);
  if (error instanceof SourceError) return error;
  throw new Error('It did not fail so', { cause: error });
}

describe('source of an address', () => {
  it('follows its Locations and requests each file once', async () => {
    const { hosts, shop } = await openShop();
    expect(shop.refs()).toEqual([]);
    expect(await shop.fetch()).toMatchObject({ changed: true, requests: 4 });
    expect(shop.refs()).toEqual(ALL);
    expect(hosts.takeRequests()).toEqual([
      `${RAW}/cart.yaml`,
      `${RAW}/catalog-info.yaml`,
      `${RAW}/pay/pay.yaml`,
      `${RAW}/pay/spec.yaml`,
    ]);
    expect(shop.problems()).toEqual([]);
  });

  it('has the origin and URLs of its entities', async () => {
    const { shop } = await openShop();
    await shop.fetch();
    expect(shop.entity('api:default/pay')).toMatchObject({
      metadata: {
        annotations: {
          'backstage.io/managed-by-location': `url:${TREE}/pay/pay.yaml`,
          'backstage.io/managed-by-origin-location': `url:${ROOT}`,
          'backstage.io/view-url': `${TREE}/pay/pay.yaml`,
          'backstage.io/edit-url': 'https://github.com/acme/shop/edit/main/pay/pay.yaml',
          'backstage.io/source-location': `url:${TREE}/pay/`,
        },
      },
      spec: { definition: 'openapi: 3.0.0\n' },
    });
  });

  it('keeps a byte order mark in placeholders, but not in descriptors', async () => {
    const MARK = '\uFEFF';
    const { shop } = await openShop({
      'acme/shop/catalog-info.yaml': `${MARK}${aDescriptor('api:text', { definition: { $text: './spec.json' } })}---\n${aDescriptor('api:json', { definition: { $json: './spec.json' } })}---\n${aDescriptor('api:yaml', { definition: { $text: './spec.json' }, more: { $yaml: './spec.json' } })}`,
      'acme/shop/spec.json': `${MARK}{}`,
    });
    await shop.fetch();
    expect(shop.refs()).toEqual(['api:default/text', 'api:default/yaml']);
    expect(shop.entity('api:default/text')?.spec?.['definition']).toBe(`${MARK}{}`);
    expect(shop.entity('api:default/yaml')?.spec?.['more']).toEqual({});
    expect(shop.problems()).toEqual([
      expect.stringContaining('failed to parse JSON data at ./spec.json, SyntaxError'),
    ]);
  });

  it('has readable files at the places of the catalog', async () => {
    const { shop } = await openShop();
    await shop.fetch();
    const { fileSystem } = shop.source;
    const file = shop.engine.getEntitySource('component:default/cart')?.file ?? '';
    expect(file).toBe('callboard-source://acme/github.com/acme/shop/tree/main/cart.yaml');
    expect(new TextDecoder().decode(await fileSystem.readFile(file))).toBe(
      FILES['acme/shop/cart.yaml'],
    );
    expect(await fileSystem.readDirectory('callboard-source://acme/github.com/acme/shop')).toEqual([
      { name: 'tree', type: 'directory', isSymbolicLink: false },
    ]);
    expect(await fileSystem.readDirectory('callboard-source://acme/github.com/acme/')).toEqual([
      { name: 'shop', type: 'directory', isSymbolicLink: false },
    ]);
    const top = [{ name: 'github.com' }, { name: 'locations.yaml' }];
    for (const uri of ['callboard-source://acme', 'callboard-source://acme/']) {
      const entries = await fileSystem.readDirectory(uri);
      expect([...entries].sort((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject(top);
    }
    await expect(fileSystem.readFile(`${file}x`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(shop.source.displayPath(file)).toBe(`${TREE}/cart.yaml`);
  });

  it('revalidates each file once and receives nothing without changes', async () => {
    const { hosts, shop } = await openShop();
    await shop.fetch();
    hosts.takeRequests();
    expect(await shop.fetch()).toEqual({ changed: false, requests: 4, bytes: 0 });
    expect(hosts.takeRequests()).toEqual([
      `${RAW}/cart.yaml 304`,
      `${RAW}/catalog-info.yaml 304`,
      `${RAW}/pay/pay.yaml 304`,
      `${RAW}/pay/spec.yaml 304`,
    ]);
  });

  it('applies changes, also behind placeholders and Locations', async () => {
    const { files, shop } = await openShop();
    await shop.fetch();
    files['acme/shop/pay/spec.yaml'] = 'openapi: 3.1.0\n';
    files['acme/shop/cart.yaml'] = aComponent('trolley');
    files['acme/shop/catalog-info.yaml'] += `---\n${aLocation('more', './more.yaml')}`;
    files['acme/shop/more.yaml'] = aComponent('more');
    expect(await shop.fetch()).toMatchObject({ changed: true, requests: 5 });
    expect(shop.refs()).toEqual([
      'api:default/pay',
      'component:default/more',
      'component:default/shop',
      'component:default/trolley',
      'location:default/more',
      'location:default/parts',
    ]);
    expect(shop.entity('api:default/pay')?.spec).toMatchObject({ definition: 'openapi: 3.1.0\n' });
  });

  it('drops files that are no longer referenced', async () => {
    const { hosts, files, shop } = await openShop();
    await shop.fetch();
    files['acme/shop/catalog-info.yaml'] = aComponent('shop');
    await shop.fetch();
    hosts.takeRequests();
    await shop.fetch();
    expect(shop.refs()).toEqual(['component:default/shop']);
    expect(hosts.takeRequests()).toEqual([`${RAW}/catalog-info.yaml 304`]);
  });

  it('uses the API with a token', async () => {
    const hosts = await StandInHosts.open(
      gitHub({ 'acme/shop/catalog-info.yaml': aComponent('a') }),
    );
    const shop = await ConnectedSource.open(hosts, ROOT, {
      credentials: {
        authorization: origin =>
          Promise.resolve(origin === 'https://api.github.com' ? 'Bearer t' : undefined),
      },
    });
    await shop.fetch().catch(() => undefined);
    expect(hosts.takeRequests()).toEqual([
      'https://api.github.com/repos/acme/shop/contents/catalog-info.yaml?ref=main',
    ]);
  });
});

describe('copy of a source', () => {
  it('is restored without requests', async () => {
    const { hosts, store, shop } = await openShop();
    await shop.fetch();
    hosts.takeRequests();
    const second = await ConnectedSource.open(hosts, ROOT, { store });
    await second.restore();
    expect(second.refs()).toEqual(ALL);
    expect(second.source.fetchedAt).toBe(shop.source.fetchedAt);
    expect(hosts.takeRequests()).toEqual([]);
    expect(await second.fetch()).toEqual({ changed: false, requests: 4, bytes: 0 });
  });

  it('has the time of the last check, also without changes', async () => {
    const { hosts, store, shop } = await openShop();
    await shop.fetch();
    const first = shop.source.fetchedAt ?? 0;
    await shop.fetch();
    const second = await ConnectedSource.open(hosts, ROOT, { store });
    await second.restore();
    expect(second.source.fetchedAt).toBe(shop.source.fetchedAt);
    expect(second.source.fetchedAt).toBeGreaterThan(first);
  });

  it('keeps entities of a missing target, also after a restart', async () => {
    const { hosts, files, store, shop } = await openShop();
    await shop.fetch();
    delete files['acme/shop/pay/pay.yaml'];
    await shop.fetch();
    const problem = `${TREE}/catalog-info.yaml:17 Unable to read url, no matching files found for ${TREE}/pay/pay.yaml. Check the address. Without a token, some hosts hide what is not public.`;
    expect([shop.refs(), shop.problems()]).toEqual([ALL, [problem]]);
    const second = await ConnectedSource.open(hosts, ROOT, { store });
    await second.restore();
    expect([second.refs(), second.problems()]).toEqual([ALL, [problem]]);
    expect(second.entity('location:default/parts')).toMatchObject({
      status: { items: [{ error: { name: 'NotFoundError' } }] },
    });
    files['acme/shop/pay/pay.yaml'] = FILES['acme/shop/pay/pay.yaml'];
    await second.fetch();
    expect([second.refs(), second.problems()]).toEqual([ALL, []]);
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
    ['no JSON', () => new TextEncoder().encode('{]\n')],
    ['of another version', () => new TextEncoder().encode('{"version":0,"addresses":0}\n')],
    ['empty', () => new Uint8Array()],
  ])('is ignored if it is %s', async (_, spoil) => {
    const { hosts, store, shop } = await openShop();
    await shop.fetch();
    for (const [name, bytes] of store.blobs) store.blobs.set(name, spoil(bytes));
    const second = await ConnectedSource.open(hosts, ROOT, { store });
    await second.restore();
    expect([second.refs(), second.source.fetchedAt]).toEqual([[], undefined]);
  });

  it('is ignored for another address', async () => {
    const { hosts, store, shop } = await openShop();
    await shop.fetch();
    const other = await ConnectedSource.open(hosts, `${BLOB}/cart.yaml`, { store });
    await other.restore();
    expect(other.refs()).toEqual([]);
  });

  it('can be cleared', async () => {
    const { hosts, store, shop } = await openShop();
    await shop.fetch();
    await shop.source.forget();
    await shop.engine.sourcesRead();
    expect([shop.refs(), shop.source.fetchedAt]).toEqual([[], undefined]);
    const second = await ConnectedSource.open(hosts, ROOT, { store });
    await second.restore();
    expect(second.refs()).toEqual([]);
  });

  it("is not required: entities stay if it can't be stored", async () => {
    const store = new InMemoryBlobStore();
    store.write = () => Promise.reject(new Error('ENOSPC'));
    const { shop } = await openShop({ ...FILES }, store);
    await shop.fetch();
    expect(shop.refs()).toEqual(ALL);
  });

  it('is unchanged if the first address fails', async () => {
    const { files, shop } = await openShop();
    await shop.fetch();
    const { fetchedAt } = shop.source;
    for (const path of Object.keys(files)) delete files[path];
    expect(await failureOf(shop)).toMatchObject({ failure: 'missing' });
    expect([shop.refs(), shop.source.fetchedAt, shop.problems()]).toEqual([ALL, fetchedAt, []]);
  });

  it('is unchanged if the fetch is aborted', async () => {
    const { hosts, files, shop } = await openShop();
    await shop.fetch();
    files['acme/shop/catalog-info.yaml'] = aComponent('other');
    const controller = new AbortController();
    hosts.overrides.set(`${RAW}/cart.yaml`, () => controller.abort());
    await expect(shop.source.fetch({ signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(shop.refs()).toEqual(ALL);
  });
});

describe('target with wildcards', () => {
  it('is matched in one archive of the repository', async () => {
    const files: Files = {
      'acme/shop/catalog-info.yaml': aLocation('all', './services/*/catalog-info.yaml'),
      'acme/shop/services/a/catalog-info.yaml': aComponent('a'),
      'acme/shop/services/b/catalog-info.yaml': aComponent('b'),
      'acme/shop/services/b/deep/catalog-info.yaml': aComponent('deep'),
      'acme/shop/services/.c/catalog-info.yaml': aComponent('hidden'),
    };
    const { hosts, shop } = await openShop(files);
    await shop.fetch();
    const archive = 'https://codeload.github.com/acme/shop/tar.gz/main';
    expect(shop.refs()).toEqual([
      'component:default/a',
      'component:default/b',
      'location:default/all',
    ]);
    expect(shop.entity('component:default/b')?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:${TREE}/services/b/catalog-info.yaml`,
    });
    expect(hosts.takeRequests()).toEqual([archive, `${RAW}/catalog-info.yaml`]);
    await shop.fetch();
    expect(hosts.takeRequests()).toEqual([`${archive} 304`, `${RAW}/catalog-info.yaml 304`]);
  });

  it('is rejected on hosts without archives', async () => {
    const source = await openPlain({ '/root.yaml': aLocation('all', './*.yaml') });
    await source.fetch();
    expect(source.problems()).toEqual([
      'https://files.acme.org/root.yaml:7 Unable to read url, Unsupported search pattern URL',
    ]);
  });
});

describe('Location at an address', () => {
  it('may refer to itself, also over several hosts', async () => {
    const answers: Files = {
      'https://a.acme.org/root.yaml': aLocation('a', './root.yaml', 'https://b.acme.org/b.yaml'),
      'https://b.acme.org/b.yaml': aLocation('b', 'https://a.acme.org/root.yaml'),
    };
    const hosts = await StandInHosts.open(({ url }) => answers[url.href]);
    const source = await ConnectedSource.open(hosts, 'https://a.acme.org/root.yaml');
    expect(await source.fetch()).toMatchObject({ requests: 2 });
    expect([source.refs(), source.problems()]).toEqual([
      ['location:default/a', 'location:default/b'],
      [],
    ]);
  });

  it('may have ten thousand targets', async () => {
    const count = isLongRun ? 10_000 : 2000;
    const targets = Array.from({ length: count }, (_, index) => `./${index}.yaml`);
    const textOf = ({ pathname }: URL): string =>
      pathname === '/root.yaml'
        ? aLocation('all', ...targets)
        : aComponent(`c${pathname.slice(1, -5)}`);
    // Real connections are not part of the test and would dominate its time.
    const client: HttpClient = {
      send: ({ url }) => {
        const body = new TextEncoder().encode(textOf(new URL(url)));
        return Promise.resolve({ type: 'answered', status: 200, headers: new Map(), body });
      },
    };
    const source = await ConnectedSource.open(client, 'https://files.acme.org/root.yaml');
    expect(await source.fetch()).toMatchObject({ requests: count + 1 });
    expect(source.refs().length).toBe(count + 1);
  });

  it('has a limited number of targets', async () => {
    const hosts = await StandInHosts.open(({ url }) => {
      const next = Number(/\d+/.exec(url.pathname)?.[0] ?? 0) + 1;
      return aLocation(`l${next}`, `./${next}.yaml`);
    });
    const source = await ConnectedSource.open(hosts, 'https://files.acme.org/0.yaml', {
      limits: { addresses: 30, size: 1e6, file: 1e6, archive: 1e6 },
    });
    expect(await source.fetch()).toMatchObject({ requests: 30 });
    expect(source.problems()).toEqual([
      'https://files.acme.org/29.yaml:7 Unable to read url, The source leads to more than 30 addresses. Add what it leads to as separate sources.',
    ]);
  });

  it('may have more targets than are stored', async () => {
    const hosts = await StandInHosts.open(({ url }) =>
      url.pathname === '/root.yaml'
        ? aLocation('l', ...Array.from({ length: 300 }, (_, index) => `./${index}.yaml`))
        : aComponent(`c${url.pathname.slice(1, -5)}`),
    );
    const source = await ConnectedSource.open(hosts, 'https://files.acme.org/root.yaml', {
      limits: { addresses: 30, size: 1e6, file: 1e6, archive: 1e6 },
    });
    expect(await source.fetch()).toMatchObject({ requests: 30 });
    const reported = source
      .problems()
      .map(problem => /more than 30|not been read/.exec(problem)?.[0]);
    const count = (words: string): number => reported.filter(found => found === words).length;
    expect([count('more than 30'), count('not been read')]).toEqual([30, 0]);
  });

  it('may have optional targets', async () => {
    const location = aDescriptor('location:l', { targets: ['./nope.yaml'], presence: 'optional' });
    const source = await openPlain({ '/root.yaml': location });
    await source.fetch();
    expect([source.refs(), source.problems()]).toEqual([['location:default/l'], []]);
  });

  it("can't have files of this machine as targets", async () => {
    const location = aDescriptor('location:l', { type: 'file', target: '/etc/passwd' });
    const source = await openPlain({ '/root.yaml': location });
    await source.fetch();
    expect(source.problems()).toEqual([
      'https://files.acme.org/root.yaml:6 Registered locations must be of an allowed type ["url"]',
    ]);
  });

  it('adds allowed kinds only', async () => {
    const text = [aComponent('a'), aDescriptor('group:g'), aDescriptor('user:u')].join('---\n');
    const source = await openPlain({ '/root.yaml': text }, { allow: ['Component', 'Location'] });
    await source.fetch();
    expect(source.refs()).toEqual(['component:default/a']);
  });
});

describe('unreadable target', () => {
  const location = aLocation('l', './x.yaml');
  const broken = (response: { destroy(): void }): void => response.destroy();

  it.each<[string, HostAnswer, string]>([
    [
      'not there',
      { status: 404 },
      'no matching files found for https://files.acme.org/x.yaml. Check the address. Without a token, some hosts hide what is not public.',
    ],
    [
      'for others',
      { status: 401 },
      'could not read https://files.acme.org/x.yaml, 401 Unauthorized. Set a token for files.acme.org.',
    ],
    [
      'forbidden',
      { status: 403 },
      'could not read https://files.acme.org/x.yaml, 403 Forbidden. Set a token for files.acme.org.',
    ],
    [
      'asked for too often',
      { status: 429 },
      'could not read https://files.acme.org/x.yaml, 429 Too Many Requests. Callboard tries again automatically. A token may raise the limit.',
    ],
    [
      'on a host that is out of order',
      { status: 500 },
      'could not read https://files.acme.org/x.yaml, 500 Internal Server Error. Callboard tries again automatically.',
    ],
    [
      'cut off',
      broken,
      "Unable to read https://files.acme.org/x.yaml, files.acme.org can't be reached: the connection was interrupted. Check the network, a VPN, and whether the host is up.",
    ],
    [
      'sending on and on',
      { status: 302, headers: { location: 'https://files.acme.org/x.yaml' } },
      'Unable to read https://files.acme.org/x.yaml, files.acme.org redirects too many times. Check the address, which may lead to a sign-in page.',
    ],
    [
      'redirected to a host that is not allowed',
      { status: 302, headers: { location: 'https://elsewhere.com/x.yaml' } },
      "Reading from 'https://files.acme.org/x.yaml' is not allowed. You may need to configure an integration for the target host, or add it to the configured list of allowed hosts at 'backend.reading.allow'. To allow it, add elsewhere.com to the setting callboard.catalog.hosts, or use --allow-host on the command line.",
    ],
    [
      'a page to sign in at',
      { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!doctype html><p>Hello' },
      'https://files.acme.org/x.yaml is a web page, not a file. If it is a sign-in page, set a token for files.acme.org. Otherwise use the address of the file itself.',
    ],
  ])('that is %s is reported at its place like on a server', async (_, answer, reason) => {
    const source = await openPlain({ '/root.yaml': location, '/x.yaml': answer });
    await source.fetch();
    expect([source.refs(), source.problems()]).toEqual([
      [],
      [`https://files.acme.org/root.yaml:7 Unable to read url, ${reason}`],
    ]);
  });

  it('is read after an allowed redirect', async () => {
    const hosts = await StandInHosts.open(({ url }) =>
      url.host === 'old.acme.org'
        ? { status: 301, headers: { location: `https://new.acme.org${url.pathname}` } }
        : aComponent('moved'),
    );
    const source = await ConnectedSource.open(hosts, 'https://old.acme.org/root.yaml');
    await source.fetch();
    expect(source.entity('component:default/moved')?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': 'url:https://old.acme.org/root.yaml',
    });
  });

  it('on a host that is not allowed has advice', async () => {
    const hosts = await StandInHosts.open(() => aLocation('l', 'https://elsewhere.com/x.yaml'));
    const source = await ConnectedSource.open(hosts, 'https://files.acme.org/root.yaml');
    await source.fetch();
    expect(source.problems()).toEqual([
      "https://files.acme.org/root.yaml:7 Unable to read url, Reading from 'https://elsewhere.com/x.yaml' is not allowed. You may need to configure an integration for the target host, or add it to the configured list of allowed hosts at 'backend.reading.allow'. To allow it, add elsewhere.com to the setting callboard.catalog.hosts, or use --allow-host on the command line.",
    ]);
    expect(hosts.requests).toEqual(['https://files.acme.org/root.yaml']);
  });

  it('with a password is reported without it', async () => {
    const source = await openPlain({
      '/root.yaml': aLocation('l', 'https://me:secret@files.acme.org/x.yaml'),
    });
    await source.fetch();
    expect(source.problems()).toEqual([
      "https://files.acme.org/root.yaml:7 Unable to read url, Reading from 'https://files.acme.org/x.yaml' is not allowed. You may need to configure an integration for the target host, or add it to the configured list of allowed hosts at 'backend.reading.allow'. Set a token for files.acme.org instead.",
    ]);
  });

  it('on an unknown host gets a token only if the source is on it', async () => {
    const signedIn: string[] = [];
    const files: Readonly<Record<string, string>> = {
      'https://files.acme.org/root.yaml': [
        aLocation('l', 'https://files.acme.org/x.yaml', 'https://portal.acme.org/api/x.yaml'),
        aDescriptor('api:pay', {
          definition: { $text: 'https://api.github.com/repos/acme/secret/contents/x' },
        }),
      ].join('---\n'),
    };
    const hosts = await StandInHosts.open(({ url, headers }) => {
      if (headers['authorization'] !== undefined) signedIn.push(url.href);
      return files[url.href] ?? 'a: 1';
    });
    const source = await ConnectedSource.open(hosts, 'https://files.acme.org/root.yaml', {
      credentials: { authorization: () => Promise.resolve('Bearer t') },
    });
    await source.fetch();
    expect(hosts.takeRequests()).toEqual([
      'https://api.github.com/repos/acme/secret/contents/x',
      'https://files.acme.org/root.yaml',
      'https://files.acme.org/x.yaml',
      'https://portal.acme.org/api/x.yaml',
    ]);
    expect(signedIn.sort()).toEqual([
      'https://files.acme.org/root.yaml',
      'https://files.acme.org/x.yaml',
    ]);
  });

  it.each(['file:///etc/passwd', 'mailto:me@acme.org', 'javascript:alert(1)', 'http://[::1'])(
    'with address %s is rejected without a request',
    async target => {
      const hosts = await StandInHosts.open(() => aLocation('l', target));
      const source = await ConnectedSource.open(hosts, 'https://files.acme.org/root.yaml');
      await source.fetch();
      expect([hosts.requests, source.problems().length]).toEqual([
        ['https://files.acme.org/root.yaml'],
        1,
      ]);
    },
  );

  it('that is not YAML is reported', async () => {
    const source = await openPlain({ '/root.yaml': location, '/x.yaml': 'a: [' });
    await source.fetch();
    expect(source.problems()).toEqual([
      expect.stringMatching(
        /^https:\/\/files\.acme\.org\/root\.yaml:7 Nothing of this Location is loaded because of https:\/\/files\.acme\.org\/x\.yaml: YAML error at url:https:\/\/files\.acme\.org\/x\.yaml, YAMLParseError: /,
      ),
      expect.stringMatching(/^https:\/\/files\.acme\.org\/x\.yaml:1 YAML error: /),
    ]);
  });

  it('that is too large is reported', async () => {
    const endless: HostAnswer = response => {
      response.writeHead(200, { 'content-length': String(2 * 1024 ** 3) });
      const chunk = Buffer.alloc(1024 * 1024, 'a: b\n');
      const more = (): void => {
        while (response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    const source = await openPlain(
      { '/root.yaml': location, '/x.yaml': endless },
      { limits: { addresses: 10, size: 1e9, file: 4 * 1024 * 1024, archive: 1e6 } },
    );
    await source.fetch();
    expect(source.problems()).toEqual([
      'https://files.acme.org/root.yaml:7 Unable to read url, Unable to read https://files.acme.org/x.yaml, files.acme.org sent more than 4 MB. Check the address.',
    ]);
  });
});
