import { onDemand } from '../../../../base';
import { headerSecrets, Redactor, TimeSlicer } from '../../../../platform/core';
import { type AllowedHosts, isLoopback, ALLOWED_HOSTS_HINT } from '../../../../platform/core/hosts';
import type {
  Clock,
  HttpAnswer,
  HttpResult,
  StreamingHttpClient,
} from '../../../../platform/core/ports';
import {
  type SourceAnswer,
  type SourceCredentials,
  SourceError,
  type SourceHttp,
  type SourceRequest,
  type SourceStream,
  type SourceStreamRequest,
  type Traffic,
} from '../types';
import { answeredError, type Asked, brokenError, unansweredError } from './failures';
import { RequestSlots } from './requestSlots';
import { retryDelay } from './failures';

export interface DefaultSourceHttpDeps {
  /** Called for every request, so that changed settings apply. */
  readonly allowed: () => AllowedHosts;
  /**
   * Called with the first request.
   *
   * @param isNamed - whether the user names a host as allowed; without that, this machine is out of reach
   */
  readonly openHttp: (isNamed: (host: string) => boolean) => Promise<StreamingHttpClient>;
  readonly credentials: SourceCredentials;
  readonly clock: Clock;
  /** Shared with other clients; default: own slots. */
  readonly slots?: RequestSlots;
  /** Milliseconds for one answer. */
  readonly timeout?: number;
  /** Random number from 0 to 1; default: `Math.random`. */
  readonly random?: () => number;
}

const TIMEOUT = 60_000;
/** In bytes. */
const MAX_SIZE = 16 * 1024 * 1024;
const MOST_REDIRECTS = 5;
/** Headers that may be sent to the host of a redirect. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'user-agent']);

/** State of a request. */
interface Step {
  readonly request: SourceRequest;
  readonly url: URL;
  /** Including credentials for the URL's origin. */
  readonly headers: Readonly<Record<string, string>>;
  readonly asked: Asked;
}

/**
 * HTTP client of sources: checks every redirect, sends credentials only to the origin of the request, and converts
 * every failure to a {@link SourceError}.
 */
export class DefaultSourceHttp implements SourceHttp {
  readonly #deps: DefaultSourceHttpDeps;
  readonly #slots: RequestSlots;
  readonly #http: () => Promise<StreamingHttpClient>;
  /** Additional hosts of forges that are allowed like these. */
  readonly #forgeHosts = new Set<string>();
  readonly #slices: TimeSlicer;
  #begun: Promise<void> = Promise.resolve();

  constructor(deps: DefaultSourceHttpDeps) {
    this.#deps = deps;
    this.#slots = deps.slots ?? new RequestSlots();
    this.#slices = new TimeSlicer(deps.clock);
    this.#http = onDemand(() =>
      deps.openHttp(host => deps.allowed().isNamed(host) || this.#forgeHosts.has(host)),
    );
  }

  async send(request: SourceRequest): Promise<SourceAnswer> {
    request.signal.throwIfAborted();
    await this.#inTurn();
    request.signal.throwIfAborted();
    let step = await this.#begin(request);
    for (let redirects = 0; ; redirects++) {
      const result = await this.#ask(step);
      if (result.type !== 'answered') throw unansweredError(result, step.asked);
      const { status, headers, body } = result;
      if (status === 304 && request.etag !== undefined) return { type: 'unchanged' };
      if ((status >= 200 && status <= 299) || request.answers?.includes(status)) {
        const url = step.url.href;
        return { type: 'answered', url, status, headers, body, etag: headers.get('etag') };
      }
      const next = this.#redirect(step, result);
      if (!next) throw answeredError(result, step.asked, this.#deps.clock.now());
      if (redirects >= MOST_REDIRECTS) {
        throw new SourceError('invalid', `${step.asked.url.host} redirects too many times`, {
          advice: 'Check the address, which may lead to a sign-in page.',
        });
      }
      step = next;
    }
  }

  /**
   * Whether git may connect to an address instead of this client. Hosts allowed by a wildcard or by someone else's
   * settings are requested by HTTP only, which checks where a name leads, also behind a proxy.
   */
  mayAsk(address: string): boolean {
    try {
      return this.#deps.allowed().isNamed(this.#checked(address).host);
    } catch {
      // The address is not allowed. The request by HTTP reports why.
      return false;
    }
  }

  /** Starts requests one after the other, so that thousands of them don't block the thread. */
  #inTurn(): Promise<void> {
    this.#begun = this.#begun.then(() => this.#slices.pause());
    return this.#begun;
  }

  async stream({ silence, maxSize, ...request }: SourceStreamRequest): Promise<SourceStream> {
    const { signal, traffic = { requests: 0, bytes: 0 } } = request;
    signal.throwIfAborted();
    // Compressed streams would arrive in chunks of the compressor's size.
    const wanted = { ...request.headers, 'accept-encoding': 'identity' };
    const { url, headers, asked } = await this.#begin({ ...request, headers: wanted, maxSize });
    const http = await this.#http();
    const result = await this.#slots.run(url.host, signal, async () => {
      traffic.requests++;
      const { timeout } = asked;
      return http.stream({
        method: 'GET',
        url: url.href,
        headers,
        timeout,
        silence,
        maxSize,
        signal,
      });
    });
    const isAnswer = result.type === 'streaming' || result.type === 'answered';
    this.#slots.setAnswers(url.host, isAnswer || result.type === 'excess');
    if (result.type === 'answered') throw answeredError(result, asked, this.#deps.clock.now());
    if (result.type !== 'streaming') throw unansweredError(result, asked);
    return { headers: result.headers, chunks: counted(result.chunks, { ...asked, traffic }) };
  }

  async #begin(request: SourceRequest): Promise<Step> {
    const { url: text, headers: own = {}, method = 'GET', signal, etag } = request;
    const { isAnonymous = false } = request;
    const url = this.#checked(text);
    const { credentials, timeout = TIMEOUT } = this.#deps;
    const authorization =
      own['authorization'] ??
      (isAnonymous ? undefined : await credentials.authorization(url.origin, signal));
    if (authorization !== undefined && !/^[\x20-\x7e]+$/.test(authorization)) {
      throw new SourceError('unauthorized', `The token for ${url.host} is invalid`, {
        advice: `Set another token for ${url.host}.`,
      });
    }
    const sent = [authorization ?? '', own['private-token'] ?? '', ...(request.secrets ?? [])];
    const redactor = new Redactor(sent.flatMap(headerSecrets));
    if (this.#deps.allowed().isNamed(url.host)) {
      for (const host of request.forgeHosts ?? []) this.#forgeHosts.add(host);
    }
    return {
      request,
      url,
      headers: {
        'user-agent': 'callboard',
        ...(method === 'GET' ? { 'accept-encoding': 'gzip' } : {}),
        ...own,
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      asked: {
        url,
        redactor,
        timeout,
        maxSize: request.maxSize ?? MAX_SIZE,
        isAnonymous,
        isSignedIn: authorization !== undefined || own['private-token'] !== undefined,
      },
    };
  }

  /** Returns undefined if the answer is not a redirect. @throws SourceError if the target isn't allowed */
  #redirect(
    { request, url: from, headers, asked }: Step,
    { status, headers: answered }: HttpAnswer,
  ): Step | undefined {
    const location = answered.get('location');
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
    if (!isPlain(request)) return undefined;
    if (!URL.canParse(location, from.href)) {
      throw new SourceError('invalid', `${from.host} redirects to an invalid address`);
    }
    const url = new URL(location, from.href);
    if (from.protocol === 'https:' && url.protocol !== 'https:') {
      throw new SourceError(
        'refused',
        asked.redactor.line(
          `${from.host} redirects to ${url.protocol}//${url.host}, which is not encrypted`,
        ),
        { advice: 'Use the target address, with https.' },
      );
    }
    this.#check(url, {
      by: from.host,
      forgeHosts: request.forgeHosts,
      redactor: asked.redactor,
    });
    const isOwn = url.origin === asked.url.origin;
    return {
      request,
      url,
      // Credentials that were dropped for another host stay dropped, even if it redirects back.
      headers: isOwn ? headers : harmless(headers, request.etag),
      asked: { ...asked, url, isSignedIn: isOwn && asked.isSignedIn },
    };
  }

  #checked(text: string): URL {
    if (!URL.canParse(text)) throw new SourceError('refused', 'The address is not a URL');
    const url = new URL(text);
    this.#check(url, { redactor: new Redactor() });
    return url;
  }

  /** @throws SourceError */
  #check(
    url: URL,
    {
      by,
      forgeHosts = [],
      redactor,
    }: {
      readonly by?: string;
      readonly forgeHosts?: readonly string[] | undefined;
      readonly redactor: Redactor;
    },
  ): void {
    const { protocol, host, username, password } = url;
    // The redirecting host may have put a secret into the name.
    const shown = redactor.line(host);
    const leads = by === undefined ? '' : `${by} redirects to ${shown}: `;
    if (username !== '' || password !== '') {
      throw new SourceError(
        'refused',
        `${leads}an address must not contain a user or a password (${shown})`,
        { advice: `Set a token for ${shown} instead.` },
      );
    }
    const allowed = this.#deps.allowed();
    if (!allowed.has(host) && !(by !== undefined && forgeHosts.includes(host))) {
      throw new SourceError('refused', `${leads}reading from ${shown} is not allowed`, {
        advice: `To allow it, add ${shown} ${ALLOWED_HOSTS_HINT}.`,
      });
    }
    if (protocol === 'https:') return;
    if (protocol === 'http:' && isLoopback(url) && allowed.isNamed(host)) return;
    throw new SourceError(
      'refused',
      `${leads}${protocol}//${shown} is not allowed, because it is not encrypted`,
      { advice: 'Use an address that starts with https://.' },
    );
  }

  async #ask(step: Step): Promise<HttpResult> {
    const { request } = step;
    const { clock, random = Math.random } = this.#deps;
    for (let attempt = 1; ; attempt++) {
      const result = await this.#slots.run(step.url.host, request.signal, () =>
        this.#attempt(step),
      );
      const delay =
        (request.isRead ?? isPlain(request))
          ? retryDelay(result, attempt, { now: clock.now(), random: random() })
          : undefined;
      if (delay === undefined) return result;
      // The slot is free while waiting.
      await clock.delay(delay, request.signal);
      request.signal.throwIfAborted();
    }
  }

  async #attempt({ request, url, headers, asked }: Step): Promise<HttpResult> {
    const { method = 'GET', body, signal, traffic = { requests: 0, bytes: 0 } } = request;
    const http = await this.#http();
    signal.throwIfAborted();
    traffic.requests++;
    traffic.bytes += body === undefined ? 0 : new TextEncoder().encode(body).length;
    const result = await http.send({
      method,
      headers,
      body,
      signal,
      url: url.href,
      timeout: asked.timeout,
      maxSize: asked.maxSize,
    });
    const isAnswer = result.type === 'answered';
    this.#slots.setAnswers(url.host, isAnswer || result.type === 'excess');
    if (isAnswer) traffic.bytes += result.received ?? result.body.length;
    return result;
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  { traffic, ...asked }: Asked & { readonly traffic: Traffic },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      traffic.bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw brokenError(error, asked);
  }
}

/** Whether the request is fully described by its URL, so that a redirect can replace it. */
function isPlain({ method = 'GET' }: SourceRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function harmless(
  headers: Readonly<Record<string, string>>,
  etag: string | undefined,
): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.has(name));
  return { ...Object.fromEntries(kept), ...(etag === undefined ? {} : { 'if-none-match': etag }) };
}
