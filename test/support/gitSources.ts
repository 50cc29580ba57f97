import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Logger, silentLogger } from '../../src/base';
import { NodeGitMirrors } from '../../src/features/scm/node/mirrors/gitMirrors';
import type {
  GitSourceConfig,
  RemoteSource,
  RemoteSourceDeps,
} from '../../src/features/sources/core';
import { openGitSource } from '../../src/features/sources/core/git/gitSource';
import type { GitMirrors } from '../../src/platform/core/ports';
import { NodeClock } from '../../src/platform/node';
import { TestRepository } from './gitRepository';
import { noHttp } from './noHttp';
import { openCatalog, type TestCatalog } from './testCatalog';

export interface GitSourceSetup {
  readonly config?: Partial<GitSourceConfig>;
  /** The address that is contacted instead of the source's. */
  readonly url?: string;
  readonly authorization?: string;
  readonly logger?: Logger;
}

/** A folder with a served repository, and the storage of its mirrors. */
export class GitSourcePlace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  readonly repository = new TestRepository(join(this.folder, 'shop'));
  readonly #opened: RemoteSource[] = [];
  /** Allowed hosts on this machine. */
  readonly named = new Set<string>();
  /** Origins for which a token was requested. */
  readonly tokenOrigins: string[] = [];

  constructor() {
    this.repository.git('config', 'uploadpack.allowFilter', 'true');
  }

  get storage(): string {
    return join(this.folder, 'storage');
  }

  get url(): string {
    return pathToFileURL(join(this.repository.folder, '.git')).href;
  }

  /** A source of `https://github.com/acme/shop` by default. */
  open({
    config,
    url = this.url,
    authorization,
    logger = silentLogger,
  }: GitSourceSetup = {}): RemoteSource {
    const real = new NodeGitMirrors({
      storage: this.storage,
      logger,
      isNamed: host => this.named.has(host),
    });
    const mirrors: GitMirrors = {
      open: request => real.open({ ...request, url: config?.url ?? url }),
      removeUnused: (...unused) => real.removeUnused(...unused),
    };
    const source = openGitSource(
      {
        type: 'git',
        id: 'git:shop',
        key: 'shop',
        name: 'Shop',
        allow: ['*'],
        interval: 60_000,
        url: 'https://github.com/acme/shop',
        branch: undefined,
        paths: [],
        color: undefined,
        ...config,
      },
      this.deps({ mirrors, authorization, logger }),
      mirrors,
    );
    this.#opened.push(source);
    return source;
  }

  deps({
    mirrors,
    authorization,
    logger = silentLogger,
  }: {
    mirrors: GitMirrors | undefined;
    authorization?: string | undefined;
    logger?: Logger;
  }): RemoteSourceDeps {
    return {
      mirrors,
      logger,
      store: undefined,
      clock: new NodeClock(),
      hosts: () => new Map(),
      http: noHttp,
      credentials: {
        authorization: origin => {
          this.tokenOrigins.push(origin);
          return Promise.resolve(authorization);
        },
      },
    };
  }

  dispose(): void {
    for (const source of this.#opened) source.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const { signal } = new AbortController();

/** Creates a catalog with only the entities of a source. */
export async function catalogOf(source: RemoteSource): Promise<TestCatalog> {
  const catalog = await openCatalog({});
  catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  catalog.takeEvents();
  return catalog;
}

/** Fetches a source, and applies the result to its catalog. */
export async function fetchInto(catalog: TestCatalog, source: RemoteSource): Promise<void> {
  await source.fetch({ signal });
  await catalog.engine.sourcesRead();
}
