import { concatBytes, errorMessage, withTimeout } from '../../../base';
import {
  type HttpRequest,
  type HttpResult,
  type HttpStream,
  HttpStreamFailure,
  type HttpStreamRequest,
  type StreamingHttpClient,
} from '../../core/ports';

export interface FetchHttpClientDeps {
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** The possible reasons of a failed request, since the browser doesn't report any. */
  readonly reason: string;
}

/** Headers that hold credentials. */
const SECRET = new Set(['authorization', 'private-token']);

/**
 * An HTTP client that uses the browser's `fetch`, for hosts that allow it by CORS. Browsers either follow redirects
 * themselves or fail: requests with credentials fail at redirects, and answers of another origin are rejected.
 */
export class FetchHttpClient implements StreamingHttpClient {
  readonly #deps: FetchHttpClientDeps;

  constructor(deps: FetchHttpClientDeps) {
    this.#deps = deps;
  }

  async send({ timeout, maxSize, signal, ...request }: HttpRequest): Promise<HttpResult> {
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(timeout);
    const both = signal ? AbortSignal.any([signal, late]) : late;
    return this.#ask({ ...request, signal: both }, { signal, late }, response =>
      readAnswer(response, maxSize),
    );
  }

  async stream({
    timeout,
    maxSize,
    silence,
    signal,
    ...request
  }: HttpStreamRequest): Promise<HttpResult | HttpStream> {
    signal.throwIfAborted();
    return withTimeout({ timeout, signal }, (both, late) =>
      this.#ask(
        { ...request, signal: both },
        { signal, late },
        async (response): Promise<HttpResult | HttpStream> =>
          response.ok
            ? {
                type: 'streaming',
                status: response.status,
                headers: new Map(response.headers),
                chunks: arriving(response, { maxSize, silence, signal }),
              }
            : readAnswer(response, maxSize),
      ),
    );
  }

  async #ask<T>(
    request: AbortableRequest,
    { signal, late }: { readonly signal: AbortSignal | undefined; readonly late: AbortSignal },
    take: (response: Response) => Promise<T>,
  ): Promise<T | HttpResult> {
    const { url, method, body } = request;
    try {
      const response = await this.#deps.fetch(url, {
        method,
        headers: headersOf(request),
        signal: request.signal,
        ...(body === undefined ? {} : { body }),
        // A body may hold secrets, which would be redirected too.
        redirect: hasSecret(request) || body !== undefined ? 'error' : 'follow',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      });
      if (response.url !== '' && new URL(response.url).origin !== new URL(url).origin) {
        await response.body?.cancel();
        return {
          type: 'unreachable',
          reason: `the browser followed a redirect to ${new URL(response.url).host}, which is not allowed`,
        };
      }
      return await take(response);
    } catch {
      // A browser doesn't report why a request failed, so the platform names the likely reasons.
      signal?.throwIfAborted();
      return late.aborted
        ? { type: 'timeout' }
        : { type: 'unreachable', reason: this.#deps.reason };
    }
  }
}

interface AbortableRequest extends Omit<HttpRequest, 'timeout' | 'maxSize' | 'signal'> {
  readonly signal: AbortSignal;
}

function hasSecret({ headers }: AbortableRequest): boolean {
  return Object.keys(headers).some(name => SECRET.has(name.toLowerCase()));
}

/** Returns the headers without those that a browser sets itself, which would only require a preflight request. */
function headersOf({ headers }: AbortableRequest): Record<string, string> {
  const own = new Set(['accept-encoding', 'user-agent']);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !own.has(name.toLowerCase())),
  );
}

async function readAnswer(response: Response, maxSize: number): Promise<HttpResult> {
  const body = await readBody(response, maxSize);
  if (!body) return { type: 'excess' };
  const headers = new Map(response.headers);
  return { type: 'answered', status: response.status, headers, body };
}

async function* arriving(
  { body }: Response,
  {
    maxSize,
    silence,
    signal,
  }: { readonly maxSize: number; readonly silence: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  let size = 0;
  try {
    for (;;) {
      const read = await withinTime(reader.read(), silence);
      if (!read) throw new HttpStreamFailure('silent', 'no data was received for too long');
      if (read.done) return;
      size += read.value.length;
      if (size > maxSize) throw new HttpStreamFailure('excess', 'the response is too large');
      yield read.value;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpStreamFailure) throw error;
    throw new HttpStreamFailure('broken', errorMessage(error));
  } finally {
    // Closes the connection. Errors of a connection that has ended don't matter.
    reader.cancel().catch(() => {});
  }
}

/** Returns undefined after a number of milliseconds. */
async function withinTime<T>(result: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns undefined for a body above the maximum size. */
async function readBody(response: Response, maxSize: number): Promise<Uint8Array | undefined> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > maxSize) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return concatBytes(chunks);
}
