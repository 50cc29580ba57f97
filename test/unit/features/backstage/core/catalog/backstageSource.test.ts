import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { silentLogger } from '../../../../../../src/base';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../support/inMemoryBlobStore';
import { RecordedSourceHttp } from '../../../../../support/recordedSourceHttp';
import {
  backstageSource,
  catalogWith,
  entitiesOf,
  fetchOnce,
  readServed,
  session,
} from '../../../../../support/servedCatalog';
import { json, servedComponent, StandInBackstage } from '../../../../../support/standInBackstage';
import type { TestCatalog } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

let server: StandInBackstage;

beforeEach(async () => {
  server = await new StandInBackstage([servedComponent('a'), servedComponent('b')]).listen();
});

afterEach(() => server.close());

describe('Fetched entities', () => {
  it('are fetched once and then only when changed', async () => {
    const { source } = backstageSource({ url: server.url });
    expect(await fetchOnce(source)).toMatchObject({ changed: true, requests: 1 });
    expect(await fetchOnce(source)).toMatchObject({ changed: false, requests: 1 });
    server.entities[1] = servedComponent('b', { type: 'website' });
    server.entities.push(servedComponent('c'));
    expect(await fetchOnce(source)).toMatchObject({ changed: true, requests: 2 });
    expect(await readServed(source)).toEqual(server.entities);
  });

  it('are taken from the later of two pages with duplicates', async () => {
    const second = servedComponent('a', { type: 'library' });
    server.entities.push(second);
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual([second, servedComponent('b')]);
  });

  it('omit entities deleted between the list and the request', async () => {
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    server.entities[0] = servedComponent('a', { type: 'website' });
    server.fault = ({ method }) => {
      if (method === 'POST') server.entities.shift();
    };
    await fetchOnce(source);
    expect(await readServed(source)).toEqual([servedComponent('b')]);
  });

  it('are requested again after a temporary server error', async () => {
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    server.entities[0] = servedComponent('a', { type: 'website' });
    let faults = 0;
    server.fault = (_, response) => {
      if (++faults % 2 === 1) return !!response.writeHead(503).end();
    };
    expect(await fetchOnce(source)).toMatchObject({ changed: true, requests: 4 });
    expect(await readServed(source)).toEqual(server.entities);
  });

  it("keep the last copy when the new one can't be stored", async () => {
    const store = new InMemoryBlobStore();
    const { source } = backstageSource({ url: server.url, store });
    await fetchOnce(source);
    const kept = store.blobs.get('entities');
    store.write = async () => Promise.reject(new Error('ENOSPC: no space left on device'));
    server.entities.pop();
    await expect(fetchOnce(source)).rejects.toMatchObject({
      failure: 'local',
      message: "Can't store the cached copy of Acme.",
      advice:
        'Free up disk space, or check the permissions of the cache folder (CALLBOARD_CACHE_DIR on the command line). (ENOSPC: no space left on device)',
    });
    expect(await readServed(source)).toHaveLength(2);
    expect(store.blobs.get('entities')).toBe(kept);
  });

  it('are discarded when the source is disposed', async () => {
    const { source } = backstageSource({ url: server.url });
    server.fault = () => void source.dispose();
    await expect(fetchOnce(source)).rejects.toMatchObject({ name: 'AbortError' });
    expect(source.fetchedAt).toBeUndefined();
  });
});

describe('Invalid answer', () => {
  it.each([
    ['sign-in page', 200, '<!doctype html><title>Sign in</title>'],
    ['incomplete answer', 200, '{"items":[{"kind":"Comp'],
    ['invalid UTF-8', 200, Buffer.from([0x7b, 0xff, 0x7d])],
    ['another API', 200, '{"data":[]}'],
    ['nothing', 200, ''],
  ])('is rejected: %s', async (_, status, body) => {
    server.fault = (__, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      return true;
    };
    const http = new RecordedSourceHttp(server.url);
    const { source } = backstageSource({ url: server.url, http });
    await expect(fetchOnce(source)).rejects.toMatchObject({ failure: 'invalid' });
    expect(http.sent).toHaveLength(1);
    expect(source.fetchedAt).toBeUndefined();
  });

  it('with too many requests returns the time to retry', async () => {
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    server.fault = (_, response) => {
      response.writeHead(429, { 'retry-after': '17' }).end();
      return true;
    };
    await expect(fetchOnce(source)).rejects.toMatchObject({
      failure: 'limited',
      retryAfter: 17_000,
    });
    expect(await readServed(source)).toEqual(server.entities);
  });

  it('from a failing server keeps the last copy', async () => {
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    server.fault = (_, response) => {
      json(response, { error: { name: 'Error' } }, { status: 500 });
      return true;
    };
    await expect(fetchOnce(source)).rejects.toMatchObject({ failure: 'unreachable' });
    expect(await readServed(source)).toEqual(server.entities);
  });

  it.each([
    ['always the same', () => 'same'],
    ['always different', () => String(Math.random())],
  ])("doesn't page endlessly when the cursor is %s", async (_, nextCursor) => {
    server.fault = (__, response) => {
      json(response, { items: server.entities, pageInfo: { nextCursor: nextCursor() } });
      return true;
    };
    const { source } = backstageSource({ url: server.url });
    await expect(fetchOnce(source)).rejects.toMatchObject({
      message: 'The list of entities is endless.',
    });
  });

  it('that is too large leads to smaller requests', async () => {
    server.entities = Array.from({ length: 20 }, (_, index) => servedComponent(`c${index}`));
    const http = new RecordedSourceHttp(server.url);
    const send = http.send.bind(http);
    http.send = request => send({ ...request, maxSize: 2500 });
    const { source } = backstageSource({ url: server.url, http });
    await fetchOnce(source);
    expect(await readServed(source)).toHaveLength(20);
  });

  it('with invalid entities omits them', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`) as object;
    const { metadata, ...rest } = servedComponent('x');
    server.entities.push(
      ...[null, 7, 'component:default/x', [], {}, { kind: 'Component' }, rest],
      { ...rest, metadata: { ...metadata, name: '../../etc' } },
      { ...rest, metadata: { ...metadata, namespace: '..' } },
      { ...rest, metadata: { ...metadata, name: 'a:b' } },
      { ...rest, metadata, kind: 5 },
      { ...rest, metadata, spec: 'text' },
      { ...rest, metadata, spec: deep },
    );
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual([servedComponent('a'), servedComponent('b')]);
  });

  it('with unknown kinds and fields is accepted', async () => {
    const strange = {
      ...servedComponent('Odd_Name.1', { __proto__: undefined, list: [null, [1]] }),
      apiVersion: 'acme.com/v9',
      kind: 'Spaceship',
      status: { items: [{ type: 'x', level: 'error', message: 'broken' }] },
      custom: { anything: ['goes'] },
    };
    server.entities = [JSON.parse(JSON.stringify(strange)) as object];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual(server.entities);
  });
});

describe('File of an entity', () => {
  const uri = 'callboard-source://acme/component/default/a.yaml';

  it('has escaped header comments', async () => {
    const { metadata, ...rest } = servedComponent('a');
    const location = 'url:https://a.b\nkind: Evil\u2028c: d';
    const annotations = { 'backstage.io/managed-by-location': location };
    server.entities = [{ ...rest, metadata: { ...metadata, annotations } }];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    const text = new TextDecoder().decode(await source.fileSystem.readFile(uri));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '# component:default/a, from Acme. Read-only: changes are not saved there.',
      '# Location on the server: url:https://a.b kind: Evil c: d',
      'apiVersion: backstage.io/v1alpha1',
    ]);
    expect(parse(text)).toMatchObject({ kind: 'Component', metadata: { annotations } });
  });

  it('is in a folder by kind and namespace', async () => {
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    const { fileSystem } = source;
    const root = 'callboard-source://acme';
    const namesIn = async (path: string): Promise<readonly string[]> =>
      (await fileSystem.readDirectory(`${root}/${path}`)).map(({ name }) => name);
    expect([
      ...(await Promise.all(['', 'component', 'component/default'].map(namesIn))),
      (await fileSystem.stat(uri))?.type,
      (await fileSystem.stat(`${root}/component`))?.type,
      await fileSystem.stat(`${root}/component/default/c.yaml`),
      await fileSystem.stat('callboard-source://other/component/default/a.yaml'),
    ]).toEqual([
      ['component'],
      ['default'],
      ['a.yaml', 'b.yaml'],
      'file',
      'directory',
      undefined,
      undefined,
    ]);
    await expect(fileSystem.readFile(`${root}/component/default/c.yaml`)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await expect(fileSystem.readFile(`${root}/component`)).rejects.toMatchObject({
      code: 'EISDIR',
    });
    expect(source.displayPath(uri)).toBe('Acme/component/default/a.yaml');
  });
});

describe('Relations', () => {
  const team = {
    ...servedComponent('team-a', { type: 'team', children: [] }),
    kind: 'Group',
  };
  const refA = 'component:default/a';

  it("aren't derived when the server has none", async () => {
    server.entities = [
      { ...servedComponent('a'), relations: [] },
      { ...team, relations: [] },
    ];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual(server.entities);
  });

  it('are one-way if the server has them one-way', async () => {
    server.entities = [servedComponent('a'), { ...team, relations: [] }];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual(server.entities);
  });

  it('can exist without a field', async () => {
    const relations = [
      { type: 'likes', targetRef: 'user:default/a b:c' },
      { type: 'ownedBy', targetRef: 'group:default/team-a' },
    ];
    server.entities = [
      { ...servedComponent('a'), relations },
      { ...team, relations: [{ type: 'ownerOf', targetRef: refA }] },
    ];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual(server.entities);
  });

  it('are references when a field gives both directions', async () => {
    server.entities = [
      servedComponent('a'),
      { ...team, relations: [{ type: 'ownerOf', targetRef: refA }] },
    ];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    const { files } = await source.read(session, { group: 0 });
    const records = [...files.values()].flatMap(({ record }) => record.entities);
    expect(
      records.map(({ ref, references, emitted }) => ({
        ref,
        fields: references.map(({ field }) => field),
        emitted,
      })),
    ).toEqual([
      { ref: refA, fields: ['spec.owner'], emitted: [] },
      { ref: 'group:default/team-a', fields: [], emitted: [] },
    ]);
  });

  it('are updated when their target is added or removed', async () => {
    server.entities = [servedComponent('a')];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    const catalog = await catalogWith(source);
    for (const entities of [[...server.entities, { ...team, relations: [] }], server.entities]) {
      server.entities = [...entities];
      await fetchOnce(source);
      await catalog.engine.sourcesRead();
      expect(await entitiesOf(catalog)).toEqual(entities);
    }
  });

  it('of an entity overridden by the workspace are dropped', async () => {
    const relations = [{ type: 'ownerOf', targetRef: refA }];
    server.entities = [servedComponent('a'), { ...team, relations }];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    const catalog = await catalogWith(source, { 'a.yaml': aComponent('a', { owner: 'team-b' }) });
    const refs = ['group:default/team-a', 'group:default/team-b'];
    expect(refs.map(ref => catalog.relations(ref))).toEqual([[], [`ownerOf ${refA}`]]);
    await catalog.remove('a.yaml');
    expect(await entitiesOf(catalog)).toEqual(server.entities);
  });

  it("of a workspace file resolve to the server's entities", async () => {
    server.entities = [{ ...team, relations: [] }];
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    const catalog = await catalogWith(source, { 'a.yaml': aComponent('a', { owner: 'team-a' }) });
    expect(catalog.relations('group:default/team-a')).toEqual([`ownerOf ${refA}`]);
    expect(catalog.codes()).toEqual([]);
  });
});

describe('Cached copy', () => {
  const definition = Array.from({ length: 2000 }, (_, line) => `line ${line}`).join('\n');
  const long = servedComponent('long', { definition, system: 'shop' });
  const linked = {
    ...long,
    relations: [...(long.relations ?? []), { type: 'partOf', targetRef: 'system:default/shop' }],
  };

  it.each([true, false])('contains long texts, with a store or without: %s', async hasStore => {
    server.entities = [linked, servedComponent('a')];
    const { source } = backstageSource({ url: server.url, hasStore });
    await fetchOnce(source);
    server.entities.push(servedComponent('b'));
    await fetchOnce(source);
    const { files } = await source.read(session, { group: 0 });
    const uri = 'callboard-source://acme/component/default/long.yaml';
    const record = files.get(uri)?.record.entities[0];
    const text = new TextDecoder().decode(await source.fileSystem.readFile(uri));
    const places = record?.references.map(({ field, range: { start, end } }) => [
      field,
      text.split('\n')[start.line]?.slice(start.character, end.character),
    ]);
    const { relations, ...descriptor } = linked;
    expect({
      places,
      text: parse(text) as unknown,
      lines: text.split('\n').length,
      isShortened: record?.isShortened,
      served: await readServed(source),
    }).toEqual({
      places: [
        ['spec.owner', 'team-a'],
        ['spec.system', 'shop'],
      ],
      text: descriptor,
      lines: (record?.source?.range.end.line ?? 0) + 1,
      isShortened: true,
      served: [servedComponent('a'), servedComponent('b'), linked],
    });
  });

  it.each([
    ['truncated', (bytes: Uint8Array) => bytes.slice(0, -8)],
    ['altered', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte))],
    ['empty', () => new Uint8Array()],
  ])('is ignored when it is %s', async (_, spoiled) => {
    const store = new InMemoryBlobStore();
    await fetchOnce(backstageSource({ url: server.url, store }).source);
    store.blobs.set('entities', spoiled(store.blobs.get('entities') ?? new Uint8Array()));
    const { source } = backstageSource({ url: server.url, store });
    await source.restore();
    expect([source.fetchedAt, await readServed(source)]).toEqual([undefined, []]);
    await fetchOnce(source);
    expect(await readServed(source)).toHaveLength(2);
  });

  it('is ignored when it belongs to another filter', async () => {
    const store = new InMemoryBlobStore();
    await fetchOnce(backstageSource({ url: server.url, store }).source);
    const { source } = backstageSource({ url: server.url, store, filter: ['kind=api'] });
    await source.restore();
    expect(source.fetchedAt).toBeUndefined();
  });

  it('is completed again when its long texts are missing', async () => {
    server.entities = [linked];
    const store = new InMemoryBlobStore();
    const { source } = backstageSource({ url: server.url, store });
    await fetchOnce(source);
    store.blobs.clear();
    server.entities.push(servedComponent('a'));
    await fetchOnce(source);
    expect(await readServed(source)).toEqual([servedComponent('a'), linked]);
  });

  it('stores the time of the last check', async () => {
    const store = new InMemoryBlobStore();
    const clock = new TestClock(1);
    const { source } = backstageSource({ url: server.url, store, clock });
    await fetchOnce(source);
    const first = source.fetchedAt;
    await fetchOnce(source);
    const reopened = backstageSource({ url: server.url, store });
    await reopened.source.restore();
    expect(reopened.source.fetchedAt).toBe(source.fetchedAt);
    expect(first).not.toBe(source.fetchedAt);
  });

  it.each([
    ['unchanged', (bytes: Uint8Array) => bytes],
    ['truncated', (bytes: Uint8Array) => bytes.slice(0, -8)],
    ['altered', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte))],
    ['empty', () => new Uint8Array()],
  ])('gives the same result with stored records that are %s', async (_, spoiled) => {
    const store = new InMemoryBlobStore();
    const first = backstageSource({ url: server.url, store }).source;
    await fetchOnce(first);
    const catalog = await catalogWith(first);
    server.entities[0] = servedComponent('a', { owner: 'team-b' });
    await fetchOnce(first);
    await catalog.engine.sourcesRead();
    await until(() => store.blobs.has('records'));
    store.blobs.set('records', spoiled(store.blobs.get('records') ?? new Uint8Array()));
    const { source } = backstageSource({ url: server.url, store });
    await source.restore();
    const reopened = await catalogWith(source);
    const inFiles = ({ engine }: TestCatalog) =>
      engine.getFiles().map(({ uri }) =>
        engine.getRecordsInFile(uri).map(({ ref, source: place, references, emitted }) => ({
          ref,
          place,
          references,
          emitted,
        })),
      );
    expect([await entitiesOf(reopened), inFiles(reopened)]).toEqual([
      server.entities,
      inFiles(catalog),
    ]);
  });

  it("isn't parsed again with stored records", async () => {
    const store = new InMemoryBlobStore();
    const first = backstageSource({ url: server.url, store }).source;
    await fetchOnce(first);
    await catalogWith(first);
    await until(() => store.blobs.has('records'));
    const { source } = backstageSource({ url: server.url, store });
    // Like a catalog that exists before the copy.
    await source.read(session, { group: 0 });
    await source.restore();
    const reader = async () => Promise.reject(new Error('It is read again'));
    const { files } = await source.read({ ...session, reader }, { group: 0 });
    expect(files.size).toBe(2);
  });

  it('contains no token', async () => {
    const store = new InMemoryBlobStore();
    const authorization = 'Bearer tok-EN_123';
    const { source } = backstageSource({ url: server.url, store, authorization });
    await fetchOnce(source);
    await fetchOnce(source);
    const kept = [...store.blobs.values()].map(bytes => new TextDecoder().decode(bytes));
    expect([[...store.blobs.keys()], kept.filter(text => text.includes('tok-EN'))]).toEqual([
      ['entities', 'checked'],
      [],
    ]);
  });

  it('is deleted by forget()', async () => {
    const { source, store } = backstageSource({ url: server.url });
    await fetchOnce(source);
    await source.forget();
    const reopened = backstageSource({ url: server.url, ...(store && { store }) });
    await reopened.source.restore();
    expect([source.fetchedAt, await readServed(source), reopened.source.fetchedAt]).toEqual([
      undefined,
      [],
      undefined,
    ]);
  });
});

describe('Many entities', () => {
  it('are processed in slices', async () => {
    server.entities = Array.from({ length: 5000 }, (_, index) => servedComponent(`c${index}`));
    const clock = new TestClock(1);
    const { source } = backstageSource({ url: server.url, clock });
    const first = await fetchOnce(source);
    const yieldsOfFetch = clock.yields;
    const state = await source.read(session, { group: 3 });
    // A slice is eight reads of the clock.
    expect(yieldsOfFetch).toBeGreaterThan(5000 / 8);
    expect(clock.yields - yieldsOfFetch).toBeGreaterThan(5000 / 8);
    expect([first.changed, state.files.size]).toEqual([true, 5000]);
    expect(await fetchOnce(source)).toMatchObject({ changed: false, requests: 2 });
    const yieldsBefore = clock.yields;
    server.entities[7] = servedComponent('c7', { type: 'website' });
    expect(await fetchOnce(source)).toMatchObject({ changed: true, requests: 3 });
    // Listing, comparing, keeping, removing and storing.
    expect(clock.yields - yieldsBefore).toBeGreaterThan((5 * 5000) / 8);
  });

  it('are limited in relations per entity', async () => {
    const relations = Array.from({ length: 20_003 }, (_, index) => ({
      type: 'ownerOf',
      targetRef: `component:default/c${index}`,
    }));
    server.entities = [{ ...servedComponent('team'), kind: 'Group', relations }];
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
    const { source } = backstageSource({ url: server.url, logger });
    await fetchOnce(source);
    const [entity] = await readServed(source);
    expect([entity?.relations?.length, warnings]).toEqual([
      20_000,
      ['Acme: group:default/team has too many relations: 20000 were used and 3 skipped'],
    ]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}
