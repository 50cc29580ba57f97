export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `https:` or `http:`; which hosts may be asked is decided by whoever asks. */
  readonly url: string;
  /** By their names in lower case. With `accept-encoding: gzip`, the answer is unpacked that comes so. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Milliseconds within which all of the answer must be there. */
  readonly timeout: number;
  /** Bytes of an answer's body, unpacked; a longer one is a failure. */
  readonly maxSize: number;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a request: an answer, whatever its status, or why there is none. */
export type HttpResult =
  | HttpAnswer
  | {
      readonly type: 'unreachable';
      readonly reason: string;
      readonly cause?: UnreachableCause | undefined;
    }
  /** It was not asked: its name leads where nobody may be asked. */
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'timeout' | 'excess' };

/** Why a host can't be reached, as far as the platform tells. */
export type UnreachableCause =
  | 'unknown-host'
  /** The name of the host can't be looked up for now. */
  | 'no-lookup'
  /** The connection broke before the answer was complete. */
  | 'interrupted'
  | 'certificate'
  /** A proxy on the way to the host. */
  | 'proxy'
  /** The host doesn't speak TLS at this port. */
  | 'no-tls'
  /** Nothing listens at this port. */
  | 'no-server';

export interface HttpAnswer {
  readonly type: 'answered';
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Bytes of the body as they came, packed or not; where that is known. */
  readonly received?: number;
}

/** Other machines. */
export interface HttpClient {
  /**
   * Redirects are answers: they may lead to where the headers must not go. Nothing is sent that the request does
   * not have, and no cookies are kept.
   *
   * @throws AbortError when the signal is aborted
   */
  send(request: HttpRequest): Promise<HttpResult>;
}

export interface HttpStreamRequest extends Omit<HttpRequest, 'timeout' | 'maxSize' | 'signal'> {
  /** Milliseconds within which an answer must have begun, or be there where it is none that streams. */
  readonly timeout: number;
  /** Milliseconds without anything after which a stream is given up. */
  readonly silence: number;
  /** Bytes of all of the answer, unpacked; a longer one ends in a failure. */
  readonly maxSize: number;
  /** Ends the stream, too. */
  readonly signal: AbortSignal;
}

/** An answer that comes bit by bit, for as long as there is something to tell. */
export interface HttpStream {
  readonly type: 'streaming';
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /**
   * To be gone through once; whoever leaves early closes the connection.
   *
   * @throws HttpStreamFailure where it does not come to its end; AbortError
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Why a stream did not come to its end. */
export type HttpStreamFailureReason =
  /** The connection broke. */
  | 'broken'
  /** Nothing came for too long. */
  | 'silent'
  /** There is more of it than is taken. */
  | 'excess';

export class HttpStreamFailure extends Error {
  override readonly name = 'HttpStreamFailure';
  readonly reason: HttpStreamFailureReason;

  constructor(reason: HttpStreamFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Other machines that tell something as it goes on. */
export interface StreamingHttpClient extends HttpClient {
  /**
   * As `send`, but what is answered with 200 to 299 is handed out as it comes.
   *
   * @throws AbortError when the signal is aborted
   */
  stream(request: HttpStreamRequest): Promise<HttpResult | HttpStream>;
}
