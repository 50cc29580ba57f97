import { silentLogger } from '../../src/base';
import type { HttpClient } from '../../src/core/ports';
import {
  type FetchOutcome,
  type RemoteSource,
  type RemoteSourceDeps,
  type SourceAnswer,
  SourceError,
  type SourceHttp,
  type SourceRequest,
  type UrlSourceConfig,
} from '../../src/core/sources';
import { openUrlSource } from '../../src/core/sources/url/urlSource';
import { CatalogEngine, type IndexState } from '../../src/core/catalog';
import type { UrlLimits } from '../../src/core/sources/url/urlRound';
import { type Entity, stringifyEntityRef } from '../../src/model';
import { finalEntity } from '../../src/core/catalog/finalEntity';
import { InMemoryBlobStore } from './inMemoryBlobStore';
import { InMemoryFileSystem } from './inMemoryFileSystem';
import { TestClock } from './testClock';

export const FORGES: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
]);

/** As little of the way to other machines as a source needs. */
export class PlainSourceHttp implements SourceHttp {
  readonly #client: HttpClient;
  readonly #isAllowed: (host: string) => boolean;

  constructor(client: HttpClient, isAllowed: (host: string) => boolean = () => true) {
    this.#client = client;
    this.#isAllowed = isAllowed;
  }

  async send({
    url,
    headers = {},
    etag,
    maxSize = 16 * 1024 * 1024,
    traffic,
    signal,
  }: SourceRequest): Promise<SourceAnswer> {
    const { host } = new URL(url);
    if (!this.#isAllowed(host)) {
      throw new SourceError('refused', `reading from ${host} is not allowed`);
    }
    traffic.requests++;
    const result = await this.#client.send({
      ...{ method: 'GET', url, maxSize, signal, timeout: 10_000 },
      headers: { ...headers, ...(etag !== undefined && { 'if-none-match': etag }) },
    });
    if (result.type !== 'answered') throw new SourceError('unreachable', `no answer of ${host}`);
    const { status, body } = result;
    traffic.bytes += body.length;
    if (status === 304) return { type: 'unchanged' };
    if (status >= 200 && status < 300) {
      return { ...result, url, etag: result.headers.get('etag') };
    }
    const failure =
      status === 404
        ? 'missing'
        : status === 429
          ? 'limited'
          : status < 500
            ? 'unauthorized'
            : 'unreachable';
    throw new SourceError(failure, `${host} answers with ${status}`, { status });
  }
}

export function aUrlConfig(url: string, config: Partial<UrlSourceConfig> = {}): UrlSourceConfig {
  return {
    ...{ type: 'url', url, id: `url:${url}`, key: 'acme', name: 'Acme' },
    ...{ allow: ['*'], interval: 60_000, color: undefined },
    ...config,
  };
}

export function sourceDeps(
  client: HttpClient,
  deps: Partial<RemoteSourceDeps> = {},
): RemoteSourceDeps {
  return {
    http: new PlainSourceHttp(client),
    mirrors: undefined,
    store: new InMemoryBlobStore(),
    credentials: { authorization: () => Promise.resolve(undefined) },
    hosts: () => FORGES,
    clock: new TestClock(1),
    logger: silentLogger,
    ...deps,
  };
}

/** A source in a catalog that has nothing else. */
export class ConnectedSource {
  readonly source: RemoteSource;
  readonly engine: CatalogEngine;

  private constructor(source: RemoteSource) {
    this.source = source;
    this.engine = new CatalogEngine({
      ...{ fileSystem: new InMemoryFileSystem(), clock: new TestClock(), logger: silentLogger },
    });
    this.engine.addSource(source);
  }

  static async open(
    client: HttpClient,
    url: string,
    {
      allow = ['*'],
      limits,
      ...deps
    }: Partial<RemoteSourceDeps> & { allow?: readonly string[]; limits?: UrlLimits } = {},
  ): Promise<ConnectedSource> {
    const source = openUrlSource(aUrlConfig(url, { allow }), sourceDeps(client, deps), limits);
    return ConnectedSource.of(source);
  }

  static async of(source: RemoteSource): Promise<ConnectedSource> {
    const connected = new ConnectedSource(source);
    await connected.engine.refresh();
    return connected;
  }

  /** Fetches, and waits until the catalog has taken that up. */
  async fetch(): Promise<FetchOutcome> {
    const outcome = await this.source.fetch({ signal: new AbortController().signal });
    await this.engine.sourcesRead();
    return outcome;
  }

  async restore(): Promise<void> {
    await this.source.restore();
    await this.engine.sourcesRead();
  }

  /** Without the Location that is registered. */
  refs(): readonly string[] {
    return this.engine
      .getEntities()
      .map(entity => stringifyEntityRef(entity))
      .filter(ref => !ref.startsWith('location:default/generated-'))
      .sort();
  }

  entity(ref: string): Entity | undefined {
    return this.engine.getEntityByRef(ref);
  }

  /** Each with its file as people know it, and the line; without those of references that lead nowhere. */
  problems(): readonly string[] {
    return this.engine
      .getProblems()
      .filter(({ code }) => code !== 'dangling-reference')
      .map(({ file = '', range, message }) => {
        return `${this.source.displayPath(file)}:${range.start.line + 1} ${message}`;
      })
      .sort();
  }
}

/** By ref; relations are those that their own records tell of. */
export function entitiesOf({ files }: IndexState): readonly Entity[] {
  const records = [...files.values()].flatMap(({ record }) => record.entities);
  return records
    .map(record => {
      const relations = record.references.map(({ type, targetRef }) => ({ type, targetRef }));
      return finalEntity(record, { relations, location: undefined, repository: undefined });
    })
    .sort((a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1));
}
