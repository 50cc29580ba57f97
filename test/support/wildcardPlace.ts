import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { onDemand, silentLogger } from '../../src/base';
import { ScmIntegrations, type UrlFile } from '../../src/features/scm/core/urlReaders';
import { NodeGitMirrors } from '../../src/features/scm/node/mirrors/gitMirrors';
import {
  type LoadWildcards,
  openWildcards,
  type SourceCredentials,
} from '../../src/features/sources/core';
import type { UrlCopy } from '../../src/features/sources/core/url/urlCopy';
import { DEFAULT_URL_LIMITS, UrlRound } from '../../src/features/sources/core/url/urlRound';
import type { GitMirrors } from '../../src/platform/core/ports';
import { TestRepository } from './gitRepository';
import { GitHttpServer } from './gitServer';
import { HastyClock, openSourceHttp } from './sourceHttp';

/** Result of a fetch. */
export interface Searched {
  /** Files by requested address; `Error: message` for failures. */
  readonly found: readonly (readonly UrlFile[] | string)[];
  readonly copy: UrlCopy;
  readonly bytes: number;
  /** Requests to the forge: `git` for its first request, and `archive` with its status. */
  readonly requests: readonly string[];
}

/** A forge with the repository `acme/shop`, served by git and as archives. */
export class WildcardPlace {
  readonly clock = new HastyClock(1_000_000);
  readonly repository: TestRepository;
  readonly server: GitHttpServer;
  /** Type of the forge. */
  type = 'github';
  /** Required and sent credentials, by the value of the header. */
  wanted: string | undefined;
  cached: string | undefined;
  /** Whether the host is allowed by its exact name instead of a wildcard. */
  isNamed = true;
  /** Responds to git's requests instead. */
  refusal: ((response: ServerResponse) => void) | undefined;
  /** Replaces the mirrors. */
  mirrors: GitMirrors | undefined;
  readonly #requests: string[] = [];
  readonly #folder: string;

  private constructor(folder: string, server: GitHttpServer) {
    this.#folder = folder;
    this.server = server;
    this.repository = new TestRepository(join(folder, 'served', 'acme', 'shop.git'));
    this.repository.git('config', 'uploadpack.allowFilter', 'true');
    this.mirrors = new NodeGitMirrors({
      storage: this.storage,
      logger: silentLogger,
      isNamed: host => host === server.host,
    });
    server.intercept = (request, response) => this.#intercept(request, response);
  }

  static async open(files: Readonly<Record<string, string | Uint8Array>>): Promise<WildcardPlace> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
    const server = await GitHttpServer.start(join(folder, 'served'));
    const place = new WildcardPlace(folder, server);
    onTestFinished(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    place.repository.commit(files);
    return place;
  }

  /** Path of the folder with mirrors. */
  get storage(): string {
    return join(this.#folder, 'storage');
  }

  /** Returns the folders of the kept mirrors. */
  kept(): readonly string[] {
    return existsSync(this.storage) ? readdirSync(this.storage) : [];
  }

  get credentials(): SourceCredentials {
    return { authorization: () => Promise.resolve(this.cached) };
  }

  get types(): ReadonlyMap<string, string> {
    return new Map([[this.server.host, this.type]]);
  }

  /** Returns the address of a path in the repository. */
  url(path: string, branch = 'main', name = 'shop'): string {
    const page = this.type === 'gitlab' ? '-/blob' : 'blob';
    return this.server.url(`acme/${name}/${page}/${branch}/${path}`);
  }

  get http(): ReturnType<typeof openSourceHttp> {
    const { host } = this.server;
    return openSourceHttp({ allowed: [host], signedIn: this.credentials, clock: this.clock });
  }

  /** Opens wildcards as a new process does. */
  wildcards(): LoadWildcards {
    const { http } = this;
    return onDemand(() =>
      openWildcards({
        credentials: this.credentials,
        clock: this.clock,
        logger: silentLogger,
        mirrors: () => Promise.resolve(this.mirrors),
        mayAsk: url => this.isNamed && http.mayAsk(url),
        prefix: 'wildcards',
      }),
    );
  }

  /** Fetches addresses one after the other. */
  async search(
    urls: readonly string[],
    {
      copy = new Map(),
      wildcards,
      owner = 'acme',
    }: { copy?: UrlCopy; wildcards?: LoadWildcards | undefined; owner?: string } = {},
  ): Promise<Searched> {
    const traffic = { requests: 0, bytes: 0 };
    const { signal } = new AbortController();
    const round = new UrlRound({
      copy,
      traffic,
      signal,
      http: this.http,
      credentials: this.credentials,
      clock: this.clock,
      limits: DEFAULT_URL_LIMITS,
      home: undefined,
      integrations: new ScmIntegrations(() => this.types),
      wildcards:
        wildcards && onDemand(async () => (await wildcards())?.round({ owner, signal, traffic })),
      onAnswer: () => undefined,
    });
    const found: (readonly UrlFile[] | string)[] = [];
    this.takeRequests();
    for (const url of urls) {
      found.push(await round.search(url).then(({ files }) => files, String));
    }
    return { found, copy: round.wanted(), bytes: traffic.bytes, requests: this.takeRequests() };
  }

  /** Returns the requests since the last call. */
  takeRequests(): readonly string[] {
    return this.#requests.splice(0);
  }

  #intercept(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', this.server.url(''));
    const isLetIn = this.wanted === undefined || request.headers.authorization === this.wanted;
    if (!url.pathname.startsWith('/api/')) {
      if (url.pathname.endsWith('/info/refs')) this.#requests.push('git');
      if (this.refusal) this.refusal(response);
      else if (!isLetIn) response.writeHead(401).end();
      return this.refusal !== undefined || !isLetIn;
    }
    const isFile = url.pathname.includes('/contents/');
    const { status, body = Buffer.of() } = isLetIn
      ? isFile
        ? this.#file(url)
        : this.#archive(url)
      : { status: 401 };
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const isSame = status === 200 && request.headers['if-none-match'] === etag;
    this.#requests.push(`${isFile ? 'file' : 'archive'} ${isSame ? 304 : status}`);
    if (isSame) response.writeHead(304).end();
    else response.writeHead(status, { ...(status === 200 && { etag }) }).end(body);
    return true;
  }

  /** Answers `/api/v3/repos/acme/shop/contents/PATH?ref=REF`. */
  #file({ pathname, searchParams }: URL): { status: number; body?: Buffer } {
    const path = pathname.split('/contents/')[1] ?? '';
    const name = `${searchParams.get('ref')}:${path}`;
    return { status: 200, body: Buffer.from(`${this.repository.git('show', name)}\n`) };
  }

  /** Answers `/api/v3/repos/acme/shop/tarball/REF`, and GitLab's archives of single folders. */
  #archive({ pathname, searchParams }: URL): { status: number; body?: Buffer } {
    const ref = searchParams.get('sha') ?? pathname.split('/').at(-1) ?? '';
    const path = searchParams.get('path');
    if (!/\/acme(?:\/|%2F)shop\//.test(pathname) || ref.startsWith('-')) return { status: 404 };
    try {
      const args = ['--format=tar', '--prefix=shop-abc/', ref, ...(path === null ? [] : [path])];
      const body = execFileSync('sh', ['-c', 'git archive "$@" | gzip -n', 'sh', ...args], {
        cwd: this.repository.folder,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return body.length < 100 ? { status: 404 } : { status: 200, body };
    } catch {
      return { status: 404 };
    }
  }
}
