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
  isOtherSession,
  type StoredSession,
  readSession,
  writeSession,
} from './storedSession';

export interface SignedInSessionsDeps {
  readonly secrets: SecretStore;
  /** A function, because the client uses these sessions. */
  readonly http: () => SourceHttp;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether the user has allowed a host in the settings, in addition to those of sources. */
  readonly isNamed: (host: string) => boolean;
  /** Returns the client id of a Backstage from the settings. */
  readonly clientIdOf: (url: string) => string | undefined;
}

/** Milliseconds before its expiry at which a token is renewed, because clocks differ. */
const EARLY = 60_000;
/** Milliseconds to wait for another window to store a renewed session, and between checks. */
const OTHERS = 4000;
const LOOK = 500;
/** Maximum milliseconds for revoking a session. */
const LEAVING = 10_000;

/**
 * Sign-in sessions of Backstages, in the secret storage by origin of the backend, shared by all windows. An expired
 * token is renewed when it is needed, once for all callers; if that is refused, the user must sign in again, and no
 * request is sent until then.
 */
export class SignedInSessions implements Disposable {
  readonly #deps: SignedInSessionsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<string>());
  readonly #life = new AbortController();
  readonly #renewing = new Map<string, Promise<StoredSession | undefined>>();
  /** Loaded sessions by origin, for display. */
  readonly #known = new Map<string, StoredSession>();

  /** Fires with an origin, also for changes in other windows. */
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
      toDisposable(() => this.#life.abort(new DOMException('The window was closed', 'AbortError'))),
    );
  }

  /** Loads sessions for display. Never rejects. */
  async load(origins: Iterable<string>): Promise<void> {
    try {
      await Promise.all([...origins].map(origin => this.#look(origin)));
    } catch (error) {
      this.#deps.logger.warn(`Can't read the sign-in sessions: ${errorMessage(error)}`);
    }
  }

  /** Returns the signed-in user as far as loaded; undefined if nobody is signed in. */
  accountOf(origin: string): string | undefined {
    const session = this.#known.get(origin);
    return session?.accessToken === undefined
      ? undefined
      : (session.account ?? new URL(origin).host);
  }

  /**
   * Returns a valid token; undefined if nobody is signed in.
   *
   * @throws SourceError if the user must sign in again or the token can't be renewed now; AbortError
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
      // If only the renewal is unreachable, the current token may still work.
      const isPassing = error instanceof SourceError && error.failure === 'unreachable';
      if (isPassing && left > 0) return accessToken;
      throw error;
    }
  }

  /**
   * Renews a token that was refused.
   *
   * @returns whether there is a new one; false if nobody is signed in
   * @throws like {@link find}
   */
  async renew(origin: string, refused: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#renew(origin, refused, signal))?.accessToken !== undefined;
  }

  /** Whether the user can sign in to a Backstage. Rejects only with an AbortError. */
  async offers(url: string, signal: AbortSignal): Promise<boolean> {
    const { http, isNamed, clientIdOf, logger } = this.#deps;
    try {
      const { discover, clientWayOf } = await import('./signIn');
      const server = await discover(url, { http: http(), isNamed }, signal);
      return server !== undefined && clientWayOf(server, clientIdOf(url)) !== undefined;
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof SourceError ? error.message : "it can't be reached";
      logger.debug(`Can't find out how to sign in to ${new URL(url).host}: ${reason}`);
      return false;
    }
  }

  async keep(origin: string, session: StoredSession): Promise<void> {
    await this.#deps.secrets.set(keyOf(origin), writeSession(session));
    await this.#look(origin);
  }

  /**
   * Deletes a session, and revokes it on the server if possible.
   *
   * @returns `revoked` or `forgotten`; undefined if there was none
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
      // The library's error may contain the token.
      logger.warn(`Can't revoke the session on ${new URL(origin).host}`);
      return 'forgotten';
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #renew(
    origin: string,
    old: string,
    signal: AbortSignal,
  ): Promise<StoredSession | undefined> {
    signal.throwIfAborted();
    let renewing = this.#renewing.get(origin);
    if (!renewing) {
      renewing = this.#renewNow(origin, old).finally(() => this.#renewing.delete(origin));
      this.#renewing.set(origin, renewing);
    }
    return raceAbort(renewing, signal);
  }

  async #renewNow(origin: string, old: string): Promise<StoredSession | undefined> {
    let session = await this.#read(origin);
    while (session) {
      // Another window may have changed the session meanwhile.
      if (session.accessToken === undefined) throw ended(origin);
      if (session.accessToken !== old) return session;
      const { refreshToken } = session;
      if (refreshToken === undefined) return this.#end(origin, session);
      const renewed = await this.#ask(origin, { ...session, refreshToken });
      const current = await this.#read(origin);
      // A sign-out or a new sign-in meanwhile takes precedence, but not another window's failure to renew the same
      // session.
      const isSame = current?.refreshToken === refreshToken;
      const isGivenUp = current !== undefined && current.accessToken === undefined;
      if (renewed && (isSame || isGivenUp)) {
        await this.keep(origin, renewed);
        return renewed;
      }
      if (renewed || !isSame) session = current;
      else {
        // Another window may have used the refresh token and not stored the result yet.
        session = await this.#waitForRenewal(origin, session);
        if (!session) return undefined;
        if (session.refreshToken === refreshToken) return this.#end(origin, session);
      }
    }
    return undefined;
  }

  /** Returns undefined if the renewal is refused. @throws SourceError; AbortError */
  async #ask(
    origin: string,
    session: StoredSession & { readonly refreshToken: string },
  ): Promise<StoredSession | undefined> {
    const { http, clock, isNamed } = this.#deps;
    const { renewSession } = await import('./signIn');
    const { isCredentialRefusal, toUserError } = await import('./oauthRequests');
    try {
      return await renewSession(session, { http: http(), clock, isNamed }, this.#life.signal);
    } catch (error) {
      if (isCredentialRefusal(error)) return undefined;
      throw toUserError(error, {
        host: new URL(origin).host,
        secrets: [session.refreshToken, session.accessToken, session.clientSecret],
      });
    }
  }

  /** Returns the session once it has changed, or as it is after a while. */
  async #waitForRenewal(
    origin: string,
    session: StoredSession,
  ): Promise<StoredSession | undefined> {
    let current: StoredSession | undefined = session;
    for (let waited = 0; waited < OTHERS; waited += LOOK) {
      await this.#deps.clock.delay(LOOK, this.#life.signal);
      current = await this.#read(origin);
      if (current?.refreshToken !== session.refreshToken) break;
    }
    return current;
  }

  /** Ends a session, so that later calls fail without a request. @throws SourceError always */
  async #end(origin: string, session: StoredSession): Promise<never> {
    await this.keep(origin, endedSession(session));
    throw ended(origin);
  }

  async #read(origin: string): Promise<StoredSession | undefined> {
    const { secrets } = this.#deps;
    const session = readSession(await secrets.get(keyOf(origin)));
    const known = this.#known.get(origin);
    if (!session || !known || !isOtherSession(session, known)) return session;
    // Windows see changes late: another one may have overwritten a renewed session with an ended one.
    await secrets.set(keyOf(origin), writeSession(known));
    return known;
  }

  async #look(origin: string): Promise<void> {
    const session = await this.#read(origin);
    const before = this.#known.get(origin);
    if (session) this.#known.set(origin, session);
    else this.#known.delete(origin);
    if (this.#store.isDisposed) return;
    // Renewals are not reported.
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
  return new SourceError('unauthorized', `Your session on ${new URL(origin).host} has expired.`, {
    advice: 'Sign in again.',
    canSignIn: true,
  });
}
