import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { Redactor, unansweredMessage } from '../../../../platform/core';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../../platform/core/ports';
import { NotAllowedError } from '../forgeFiles';
import type { ForgeDeps } from './forge';
import { type ForgeAddress, isConfidential } from './forgeAddress';
import { ForgeError, refused } from './forgeError';

interface ForgeApiDeps extends Omit<ForgeDeps, 'clock'> {
  /** Besides those that any request has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ForgeCall {
  /** What is asked for, segment by segment. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly signal: AbortSignal;
}

export interface ForgeAnswer {
  readonly status: number;
  /** Its JSON; undefined where it is empty. */
  readonly data: unknown;
  readonly headers: ReadonlyMap<string, string>;
}

/** Milliseconds, as with Backstage. */
const TIMEOUT = 60_000;
/** In bytes: answers are lists of a hundred things at most. */
const MAX_SIZE = 16 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** As many as forges give at once. */
const PAGE = 100;

/**
 * Asks a forge by its API. A few requests of two forges are all that is needed, and none of them needs more than JSON
 * over HTTP: `octokit` and `@gitbeaker/rest` would be a megabyte, would follow redirects, and would go around the port.
 */
export class ForgeApi {
  readonly address: ForgeAddress;
  readonly #http: HttpClient;
  readonly #token: string;
  readonly #redactor: Redactor;
  readonly #headers: Readonly<Record<string, string>>;

  /** @throws NotAllowedError where the token could be listened in on */
  constructor({ http, address, token, headers = {} }: ForgeApiDeps) {
    this.address = address;
    this.#http = http;
    this.#token = token;
    this.#redactor = new Redactor([token]);
    this.#headers = headers;
    if (!isConfidential(address.apiUrl) || !isConfidential(address.webUrl)) {
      throw new NotAllowedError(`Tokens are sent by https only, and not to ${address.apiUrl}`);
    }
    // Whatever else is in it would end up in other headers, or be refused with the token in the message.
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new NotAllowedError(`What is set for ${address.host} is no token`);
    }
  }

  /** @throws ForgeError for what is refused; AbortError */
  async call(method: HttpRequest['method'], call: ForgeCall): Promise<ForgeAnswer> {
    const answer = await this.#send(method, call);
    const data = readJson(answer);
    if (answer.status < 200 || answer.status > 299) {
      throw this.#withoutToken(
        refused({
          answer,
          data,
          host: this.address.host,
          asked: `${method} /${call.path.join('/')}`,
        }),
      );
    }
    if (data === undefined && answer.body.length > 0) {
      const type = answer.headers.get('content-type') ?? 'nothing that it names';
      throw new ForgeError(
        this.#redactor.redact(`${this.address.host} answered with ${type}, and not with JSON`),
      );
    }
    return { status: answer.status, data, headers: answer.headers };
  }

  /** What is there; undefined where it is not, or may not be seen. */
  async find(call: ForgeCall, method: 'GET' | 'HEAD' = 'GET'): Promise<ForgeAnswer | undefined> {
    try {
      return await this.call(method, call);
    } catch (error) {
      if (error instanceof ForgeError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Objects of a list, page by page. */
  async list(call: ForgeCall, limit: number): Promise<readonly Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = [];
    // Counted by pages: of a page that holds no objects nothing is found.
    for (let page = 1; page <= Math.ceil(limit / PAGE); page++) {
      const query = { ...call.query, per_page: String(PAGE), page: String(page) };
      const { data } = await this.call('GET', { ...call, query });
      if (!Array.isArray(data)) throw this.unreadable('a list');
      found.push(...data.filter(isRecord));
      if (data.length < PAGE) break;
    }
    return found.slice(0, limit);
  }

  /** An address that the forge gave, where it leads to itself: others could be anybody's. */
  ownUrl(url: unknown): string | undefined {
    if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
    const { origin, href, username, password } = new URL(url);
    const isOwn = origin === new URL(this.address.webUrl).origin && username + password === '';
    return isOwn && !this.#redactor.finds(href) ? href : undefined;
  }

  /** @param what - that should have been in an answer */
  unreadable(what: string): ForgeError {
    return new ForgeError(`${this.address.host} answered without ${what}`);
  }

  async #send(method: HttpRequest['method'], call: ForgeCall): Promise<HttpAnswer> {
    const { apiUrl, host } = this.address;
    const { body, query, signal } = call;
    const { origin } = new URL(apiUrl);
    let url = `${apiUrl}/${call.path.map(segmentOf).join('/')}${queryOf(query)}`;
    for (let redirects = 0; ; redirects++) {
      const result = await this.#http.send({
        method,
        url,
        signal,
        timeout: TIMEOUT,
        maxSize: MAX_SIZE,
        headers: {
          accept: 'application/json',
          'user-agent': 'callboard',
          ...this.#headers,
          authorization: `Bearer ${this.#token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (result.type !== 'answered')
        throw this.#withoutToken(
          new ForgeError(unansweredMessage(host, result, { timeout: TIMEOUT, maxSize: MAX_SIZE })),
        );
      const next = redirects < MOST_REDIRECTS ? redirectOf(method, result, url) : undefined;
      // What was renamed is found elsewhere in the same API; the token goes nowhere else.
      if (next?.origin !== origin) return result;
      url = next.href;
    }
  }

  /** Whatever an answer repeats of a request. */
  #withoutToken({ message, status, reason }: ForgeError): ForgeError {
    return new ForgeError(this.#redactor.redact(message), {
      ...(status === undefined ? {} : { status }),
      reason: this.#redactor.redact(reason),
    });
  }
}

/** Names come from templates: none may lead to another part of the API. */
function segmentOf(segment: string): string {
  if (/^\.{0,2}$/.test(segment)) throw new ForgeError(`There is nothing called '${segment}'`);
  return encodeURIComponent(segment);
}

function queryOf(query: Readonly<Record<string, string>> | undefined): string {
  return query ? `?${new URLSearchParams(query).toString()}` : '';
}

function redirectOf(
  method: HttpRequest['method'],
  { status, headers }: HttpAnswer,
  from: string,
): URL | undefined {
  const isRead = method === 'GET' || method === 'HEAD';
  if (!(status === 307 || status === 308 || (isRead && (status === 301 || status === 302)))) {
    return undefined;
  }
  const location = headers.get('location') ?? '';
  return URL.canParse(location, from) ? new URL(location, from) : undefined;
}

/** More than anybody looks through: what is not among them is typed. */
export const MOST_CHOICES = 500;

/** Names in an answer, each once, sorted as people do. */
export function namesIn(
  rows: readonly Record<string, unknown>[],
  nameOf: (row: Record<string, unknown>) => unknown,
): readonly string[] {
  const names = new Set(rows.map(nameOf).filter(name => typeof name === 'string'));
  return [...names].sort((a, b) => a.localeCompare(b, 'en'));
}

/** Undefined for what is no JSON. */
function readJson({ body }: HttpAnswer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined;
  }
}
