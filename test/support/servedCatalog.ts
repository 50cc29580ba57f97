import { type Logger, silentLogger } from '../../src/base';
import { openBackstageSource } from '../../src/features/backstage/core/catalog/backstageSource';
import type {
  BackstageSourceConfig,
  RemoteBackstage,
  RemoteSource,
  SourceHttp,
} from '../../src/features/sources/core';
import type { Entity } from '../../src/model';
import type { BlobStore, Clock } from '../../src/platform/core/ports';
import { indexSession } from './indexSession';
import { InMemoryBlobStore } from './inMemoryBlobStore';
import { RecordedSourceHttp } from './recordedSourceHttp';
import { openCatalog, type TestCatalog } from './testCatalog';
import { TestClock } from './testClock';

export interface OpenedSource {
  readonly source: RemoteBackstage;
  readonly http: SourceHttp;
  readonly store: BlobStore | undefined;
}

/** A Backstage as a source, with a copy in memory. */
export function backstageSource({
  url,
  key = 'acme',
  authorization,
  filter = [],
  hold = 'all',
  limit = 50_000,
  http = new RecordedSourceHttp(url, { authorization }),
  store = new InMemoryBlobStore(),
  hasStore = true,
  clock = new TestClock(),
  logger = silentLogger,
}: {
  readonly url: string;
  readonly key?: string | undefined;
  readonly authorization?: string | undefined;
  readonly filter?: readonly string[];
  readonly hold?: BackstageSourceConfig['hold'];
  readonly limit?: number;
  readonly http?: SourceHttp;
  readonly store?: BlobStore;
  readonly hasStore?: boolean;
  readonly clock?: Clock;
  readonly logger?: Logger;
}): OpenedSource {
  const config: BackstageSourceConfig = {
    type: 'backstage',
    id: `backstage ${url}`,
    key,
    name: 'Acme',
    url,
    filter,
    allow: ['*'],
    interval: 60_000,
    color: undefined,
    hold,
    limit,
    clientId: undefined,
    callbackPort: undefined,
  };
  const source = openBackstageSource(config, {
    http,
    clock,
    mirrors: undefined,
    store: hasStore ? store : undefined,
    credentials: { authorization: async () => authorization },
    hosts: () => new Map(),
    logger,
  });
  return { source, http, store: hasStore ? store : undefined };
}

/** Creates a catalog with the source and files of the workspace. */
export async function catalogWith(
  source: RemoteSource,
  workspace: Readonly<Record<string, string>> = {},
): Promise<TestCatalog> {
  const catalog = await openCatalog(workspace);
  catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  catalog.takeEvents();
  return catalog;
}

/** Returns all entities of a catalog with long texts, sorted by ref. */
export async function entitiesOf({ engine }: TestCatalog): Promise<readonly Entity[]> {
  const refs = engine.getEntityRefs();
  const entities = await Promise.all(refs.map(ref => engine.loadEntity(ref)));
  return entities.flatMap(entity => entity ?? []);
}

/** Returns all entities of the source, from the catalog of an empty workspace. */
export async function readServed(source: RemoteSource): Promise<readonly Entity[]> {
  return entitiesOf(await catalogWith(source));
}

export const session = indexSession({ aiModel: true });

/** Sends a request to the server. */
export async function fetchOnce(source: RemoteSource, signal = new AbortController().signal) {
  return source.fetch({ signal });
}
