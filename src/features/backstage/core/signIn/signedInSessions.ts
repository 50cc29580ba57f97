import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Logger,
  toDisposable,
  raceAbort,
} from '../../../../base';
import type { Clock, SecretStore } from '../../../../platform/core/ports';
import { SourceError, type SourceHttp } from '../../../sources/core';
import {
  endedSession,
  isOfAnother,
  type KeptSession,
  readSession,
  writeSession,
} from './keptSession';

export interface SignedInSessionsDeps {
  readonly secrets: SecretStore;
  /** Asked for late, as what it asks with comes from here. */
  readonly http: () => SourceHttp;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether the user has named a host in the settings, besides those of sources. */
  readonly isNamed: (host: string) => boolean;
  /** The name that a Backstage knows Callboard by, where the settings say one. */
  readonly clientIdOf: (url: string) => string | undefined;
}

/** Milliseconds before its end at which a token is renewed: the server's clock may be another. */
const EARLY = 60_000;
/** Milliseconds for which another window may take to write down what it was given, and how often that is looked for. */
const OTHERS = 4000;
const LOOK = 500;
/** Milliseconds that a server has to forget somebody who leaves. */
const LEAVING = 10_000;

/**
 * Who has signed in to which Backstage: in the secret storage, by the origin of its backend, for all windows. What is
 * good for an hour is renewed when it is needed, once for all who wait; where that is refused, the user has to sign in
 * anew, and nobody asks again until then.
 */
export class SignedInSessions implements Disposable {
  readonly #deps: SignedInSessionsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<string>());
  readonly #life = new AbortController();
  readonly #renewing = new Map<string, Promise<KeptSession | undefined>>();
  /** What is shown of them, by origins. */
  readonly #known = new Map<string, KeptSession>();

  /** Carries the origin; told of what other windows do, too. */
  readonly onDidChange = this.#changed.event;

  constructor(deps: SignedInSessionsDeps) {
    this.#deps = deps;
    this.#store.add(
      deps.secrets.onDidChange(key => {
        const origin = originOf(key);
        if (origin !== undefined) void this.load([origin]);
      }),
    );
    this.#store.add(
      toDisposable(() => this.#life.abort(new DOMException('The window is gone', 'AbortError'))),
    );
  }

  /** Has what is kept be known, so that it can be shown. Does not reject. */
  async load(origins: Iterable<string>): Promise<void> {
    try {
      await Promise.all([...origins].map(origin => this.#look(origin)));
    } catch (error) {
      this.#deps.logger.warn(`Who is signed in could not be read: ${errorMessage(error)}`);
    }
  }

  /** Who has signed in there, as far as it is known by now; undefined where nobody has. */
  accountOf(origin: string): string | undefined {
    const session = this.#known.get(origin);
    return session?.accessToken === undefined
      ? undefined
      : (session.account ?? new URL(origin).host);
  }

  /**
   * A token that is good for now; undefined where nobody has signed in.
   *
   * @throws SourceError where the user has to sign in anew, or it cannot be renewed for now; AbortError
   */
  async find(origin: string, signal: AbortSignal): Promise<string | undefined> {
    const session = await this.#read(origin);
    if (!session) return undefined;
    const { accessToken, endsAt, refreshToken } = session;
    if (accessToken === undefined) throw ended(origin);
    const left = endsAt === undefined ? Infinity : endsAt - this.#deps.clock.now();
    if (left > (refreshToken === undefined ? 0 : EARLY)) return accessToken;
    try {
      return (await this.#renew(origin, accessToken, signal))?.accessToken;
    } catch (error) {
      signal.throwIfAborted();
      // Who cannot be reached now may be reached by the question itself.
      const isPassing = error instanceof SourceError && error.failure === 'unreachable';
      if (isPassing && left > 0) return accessToken;
      throw error;
    }
  }

  /**
   * Told that a token is not accepted any more.
   *
   * @returns whether there is another one by now; false where nobody has signed in
   * @throws as {@link find}
   */
  async renew(origin: string, refused: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#renew(origin, refused, signal))?.accessToken !== undefined;
  }

  /** Whether the user can sign in to a Backstage (of this address). Does not reject, but with an AbortError. */
  async offers(url: string, signal: AbortSignal): Promise<boolean> {
    const { http, isNamed, clientIdOf, logger } = this.#deps;
    try {
      const { discover, clientWayOf } = await import('./signIn');
      const server = await discover(url, { http: http(), isNamed }, signal);
      return server !== undefined && clientWayOf(server, clientIdOf(url)) !== undefined;
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof SourceError ? error.message : 'it could not be asked';
      logger.debug(`Whether one can sign in to ${new URL(url).host} is not known: ${reason}`);
      return false;
    }
  }

  async keep(origin: string, session: KeptSession): Promise<void> {
    await this.#deps.secrets.set(keyOf(origin), writeSession(session));
    await this.#look(origin);
  }

  /**
   * Forgets a session, and has the server forget it where that can be reached.
   *
   * @returns whether there was one, and whether the server knows nothing of it any more
   */
  async signOut(origin: string): Promise<'revoked' | 'forgotten' | undefined> {
    const { secrets, http, isNamed, logger } = this.#deps;
    const session = await this.#read(origin);
    await secrets.delete(keyOf(origin));
    await this.#look(origin);
    if (!session) return undefined;
    if (session.refreshToken === undefined || session.revocationEndpoint === undefined) {
      return 'forgotten';
    }
    try {
      const { revokeSession } = await import('./signIn');
      const signal = AbortSignal.any([this.#life.signal, AbortSignal.timeout(LEAVING)]);
      await revokeSession(session, { http: http(), isNamed }, signal);
      return 'revoked';
    } catch {
      // What the library says of it may hold the token.
      logger.warn(`${new URL(origin).host} could not be told that nobody is signed in any more`);
      return 'forgotten';
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #renew(origin: string, old: string, signal: AbortSignal): Promise<KeptSession | undefined> {
    signal.throwIfAborted();
    let renewing = this.#renewing.get(origin);
    if (!renewing) {
      renewing = this.#renewNow(origin, old).finally(() => this.#renewing.delete(origin));
      this.#renewing.set(origin, renewing);
    }
    return raceAbort(renewing, signal);
  }

  async #renewNow(origin: string, old: string): Promise<KeptSession | undefined> {
    let session = await this.#read(origin);
    while (session) {
      // Another window was quicker.
      if (session.accessToken === undefined) throw ended(origin);
      if (session.accessToken !== old) return session;
      const { refreshToken } = session;
      if (refreshToken === undefined) return this.#end(origin, session);
      const renewed = await this.#ask(origin, { ...session, refreshToken });
      const current = await this.#read(origin);
      // Who signed out meanwhile, or in anew, has the last word, and not who has given up what this one was renewing.
      const isSame = current?.refreshToken === refreshToken;
      const isGivenUp = current !== undefined && current.accessToken === undefined;
      if (renewed && (isSame || isGivenUp)) {
        await this.keep(origin, renewed);
        return renewed;
      }
      if (renewed || !isSame) session = current;
      else {
        // What is good for one time may have been used by another window, which has yet to write that down.
        session = await this.#whenOther(origin, session);
        if (!session) return undefined;
        if (session.refreshToken === refreshToken) return this.#end(origin, session);
      }
    }
    return undefined;
  }

  /** Undefined where it is turned down. @throws SourceError; AbortError */
  async #ask(
    origin: string,
    session: KeptSession & { readonly refreshToken: string },
  ): Promise<KeptSession | undefined> {
    const { http, clock, isNamed } = this.#deps;
    const { renewSession } = await import('./signIn');
    const { isTurnedDown, toldError } = await import('./oauthRequests');
    try {
      return await renewSession(session, { http: http(), clock, isNamed }, this.#life.signal);
    } catch (error) {
      if (isTurnedDown(error)) return undefined;
      throw toldError(error, {
        host: new URL(origin).host,
        secrets: [session.refreshToken, session.accessToken, session.clientSecret],
      });
    }
  }

  /** The session once it is another one, or as it is after a while. */
  async #whenOther(origin: string, session: KeptSession): Promise<KeptSession | undefined> {
    let current: KeptSession | undefined = session;
    for (let waited = 0; waited < OTHERS; waited += LOOK) {
      await this.#deps.clock.delay(LOOK, this.#life.signal);
      current = await this.#read(origin);
      if (current?.refreshToken !== session.refreshToken) break;
    }
    return current;
  }

  /** @throws SourceError always; from now on, without asking */
  async #end(origin: string, session: KeptSession): Promise<never> {
    await this.keep(origin, endedSession(session));
    throw ended(origin);
  }

  async #read(origin: string): Promise<KeptSession | undefined> {
    const { secrets } = this.#deps;
    const session = readSession(await secrets.get(keyOf(origin)));
    const known = this.#known.get(origin);
    if (!session || !known || !isOfAnother(session, known)) return session;
    // Windows learn late of what the others write: one has given up what was renewed by then, and has written over it.
    await secrets.set(keyOf(origin), writeSession(known));
    return known;
  }

  async #look(origin: string): Promise<void> {
    const session = await this.#read(origin);
    const before = this.#known.get(origin);
    if (session) this.#known.set(origin, session);
    else this.#known.delete(origin);
    if (this.#store.isDisposed) return;
    // That it was renewed is nothing to anybody.
    const isOther =
      (before?.accessToken === undefined) !== (session?.accessToken === undefined) ||
      before?.account !== session?.account;
    if (isOther) this.#changed.fire(origin);
  }
}

const KEY = 'callboard.backstage.session:';

function keyOf(origin: string): string {
  return `${KEY}${origin}`;
}

function originOf(key: string): string | undefined {
  return key.startsWith(KEY) ? key.slice(KEY.length) : undefined;
}

function ended(origin: string): SourceError {
  return new SourceError(
    'unauthorized',
    `The time for which you were signed in to ${new URL(origin).host} is over.`,
    { advice: 'Sign in to it again.', canSignIn: true },
  );
}
