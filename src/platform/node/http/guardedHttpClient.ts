import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { withTimeout } from '../../../base';
import type {
  HttpRequest,
  HttpResult,
  HttpStream,
  HttpStreamRequest,
  StreamingHttpClient,
} from '../../core/ports';
import { readAnswer, streamAnswer } from './httpAnswers';
import { HttpConnections, type HttpConnectionsOptions, ProxyError } from './httpConnections';
import { toUnreachable } from './unreachable';
import { guardedLookup, isWithheld, WithheldError } from './withheldAddresses';

export interface GuardedHttpClientOptions extends HttpConnectionsOptions {
  /**
   * Whether the user allowed a host by its full name, not only by a pattern. Such an IP address or `localhost` is
   * contacted wherever it is, and only such a name may be resolved by a proxy.
   */
  readonly isNamed: (host: string) => boolean;
  /**
   * Returns the proxy for an https address; undefined for a direct connection. VS Code routes requests through its own
   * proxy in any case.
   */
  readonly proxyOf?: (url: string) => string | undefined;
}

/** The properties of a host that decide on the connection. */
interface Route {
  readonly host: string;
  /** Whether the user named this machine or an IP address. */
  readonly isNamedAddress: boolean;
  /** Whether requests are allowed without resolving the name on this machine. */
  readonly skipsLookup: boolean;
  readonly proxy: string | undefined;
}

type Exchange = Omit<HttpRequest, 'timeout' | 'maxSize' | 'signal'> & {
  readonly signal: AbortSignal;
};

/** Handles an answer that has begun. */
type Take<T> = (answer: IncomingMessage, isPacked: boolean) => Promise<T>;

/** The maximum number of closed kept-alive connections to try; using one is the only way to notice. */
const MOST_STALE = 6;

/**
 * An HTTP client for addresses from untrusted content. Rejects names that resolve to this machine, to link-local
 * addresses and to metadata services of clouds. Connects to the address that was checked. Unpacks answers to requests
 * with `accept-encoding: gzip`, within the size limit.
 */
export class GuardedHttpClient implements StreamingHttpClient {
  readonly #options: GuardedHttpClientOptions;
  readonly #connections: HttpConnections;

  constructor(options: GuardedHttpClientOptions) {
    this.#options = options;
    this.#connections = new HttpConnections(options);
  }

  async send({ timeout, maxSize, signal, ...request }: HttpRequest): Promise<HttpResult> {
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(timeout);
    const both = signal ? AbortSignal.any([signal, late]) : late;
    return this.#ask({ ...request, signal: both }, { signal, late }, (answer, isPacked) =>
      readAnswer(answer, { maxSize, isPacked }),
    );
  }

  async stream({
    timeout,
    silence,
    maxSize,
    signal,
    ...request
  }: HttpStreamRequest): Promise<HttpResult | HttpStream> {
    signal.throwIfAborted();
    return withTimeout({ timeout, signal }, (both, late) =>
      this.#ask(
        { ...request, signal: both },
        { signal, late },
        async (answer, isPacked): Promise<HttpResult | HttpStream> => {
          const { statusCode = 0 } = answer;
          return statusCode >= 200 && statusCode <= 299
            ? streamAnswer(answer, { maxSize, silence, signal })
            : readAnswer(answer, { maxSize, isPacked });
        },
      ),
    );
  }

  async #ask<T>(
    request: Exchange,
    { signal, late }: { readonly signal: AbortSignal | undefined; readonly late: AbortSignal },
    take: Take<T>,
  ): Promise<T | HttpResult> {
    try {
      return await this.#exchange(request, this.#routeTo(new URL(request.url)), take);
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted) return { type: 'timeout' };
      if (error instanceof WithheldError) return { type: 'refused', reason: error.message };
      if (error instanceof ProxyError) {
        return { type: 'unreachable', reason: error.message, cause: 'proxy' };
      }
      return toUnreachable(error);
    }
  }

  /** @throws WithheldError */
  #routeTo({ href, host, hostname, protocol }: URL): Route {
    const { isNamed: isNamedOf, proxyOf } = this.#options;
    const address = hostname.replace(/^\[|\]$/g, '');
    const isNamed = isNamedOf(host);
    const isNamedAddress = (isIP(address) !== 0 || address === 'localhost') && isNamed;
    // An IP address isn't resolved, so the lookup can't check it.
    if (!isNamedAddress && isIP(address) !== 0 && isWithheld(address)) {
      throw WithheldError.of(host, address);
    }
    const proxy = isNamedAddress || protocol !== 'https:' ? undefined : proxyOf?.(href);
    if (proxy !== undefined && !isNamed) throw unknownToProxy(host);
    return { host, isNamedAddress, skipsLookup: isNamed || isIP(address) !== 0, proxy };
  }

  async #exchange<T>(request: Exchange, route: Route, take: Take<T>): Promise<T> {
    const isRepeatable = request.method === 'GET' || request.method === 'HEAD';
    for (let stale = 0; ; stale++) {
      try {
        return await this.#attempt(request, route, { isRepeatable, take });
      } catch (error) {
        if (!(error instanceof StaleError)) throw error;
        if (stale >= MOST_STALE) throw error.cause;
      }
    }
  }

  #attempt<T>(
    { url, method, headers, body, signal }: Exchange,
    { host, isNamedAddress, skipsLookup, proxy }: Route,
    { isRepeatable, take }: { readonly isRepeatable: boolean; readonly take: Take<T> },
  ): Promise<T> {
    const { protocol } = new URL(url);
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    let isResolved = skipsLookup;
    const guarded = guardedLookup(host, () => {
      isResolved = true;
    });
    // A request that must not be sent twice gets a new connection: a kept one may have been closed.
    const agent =
      isRepeatable || proxy !== undefined
        ? this.#connections.agentFor(protocol, isNamedAddress ? 'meant' : 'guarded', proxy)
        : false;
    return new Promise((resolve, reject) => {
      // A request without a connection would report the abort only once it has one.
      const abort = (): void => reject(new DOMException('The request was aborted', 'AbortError'));
      signal.addEventListener('abort', abort, { once: true });
      const request = send(url, {
        method,
        headers,
        signal,
        agent,
        ...(isNamedAddress ? {} : { lookup: guarded }),
      });
      request.on('socket', socket => {
        const go = (): void => {
          // VS Code has inserted a proxy, which resolves names without any check.
          if (!isResolved && !request.reusedSocket) request.destroy(unknownToProxy(host));
          else request.end(body);
        };
        if (socket.connecting && !request.reusedSocket) socket.once('connect', go);
        else go();
      });
      let isAnswered = false;
      request.on('response', answer => {
        isAnswered = true;
        const isPacked = method !== 'HEAD' && /\bgzip\b/.test(headers['accept-encoding'] ?? '');
        take(answer, isPacked).then(resolve, reject);
      });
      request.on('close', () => signal.removeEventListener('abort', abort));
      request.on('error', error => {
        const isStale = request.reusedSocket && isRepeatable && !isAnswered && !signal.aborted;
        reject(isStale ? new StaleError(error) : error);
      });
    });
  }
}

/** A kept connection had been closed before it was reused. */
class StaleError extends Error {
  override readonly cause: Error;

  constructor(cause: Error) {
    super(cause.message);
    this.cause = cause;
  }
}

function unknownToProxy(host: string): WithheldError {
  return new WithheldError(
    `a proxy would resolve ${host}: behind a proxy, only hosts allowed by their full name are contacted`,
  );
}
