import {
  type SourceAnswer,
  SourceError,
  type SourceHttp,
  type SourceRequest,
} from '../../src/core/sources';

/** Other machines, as far as tests of sources need them: nothing is tried again, and any host may be asked. */
export class PlainSourceHttp implements SourceHttp {
  /** `GET /path?query`, one after the other. */
  readonly sent: string[] = [];
  readonly #authorization: string | undefined;

  constructor({ authorization }: { readonly authorization?: string | undefined } = {}) {
    this.#authorization = authorization;
  }

  async send(request: SourceRequest): Promise<SourceAnswer> {
    const { url, method = 'GET', headers = {}, body, answers = [], traffic, signal } = request;
    this.sent.push(`${method} ${url.replace(/^https?:\/\/[^/]*/, '')}`);
    traffic.requests++;
    const own = this.#authorization;
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(url, {
        method,
        signal,
        headers: { ...(own !== undefined && { authorization: own }), ...headers },
        ...(body !== undefined && { body }),
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      signal.throwIfAborted();
      throw new SourceError('unreachable', `${url} cannot be reached`, { cause: error });
    }
    traffic.bytes += bytes.length + (body?.length ?? 0);
    const { status } = response;
    if (bytes.length > (request.maxSize ?? Infinity)) {
      throw new SourceError('invalid', 'The answer is too large');
    }
    if (!response.ok && !answers.includes(status)) throw failureOf(status, response.headers);
    return {
      type: 'answered',
      url: response.url,
      status,
      headers: new Map(response.headers),
      body: bytes,
      etag: response.headers.get('etag') ?? undefined,
    };
  }
}

function failureOf(status: number, headers: Headers): SourceError {
  const failures = { 401: 'unauthorized', 403: 'unauthorized', 404: 'missing', 429: 'limited' };
  const failure = Object.entries(failures).find(([code]) => Number(code) === status)?.[1];
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN) * 1000;
  const kind = ['unauthorized', 'missing', 'limited'] as const;
  return new SourceError(
    kind.find(one => one === failure) ?? 'unreachable',
    `It answers ${status}`,
    {
      ...(Number.isFinite(retryAfter) && { retryAfter }),
    },
  );
}
