import { parsedJson } from '../../../../base';
import { type Redactor, unansweredMessage } from '../../../../platform/core';
import { ALLOWED_HOSTS_HINT } from '../../../../platform/core/hosts';
import {
  type HttpAnswer,
  type HttpResult,
  HttpStreamFailure,
  type UnreachableCause,
} from '../../../../platform/core/ports';
import { reasonIn } from '../../../scm/core/forges';
import { SourceError, type SourceFailure } from '../types';

/** Maximum number of attempts. */
const MOST_ATTEMPTS = 4;
/** Maximum number of attempts after timeouts. */
const MOST_LATE = 2;
/** Milliseconds before the second attempt, doubled for each later one. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;
/** Maximum milliseconds to wait on a host's request; for more, the caller retries later. */
const LONGEST_WISH = 20_000;

/** Temporary failures. Unknown names, refusals and certificates don't change within seconds. */
const PASSING: ReadonlySet<UnreachableCause | undefined> = new Set(['interrupted', 'no-lookup']);
const PASSING_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/**
 * Returns the milliseconds before a request is retried, with jitter, so that clients don't retry at the same time;
 * undefined if the result is final.
 *
 * @param attempt - number of attempts so far
 * @param deps.now - milliseconds since the epoch
 * @param deps.random - from 0 to 1
 */
export function retryDelay(
  result: HttpResult,
  attempt: number,
  { now, random }: { readonly now: number; readonly random: number },
): number | undefined {
  if (attempt >= (result.type === 'timeout' ? MOST_LATE : MOST_ATTEMPTS)) return undefined;
  const growing = Math.min(FIRST_DELAY * 2 ** (attempt - 1), LONGEST_DELAY);
  const delay = growing * (0.5 + random / 2);
  switch (result.type) {
    case 'timeout':
      return delay;
    case 'unreachable':
      return PASSING.has(result.cause) ? delay : undefined;
    case 'answered': {
      const wish = retryAfterOf(result.headers, now);
      const isLimited = result.status === 403 && wish !== undefined;
      if (!isLimited && !PASSING_STATUS.has(result.status)) return undefined;
      if (wish === undefined) return delay;
      return wish <= LONGEST_WISH ? wish + delay : undefined;
    }
    default:
      return undefined;
  }
}

/** Maximum milliseconds, whatever an answer requests. */
const LONGEST_RETRY_AFTER = 24 * 60 * 60 * 1000;

/**
 * Reads how many milliseconds to wait from `Retry-After` (seconds or a date), or from forge headers
 * (`x-ratelimit-reset`, `ratelimit-reset`: seconds since the epoch) if no request is left.
 *
 * @param now - milliseconds since the epoch
 */
function retryAfterOf(headers: ReadonlyMap<string, string>, now: number): number | undefined {
  const written = headers.get('retry-after')?.trim();
  if (written !== undefined) {
    // `Date` parses HTTP dates, which start with a weekday, and many other texts.
    const date = /^[a-z]{3,9},? /i.test(written) ? Date.parse(written) : Number.NaN;
    const until = /^\d+$/.test(written) ? Number(written) * 1000 : date - now;
    if (!Number.isNaN(until)) return bounded(until);
  }
  const left = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset'));
  if (left?.trim() !== '0' || !(reset > 0)) return undefined;
  return bounded(reset * 1000 - now);
}

function bounded(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), LONGEST_RETRY_AFTER);
}

/** A request, for messages about it. */
export interface Asked {
  readonly url: URL;
  /** In bytes. */
  readonly maxSize: number;
  /** In milliseconds. */
  readonly timeout: number;
  /** Whether credentials were sent. */
  readonly isSignedIn: boolean;
  /** Whether credentials are never sent with this request. */
  readonly isAnonymous: boolean;
  readonly redactor: Redactor;
}

/** Converts a failed request to a message that says what to do. */
export function unansweredError(
  result: Exclude<HttpResult, HttpAnswer>,
  asked: Asked,
): SourceError {
  const { host } = asked.url;
  const message = asked.redactor.line(unansweredMessage(host, result, asked));
  switch (result.type) {
    case 'refused':
      return new SourceError('refused', message, {
        advice: `To allow ${host}, add it ${ALLOWED_HOSTS_HINT}.`,
      });
    case 'excess':
      return new SourceError('invalid', message, { advice: CHECK_ADDRESS });
    case 'timeout':
      return new SourceError('unreachable', message, { advice: CHECK_NETWORK });
    case 'unreachable':
      return new SourceError('unreachable', message, {
        advice: result.cause ? ADVICE[result.cause] : CHECK_NETWORK,
      });
  }
}

/** Converts a broken stream to a message that says what to do; returns other errors as they are. */
export function brokenError(error: unknown, asked: Asked): unknown {
  if (!(error instanceof HttpStreamFailure)) return error;
  const { host } = asked.url;
  switch (error.reason) {
    case 'excess':
      return unansweredError({ type: 'excess' }, asked);
    case 'silent':
      return new SourceError('unreachable', `${host} did not send data for too long`, {
        advice: CHECK_NETWORK,
      });
    case 'broken': {
      const reason = asked.redactor.line(error.message);
      return new SourceError('unreachable', `The connection to ${host} broke: ${reason}`, {
        advice: CHECK_NETWORK,
      });
    }
  }
}

const CHECK_ADDRESS = 'Check the address.';
const CHECK_NETWORK = 'Check the network, a VPN, and whether the host is up.';

const CHECK_HOST = 'Check the spelling of the host, the network, and whether a VPN is needed.';

const ADVICE: Readonly<Record<UnreachableCause, string>> = {
  'unknown-host': CHECK_HOST,
  'no-lookup': CHECK_HOST,
  interrupted: CHECK_NETWORK,
  certificate:
    'Add your certificate authority to those of the system, which VS Code reads (http.systemCertificates), or set NODE_EXTRA_CA_CERTS to its file.',
  proxy: 'Check HTTPS_PROXY and NO_PROXY, or http.proxy.',
  'no-tls':
    'The server does not use https there. Check the port, and whether the address starts with http or https.',
  'no-server': 'Check the port, and whether the server is running.',
};

const LATER = 'Callboard tries again automatically.';

/** Converts an error response to a message that says what to do. */
export function answeredError(answer: HttpAnswer, asked: Asked, now: number): SourceError {
  const { host } = asked.url;
  const { status, headers } = answer;
  const said = asked.redactor.line(messageIn(answer));
  const words = said === '' ? '' : `: ${said}`;
  const place = asked.redactor.line(asked.url.origin + asked.url.pathname);
  const retryAfter = retryAfterOf(headers, now);
  const { isSignedIn } = asked;
  const error = (failure: SourceFailure, message: string, advice: string): SourceError =>
    new SourceError(failure, message, { status, retryAfter, said: said || undefined, advice });
  if (status === 429 || (status === 403 && retryAfter !== undefined)) {
    return error(
      'limited',
      `${host} has reached its request limit${words}`,
      isSignedIn ? LATER : 'Callboard tries again automatically. A token may raise the limit.',
    );
  }
  switch (status) {
    case 401:
    case 403:
      return error(
        'unauthorized',
        status === 401 && isSignedIn
          ? `${host} rejected the token${words}`
          : `${host} denies access to ${place}${words}`,
        isSignedIn
          ? `Set another token for ${host}. The current one has expired or has no access.`
          : asked.isAnonymous
            ? 'Add it as a source of its own. Tokens are not sent to addresses that other sources refer to.'
            : `Set a token for ${host}.`,
      );
    case 404:
    case 410:
      return error(
        'missing',
        `${host} has nothing at ${place}${words}`,
        isSignedIn
          ? 'Check the address, and what the token has access to.'
          : 'Check the address. Without a token, some hosts hide what is not public.',
      );
    case 407:
      return error(
        'unreachable',
        `The proxy requires a password for ${host}`,
        'Check HTTPS_PROXY, or http.proxy.',
      );
  }
  return status >= 500 || status === 408
    ? error('unreachable', `${host} has a server error (${status})${words}`, LATER)
    : error(
        'invalid',
        `The request to ${place} failed with status ${status}${words}`,
        CHECK_ADDRESS,
      );
}

/** Maximum bytes of a response to search for a message. */
const MOST_READ = 64 * 1024;

/** Extracts the error message from JSON of forges and Backstage, or from a short plain text. */
function messageIn({ body, headers }: HttpAnswer): string {
  if (body.length === 0 || body.length > MOST_READ) return '';
  const text = new TextDecoder().decode(body);
  const type = headers.get('content-type') ?? '';
  if (!/json/.test(type)) return /^text\/plain/.test(type) && text.length <= 300 ? text : '';
  return reasonIn(parsedJson(text));
}
