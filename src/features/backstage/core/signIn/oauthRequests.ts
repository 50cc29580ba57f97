import * as oauth from 'oauth4webapi';
import { isAbort, isRecord } from '../../../../base';
import { headerSecrets, Redactor } from '../../../../platform/core';
import { SourceError, type SourceHttp } from '../../../sources/core';

/** Maximum bytes of an OAuth answer. */
const MAX_SIZE = 256 * 1024;

/** Statuses with an OAuth error in the body. */
const ERRORS = [400, 401, 403, 404];

/** Statuses for which a `Response` must not have a body, not even an empty one. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205]);

interface FetchOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetch function for the OAuth library that applies the limits and host checks of sources, and sends credentials
 * only in the body.
 *
 * A Backstage returns its user token also as `id_token`, with audience `backstage`, which is invalid for an ID
 * token, so it is removed before validation.
 */
export function fetchOver(
  http: SourceHttp,
): (url: string, options: FetchOptions) => Promise<Response> {
  return async (url, { method, headers, body, signal }) => {
    const answer = await http.send({
      url,
      headers,
      maxSize: MAX_SIZE,
      answers: ERRORS,
      isAnonymous: true,
      method: method === 'POST' ? 'POST' : 'GET',
      ...(body !== undefined && body !== null && { body: textOf(body) }),
      secrets: secretsIn(body),
      signal: signal ?? new AbortController().signal,
    });
    const { host, origin } = new URL(url);
    if (answer.type === 'unchanged' || new URL(answer.url).origin !== origin) {
      throw new SourceError('invalid', `${host} redirects to another host for signing in`);
    }
    const { status } = answer;
    return new Response(WITHOUT_BODY.has(status) ? null : withoutIdToken(answer.body), {
      status,
      headers: { 'content-type': answer.headers.get('content-type') ?? '' },
    });
  };
}

/** Request fields that contain secrets. */
const SECRETS = ['client_secret', 'code', 'code_verifier', 'refresh_token', 'token'];

function secretsIn(body: unknown): readonly string[] {
  return body instanceof URLSearchParams ? SECRETS.flatMap(name => body.getAll(name)) : [];
}

/** Converts an error to a message with advice and without secrets. The library's errors contain them. */
export function toUserError(
  error: unknown,
  { host, secrets }: { readonly host: string; readonly secrets: readonly (string | undefined)[] },
): unknown {
  if (error instanceof SourceError || isAbort(error)) return error;
  const redactor = new Redactor(secrets.flatMap(secret => headerSecrets(secret ?? '')));
  const refusal = oauthErrorIn(error);
  if (refusal?.code === 'access_denied') {
    return new SourceError('unauthorized', `The sign-in to ${host} was denied in the browser.`);
  }
  if (refusal) {
    return new SourceError(
      'unauthorized',
      `${host} does not let you sign in: ${redactor.line(refusal.words)}`,
      { advice: 'Try again, or set a token.' },
    );
  }
  return new SourceError('invalid', `${host} did not return a valid OAuth answer.`, {
    advice: 'Check the address and proxies, or set a token.',
  });
}

/** Whether the server has refused the credentials, rather than failed to answer. */
export function isCredentialRefusal(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError && error.status < 500;
}

function oauthErrorIn(
  error: unknown,
): { readonly code: string; readonly words: string } | undefined {
  if (
    !(error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError)
  ) {
    return undefined;
  }
  const { error: code, error_description: words } = error;
  return { code, words: words === undefined || words === '' ? code : words };
}

function textOf(body: unknown): string {
  if (body instanceof URLSearchParams) return body.toString();
  return typeof body === 'string' ? body : '';
}

function withoutIdToken(body: Uint8Array): string {
  const text = new TextDecoder().decode(body);
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || !('id_token' in value)) return text;
    const { id_token: _, ...rest } = value;
    return JSON.stringify(rest);
  } catch {
    // The caller reports invalid JSON.
    return text;
  }
}
