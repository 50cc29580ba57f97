import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BackstageServer, startBackstage } from '../../../../../support/backstageServer';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import { RecordedSourceHttp } from '../../../../../support/recordedSourceHttp';
import { backstageSource, catalogWith, fetchOnce } from '../../../../../support/servedCatalog';
import type { TestCatalog } from '../../../../../support/testCatalog';

/** Components that each depend on the previous one. */
const COUNT = 120;

const files = {
  'all.yaml': [
    ...['team-a', 'team-b'].map(name => aDescriptor(`group:${name}`)),
    ...Array.from({ length: COUNT }, (_, index) =>
      aComponent(`c${index}`, {
        owner: index % 2 ? 'team-a' : 'team-b',
        ...(index > 0 && { dependsOn: [`component:c${index - 1}`] }),
      }),
    ),
  ].join('---\n'),
};

let server: BackstageServer;

beforeAll(async () => {
  // Nothing changes after the start, so nothing has to be processed again.
  const catalog = { processingInterval: { hours: 1 } };
  server = await startBackstage({ name: 'large', files, catalog, hasOnlyCatalog: true });
  // Including the configured location, all stitched.
  while ((await totalOf('')) < COUNT + 3 || (await totalOf('filter=relations.ownedby')) < COUNT) {
    await sleep(200);
  }
});

afterAll(() => server.kill());

async function totalOf(query: string): Promise<number> {
  const url = `${server.url}/api/catalog/entities/by-query?limit=0&${query}`;
  return ((await (await fetch(url)).json()) as { totalItems: number }).totalItems;
}

function cachedRefs({ engine }: TestCatalog): readonly string[] {
  return engine
    .getFiles()
    .flatMap(({ uri }) => /^callboard-source:.*\/(.*)\.yaml$/.exec(uri)?.[1] ?? [])
    .sort();
}

const workspace = {
  'c7.yaml': aComponent('c7', { owner: 'team-c', dependsOn: ['component:c100', 'component:no'] }),
};
const signal = new AbortController().signal;

describe('Partial copy of a running Backstage', () => {
  it('contains entities related to the workspace, with few requests', async () => {
    const http = new RecordedSourceHttp(server.url);
    const { source } = backstageSource({ url: server.url, http, limit: 100 });
    await fetchOnce(source);
    expect(source.part).toEqual({ total: COUNT + 3, isTooLarge: true });
    const catalog = await catalogWith(source, workspace);
    http.sent.length = 0;
    await source.fetch({ signal, isOnlyMissing: true });
    await catalog.engine.sourcesRead();
    // The server's own c7 depends on c6, has the dependent c8, and belongs to team-a.
    expect(cachedRefs(catalog)).toEqual(['c100', 'c6', 'c7', 'c8', 'team-a']);
    expect(catalog.relations('component:default/c7')).toEqual([
      'dependencyOf component:default/c8',
      'dependsOn component:default/c100',
      'dependsOn component:default/no',
      'ownedBy group:default/team-c',
    ]);
    expect(catalog.messages().map(message => /\S+(?=, which is not)/.exec(message)?.[0])).toEqual([
      'group:default/team-c',
      'component:default/no',
    ]);
    expect(http.sent.map(line => line.split('?')[0])).toEqual([
      'POST /api/catalog/entities/by-refs',
      'POST /api/catalog/entities/by-refs',
    ]);
    http.sent.length = 0;
    expect(await fetchOnce(source)).toMatchObject({ changed: false, requests: 2 });
    expect(http.sent).toEqual([
      'GET /api/catalog/entities/by-query?limit=0',
      'POST /api/catalog/entities/by-refs',
    ]);
  });

  it('also contains entities matching the filter or opened by name', async () => {
    const filter = ['kind=group'];
    const { source } = backstageSource({ url: server.url, hold: 'referenced', filter });
    const catalog = await catalogWith(source);
    await fetchOnce(source);
    await source.fetchEntity?.('component:default/c9', signal);
    expect(await source.fetchEntity?.('component:default/none', signal)).toBe(false);
    await fetchOnce(source);
    await catalog.engine.sourcesRead();
    expect(cachedRefs(catalog)).toEqual(['c9', 'team-a', 'team-b']);
  });

  it('excludes entities outside the filter', async () => {
    const filter = ['kind=component'];
    const { source } = backstageSource({ url: server.url, limit: 100, filter });
    const files = {
      'new.yaml': aComponent('new', { owner: 'team-a', dependsOn: ['component:c3'] }),
    };
    const catalog = await catalogWith(source, files);
    await fetchOnce(source);
    await catalog.engine.sourcesRead();
    expect([source.part?.total, cachedRefs(catalog)]).toEqual([COUNT, ['c3']]);
    expect(await source.fetchEntity?.('group:default/team-a', signal)).toBe(false);
  });
});
