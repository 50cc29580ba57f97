import { isRecent, withoutTrailing } from '../../../../base';
import { type Clock } from '../../../../platform/core/ports';
import {
  type BackstageConnection,
  type Asking,
  type BackstageAnswer,
  type BackstageFileQuestion,
  type BackstageQuestion,
  type BackstageStreamQuestion,
  type SourceAnswer,
  SourceError,
  type SourceCredentials,
  type SourceHttp,
  type SourceStream,
} from '../../../sources/core';
import { type GuestToken, readGuestToken } from './served/servedAnswers';

/** The server is not a Backstage, or has an unknown version. */
export class ForeignAnswerError extends SourceError {
  constructor(message: string, { advice }: { readonly advice: string }) {
    super('invalid', message, { advice });
  }
}

/** Milliseconds before its expiry at which a token is renewed, because clocks differ. */
const EARLY = 60 * 1000;
/** Milliseconds to remember that guest access or sign-in is not available. */
const MEMORY = 60 * 1000;

/**
 * Requests to a Backstage backend with the user's credentials, or as guest if there are none and guests are
 * allowed.
 *
 * Source: `POST /api/auth/guest/refresh` of `plugins/auth-backend-module-guest-provider`.
 */
export class BackstageSession implements BackstageConnection {
  readonly #url: string;
  readonly #http: SourceHttp;
  readonly #credentials: SourceCredentials;
  readonly #clock: Clock;
  #guest: { readonly token: string; readonly end: number } | undefined;
  /** Time at which guest access was found missing, and whether signing in is offered. */
  #withoutGuestAt = -Infinity;
  #signIn: { readonly isOffered: boolean; readonly at: number } | undefined;

  /** @param deps.url - URL of the backend, without `/api` */
  constructor(deps: {
    readonly url: string;
    readonly http: SourceHttp;
    readonly credentials: SourceCredentials;
    readonly clock: Clock;
  }) {
    this.#url = withoutTrailing(deps.url, '/');
    this.#http = deps.http;
    this.#credentials = deps.credentials;
    this.#clock = deps.clock;
  }

  async ask(question: BackstageQuestion): Promise<BackstageAnswer> {
    return this.#withCredentials(question, token => this.#send(question, token));
  }

  async read(question: BackstageFileQuestion): Promise<SourceAnswer> {
    const { path, accept, ...request } = question;
    const url = `${this.#url}${path}`;
    return this.#withCredentials(question, token =>
      this.#http.send({ ...request, url, headers: { accept, ...bearer(token) } }),
    );
  }

  async stream({ path, query, ...question }: BackstageStreamQuestion): Promise<SourceStream> {
    const url = this.#urlOf(path, query);
    return this.#withCredentials(question, token =>
      this.#http.stream({
        ...question,
        url,
        headers: { accept: 'text/event-stream', ...bearer(token) },
      }),
    );
  }

  /** @param send - sends a request with a token, or with the user's credentials if undefined */
  async #withCredentials<T>(
    asking: Asking,
    send: (token: string | undefined) => Promise<T>,
  ): Promise<T> {
    const { signal } = asking;
    const { origin } = new URL(this.#url);
    const known = await this.#credentials.authorization(origin, signal);
    if (known !== undefined) return this.#withUser(known, signal, () => send(undefined));
    const guest = this.#guest && (await this.#guestToken(asking));
    try {
      return await send(guest);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Guest tokens are requested only after a refusal, because many instances allow anonymous access; an old one
      // may have expired.
      this.#guest = undefined;
      const renewed = await this.#guestToken(asking);
      if (renewed === undefined) return this.#throwWithAdvice(error, 'nothing', signal);
      return send(renewed).catch(other => this.#throwWithAdvice(other, 'guest', signal));
    }
  }

  /** Sends a request with the user's credentials, which are renewed once if the server doesn't accept them. */
  async #withUser<T>(known: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    const { origin } = new URL(this.#url);
    try {
      return await send();
    } catch (error) {
      // A missing permission (403) doesn't depend on the age of the token.
      const isUnknown = isRefusal(error) && error.status === 401;
      if (!isUnknown || !(await this.#credentials.renew?.(origin, known, signal))) {
        return this.#throwWithAdvice(error, 'token', signal);
      }
      return send().catch(other => this.#throwWithAdvice(other, 'token', signal));
    }
  }

  /** Adds advice to a refusal, depending on the credentials. */
  async #throwWithAdvice(
    error: unknown,
    who: keyof typeof REFUSALS,
    signal: AbortSignal,
  ): Promise<never> {
    if (!isRefusal(error)) throw error;
    const { origin } = new URL(this.#url);
    const { message, advice, withSignIn } = REFUSALS[who];
    // Signing in again doesn't change what a known user may do.
    const isKnown = who === 'token' && error.status === 403;
    // Checked only after a refusal.
    const canSignIn = !isKnown && (await this.#offersSignIn(signal));
    // Backstage answers 403 to a known user without permission.
    if (error.status === 403) throw notAllowed(origin, canSignIn, error);
    throw new SourceError('unauthorized', `${origin} ${message}`, {
      advice: canSignIn ? withSignIn : advice,
      canSignIn,
      cause: error,
    });
  }

  async #offersSignIn(signal: AbortSignal): Promise<boolean> {
    const now = this.#clock.now();
    if (!this.#signIn || !isRecent(this.#signIn.at, now, MEMORY)) {
      const isOffered = (await this.#credentials.offersSignIn?.(this.#url, signal)) ?? false;
      this.#signIn = { isOffered, at: now };
    }
    return this.#signIn.isOffered;
  }

  #urlOf(path: string, query: BackstageQuestion['query'] = []): string {
    const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
    return `${this.#url}${path}${search === '' ? '' : `?${search}`}`;
  }

  async #send(
    { path, query, body, ...request }: BackstageQuestion,
    token: string | undefined,
  ): Promise<BackstageAnswer> {
    const answer = await this.#http.send({
      ...request,
      url: this.#urlOf(path, query),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...bearer(token),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.type === 'unchanged') throw noJson(this.#url);
    const { status, body: bytes } = answer;
    const value = bytes.length ? this.#parse(bytes) : undefined;
    // Parsing takes a time slice of its own.
    await this.#clock.yield();
    return { status, value, size: bytes.length };
  }

  #parse(body: Uint8Array): unknown {
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
    } catch {
      // The parser's message may hold a part of what a stranger sent.
      throw noJson(this.#url);
    }
  }

  /** Returns undefined if the instance has no guest access. */
  async #guestToken({ signal, traffic }: Asking): Promise<string | undefined> {
    const now = this.#clock.now();
    if (this.#guest && now < this.#guest.end - EARLY) return this.#guest.token;
    if (isRecent(this.#withoutGuestAt, now, MEMORY)) return undefined;
    let fresh: GuestToken | undefined;
    try {
      const path = '/api/auth/guest/refresh';
      const { value } = await this.#send({ method: 'POST', path, signal, traffic }, undefined);
      fresh = readGuestToken(value);
    } catch (error) {
      // Missing guest access is expected; an unreachable server is an error.
      const says = error instanceof SourceError && ['missing', 'unauthorized', 'invalid'];
      if (!says || !says.includes(error.failure)) throw error;
    }
    if (!fresh) this.#withoutGuestAt = now;
    this.#guest = fresh && { token: fresh.token, end: this.#clock.now() + fresh.lifetime };
    return fresh?.token;
  }
}

function bearer(token: string | undefined): { readonly authorization?: string } {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function isRefusal(error: unknown): error is SourceError {
  return error instanceof SourceError && error.failure === 'unauthorized';
}

/** Source: `NotAllowedError` of `packages/errors`, thrown for permissions and `catalog.readonly`. */
function notAllowed(origin: string, canSignIn: boolean, cause: SourceError): SourceError {
  const { status, said } = cause;
  const words = said === undefined ? '' : `: ${said}`;
  return new SourceError('unauthorized', `${origin} does not allow this${words}`, {
    status: status ?? 403,
    cause,
    ...(said !== undefined && { said }),
    advice: canSignIn
      ? 'Sign in as a user with this permission, or ask its administrator.'
      : 'Set a token with this permission, or ask its administrator.',
    canSignIn,
  });
}

const REFUSALS = {
  token: {
    message: 'rejected the token.',
    advice: 'It may have expired, or not be valid for the catalog. Set another one.',
    withSignIn:
      'It may have expired, or not be valid for the catalog. Sign in, or set another one.',
  },
  guest: {
    message: 'does not allow guests to read the catalog.',
    advice:
      'Set a token for it: its app-config.yaml lists static ones under backend.auth.externalAccess.',
    withSignIn: 'Sign in to it.',
  },
  nothing: {
    message: 'requires a token.',
    advice:
      'Set one: its app-config.yaml lists static ones under backend.auth.externalAccess. On the command line, BACKSTAGE_TOKEN holds it.',
    withSignIn: 'Sign in to it.',
  },
} as const;

function noJson(url: string): SourceError {
  return new ForeignAnswerError(`${url} is not a Backstage backend.`, {
    advice:
      'Use the address of the backend (backend.baseUrl of its app-config.yaml), and check that it does not lead to a sign-in page.',
  });
}
