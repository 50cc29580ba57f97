import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { concatBytes, errorMessage, isRecord } from '../base';
import type { HttpAnswer, HttpClient, HttpRequest, HttpResult } from '../core/ports';
import { HttpConnections, type HttpConnectionsOptions } from './httpConnections';
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

type Exchange = Omit<HttpRequest, 'timeout' | 'signal'> & { readonly signal: AbortSignal };

/** Connections that others have closed meanwhile are found out by using them; a host has few. */
const MOST_STALE = 6;

/**
 * Other machines for what others have written: no name leads to this machine, to one that is reached without a router, or
 * to what tells a machine of a cloud its keys. The address that was judged is the one that is connected to.
 *
 * An answer that was asked for with `accept-encoding: gzip` is unpacked, within the limit of its size.
 */
export class GuardedHttpClient implements HttpClient {
  readonly #options: GuardedHttpClientOptions;
  readonly #connections: HttpConnections;

  constructor(options: GuardedHttpClientOptions) {
    this.#options = options;
    this.#connections = new HttpConnections(options);
  }

  async send({ timeout, signal, ...request }: HttpRequest): Promise<HttpResult> {
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(timeout);
    try {
      const way = this.#wayTo(new URL(request.url));
      const both = signal ? AbortSignal.any([signal, late]) : late;
      return await this.#exchange({ ...request, signal: both }, way);
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted) return { type: 'timeout' };
      const reason = errorMessage(error);
      if (error instanceof WithheldError) return { type: 'refused', reason };
      return { type: 'unreachable', reason, code: codeOf(error) };
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

  async #exchange(request: Exchange, way: Way): Promise<HttpAnswer | { readonly type: 'excess' }> {
    const isRepeatable = request.method === 'GET' || request.method === 'HEAD';
    for (let stale = 0; ; stale++) {
      try {
        return await this.#attempt(request, way, isRepeatable);
      } catch (error) {
        if (!(error instanceof StaleError)) throw error;
        if (stale >= MOST_STALE) throw error.cause;
      }
    }
  }

  #attempt(
    { url, method, headers, body, maxSize, signal }: Exchange,
    { host, isMeant, isKnown, proxy }: Way,
    isRepeatable: boolean,
  ): Promise<HttpAnswer | { readonly type: 'excess' }> {
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
        ...{ method, headers, signal, agent },
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
        readAnswer(answer, { maxSize, isPacked }).then(resolve, reject);
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

async function readAnswer(
  answer: IncomingMessage,
  { maxSize, isPacked }: { readonly maxSize: number; readonly isPacked: boolean },
): Promise<HttpAnswer | { readonly type: 'excess' }> {
  let received = 0;
  answer.on('data', (chunk: Uint8Array) => {
    received += chunk.length;
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  const encoding = answer.headers['content-encoding'];
  for await (const chunk of isPacked ? unpacked(answer, encoding) : chunksOf(answer)) {
    size += chunk.length;
    // To leave the loop closes the connection.
    if (size > maxSize) return { type: 'excess' };
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
    isPacked && (name === 'content-encoding' || name === 'content-length')
      ? []
      : [[name, [value ?? ''].flat().join(', ')] as const],
  );
  return {
    ...{ type: 'answered', status: answer.statusCode ?? 0, received },
    headers: new Map(headers),
    body: concatBytes(chunks),
  };
}

function chunksOf(answer: IncomingMessage): AsyncIterable<Uint8Array> {
  return answer;
}

/** @throws Error for a packing that nobody asked for */
function unpacked(
  answer: IncomingMessage,
  encoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const { statusCode } = answer;
  const isEmpty = statusCode === 204 || statusCode === 304;
  if (encoding === undefined || encoding === 'identity' || isEmpty) return chunksOf(answer);
  if (!/^(?:x-)?gzip$/i.test(encoding)) {
    answer.destroy();
    throw new Error(`it answered packed as ${encoding.slice(0, 40)}, which nobody asked for`);
  }
  // Its own errors come out of the loop over what is unpacked.
  return pipeline(answer, createGunzip(), () => {});
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && isRecord(error) ? error['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}
