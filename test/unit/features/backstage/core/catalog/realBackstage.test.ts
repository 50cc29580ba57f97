import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BackstageClient } from '../../../../../../src/features/backstage/core/catalog/backstageClient';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import type { SourceHttp } from '../../../../../../src/features/sources/core';
import { type Entity, stringifyEntityRef } from '../../../../../../src/model';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { type BackstageServer, startBackstage } from '../../../../../support/backstageServer';
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
import { TestClock } from '../../../../../support/testClock';

const TOKEN = 'a-static-token-of-tests';

const catalog = {
  'all.yaml': `
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: more }
spec: { type: file, targets: [./more.yaml, ./missing.yaml], presence: optional }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Shop-Front
  title: "Yes: a shop #1"
  description: |
    Sells — things.
      Indented, and with \\u0041 in it.
  tags: [java, 'on']
  labels: { 'example.com/tier': '1' }
  annotations: { 'example.com/note': "a: b # c", 'backstage.io/techdocs-ref': 'dir:.' }
  links: [{ url: 'https://shop.example.com', title: Shop }]
spec:
  type: website
  lifecycle: production
  owner: team-a
  system: shop
  subcomponentOf: whole
  providesApis: [orders, missing-api]
  consumesApis: [other/rates]
  dependsOn: ['resource:db', 'component:default/nowhere']
  dependencyOf: ['component:whole']
  answers: { count: 12, isOn: true, nothing: null, list: [[1, 2], []] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: whole, etag: written }
spec: { type: service, lifecycle: experimental, owner: 'user:jane' }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: shop }
spec: { owner: team-a, domain: trade }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: trade }
spec: { owner: group:default/nobody }
`,
  'more.yaml': `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: team-a }
spec: { type: team, children: [team-b], members: [jane], profile: { displayName: A } }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: team-b }
spec: { type: team, parent: team-a, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: jane }
spec: { memberOf: [team-a, team-b] }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: db }
spec: { type: database, owner: team-b }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: orders }
spec:
  type: openapi
  lifecycle: production
  owner: team-a
  definition: |
${Array.from({ length: 400 }, (_, line) => `    line ${line}: of a definition that is long`).join('\n')}
  system: shop
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: rates, namespace: other }
spec: { type: graphql, lifecycle: production, owner: default/team-b, definition: "type Query { a: Int }" }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  type: service
  owner: team-b
  parameters: [{ title: A, properties: { name: { type: string } } }]
  steps: [{ id: log, action: 'debug:log', input: { message: '\${{ parameters.name }}' } }]
`,
};

/** Entities of the first catalog, including the configured location. */
const COUNT = 13;
const AUTHORIZATION = `Bearer ${TOKEN}`;
const group = (name: string): string => `group:default/${name}`;

let server: BackstageServer;
let open: BackstageServer;

beforeAll(async () => {
  const shared = { files: catalog, hasOnlyCatalog: true };
  [server, open] = await Promise.all([
    startBackstage({ name: 'closed', token: TOKEN, hasGuest: true, ...shared }),
    startBackstage({ name: 'open', ...shared }),
  ]);
  for (const one of [server, open]) await until(async () => (await served(one)).length === COUNT);
});

afterAll(() => Promise.all([server, open].map(one => one.kill())));

// In this order: later ones change the server's entities and end it.
describe('Source from a running Backstage', () => {
  it("has exactly the server's entities and relations", async () => {
    const { source } = backstageSource({ url: server.url, authorization: AUTHORIZATION });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual(await served(server));
  });

  it('has the entities matching a filter', async () => {
    const filter = ['kind=component,spec.type=website', 'kind=group'];
    const { source } = backstageSource({ url: open.url, filter });
    await fetchOnce(source);
    const refs = ['component:default/shop-front', 'group:default/team-a', 'group:default/team-b'];
    const all = await served(open);
    expect(await readServed(source)).toEqual(
      all.filter(entity => refs.includes(stringifyEntityRef(entity))),
    );
  });

  it('has a file per entity with the positions of its name and references', async () => {
    const { source } = backstageSource({ url: open.url });
    await fetchOnce(source);
    const { files } = await source.read(session, { group: 0 });
    const texts = new Map<string, string>();
    for (const uri of files.keys()) {
      texts.set(uri, new TextDecoder().decode(await source.fileSystem.readFile(uri)));
    }
    const { relations, ...frontend } = (await served(open)).find(hasName('Shop-Front')) ?? {};
    expect(parse(texts.get(uriOf('component/default/shop-front')) ?? '')).toEqual(frontend);
    const written = [...files.values()].flatMap(({ uri, record }) =>
      record.entities.flatMap(({ entity, source: place, references }) => {
        const lines = texts.get(uri)?.split('\n') ?? [];
        return [
          [place?.nameRange, entity.metadata.name] as const,
          ...references.map(({ range, written }) => [range, written] as const),
        ].map(([range, text]) => [
          text,
          parse(
            lines[range?.start.line ?? -1]?.slice(range?.start.character, range?.end.character) ??
              '',
          ),
        ]);
      }),
    );
    expect(written.filter(([text, there]) => text !== there)).toEqual([]);
    // Thirteen names, and each ref with relations.
    expect(written).toHaveLength(COUNT + 23);
  });

  it('restores its copy without requests', async () => {
    const first = backstageSource({ url: open.url });
    await fetchOnce(first.source);
    const http = new RecordedSourceHttp(open.url);
    const { source } = backstageSource({ url: open.url, http, store: first.store });
    await source.restore();
    expect(await readServed(source)).toEqual(await served(open));
    expect(http.sent).toEqual([]);
    expect(source.fetchedAt).toBe(first.source.fetchedAt);
  });

  it('signs in as guest without a token if supported', async () => {
    const { source } = backstageSource({ url: server.url });
    await fetchOnce(source);
    expect(await readServed(source)).toEqual(await served(server));
  });

  it('reports a rejected token', async () => {
    const { source } = backstageSource({ url: server.url, authorization: 'Bearer another' });
    await expect(fetchOnce(source)).rejects.toMatchObject({
      failure: 'unauthorized',
      message: `${server.url} rejected the token.`,
    });
  });

  it('answers through its API', async () => {
    const client = clientOf(server, AUTHORIZATION);
    expect((await client.entity('api:default/orders', asking()))?.relations).toEqual([
      { type: 'apiProvidedBy', targetRef: 'component:default/shop-front' },
      { type: 'ownedBy', targetRef: 'group:default/team-a' },
      { type: 'partOf', targetRef: 'system:default/shop' },
    ]);
    expect(await client.entity('api:default/nothing', asking())).toBeUndefined();
    const batch = await client.entitiesByRefs(['group:default/team-a', 'group:a/b'], asking());
    expect(batch.map(entity => entity?.ref)).toEqual(['group:default/team-a', undefined]);
    const ancestry = await client.ancestry('user:default/jane', asking());
    expect(ancestry?.items.map(({ ref }) => ref.replace(/-[0-9a-f]{40}$/, '-…'))).toEqual([
      'user:default/jane',
      'location:default/more',
      'location:default/generated-…',
    ]);
    expect(await client.ancestry('user:default/nobody', asking())).toBeUndefined();
    expect(await client.locations(asking())).toEqual([]);
    expect(await client.locationOf('user:default/jane', asking())).toBeUndefined();
  });

  it('pages one entity at a time', async () => {
    const client = clientOf(server, AUTHORIZATION);
    const refs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.versions({
        ...asking(),
        cursor,
        limit: 1,
        filter: ['kind=api', 'kind=user'],
      });
      refs.push(...page.items.map(({ ref }) => ref));
      expect(page.total).toBe(3);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(refs.sort()).toEqual(['api:default/orders', 'api:other/rates', 'user:default/jane']);
  });

  it.each([
    ['a part of a name, in any case', { text: 'ORD' }, ['api:default/orders']],
    ['a part of a title', { text: 'yes: a' }, ['component:default/shop-front']],
    ["a team's display name", { text: 'a', kinds: ['Group'] }, ['team-a', 'team-b'].map(group)],
    ['kinds', { text: 'sho', kinds: ['system', 'API'] }, ['system:default/shop']],
    ['a namespace', { text: '', namespace: 'other' }, ['api:other/rates']],
    ['a wildcard of the server', { text: 't_am' }, []],
    ['text like another condition', { text: '', namespace: 'other,kind=user' }, []],
  ])('finds entities by %s', async (_, query, refs) => {
    const { source } = backstageSource({ url: server.url, authorization: AUTHORIZATION });
    const found = await source.findEntities?.(
      { limit: 10, ...query },
      new AbortController().signal,
    );
    expect(found?.entities.map(({ ref }) => ref)).toEqual(refs);
    expect(found?.isComplete).toBe(true);
  });

  it('finds no entities outside its filter', async () => {
    const filter = ['kind=component,spec.type=website', 'kind=group'];
    const { source } = backstageSource({ url: open.url, filter });
    const find = async (kinds: readonly string[], limit = 10) => {
      const found = await source.findEntities?.(
        { text: '', kinds, limit },
        new AbortController().signal,
      );
      return [found?.entities, found?.isComplete];
    };
    expect(await find(['Component'])).toEqual([
      [
        {
          ref: 'component:default/shop-front',
          kind: 'Component',
          namespace: 'default',
          name: 'Shop-Front',
          title: 'Yes: a shop #1',
          type: 'website',
        },
      ],
      true,
    ]);
    expect(await find(['User'])).toEqual([[], true]);
    const [first, isComplete] = await find(['Component', 'Group'], 2);
    expect([first, isComplete]).toMatchObject([[{}, { ref: group('team-a') }], false]);
  });

  it("returns the server's validation of an entity", async () => {
    const client = clientOf(server, AUTHORIZATION);
    const metadata = { name: 'new' };
    const entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata };
    const spec = { type: 'service', lifecycle: 'production', owner: 'team-a' };
    const location = 'url:https://github.com/acme/new/blob/main/catalog-info.yaml';
    expect(await client.validate({ ...entity, spec }, location, asking())).toEqual([]);
    expect(await client.validate(entity, location, asking())).toEqual([
      expect.stringContaining("must have required property 'spec'"),
    ]);
    expect(await client.validate({ ...entity, spec }, 'file:/a', asking())).toEqual([
      expect.stringContaining("only 'url:<target>' is supported"),
    ]);
    expect(await client.analyze('https://github.com/acme/new', asking())).toMatchObject({
      existing: [],
      proposed: [{ kind: 'Component', metadata: { name: 'new' } }],
    });
  });

  it('fetches only changed, added and removed entities', async () => {
    const http = new RecordedSourceHttp(server.url, { authorization: AUTHORIZATION });
    const store = new InMemoryBlobStore();
    const { source } = backstageSource({
      url: server.url,
      http,
      store,
      authorization: AUTHORIZATION,
    });
    await fetchOnce(source);
    const catalog = await catalogWith(source);
    const reported: (readonly FileChange[] | undefined)[] = [];
    source.onDidChange(changes => reported.push(changes));

    // One entity sets its own etag, which is useless: it is requested and unchanged.
    http.sent.length = 0;
    expect(await fetchOnce(source)).toMatchObject({ changed: false, requests: 2 });
    expect(http.sent.map(line => line.split('?')[0])).toEqual([
      'GET /api/catalog/entities/by-query',
      'POST /api/catalog/entities/by-refs',
    ]);
    expect(reported).toEqual([]);

    const text = readFileSync(server.catalogFile, 'utf8')
      .replace('name: shop }\nspec: { owner: team-a', 'name: shop }\nspec: { owner: team-b')
      .replace('lifecycle: experimental', 'lifecycle: deprecated')
      .replace(/---\napiVersion: \S+\nkind: Domain[^]*$/, '');
    writeFileSync(
      server.catalogFile,
      `${text}---\napiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: { name: new }\nspec: { owner: team-b }\n`,
    );
    await until(async () => {
      const all = await served(server);
      const ownedBy = (name: string) =>
        (all.find(hasName(name))?.relations ?? []).map(({ targetRef }) => targetRef);
      return (
        all.find(hasName('whole'))?.spec?.['lifecycle'] === 'deprecated' &&
        isOrphan(all.find(hasName('trade'))) &&
        ['domain:default/new', 'system:default/shop'].every(ref =>
          ownedBy('team-b').includes(ref),
        ) &&
        !ownedBy('team-a').includes('system:default/shop')
      );
    });
    // Like the server does with orphans, but only every 30 seconds.
    await remove(server, 'trade');
    expect(await fetchOnce(source)).toMatchObject({ changed: true, requests: 2 });
    const [changes = []] = reported;
    expect(changes.map(({ type, uri }) => `${type} ${uri}`).sort()).toEqual([
      `changed ${uriOf('component/default/whole')}`,
      `changed ${uriOf('group/default/team-a')}`,
      `changed ${uriOf('group/default/team-b')}`,
      `changed ${uriOf('system/default/shop')}`,
      `created ${uriOf('domain/default/new')}`,
      `deleted ${uriOf('domain/default/trade')}`,
    ]);
    await catalog.engine.sourcesRead();
    expect(await entitiesOf(catalog)).toEqual(await served(server));
    expect(catalog.takeEvents()).toEqual([
      {
        // And the owner of the deleted entity, which doesn't exist.
        refs: [...changes.map(({ uri }) => refOf(uri)), 'group:default/nobody'].sort(),
        files: expect.arrayContaining(changes.map(({ uri }) => uri)) as unknown,
      },
    ]);

    const reopened = backstageSource({ url: server.url, store, authorization: AUTHORIZATION });
    await reopened.source.restore();
    expect(await readServed(reopened.source)).toEqual(await served(server));
  });

  it('keeps its copy when the server stops during a fetch', async () => {
    const inner = new RecordedSourceHttp(open.url);
    let isToEnd = false;
    const http: SourceHttp = {
      async send(request) {
        const answer = await inner.send(request);
        if (isToEnd) await open.kill();
        return answer;
      },
      stream: request => inner.stream(request),
    };
    const { source } = backstageSource({ url: open.url, http });
    await fetchOnce(source);
    const before = await readServed(source);
    isToEnd = true;
    await expect(fetchOnce(source)).rejects.toMatchObject({ failure: 'unreachable' });
    expect(await readServed(source)).toEqual(before);
    expect(before).toHaveLength(COUNT);
  });
});

const uriOf = (path: string): string => `callboard-source://acme/${path}.yaml`;

const refOf = (uri: string): string =>
  uri.replace(/^callboard-source:..acme.(.*?)\/(.*)\.yaml$/, '$1:$2');

const hasName =
  (name: string) =>
  (entity: Entity): boolean =>
    entity.metadata.name === name;

function isOrphan(entity: Entity | undefined): boolean {
  const annotations = JSON.stringify(entity?.metadata['annotations'] ?? {});
  return annotations.includes('"backstage.io/orphan":"true"');
}

async function remove(from: BackstageServer, name: string): Promise<void> {
  const uid = (await served(from)).find(hasName(name))?.metadata['uid'];
  const headers = { authorization: AUTHORIZATION };
  const url = `${from.url}/api/catalog/entities/by-uid/${typeof uid === 'string' ? uid : ''}`;
  await fetch(url, { method: 'DELETE', headers });
}

const asking = () => ({
  signal: new AbortController().signal,
  traffic: { requests: 0, bytes: 0 },
});

function clientOf({ url }: BackstageServer, authorization: string): BackstageClient {
  return new BackstageClient(
    new BackstageSession({
      url,
      http: new RecordedSourceHttp(url, { authorization }),
      clock: new TestClock(),
      credentials: { authorization: async () => authorization },
    }),
  );
}

/** All its entities, ordered by ref. */
async function served({ url }: BackstageServer): Promise<readonly Entity[]> {
  const headers = new Headers(url === server.url ? { authorization: AUTHORIZATION } : {});
  const answer = await fetch(`${url}/api/catalog/entities`, { headers });
  const entities = (await answer.json()) as readonly Entity[];
  return [...entities].sort((a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(100);
}
