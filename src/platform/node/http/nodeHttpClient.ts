import { concatBytes } from '../../../base';
import type { HttpAnswer, HttpClient, HttpRequest, HttpResult } from '../../core/ports';
import { toUnreachable } from './unreachable';

/** An HTTP client that uses the platform's `fetch`. In VS Code, `fetch` uses the configured proxy. */
export class NodeHttpClient implements HttpClient {
  async send({ timeout, signal, ...request }: HttpRequest): Promise<HttpResult> {
    const late = AbortSignal.timeout(timeout);
    try {
      return await exchange(request, signal ? AbortSignal.any([signal, late]) : late);
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted) return { type: 'timeout' };
      // The reason of a failed `fetch` is in the error's cause.
      return toUnreachable((error as Error).cause ?? error);
    }
  }
}

async function exchange(
  { url, method, headers, body, maxSize }: Omit<HttpRequest, 'timeout' | 'signal'>,
  signal: AbortSignal,
): Promise<HttpAnswer | { readonly type: 'excess' }> {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    redirect: 'manual',
    credentials: 'omit',
    ...(body === undefined ? {} : { body }),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxSize) return { type: 'excess' };
    chunks.push(chunk);
  }
  return {
    type: 'answered',
    status: response.status,
    headers: new Map(response.headers),
    body: concatBytes(chunks),
  };
}
