import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { errorMessage, withTimeout, isRecord } from '../../../base';
import type {
  HttpRequest,
  HttpResult,
  HttpStream,
  HttpStreamRequest,
  StreamingHttpClient,
  UnreachableCause,
} from '../../core/ports';
import { readAnswer, streamAnswer } from './httpAnswers';
import { HttpConnections, type HttpConnectionsOptions, ProxyError } from './httpConnections';
import { guardedLookup, isWithheld, WithheldError } from './withheldAddresses';

export interface GuardedHttpClientOptions extends HttpConnectionsOptions {
  /**
   * Whether somebody named a host, and not only one of a kind. One that is an address itself, or `localhost`, is asked
   * wherever it lies then; and it alone is asked where a proxy finds out what its name leads to.
   */
  readonly isNamed: (host: string) => boolean;
  /**
   * The proxy that leads to an address of https; undefined: none does. VS Code has requests go by its own, without
   * being asked.
   */
  readonly proxyOf?: (url: string) => string | undefined;
}

/** What is known of a host before it is asked. */
interface Way {
  readonly host: string;
  /** Whether somebody named this machine, or an address. */
  readonly isMeant: boolean;
  /** Whether it may be asked without this machine having found out where it lies. */
  readonly isKnown: boolean;
  readonly proxy: string | undefined;
}

type Exchange = Omit<HttpRequest, 'timeout' | 'maxSize' | 'signal'> & {
  readonly signal: AbortSignal;
};

/** What becomes of an answer that has begun. */
type Take<T> = (answer: IncomingMessage, isPacked: boolean) => Promise<T>;

/** Connections that others have closed meanwhile are found out by using them; a host has few. */
const MOST_STALE = 6;

/**
 * Other machines for what others have written: no name leads to this machine, to one that is reached without a router, or
 * to what tells a machine of a cloud its keys. The address that was judged is the one that is connected to.
 *
 * An answer that was asked for with `accept-encoding: gzip` is unpacked, within the limit of its size.
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
      return await this.#exchange(request, this.#wayTo(new URL(request.url)), take);
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted) return { type: 'timeout' };
      const reason = errorMessage(error);
      if (error instanceof WithheldError) return { type: 'refused', reason };
      return { type: 'unreachable', reason, cause: causeOf(error) };
    }
  }

  /** @throws WithheldError */
  #wayTo({ href, host, hostname, protocol }: URL): Way {
    const { isNamed: isNamedOf, proxyOf } = this.#options;
    const address = hostname.replace(/^\[|\]$/g, '');
    const isNamed = isNamedOf(host);
    const isMeant = (isIP(address) !== 0 || address === 'localhost') && isNamed;
    // What is an address already is looked up by nobody.
    if (!isMeant && isIP(address) !== 0 && isWithheld(address)) {
      throw WithheldError.of(host, address);
    }
    const proxy = isMeant || protocol !== 'https:' ? undefined : proxyOf?.(href);
    if (proxy !== undefined && !isNamed) throw unknownToProxy(host);
    return { host, isMeant, isKnown: isNamed || isIP(address) !== 0, proxy };
  }

  async #exchange<T>(request: Exchange, way: Way, take: Take<T>): Promise<T> {
    const isRepeatable = request.method === 'GET' || request.method === 'HEAD';
    for (let stale = 0; ; stale++) {
      try {
        return await this.#attempt(request, way, { isRepeatable, take });
      } catch (error) {
        if (!(error instanceof StaleError)) throw error;
        if (stale >= MOST_STALE) throw error.cause;
      }
    }
  }

  #attempt<T>(
    { url, method, headers, body, signal }: Exchange,
    { host, isMeant, isKnown, proxy }: Way,
    { isRepeatable, take }: { readonly isRepeatable: boolean; readonly take: Take<T> },
  ): Promise<T> {
    const { protocol } = new URL(url);
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    let isLookedUp = isKnown;
    const guarded = guardedLookup(host, () => {
      isLookedUp = true;
    });
    // What must not be sent twice has a connection of its own: a kept one may have been closed meanwhile.
    const agent =
      isRepeatable || proxy !== undefined
        ? this.#connections.agentFor(protocol, isMeant ? 'meant' : 'guarded', proxy)
        : false;
    return new Promise((resolve, reject) => {
      // A request that has no connection yet would tell only once it has one.
      const abort = (): void => reject(new DOMException('It was taken back', 'AbortError'));
      signal.addEventListener('abort', abort, { once: true });
      const request = send(url, {
        method,
        headers,
        signal,
        agent,
        ...(isMeant ? {} : { lookup: guarded }),
      });
      request.on('socket', socket => {
        const go = (): void => {
          // VS Code has put a proxy in between then, which looks names up where nobody judges what they lead to.
          if (!isLookedUp && !request.reusedSocket) request.destroy(unknownToProxy(host));
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

/** A connection that was kept had ended before it was used again. */
class StaleError extends Error {
  override readonly cause: Error;

  constructor(cause: Error) {
    super(cause.message);
    this.cause = cause;
  }
}

function unknownToProxy(host: string): WithheldError {
  return new WithheldError(
    `a proxy would find out where ${host} leads: behind one, only hosts are asked whose whole names are allowed`,
  );
}

function causeOf(error: unknown): UnreachableCause | undefined {
  if (error instanceof ProxyError) return 'proxy';
  const code = error instanceof Error && isRecord(error) ? error['code'] : undefined;
  if (typeof code !== 'string') return undefined;
  // What OpenSSL says of the exchange itself, such as `ERR_SSL_WRONG_VERSION_NUMBER`; those of certificates have none.
  if (code.startsWith('ERR_SSL_')) return 'no-tls';
  if (/^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)|_CERT|^HOSTNAME_MISMATCH$/.test(code)) {
    return 'certificate';
  }
  return CAUSES.get(code);
}

/** By the codes of Node. */
const CAUSES: ReadonlyMap<string, UnreachableCause> = new Map([
  ['ENOTFOUND', 'unknown-host'],
  ['EAI_AGAIN', 'no-lookup'],
  ['ECONNRESET', 'interrupted'],
  ['ECONNABORTED', 'interrupted'],
  ['EPIPE', 'interrupted'],
  ['ETIMEDOUT', 'interrupted'],
  // Packed bytes that end too early.
  ['Z_BUF_ERROR', 'interrupted'],
  ['EPROTO', 'no-tls'],
  ['ECONNREFUSED', 'no-server'],
]);
