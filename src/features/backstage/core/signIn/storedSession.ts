import { hashText, isRecord, parsedJson } from '../../../../base';

/** A sign-in session, stored in the secret storage only. */
export interface StoredSession {
  /** Issuer and endpoints for renewing and revoking the tokens; their origins were checked. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string | undefined;
  readonly clientId: string;
  /** Set if the server issued one at registration. */
  readonly clientSecret: string | undefined;
  /** Undefined if the session has ended and the user must sign in again. */
  readonly accessToken: string | undefined;
  /** Expiry in milliseconds since the epoch; undefined if the server doesn't report it. */
  readonly endsAt: number | undefined;
  /** Can be used once. */
  readonly refreshToken: string | undefined;
  /** The signed-in user according to the server, mostly a user ref. */
  readonly account: string | undefined;
  /** Set for an ended session: identifies it, see {@link markOf}. */
  readonly ended?: string | undefined;
}

/** Matches tokens that are valid in headers and forms. */
const TOKEN = /^[\x21-\x7e]{1,16384}$/;
const ACCOUNT = /^[^\p{Cc}\p{Cf}]{1,200}$/u;

export function writeSession(session: StoredSession): string {
  return JSON.stringify({ version: 1, ...session });
}

/** Returns undefined for a text that {@link writeSession} didn't write. */
export function readSession(text: string | undefined): StoredSession | undefined {
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

/** Returns a key that identifies a session between two renewals, without revealing a token. */
export function markOf({ accessToken = '', refreshToken = accessToken }: StoredSession): string {
  return hashText(refreshToken);
}

/** Removes the tokens of a session that can't be renewed. */
export function endedSession(session: StoredSession): StoredSession {
  return {
    ...session,
    accessToken: undefined,
    refreshToken: undefined,
    endsAt: undefined,
    ended: markOf(session),
  };
}

/** Whether an ended session is another one than a known active session. */
export function isOtherSession(session: StoredSession, known: StoredSession): boolean {
  const hasEnded = session.accessToken === undefined && session.ended !== undefined;
  return hasEnded && known.accessToken !== undefined && session.ended !== markOf(known);
}

/** Returns a valid token; undefined for other values. */
export function tokenOf(value: unknown): string | undefined {
  return typeof value === 'string' && TOKEN.test(value) ? value : undefined;
}

/**
 * Reads the user of a Backstage token, for display only, because it is not verified.
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
    // A token of another kind, which names nobody: the account is only shown.
    return undefined;
  }
}

function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' && URL.canParse(value) ? value : undefined;
}
