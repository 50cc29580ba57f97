import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ScaffolderLogger } from '../../src/api';
import {
  type Forge,
  type ForgeLookups,
  type ForgeType,
  openForge,
  type PullRequestRequest,
} from '../../src/features/scm/core/forges';
import type { JsonObject } from '../../src/model';
import type { CommittedFile, GitAuthor } from '../../src/platform/core/ports';
import { loadOutputs } from '../../src/platform/node';
import { TestClock } from './testClock';

/** A request to a forge. */
export interface ForgeRequest {
  readonly method: string;
  /** Decoded segments of the path. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  readonly authorization: string | undefined;
}

/** An answer, with JSON unless `text` is given. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
  /** Body instead of JSON. */
  readonly text?: string;
}

export type Answering = (forgeRequest: ForgeRequest) => Answer | undefined;

export const TOKEN = 'tok-EN_123';

/** The part of a forge that tests need, on this machine. */
export class StandInForge {
  readonly requests: ForgeRequest[] = [];
  readonly #answering: Answering;
  readonly #overrides = new Map<string, Answering>();
  readonly #server: Server;
  #url = '';

  constructor(answering: Answering) {
    this.#answering = answering;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { pathname, searchParams: query } = new URL(request.url ?? '', this.#url);
        const path = pathname.split('/').slice(2).map(decodeURIComponent);
        const text = Buffer.concat(chunks).toString('utf8');
        const forgeRequest: ForgeRequest = {
          method: request.method ?? '',
          path,
          query,
          body: text === '' ? {} : (JSON.parse(text) as JsonObject),
          authorization: request.headers.authorization,
        };
        this.requests.push(forgeRequest);
        const isLetIn = forgeRequest.authorization === `Bearer ${TOKEN}`;
        const own = this.#overrides.get(`${forgeRequest.method} ${path.join('/')}`);
        const answer =
          own?.(forgeRequest) ?? (isLetIn ? this.#answering(forgeRequest) : { status: 401 });
        const { status = 200, headers = {}, data, text: other } = answer ?? { status: 404 };
        const body = other ?? (data === undefined ? '' : JSON.stringify(data));
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(forgeRequest.method === 'HEAD' ? '' : body);
      });
    });
  }

  /** URL of its pages. */
  get url(): string {
    return this.#url;
  }

  /** Requests with a method other than GET and HEAD. */
  get changes(): readonly string[] {
    return this.requests
      .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
      .map(({ method, path }) => `${method} ${path.join('/')}`);
  }

  /** Replaces an answer. @param what - such as `POST user/repos` */
  override(what: string, answering: Answering | Answer): void {
    this.#overrides.set(what, typeof answering === 'function' ? answering : () => answering);
  }

  async listen(): Promise<void> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.#url = `http://127.0.0.1:${port}`;
    onTestFinished(() => {
      this.#server.closeAllConnections();
      this.#server.close();
    });
  }

  async open(type: ForgeType, token = TOKEN): Promise<Forge & ForgeLookups> {
    const { NodeHttpClient } = await loadOutputs();
    const host = new URL(this.#url).host;
    return openForge(type, {
      http: new NodeHttpClient(),
      clock: new TestClock(),
      address: { host, webUrl: this.#url, apiUrl: `${this.#url}/api` },
      token,
    });
  }
}

export interface Step extends PullRequestRequest {
  /** Log lines. */
  readonly log: string[];
}

/** Input of a Template's step that publishes to a forge. */
export function stepOf(
  action: string,
  input: JsonObject,
  { files = [], author, owner = 'acme', repo = 'shop', project }: StepParts = {},
): Step {
  const log: string[] = [];
  const at = (level: string) => (message: string) => void log.push(`${level}: ${message}`);
  const logger: ScaffolderLogger = { info: at('info'), warn: at('warn'), error: at('error') };
  return {
    action,
    input,
    logger,
    files,
    author,
    log,
    repository: {
      host: 'forge',
      owner,
      repo,
      project,
      organization: undefined,
      workspace: undefined,
    },
  };
}

interface StepParts {
  readonly files?: readonly CommittedFile[];
  readonly author?: GitAuthor;
  readonly owner?: string;
  readonly repo?: string;
  readonly project?: string;
}

export function fileOf(
  path: string,
  content: string | Uint8Array,
  isExecutable = false,
): CommittedFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, content: bytes, isExecutable };
}

/** Returns '' for values that aren't texts. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
