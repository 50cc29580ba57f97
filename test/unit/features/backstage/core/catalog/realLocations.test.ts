import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackstageClient } from '../../../../../../src/features/backstage/core/catalog/backstageClient';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import { type BackstageServer, startBackstage } from '../../../../../support/backstageServer';
import { aGitLocation } from '../../../../../support/descriptors';
import { RecordedSourceHttp } from '../../../../../support/recordedSourceHttp';
import { TestClock } from '../../../../../support/testClock';

const TOKEN = 'a-static-token-of-tests';

const component = (name: string, more = ''): string => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: team-a${more} }
`;

let web: Server;
let host: string;
let server: BackstageServer;
/** Files at addresses that the server reads. */
const files = new Map<string, string>();

beforeAll(async () => {
  web = createServer((request, response) => {
    const text = files.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
});

afterAll(() => {
  web.close();
});

const asking = () => ({
  signal: new AbortController().signal,
  traffic: { requests: 0, bytes: 0 },
});

function client(token?: string): BackstageClient {
  const authorization = token === undefined ? undefined : `Bearer ${token}`;
  const { url } = server;
  return new BackstageClient(
    new BackstageSession({
      url,
      http: new RecordedSourceHttp(url, { authorization }),
      clock: new TestClock(),
      credentials: { authorization: async () => authorization },
    }),
  );
}

const at = (path: string): string => `http://${host}${path}`;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(100);
}

const withoutHash = (ref: string): string => ref.replace(/-[0-9a-f]{40}$/, '-…');

// In this order: later ones use what earlier ones registered.
describe.each([
  ['requires a token', TOKEN],
  ['is open', undefined],
])('Locations of a Backstage that %s', (_, token) => {
  beforeAll(async () => {
    server = await startBackstage({
      name: 'locations',
      files: { 'all.yaml': component('configured') },
      reads: [host],
      keepsOrphans: true,
      hasOnlyCatalog: true,
      ...(token !== undefined && { token }),
    });
    await until(async () => (await client(token).entity(CONFIGURED, asking())) !== undefined);
  });
  afterAll(() => server.kill());

  it('are validated without registration', async () => {
    files.set('/shop.yaml', `${component('shop')}---${component('cart')}`);
    const trial = { ...asking(), isTrial: true };
    const answer = await client(token).register(at('/shop.yaml'), trial);
    expect({ ...answer, entityRefs: answer.entityRefs.map(withoutHash).sort() }).toEqual({
      location: expect.objectContaining({ target: at('/shop.yaml') }) as unknown,
      entityRefs: [CART, SHOP, 'location:default/generated-…'],
      exists: false,
    });
    expect(await client(token).locations(asking())).toEqual([]);
  });

  it.each([
    ['missing', '/missing.yaml', /Unable to read url/],
    ['not an entity', '/wrong.yaml', /"metadata.name" is not valid/],
    // Like `gitLocations.test.ts` for a folder's catalog.
    ['of the type git', '/git.yaml', /Registered locations must be of an allowed type \["url"\]/],
  ])('are rejected if their target is %s', async (_what, path, said) => {
    files.set('/wrong.yaml', component('"a b"'));
    files.set('/git.yaml', aGitLocation('https://git.acme.org/shop.git'));
    const trial = { ...asking(), isTrial: true };
    await expect(client(token).register(at(path), trial)).rejects.toMatchObject({
      status: 400,
      said: expect.stringMatching(said) as unknown,
    });
  });

  it('are registered once', async () => {
    const attempt = { ...asking(), isTrial: false };
    const { location } = await client(token).register(at('/shop.yaml'), attempt);
    expect(location).toMatchObject({ type: 'url', target: at('/shop.yaml') });
    expect(await client(token).register(at('/shop.yaml'), attempt)).toEqual({
      location: undefined,
      entityRefs: [],
      exists: true,
    });
    await until(async () => (await client(token).entity(SHOP, asking())) !== undefined);
    expect(await client(token).locationOf(SHOP, asking())).toEqual(location);
    expect(await client(token).locationOf(CONFIGURED, asking())).toBeUndefined();
  });

  it('list only the entities that they added', async () => {
    const location = await client(token).locationOf(SHOP, asking());
    expect(location).toBeDefined();
    const entities = location && (await client(token).entitiesOfLocation(location, asking()));
    expect({ ...entities, refs: entities?.refs.map(withoutHash) }).toEqual({
      refs: [CART, SHOP, 'location:default/generated-…'],
      total: 3,
    });
    const other = { id: '', type: 'url', target: at('/SHOP.yaml') };
    expect(await client(token).entitiesOfLocation(other, asking())).toEqual({ refs: [], total: 0 });
    for (const target of [at('/a,b.yaml'), at(`/${'a'.repeat(200)}.yaml`)]) {
      expect(
        await client(token).entitiesOfLocation({ ...other, target }, asking()),
      ).toBeUndefined();
    }
    const refs = [SHOP, 'component:default/none', CONFIGURED];
    expect(await client(token).existing(refs, asking())).toEqual(new Set([SHOP, CONFIGURED]));
  });

  it('are refreshed on request, and their orphans can be deleted', async () => {
    files.set('/shop.yaml', `${component('shop')}---${component('basket')}`);
    await client(token).refresh(SHOP, asking());
    await until(async () => {
      const { metadata } = (await client(token).entity(CART, asking()))?.entity ?? {};
      return JSON.stringify(metadata).includes('"backstage.io/orphan":"true"');
    });
    // The entity still exists: for an orphan, no location is found.
    await expect(client(token).refresh(CART, asking())).rejects.toMatchObject({ status: 404 });
    const { metadata } = (await client(token).entity(CART, asking()))?.entity ?? {};
    const uid = metadata && Reflect.get(Object(metadata), 'uid');
    await client(token).deleteEntity(String(uid), asking());
    expect(await client(token).entity(CART, asking())).toBeUndefined();
    // The entity doesn't exist anymore, as requested.
    await client(token).deleteEntity(String(uid), asking());
    await expect(client(token).refresh(CART, asking())).rejects.toMatchObject({
      failure: 'missing',
      said: `Entity ${CART} not found`,
    });
  });

  it('are removed with all their entities', async () => {
    const location = await client(token).locationOf(SHOP, asking());
    expect(location).toBeDefined();
    await client(token).unregister(location ?? { id: '', type: '', target: '' }, asking());
    await until(async () => (await client(token).entity(SHOP, asking())) === undefined);
    expect(await client(token).locations(asking())).toEqual([]);
    const missing = { id: 'nothing', type: 'url', target: '' };
    await expect(client(token).unregister(missing, asking())).rejects.toMatchObject({
      failure: 'missing',
      said: 'Found no location with ID nothing',
    });
  });
});

describe('Locations of a read-only Backstage catalog', () => {
  beforeAll(async () => {
    server = await startBackstage({
      name: 'readonly',
      files: {},
      reads: [host],
      token: TOKEN,
      hasGuest: true,
      hasOnlyCatalog: true,
      config: { catalog: { readonly: true } },
    });
  });
  afterAll(() => server.kill());

  it("are validated, and rejected with the server's message", async () => {
    files.set('/shop.yaml', component('shop'));
    const answer = await client(TOKEN).register(at('/shop.yaml'), { ...asking(), isTrial: true });
    expect(answer.entityRefs).toContain(SHOP);
    const refusal = {
      failure: 'unauthorized',
      message: `${server.url} does not allow this: This operation not allowed in readonly mode`,
    };
    for (const token of [TOKEN, undefined]) {
      const attempt = { ...asking(), isTrial: false };
      await expect(client(token).register(at('/shop.yaml'), attempt)).rejects.toMatchObject(
        refusal,
      );
    }
    const location = { id: 'any', type: 'url', target: '' };
    await expect(client(TOKEN).unregister(location, asking())).rejects.toMatchObject(refusal);
  });
});

const SHOP = 'component:default/shop';
const CART = 'component:default/cart';
const CONFIGURED = 'component:default/configured';
