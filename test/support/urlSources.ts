import { silentLogger } from '../../src/base';
import { CatalogEngine, type IndexState } from '../../src/features/catalog/core';
import { finalEntity } from '../../src/features/catalog/core/processing/finalEntity';
import {
  DefaultSourceHttp,
  type FetchOutcome,
  type RemoteSource,
  type RemoteSourceDeps,
  type SourceCredentials,
  type UrlSourceConfig,
} from '../../src/features/sources/core';
import type { UrlLimits } from '../../src/features/sources/core/url/urlRound';
import { openUrlSource } from '../../src/features/sources/core/url/urlSource';
import { type Entity, stringifyEntityRef } from '../../src/model';
import { AllowedHosts } from '../../src/platform/core/hosts';
import type { HttpClient, StreamingHttpClient } from '../../src/platform/core/ports';
import { InMemoryBlobStore } from './inMemoryBlobStore';
import { InMemoryFileSystem } from './inMemoryFileSystem';
import { HastyClock } from './sourceHttp';
import { TestClock } from './testClock';

export const FORGES: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
]);

/** Default of the allowed hosts. */
const ALLOWED = [
  'github.com',
  'api.github.com',
  'raw.githubusercontent.com',
  'codeload.github.com',
  '*.acme.org',
  '127.0.0.1:8099',
];

export interface UrlSourceSetup extends Partial<RemoteSourceDeps> {
  readonly allow?: readonly string[];
  readonly allowedHosts?: readonly string[];
  readonly limits?: UrlLimits;
}

export function aUrlConfig(url: string, config: Partial<UrlSourceConfig> = {}): UrlSourceConfig {
  return {
    type: 'url',
    url,
    id: `url:${url}`,
    key: 'acme',
    name: 'Acme',
    allow: ['*'],
    interval: 60_000,
    color: undefined,
    ...config,
  };
}

export function sourceDeps(
  client: HttpClient,
  { allowedHosts = ALLOWED, credentials = NOBODY, ...deps }: Partial<UrlSourceSetup> = {},
): RemoteSourceDeps {
  const allowed = new AllowedHosts(allowedHosts);
  const openHttp = async (): Promise<StreamingHttpClient> => ({
    send: request => client.send(request),
    stream: () => Promise.reject(new Error('Nothing here is a stream')),
  });
  return {
    http: new DefaultSourceHttp({
      allowed: () => allowed,
      openHttp,
      credentials,
      clock: new HastyClock(),
    }),
    credentials,
    mirrors: undefined,
    store: new InMemoryBlobStore(),
    hosts: () => FORGES,
    clock: new TestClock(1),
    logger: silentLogger,
    ...deps,
  };
}

const NOBODY: SourceCredentials = { authorization: () => Promise.resolve(undefined) };

/** A source in a catalog without other entities. */
export class ConnectedSource {
  readonly source: RemoteSource;
  readonly engine: CatalogEngine;

  private constructor(source: RemoteSource) {
    this.source = source;
    this.engine = new CatalogEngine({
      fileSystem: new InMemoryFileSystem(),
      clock: new TestClock(),
      logger: silentLogger,
    });
    this.engine.addSource(source);
  }

  static async open(
    client: HttpClient,
    url: string,
    { allow = ['*'], limits, ...deps }: UrlSourceSetup = {},
  ): Promise<ConnectedSource> {
    const source = openUrlSource(aUrlConfig(url, { allow }), sourceDeps(client, deps), limits);
    return ConnectedSource.of(source);
  }

  static async of(source: RemoteSource): Promise<ConnectedSource> {
    const connected = new ConnectedSource(source);
    await connected.engine.refresh();
    return connected;
  }

  /** Fetches, and waits until the catalog has the result. */
  async fetch(): Promise<FetchOutcome> {
    const outcome = await this.source.fetch({ signal: new AbortController().signal });
    await this.engine.sourcesRead();
    return outcome;
  }

  async restore(): Promise<void> {
    await this.source.restore();
    await this.engine.sourcesRead();
  }

  /** Entities without the registered Location. */
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

  /** Problems with file and line as displayed, without dangling references. */
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

/** Entities by ref, with the relations of their own records. */
export function entitiesOf({ files }: IndexState): readonly Entity[] {
  const records = [...files.values()].flatMap(({ record }) => record.entities);
  return records
    .map(record => {
      const relations = record.references.map(({ type, targetRef }) => ({ type, targetRef }));
      return finalEntity(record, { relations, location: undefined, repository: undefined });
    })
    .sort((a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1));
}
