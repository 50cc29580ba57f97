import { hashText, isRecord, parsedJson } from '../../../../base';

/** What is kept of a sign-in, in the secret storage and nowhere else. */
export interface KeptSession {
  /** Of whom the tokens are, and what they are renewed and given back at; of the origins that were checked. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string | undefined;
  readonly clientId: string;
  /** Where the server gave one to a program that keeps it for nobody else. */
  readonly clientSecret: string | undefined;
  /** Undefined where the sign-in has ended, and the user has to sign in anew. */
  readonly accessToken: string | undefined;
  /** Milliseconds since the epoch; undefined where the server does not say. */
  readonly endsAt: number | undefined;
  /** Good for one time. */
  readonly refreshToken: string | undefined;
  /** Who signed in, as the server says: mostly the ref of a user. */
  readonly account: string | undefined;
  /** Of one that has ended: which it was, as {@link markOf} tells it. */
  readonly ended?: string | undefined;
}

/** What goes into a header or a form has no spaces and no end of a line. */
const TOKEN = /^[\x21-\x7e]{1,16384}$/;
const ACCOUNT = /^[^\p{Cc}\p{Cf}]{1,200}$/u;

export function writeSession(session: KeptSession): string {
  return JSON.stringify({ version: 1, ...session });
}

/** Undefined for what was not written by {@link writeSession}. */
export function readSession(text: string | undefined): KeptSession | undefined {
  const value = text === undefined ? undefined : parsedJson(text);
  if (!isRecord(value) || value['version'] !== 1) return undefined;
  const issuer = addressOf(value['issuer']);
  const tokenEndpoint = addressOf(value['tokenEndpoint']);
  const clientId = tokenOf(value['clientId']);
  if (issuer === undefined || tokenEndpoint === undefined || clientId === undefined) {
    return undefined;
  }
  const { endsAt, account, ended } = value;
  return {
    issuer,
    tokenEndpoint,
    clientId,
    revocationEndpoint: addressOf(value['revocationEndpoint']),
    clientSecret: tokenOf(value['clientSecret']),
    accessToken: tokenOf(value['accessToken']),
    endsAt: typeof endsAt === 'number' && Number.isFinite(endsAt) ? endsAt : undefined,
    refreshToken: tokenOf(value['refreshToken']),
    account: typeof account === 'string' && ACCOUNT.test(account) ? account : undefined,
    ended: typeof ended === 'string' ? ended : undefined,
  };
}

/** Tells a session from what it is after it was renewed, without a token. */
export function markOf({ accessToken = '', refreshToken = accessToken }: KeptSession): string {
  return hashText(refreshToken);
}

/** What is left of a session that nothing renews any more. */
export function endedSession(session: KeptSession): KeptSession {
  return {
    ...session,
    accessToken: undefined,
    refreshToken: undefined,
    endsAt: undefined,
    ended: markOf(session),
  };
}

/** Whether one that has ended is another than one that is known to go on. */
export function isOfAnother(session: KeptSession, known: KeptSession): boolean {
  const hasEnded = session.accessToken === undefined && session.ended !== undefined;
  return hasEnded && known.accessToken !== undefined && session.ended !== markOf(known);
}

/** A text that can be a token; undefined for all else. */
export function tokenOf(value: unknown): string | undefined {
  return typeof value === 'string' && TOKEN.test(value) ? value : undefined;
}

/**
 * Whom a token of a Backstage is for, to show it. Nothing is judged by it: only the server can tell whether it is true.
 *
 * Source: `sub` of `plugins/auth-backend/src/identity/issueUserToken.ts`.
 */
export function accountOf(accessToken: string): string | undefined {
  const [, payload = ''] = accessToken.split('.');
  try {
    const text = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(text, character => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const subject = isRecord(claims) ? claims['sub'] : undefined;
    return typeof subject === 'string' && ACCOUNT.test(subject) ? subject : undefined;
  } catch {
    return undefined;
  }
}

function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' && URL.canParse(value) ? value : undefined;
}
