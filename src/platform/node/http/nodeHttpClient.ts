import { concatBytes, errorMessage, isRecord } from '../../../base';
import type { HttpAnswer, HttpClient, HttpRequest, HttpResult } from '../../core/ports';

/** An HTTP client that uses the platform's `fetch`. In VS Code, `fetch` uses the configured proxy. */
export class NodeHttpClient implements HttpClient {
  async send({ timeout, signal, ...request }: HttpRequest): Promise<HttpResult> {
    const late = AbortSignal.timeout(timeout);
    try {
      return await exchange(request, signal ? AbortSignal.any([signal, late]) : late);
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted) return { type: 'timeout' };
      return { type: 'unreachable', reason: reasonOf(error) };
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

/** Returns the reason of a failed `fetch`, which is in the error's cause. */
function reasonOf(error: unknown): string {
  const cause = isRecord(error) || error instanceof Error ? error.cause : undefined;
  const causes = cause instanceof AggregateError ? (cause.errors as unknown[]) : [cause];
  return causes.map(one => errorMessage(one ?? error)).join(', ');
}
