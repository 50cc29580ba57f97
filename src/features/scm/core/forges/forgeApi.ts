import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { Redactor, unansweredMessage } from '../../../../platform/core';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../../platform/core/ports';
import { NotAllowedError } from '../forgeFiles';
import type { ForgeDeps } from './forge';
import { type ForgeAddress, isConfidential } from './forgeAddress';
import { ForgeError, refused } from './forgeError';

interface ForgeApiDeps extends Omit<ForgeDeps, 'clock'> {
  /** Additional headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ForgeCall {
  /** Path segments of the request. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly signal: AbortSignal;
}

export interface ForgeAnswer {
  readonly status: number;
  /** Parsed JSON; undefined if the answer is empty. */
  readonly data: unknown;
  readonly headers: ReadonlyMap<string, string>;
}

/** In milliseconds, as in Backstage. */
const TIMEOUT = 60_000;
/** Maximum bytes of an answer: lists have at most a hundred items. */
const MAX_SIZE = 16 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** Items per page: the maximum of the forges. */
const PAGE = 100;

/**
 * Client of a forge's API. The few requests needed are JSON over HTTP; `octokit` and `@gitbeaker/rest` would add a
 * megabyte, follow redirects, and bypass the HTTP port.
 */
export class ForgeApi {
  readonly address: ForgeAddress;
  readonly #http: HttpClient;
  readonly #token: string;
  readonly #redactor: Redactor;
  readonly #headers: Readonly<Record<string, string>>;

  /** @throws NotAllowedError if the connection isn't encrypted */
  constructor({ http, address, token, headers = {} }: ForgeApiDeps) {
    this.address = address;
    this.#http = http;
    this.#token = token;
    this.#redactor = new Redactor([token]);
    this.#headers = headers;
    if (!isConfidential(address.apiUrl) || !isConfidential(address.webUrl)) {
      throw new NotAllowedError(`Tokens are sent over https only, not to ${address.apiUrl}`);
    }
    // Other characters would break the header, or appear with the token in an error message.
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new NotAllowedError(`The token for ${address.host} is invalid`);
    }
  }

  /** @throws ForgeError if the request is refused; AbortError */
  async call(method: HttpRequest['method'], call: ForgeCall): Promise<ForgeAnswer> {
    const answer = await this.#send(method, call);
    const data = readJson(answer);
    if (answer.status < 200 || answer.status > 299) {
      throw this.#withoutToken(
        refused({
          answer,
          data,
          host: this.address.host,
          request: `${method} /${call.path.join('/')}`,
        }),
      );
    }
    if (data === undefined && answer.body.length > 0) {
      const type = answer.headers.get('content-type') ?? 'an unknown type';
      throw new ForgeError(
        this.#redactor.redact(
          `${this.address.host} returned ${type} instead of JSON. Check the host.`,
        ),
      );
    }
    return { status: answer.status, data, headers: answer.headers };
  }

  /** Returns undefined if the resource doesn't exist or isn't visible. */
  async find(call: ForgeCall, method: 'GET' | 'HEAD' = 'GET'): Promise<ForgeAnswer | undefined> {
    try {
      return await this.call(method, call);
    } catch (error) {
      if (error instanceof ForgeError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Lists objects of all pages. */
  async list(call: ForgeCall, limit: number): Promise<readonly Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = [];
    // Limited by pages, because a page without objects adds nothing.
    for (let page = 1; page <= Math.ceil(limit / PAGE); page++) {
      const query = { ...call.query, per_page: String(PAGE), page: String(page) };
      const { data } = await this.call('GET', { ...call, query });
      if (!Array.isArray(data)) throw this.unreadable('a list');
      found.push(...data.filter(isRecord));
      if (data.length < PAGE) break;
    }
    return found.slice(0, limit);
  }

  /** Returns a URL from an answer if it belongs to this forge; others are untrusted. */
  ownUrl(url: unknown): string | undefined {
    if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
    const { origin, href, username, password } = new URL(url);
    const isOwn = origin === new URL(this.address.webUrl).origin && username + password === '';
    return isOwn && !this.#redactor.finds(href) ? href : undefined;
  }

  /** @param what - value missing in an answer */
  unreadable(what: string): ForgeError {
    return new ForgeError(
      `The response of ${this.address.host} doesn't contain ${what}. Check the host.`,
    );
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
      // Follows renames within the same API; the token is sent to no other origin.
      if (next?.origin !== origin) return result;
      url = next.href;
    }
  }

  /** Removes the token from an answer's message. */
  #withoutToken({ message, status, reason }: ForgeError): ForgeError {
    return new ForgeError(this.#redactor.redact(message), {
      ...(status === undefined ? {} : { status }),
      reason: this.#redactor.redact(reason),
    });
  }
}

/** Escapes a name from a template so that it can't change the path. */
function segmentOf(segment: string): string {
  if (/^\.{0,2}$/.test(segment)) throw new ForgeError(`'${segment}' is not a valid name`);
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

/** Maximum number of listed items; users can type others. */
export const MOST_CHOICES = 500;

/** Returns unique names, sorted. */
export function namesIn(
  rows: readonly Record<string, unknown>[],
  nameOf: (row: Record<string, unknown>) => unknown,
): readonly string[] {
  const names = new Set(rows.map(nameOf).filter(name => typeof name === 'string'));
  return [...names].sort((a, b) => a.localeCompare(b, 'en'));
}

/** Returns undefined if the body is not JSON. */
function readJson({ body }: HttpAnswer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    // No JSON: the caller reports the answer by its status.
    return undefined;
  }
}
