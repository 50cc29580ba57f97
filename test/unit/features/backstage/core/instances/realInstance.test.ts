import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BackstageInstance, CatalogSourceInfo } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import { FileCache, openInstance } from '../../../../../../src/features/backstage/core/instances';
import { readBuiltIndex, readBuiltPage } from '../../../../../../src/features/techdocs/core/built';
import { NodeClock } from '../../../../../../src/platform/node';
import { type BackstageServer, startBackstage } from '../../../../../support/backstageServer';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { publishDocs, publishFolder } from '../../../../../support/publishedDocs';
import { RecordedSourceHttp } from '../../../../../support/recordedSourceHttp';

const TOKEN = 'a-static-token-of-tests';
const SHOP = 'component:default/shop-front';

let server: BackstageServer;
let http: RecordedSourceHttp;
let folder: string;
let instance: BackstageInstance;
const { signal } = new AbortController();

beforeAll(async () => {
  folder = publishFolder();
  await publishDocs(folder, 'default/component/shop-front', {
    'mkdocs.yml': 'site_name: Shop docs\nnav: [index.md, {Guides: [guides/setup.md]}]\n',
    'docs/index.md': '# Welcome\n\nSee [the setup](guides/setup.md#before).\n',
    'docs/guides/setup.md': '# Set it up\n\n## Before\n\nHave a marmoset at hand.\n',
  });
  const schedule = {
    frequency: { seconds: 1 },
    timeout: { seconds: 60 },
    initialDelay: { seconds: 1 },
  };
  server = await startBackstage({
    name: 'instance',
    token: TOKEN,
    files: { 'all.yaml': CATALOG },
    config: {
      techdocs: {
        builder: 'local',
        generator: { runIn: 'local' },
        publisher: { type: 'local', local: { publishDirectory: folder } },
      },
      search: { collators: { catalog: { schedule }, techdocs: { schedule } } },
    },
  });
  http = new RecordedSourceHttp(server.url, { authorization: `Bearer ${TOKEN}` });
  const clock = new NodeClock();
  const credentials = { authorization: () => Promise.resolve(`Bearer ${TOKEN}`) };
  const session = new BackstageSession({ url: server.url, http, credentials, clock });
  instance = openInstance({
    session,
    clock,
    logger: silentLogger,
    keptDocs: new FileCache(new InMemoryBlobStore()),
    source: () => ({ name: 'Acme', url: server.url }) as CatalogSourceInfo,
  });
});

afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const pageAt = async (path: string) => {
  const file = await instance.docs.read(SHOP, path, { signal });
  return file && readBuiltPage(new TextDecoder().decode(file.content), signal);
};

it("returns pages of an entity's docs", async () => {
  expect(await pageAt('guides/setup/index.html')).toMatchObject({
    title: 'Set it up',
    headings: [{ id: 'set-it-up', children: [{ id: 'before', title: 'Before' }] }],
    nav: [
      { title: 'Welcome', href: '../../' },
      {
        title: 'Guides',
        href: undefined,
        children: [{ title: 'Set it up', href: '../../guides/setup/' }],
      },
    ],
  });
  expect(await instance.docs.getMetadata(SHOP, { signal })).toEqual({
    siteName: 'Shop docs',
    siteDescription: undefined,
    builtAt: 86_400_000,
  });
});

it('returns nothing for a missing page and docs without a build', async () => {
  const found = [
    await instance.docs.read(SHOP, 'nowhere/index.html', { signal }),
    await instance.docs.getMetadata('component:default/bare', { signal }),
  ];
  expect(found).toEqual([undefined, undefined]);
});

it("doesn't fetch unchanged files again", async () => {
  await pageAt('index.html');
  expect(await pageAt('index.html')).toMatchObject({ title: 'Welcome' });
  expect(http.answers.slice(-2)).toEqual(['answered', 'unchanged']);
});

it("reads a site's search index", async () => {
  const file = await instance.docs.read(SHOP, 'search/search_index.json', { signal });
  const value: unknown = JSON.parse(new TextDecoder().decode(file?.content));
  expect((await readBuiltIndex(value, signal))?.at(-1)).toEqual({
    path: 'guides/setup/',
    anchor: 'before',
    title: 'Before',
    text: 'Have a marmoset at hand.',
  });
});

it('builds docs on the server and reports its failure', async () => {
  const lines: string[] = [];
  const report = (line: string): number => lines.push(line);
  const failure = (): Promise<string> =>
    instance.docs.build('component:default/bare', { signal, report }).then(String, String);
  // The server caches for a while that the entity didn't exist.
  await expect
    .poll(failure, { timeout: 60_000, interval: 1000 })
    .toMatch(/The server can't build the docs/);
  expect(lines.length).toBeGreaterThan(0);
});

it('searches entities and docs', async () => {
  const query = async (term: string, more = {}) => {
    const page = await instance.search.query({ term, limit: 10, ...more }, { signal });
    return page?.results.map(({ type, title, entityRef, docsPath }) => [
      type,
      title.text,
      entityRef,
      docsPath,
    ]);
  };
  await expect
    .poll(() => query('marmoset'), { timeout: 60_000, interval: 500 })
    .toEqual([
      ['techdocs', 'Before', SHOP, 'guides/setup/#before'],
      ['techdocs', 'Set it up', SHOP, 'guides/setup/'],
    ]);
  await expect
    .poll(() => query('shop', { types: ['software-catalog'] }), { timeout: 60_000, interval: 500 })
    .toContainEqual(['software-catalog', 'The shop', SHOP, undefined]);
  const filtered = await query('shop', { types: ['software-catalog'], filters: { kind: 'API' } });
  expect(filtered?.map(([, title]) => title)).toEqual(['shop-api']);
});

it('marks matches in results', async () => {
  const page = await instance.search.query({ term: 'marmoset', limit: 1 }, { signal });
  const [{ text } = { text: { text: '', marks: [] } }] = page?.results ?? [];
  expect(text.marks.map(([from, to]) => text.text.slice(from, to))).toEqual(['marmoset']);
});

it('shows cached pages after the server stops', async () => {
  await pageAt('index.html');
  await server.kill();
  const file = await instance.docs.read(SHOP, 'index.html', { signal });
  expect(file?.failure).toMatch(/can't be reached|didn't respond/);
  await expect(instance.docs.read(SHOP, 'other/index.html', { signal })).rejects.toThrow();
});

const CATALOG = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Shop-Front
  title: The shop
  annotations: { 'backstage.io/techdocs-ref': 'dir:.' }
spec: { type: website, lifecycle: production, owner: team-a }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: bare, annotations: { 'backstage.io/techdocs-ref': 'dir:./bare' } }
spec: { type: website, lifecycle: production, owner: team-a }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: shop-api }
spec: { type: openapi, lifecycle: production, owner: team-a, definition: none }
`;
