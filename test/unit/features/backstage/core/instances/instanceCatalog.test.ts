import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BackstageInstance, CatalogSourceInfo } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import { BackstageSession } from '../../../../../../src/features/backstage/core/catalog/backstageSession';
import { openInstance } from '../../../../../../src/features/backstage/core/instances';
import { aDescriptor } from '../../../../../support/descriptors';
import { openSourceHttp } from '../../../../../support/sourceHttp';
import { json, StandInBackstage } from '../../../../../support/standInBackstage';
import { TestClock } from '../../../../../support/testClock';

let server: StandInBackstage;
let instance: BackstageInstance;
let entities: number;
/** `METHOD path?query` of each request. */
let requests: string[];
const { signal } = new AbortController();

beforeEach(async () => {
  server = await new StandInBackstage().listen();
  [requests, entities] = [[], 1];
  const { url } = server;
  const http = openSourceHttp({ allowed: [new URL(url).host] });
  const credentials = { authorization: () => Promise.resolve(undefined) };
  const clock = new TestClock();
  const session = new BackstageSession({ url, http, credentials, clock });
  instance = openInstance({
    session,
    clock,
    logger: silentLogger,
    keptDocs: undefined,
    source: () => ({ name: 'Acme', entities }) as CatalogSourceInfo,
  });
});

afterEach(() => server.close());

it('returns the current state of the source', () => {
  entities = 2;
  expect(instance.source.entities).toBe(2);
});

it('sends requests to its own server', async () => {
  server.fault = ({ method, url }, response) => {
    requests.push(`${method} ${url.pathname}${url.search}`);
    json(response, { entities: [], location: { id: '1', type: 'url', target: 'https://a/b' } });
    return true;
  };
  const answer = await instance.catalog.register('https://a/b', { signal, isTrial: true });
  expect({ asked: requests, answer }).toEqual({
    asked: ['POST /api/catalog/locations?dryRun=true'],
    answer: {
      location: { id: '1', type: 'url', target: 'https://a/b' },
      entityRefs: [],
      exists: undefined,
    },
  });
});

it("limits the server's objections", async () => {
  server.fault = (_, response) => {
    const errors = Array.from({ length: 5000 }, (__, at) => ({ message: `objection ${at}` }));
    json(response, { errors }, { status: 400 });
    return true;
  };
  const text = aDescriptor('component:shop');
  const { objections } = await instance.catalog.validateText(text, 'url:https://a/b', { signal });
  expect(objections).toHaveLength(1000);
  expect(objections.at(-1)).toMatchObject({ message: 'objection 999' });
});
