import type {
  SourceAnswer,
  SourceHttp,
  SourceRequest,
  SourceStream,
  SourceStreamRequest,
} from '../../src/features/sources/core';
import { openSourceHttp } from './sourceHttp';

/** A recorded host, and the requests to it. */
export class RecordedSourceHttp implements SourceHttp {
  /** Requests in order, as `GET /path?query`, without retries. */
  readonly sent: string[] = [];
  /** The recorded answer, if any. */
  readonly answers: SourceAnswer['type'][] = [];
  readonly #http: SourceHttp;

  constructor(
    url: string,
    { authorization }: { readonly authorization?: string | undefined } = {},
  ) {
    const { host, origin } = new URL(url);
    const credentials = authorization === undefined ? {} : { [origin]: authorization };
    this.#http = openSourceHttp({ allowed: [host], credentials });
  }

  async send(request: SourceRequest): Promise<SourceAnswer> {
    const { pathname, search } = new URL(request.url);
    this.sent.push(`${request.method ?? 'GET'} ${pathname}${search}`);
    const answer = await this.#http.send(request);
    this.answers.push(answer.type);
    return answer;
  }

  async stream(request: SourceStreamRequest): Promise<SourceStream> {
    const { pathname, search } = new URL(request.url);
    this.sent.push(`GET ${pathname}${search}`);
    return this.#http.stream(request);
  }
}
