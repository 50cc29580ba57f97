import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { onTestFinished } from 'vitest';
import type { HttpClient, HttpRequest, HttpResult } from '../../src/platform/core/ports';
import { loadOutputs } from '../../src/platform/node';

/** Answer of a host: a text, a status, or a function that handles the connection. */
export type HostAnswer =
  | string
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    }
  | ((response: ServerResponse) => void);

export interface HostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export type HostAnswering = (
  request: HostRequest,
) => HostAnswer | undefined | Promise<HostAnswer | undefined>;

/** All hosts in one server on this machine, with ETags. Tests can change their content at any time. */
export class StandInHosts implements HttpClient {
  /** Requested addresses, with `304` after those without a body. */
  readonly requests: string[] = [];
  /** Answers by address, which take precedence. */
  readonly overrides = new Map<string, HostAnswer>();
  answering: HostAnswering;
  readonly #server: Server;
  #client: HttpClient | undefined;
  #port = 0;

  private constructor(answering: HostAnswering) {
    this.answering = answering;
    this.#server = createServer((request, response) => {
      const url = new URL(decodeURIComponent((request.url ?? '').slice(1)));
      void this.#answer({ url, headers: request.headers }, response);
    });
  }

  static async open(answering: HostAnswering = () => undefined): Promise<StandInHosts> {
    const hosts = new StandInHosts(answering);
    const { NodeHttpClient } = await loadOutputs();
    hosts.#client = new NodeHttpClient();
    const server = hosts.#server;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    hosts.#port = (server.address() as AddressInfo).port;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return hosts;
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    if (!this.#client) throw new Error('It is not open');
    const url = `http://127.0.0.1:${this.#port}/${encodeURIComponent(request.url)}`;
    return this.#client.send({ ...request, url });
  }

  /** Returns the requests since the last call. */
  takeRequests(): readonly string[] {
    return this.requests.splice(0).sort();
  }

  async #answer(request: HostRequest, response: ServerResponse): Promise<void> {
    const { href } = request.url;
    const answer = this.overrides.get(href) ?? (await this.answering(request));
    if (typeof answer === 'function') {
      this.requests.push(href);
      return answer(response);
    }
    const {
      status = 200,
      headers = {},
      body = '',
    } = typeof answer === 'string' ? { body: answer } : (answer ?? { status: 404 });
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    const isSame = status === 200 && request.headers['if-none-match'] === etag;
    this.requests.push(isSame ? `${href} 304` : href);
    if (isSame) response.writeHead(304).end();
    else response.writeHead(status, { ...(status === 200 && { etag }), ...headers }).end(body);
  }
}

/** Texts of files by `OWNER/REPOSITORY/PATH`. */
export type Repositories = Readonly<Record<string, string>>;

/**
 * Files and archives of GitHub: `main` with one commit, without authentication at `raw.githubusercontent.com` and
 * `codeload.github.com`, and with a token at the API.
 */
export function gitHub(
  repositories: Repositories,
  { commit }: { commit?: string } = {},
): HostAnswering {
  const isRef = (ref: string | null | undefined): boolean => ref === 'main' || ref === commit;
  return async ({ url, headers }) => {
    const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (url.host === 'raw.githubusercontent.com') {
      const [owner, name, ref, ...path] = segments;
      return isRef(ref) ? repositories[[owner, name, ...path].join('/')] : undefined;
    }
    if (url.host === 'codeload.github.com') {
      const [owner, name, , ref] = segments;
      const top = `${owner}/${name}/`;
      const files = Object.entries(repositories).filter(([path]) => path.startsWith(top));
      return isRef(ref) && files.length ? { body: await archive(files, top) } : undefined;
    }
    if (url.host !== 'api.github.com') return undefined;
    if (headers['authorization'] === undefined) return { status: 401 };
    const [, owner, name, , ...path] = segments;
    const file = [owner, name, ...path].join('/');
    return isRef(url.searchParams.get('ref')) ? repositories[file] : undefined;
  };
}

async function archive(
  files: readonly (readonly [string, string])[],
  top: string,
): Promise<Uint8Array> {
  const entries = files.map(([path, body]) => ({
    header: {
      name: `repository-abc/${path.slice(top.length)}`,
      type: 'file' as const,
      size: Buffer.byteLength(body),
      // Equal files make equal archives.
      mtime: new Date(0),
    },
    body,
  }));
  return gzipSync(await packTar(entries));
}
