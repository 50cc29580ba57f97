/** An HTTP request. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** An `https:` or `http:` address. The caller checks whether its host is allowed. */
  readonly url: string;
  /** Headers by lowercase name. With `accept-encoding: gzip`, a gzipped answer is unpacked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The maximum time for the whole answer, in milliseconds. */
  readonly timeout: number;
  /** The maximum size of the unpacked body, in bytes; a larger one results in `excess`. */
  readonly maxSize: number;
  readonly signal?: AbortSignal | undefined;
}

/** The result of a request: an answer with any status, or the reason why there is none. */
export type HttpResult =
  | HttpAnswer
  | {
      readonly type: 'unreachable';
      readonly reason: string;
      readonly cause?: UnreachableCause | undefined;
    }
  /** The request wasn't sent: the host's name resolves to an address that isn't allowed. */
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'timeout' | 'excess' };

/** The reason why a host can't be reached, as far as the platform reports it. */
export type UnreachableCause =
  | 'unknown-host'
  /** The name of the host can't be resolved for now. */
  | 'no-lookup'
  /** The connection broke before the answer was complete. */
  | 'interrupted'
  | 'certificate'
  /** A proxy between this machine and the host. */
  | 'proxy'
  /** The host doesn't speak TLS at this port. */
  | 'no-tls'
  /** Nothing listens at this port. */
  | 'no-server';

/** An answer with any status. */
export interface HttpAnswer {
  readonly type: 'answered';
  readonly status: number;
  /** Headers by lowercase name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** The size of the body as received, packed or not, in bytes; undefined where it isn't known. */
  readonly received?: number;
}

/** Sends HTTP requests to other machines. */
export interface HttpClient {
  /**
   * Sends a request. Doesn't follow redirects, because they may lead to hosts that must not get the headers. Adds no
   * headers besides those of the protocol, and stores no cookies.
   *
   * @throws AbortError when the signal is aborted
   */
  send(request: HttpRequest): Promise<HttpResult>;
}

/** A request whose answer may be streamed. */
export interface HttpStreamRequest extends Omit<HttpRequest, 'timeout' | 'maxSize' | 'signal'> {
  /** The maximum time in milliseconds until a stream begins, or until a non-streaming answer is complete. */
  readonly timeout: number;
  /** The maximum time without data in a stream, in milliseconds. */
  readonly silence: number;
  /** The maximum size of the whole unpacked answer, in bytes. */
  readonly maxSize: number;
  /** Aborts the request, and the stream too. */
  readonly signal: AbortSignal;
}

/** An answer that arrives in chunks, for as long as the host sends any. */
export interface HttpStream {
  readonly type: 'streaming';
  readonly status: number;
  /** Headers by lowercase name. */
  readonly headers: ReadonlyMap<string, string>;
  /**
   * The chunks, for one iteration. Leaving the iteration early closes the connection.
   *
   * @throws HttpStreamFailure if the stream breaks off; AbortError
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The reason why a stream broke off. */
export type HttpStreamFailureReason =
  /** The connection broke. */
  | 'broken'
  /** No data arrived for too long. */
  | 'silent'
  /** The stream exceeds the maximum size. */
  | 'excess';

/** A stream broke off. */
export class HttpStreamFailure extends Error {
  override readonly name = 'HttpStreamFailure';
  readonly reason: HttpStreamFailureReason;

  constructor(reason: HttpStreamFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** An HTTP client that can stream answers. */
export interface StreamingHttpClient extends HttpClient {
  /**
   * Sends a request like `send`, but streams answers with status 200 to 299.
   *
   * @throws AbortError when the signal is aborted
   */
  stream(request: HttpStreamRequest): Promise<HttpResult | HttpStream>;
}
