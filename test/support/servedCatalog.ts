import { silentLogger } from '../../src/base';
import type { EntityRecord, IndexState } from '../../src/core/catalog';
import { finalEntity } from '../../src/core/catalog/finalEntity';
import { EntityGraph } from '../../src/core/catalog/graph/entityGraph';
import { Slices } from '../../src/core/catalog/workspace/slices';
import type { BlobStore, Clock } from '../../src/core/ports';
import type { BackstageSourceConfig, RemoteSource, SourceHttp } from '../../src/core/sources';
import { openBackstageSource } from '../../src/core/sources/backstage/backstageSource';
import type { Entity } from '../../src/model';
import { indexSession } from './indexSession';
import { InMemoryBlobStore } from './inMemoryBlobStore';
import { PlainSourceHttp } from './plainSourceHttp';
import { TestClock } from './testClock';

export interface OpenedSource {
  readonly source: RemoteSource;
  readonly http: SourceHttp;
  readonly store: BlobStore | undefined;
}

/** A Backstage as a source, with a copy in memory. */
export function backstageSource({
  url,
  authorization,
  filter = [],
  http = new PlainSourceHttp({ authorization }),
  store = new InMemoryBlobStore(),
  hasStore = true,
  clock = new TestClock(),
}: {
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly filter?: readonly string[];
  readonly http?: SourceHttp;
  readonly store?: BlobStore;
  readonly hasStore?: boolean;
  readonly clock?: Clock;
}): OpenedSource {
  const config: BackstageSourceConfig = {
    ...{ type: 'backstage', id: `backstage ${url}`, key: 'acme', name: 'Acme', url, filter },
    ...{ allow: ['*'], interval: 60_000, color: undefined },
  };
  const source = openBackstageSource(config, {
    ...{ http, clock, mirrors: undefined, store: hasStore ? store : undefined },
    credentials: { authorization: async () => authorization },
    hosts: () => new Map(),
    logger: silentLogger,
  });
  return { source, http, store: hasStore ? store : undefined };
}

/** Everything that the source has, long texts included, as the catalog of an empty workspace would show it. */
export async function readServed(source: RemoteSource): Promise<readonly Entity[]> {
  return entitiesIn(await source.read(session, { group: 0 }), source);
}

export const session = indexSession({ aiModel: true });

export async function entitiesIn(
  { files }: IndexState,
  source: RemoteSource,
): Promise<readonly Entity[]> {
  const graph = new EntityGraph();
  const sources = [...files.values()].map(({ uri, order, record }) => ({
    ...{ source: uri, order, records: record.entities },
  }));
  await graph.load(sources, new Slices(new TestClock()));
  return Promise.all(
    graph.refs().map(async ref => {
      const record = graph.winner(ref);
      const file = record?.source?.file ?? '';
      const whole = record?.isShortened ? await source.readRecord?.(file, session) : undefined;
      return finalEntity(whole?.entities[0] ?? record ?? NOTHING, {
        ...{ relations: graph.relations(ref), origin: undefined, repository: undefined },
      });
    }),
  );
}

const NOTHING: EntityRecord = {
  ref: '',
  entity: { apiVersion: '', kind: '', metadata: { name: '' } },
  ...{ source: undefined, references: [], emitted: [] },
};

/** Asks the server, once. */
export async function fetchOnce(source: RemoteSource, signal = new AbortController().signal) {
  return source.fetch({ signal });
}
