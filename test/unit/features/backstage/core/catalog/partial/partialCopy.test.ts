import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_OPENED } from '../../../../../../../src/features/backstage/core/catalog/partial/partialCopy';
import type { RemoteBackstage } from '../../../../../../../src/features/sources/core';
import { aComponent } from '../../../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../../../support/inMemoryBlobStore';
import { ManualClock } from '../../../../../../support/manualClock';
import { RecordedSourceHttp } from '../../../../../../support/recordedSourceHttp';
import {
  backstageSource,
  catalogWith,
  fetchOnce,
  readServed,
} from '../../../../../../support/servedCatalog';
import {
  json,
  servedComponent,
  StandInBackstage,
} from '../../../../../../support/standInBackstage';
import type { TestCatalog } from '../../../../../../support/testCatalog';

let server: StandInBackstage;
let clock: ManualClock;

beforeEach(async () => {
  server = await new StandInBackstage(entities).listen();
  clock = new ManualClock();
});

afterEach(() => server.close());

const ref = (name: string): string => `component:default/${name}`;

const relatedTo = (...names: readonly string[]) => ({
  relations: names.map(name => ({ type: 'dependsOn', targetRef: ref(name) })),
});

/** The workspace also has the first one. */
const entities = [
  { ...servedComponent('own'), ...relatedTo('related', 'nowhere-there') },
  { ...servedComponent('related'), ...relatedTo('further') },
  { ...servedComponent('wanted'), ...relatedTo('further') },
  ...['further', 'other', 'typed', 'opened'].map(name => servedComponent(name)),
];
const workspace = {
  'own.yaml': aComponent('own', { dependsOn: ['component:wanted', 'component:nowhere-here'] }),
};

interface World {
  readonly source: RemoteBackstage;
  readonly http: RecordedSourceHttp;
  readonly store: InMemoryBlobStore;
  readonly catalog: TestCatalog;
  /** Number of events about missing entities. */
  missed(): number;
  /** Names of what the copy has. */
  names(): Promise<readonly string[]>;
  fetchMissing(): ReturnType<RemoteBackstage['fetch']>;
}

async function open({
  store = new InMemoryBlobStore(),
  files = workspace,
  ...options
}: Partial<Parameters<typeof backstageSource>[0]> & {
  readonly store?: InMemoryBlobStore;
  readonly files?: Readonly<Record<string, string>>;
} = {}): Promise<World> {
  const http = new RecordedSourceHttp(server.url);
  const { source } = backstageSource({ url: server.url, http, store, clock, ...options });
  await source.restore();
  const catalog = await catalogWith(source, files);
  let missed = 0;
  source.onDidMiss?.(() => missed++);
  const { signal } = new AbortController();
  return {
    source,
    http,
    store,
    catalog,
    missed: () => missed,
    async names() {
      await catalog.engine.sourcesRead();
      const held = catalog.engine.getFiles().flatMap(({ uri }) => {
        const [, name] = /^callboard-source:.*\/(.*)\.yaml$/.exec(uri) ?? [];
        return name ?? [];
      });
      return held.sort();
    },
    fetchMissing: () => source.fetch({ signal, isOnlyMissing: true }),
  };
}

const referenced = { hold: 'referenced' } as const;

describe('Referenced entities', () => {
  it("are stored with entities related to the workspace's own, no others", async () => {
    const { source, names, catalog } = await open(referenced);
    await fetchOnce(source);
    expect(await names()).toEqual(['own', 'related', 'wanted']);
    expect([source.part, catalog.codes()]).toEqual([
      { total: undefined, isTooLarge: false },
      ['dangling-reference', 'dangling-reference'],
    ]);
  });

  it("are requested once, even if the server doesn't have them", async () => {
    const { source, http, missed, fetchMissing, names } = await open(referenced);
    await clock.pass(5000);
    expect([missed(), http.sent]).toEqual([0, []]);
    await fetchOnce(source);
    await names();
    http.sent.length = 0;
    expect(await fetchMissing()).toEqual({ changed: false, requests: 0, bytes: 0 });
    await clock.pass(60_000);
    expect([missed(), http.sent]).toEqual([0, []]);
  });

  it('are fetched in one request after a pause in typing', async () => {
    const { source, http, missed, fetchMissing, names, catalog } = await open(referenced);
    await fetchOnce(source);
    await names();
    http.sent.length = 0;
    for (const name of ['t', 'ty', 'typed']) {
      const dependsOn = ['component:wanted', `component:${name}`];
      await catalog.write({ 'own.yaml': aComponent('own', { dependsOn }) });
      await clock.pass(500, 500);
    }
    expect(missed()).toBe(0);
    await clock.pass(1000);
    expect([missed(), http.sent]).toEqual([1, []]);
    expect(await fetchMissing()).toMatchObject({ changed: true, requests: 1 });
    expect(await names()).toEqual(['own', 'related', 'typed', 'wanted']);
    await clock.pass(60_000);
    expect([missed(), http.sent]).toEqual([1, ['POST /api/catalog/entities/by-refs']]);
  });

  it('are updated by etag and removed when no longer referenced', async () => {
    const { source, http, names, catalog } = await open(referenced);
    await fetchOnce(source);
    const since = source.fetchedAt ?? 0;
    await names();
    await clock.pass(1000);
    expect(await fetchOnce(source)).toMatchObject({ changed: false, requests: 1 });
    expect((source.fetchedAt ?? 0) - since).toBe(1000);
    server.entities = server.entities.map((entity, at) =>
      at === 2 ? servedComponent('wanted', { type: 'website' }) : entity,
    );
    http.sent.length = 0;
    expect(await fetchOnce(source)).toMatchObject({ changed: true, requests: 2 });
    await names();
    expect(catalog.entity(ref('wanted'))?.spec?.['type']).toBe('website');
    await catalog.write({ 'own.yaml': aComponent('own') });
    await fetchOnce(source);
    expect(await names()).toEqual(['own', 'related']);
  });

  it("don't change the age of the copy when fetched alone", async () => {
    const { source, fetchMissing, names, catalog, store } = await open(referenced);
    await fetchOnce(source);
    const { fetchedAt } = source;
    await names();
    const dependsOn = ['component:typed'];
    await catalog.write({ 'own.yaml': aComponent('own', { dependsOn }) });
    await clock.pass(9000);
    await fetchMissing();
    const again = await open({ ...referenced, store });
    expect([source.fetchedAt, again.source.fetchedAt, await again.names()]).toEqual([
      fetchedAt,
      fetchedAt,
      ['own', 'related', 'typed', 'wanted'],
    ]);
  });

  it('stay when there is no catalog yet', async () => {
    const { source, store, names } = await open(referenced);
    await fetchOnce(source);
    const held = await names();
    const again = backstageSource({ url: server.url, store, clock, ...referenced });
    await again.source.restore();
    expect(await fetchOnce(again.source)).toMatchObject({ changed: false, requests: 1 });
    expect((await readServed(again.source)).map(({ metadata }) => metadata.name)).toEqual(held);
  });

  it('are limited in number', async () => {
    const { source, names, http, missed } = await open({ ...referenced, limit: 2 });
    await fetchOnce(source);
    expect(await names()).toHaveLength(2);
    http.sent.length = 0;
    await clock.pass(60_000);
    expect([missed(), http.sent]).toEqual([0, []]);
  });
});

describe('Catalog over the size limit', () => {
  it('is stored partially until it is clearly below the limit', async () => {
    const { source, names, store } = await open({ limit: 6 });
    await fetchOnce(source);
    expect([source.part, await names()]).toEqual([
      { total: 7, isTooLarge: true },
      ['own', 'related', 'wanted'],
    ]);
    const again = await open({ limit: 6, store });
    expect(again.source.part).toEqual(source.part);
    // At the limit, but so close that it would soon switch back.
    server.entities.pop();
    await fetchOnce(again.source);
    expect(again.source.part).toEqual({ total: 6, isTooLarge: true });
    server.entities.pop();
    await fetchOnce(again.source);
    expect([again.source.part, await again.names()]).toEqual([
      undefined,
      ['further', 'other', 'own', 'related', 'wanted'],
    ]);
  });

  it('is detected after a full copy, even without a total', async () => {
    const { source, names } = await open({ limit: 7 });
    await fetchOnce(source);
    expect([source.part, (await names()).length]).toEqual([undefined, 7]);
    server.entities.push(servedComponent('one-more'));
    await fetchOnce(source);
    expect([source.part, await names()]).toEqual([
      { total: 8, isTooLarge: true },
      ['own', 'related', 'wanted'],
    ]);
  });
});

describe('Copy whose switch of mode fails', () => {
  /** Rejects requests matching a URL and records the source's state then. */
  function refuse(source: RemoteBackstage, isRefused: (url: URL) => boolean): readonly unknown[] {
    const states: unknown[] = [];
    server.fault = ({ url }, response) => {
      if (!isRefused(url)) return false;
      states.push(source.part);
      json(response, { error: {} }, { status: 403 });
      return true;
    };
    return states;
  }

  it('stays partial', async () => {
    const { source, names, store } = await open({ limit: 6 });
    await fetchOnce(source);
    server.entities.splice(-2);
    const part = { total: 7, isTooLarge: true };
    const states = refuse(source, ({ searchParams }) => Number(searchParams.get('limit')) > 0);
    await expect(fetchOnce(source)).rejects.toMatchObject({ failure: 'unauthorized' });
    expect([states, source.part, await names()]).toEqual([
      [part],
      part,
      ['own', 'related', 'wanted'],
    ]);
    const again = await open({ limit: 6, store });
    server.fault = () => false;
    await fetchOnce(again.source);
    expect([again.source.part, (await again.names()).length]).toEqual([undefined, 5]);
  });

  it('stays complete', async () => {
    const { source, names } = await open({ limit: 7 });
    await fetchOnce(source);
    server.entities.push(servedComponent('one-more'));
    const states = refuse(source, ({ pathname }) => pathname.endsWith('/by-refs'));
    await expect(fetchOnce(source)).rejects.toMatchObject({ failure: 'unauthorized' });
    expect([states, source.part, (await names()).length]).toEqual([[undefined], undefined, 7]);
    expect(source.isPartial).toBe(false);
  });
});

describe('Entity opened by name', () => {
  const { signal } = new AbortController();

  it('stays after restarts and refreshes', async () => {
    const { source, names, store } = await open(referenced);
    await fetchOnce(source);
    expect([await source.fetchEntity?.(ref('opened'), signal), await names()]).toEqual([
      true,
      ['opened', 'own', 'related', 'wanted'],
    ]);
    const again = await open({ ...referenced, store });
    await fetchOnce(again.source);
    expect(await again.names()).toEqual(['opened', 'own', 'related', 'wanted']);
  });

  it('is evicted after many others were opened', async () => {
    const many = Array.from({ length: MOST_OPENED }, (_, index) => `c${index}`);
    server.entities.push(...many.map(name => servedComponent(name)));
    const { source, names } = await open({ ...referenced, files: {}, hasStore: false });
    await fetchOnce(source);
    for (const name of many) await source.fetchEntity?.(ref(name), signal);
    // The first one is read again, so the second one is evicted.
    await source.fileSystem.readFile('callboard-source://acme/component/default/c0.yaml');
    await source.fetchEntity?.(ref('opened'), signal);
    await fetchOnce(source);
    expect(await names()).toEqual(['opened', ...many].filter(name => name !== 'c1').sort());
  });

  it("is missing if the server doesn't have it", async () => {
    const { source, http } = await open(referenced);
    await fetchOnce(source);
    http.sent.length = 0;
    expect([await source.fetchEntity?.(ref('nowhere'), signal), http.sent]).toEqual([
      false,
      ['POST /api/catalog/entities/by-refs'],
    ]);
  });

  it('is fetched with all other changes in a full copy', async () => {
    const { source, names } = await open();
    await fetchOnce(source);
    server.entities.push(servedComponent('new'), servedComponent('newer'));
    expect(await source.fetchEntity?.(ref('new'), signal)).toBe(true);
    expect(await names()).toHaveLength(9);
  });

  it("isn't stored when aborted", async () => {
    const { source, names } = await open(referenced);
    await fetchOnce(source);
    const controller = new AbortController();
    server.fault = () => controller.abort();
    await expect(source.fetchEntity?.(ref('opened'), controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await names()).toEqual(['own', 'related', 'wanted']);
  });
});
