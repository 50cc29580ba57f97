import { concatBytes } from '../../base';
import type { HttpClient, HttpRequest, HttpResult } from '../../core/ports';

export interface FetchHttpClientDeps {
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Why a request may have failed: the browser tells nobody. */
  readonly reason: string;
}

/** Headers that let somebody in. */
const SECRET = new Set(['authorization', 'private-token']);

/**
 * Other machines, as a browser asks them: those alone that let it. A browser follows redirects itself, or fails at them;
 * so what lets somebody in is sent where there are none, and an answer of another origin is not taken.
 */
export class FetchHttpClient implements HttpClient {
  readonly #deps: FetchHttpClientDeps;

  constructor(deps: FetchHttpClientDeps) {
    this.#deps = deps;
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    const { url, timeout, maxSize, signal } = request;
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(timeout);
    try {
      const response = await this.#deps.fetch(url, {
        method: request.method,
        headers: headersOf(request),
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: signal ? AbortSignal.any([signal, late]) : late,
        redirect: hasSecret(request) ? 'error' : 'follow',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      });
      if (response.url !== '' && new URL(response.url).origin !== new URL(url).origin) {
        await response.body?.cancel();
        return {
          type: 'unreachable',
          reason: `it leads on to ${new URL(response.url).host}, which a browser asks without being told to`,
        };
      }
      const body = await readBody(response, maxSize);
      if (!body) return { type: 'excess' };
      const headers = new Map([...response.headers].map(([name, value]) => [name, value]));
      return { type: 'answered', status: response.status, headers, body };
    } catch {
      signal?.throwIfAborted();
      return late.aborted
        ? { type: 'timeout' }
        : { type: 'unreachable', reason: this.#deps.reason };
    }
  }
}

function hasSecret({ headers }: HttpRequest): boolean {
  return Object.keys(headers).some(name => SECRET.has(name.toLowerCase()));
}

/** Those that a browser sets itself would only have it ask for leave to send them. */
function headersOf({ headers }: HttpRequest): Record<string, string> {
  const own = new Set(['accept-encoding', 'user-agent']);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !own.has(name.toLowerCase())),
  );
}

/** Undefined where there is more than is taken. */
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
