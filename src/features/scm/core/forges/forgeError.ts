import { isRecord, singleLine } from '../../../../base';
import type { HttpAnswer } from '../../../../platform/core/ports';

/** Maximum characters of a reason. */
const MAX_REASON = 500;

/** A failed forge request, with advice in the message. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  /** Status of the answer; undefined without a valid answer. */
  readonly status: number | undefined;
  /** Message of the forge. */
  readonly reason: string;

  constructor(message: string, { status, reason }: { status?: number; reason?: string } = {}) {
    super(message);
    this.status = status;
    this.reason = reason ?? message;
  }
}

/** A refused request. */
export interface Refusal {
  readonly host: string;
  /** The request for display: `POST /user/repos`. */
  readonly request: string;
  readonly answer: HttpAnswer;
  /** Parsed JSON of the answer, if any. */
  readonly data: unknown;
}

/** Converts an error answer to an error that says what to do. */
export function refused(refusal: Refusal): ForgeError {
  const { status } = refusal.answer;
  const reason = reasonIn(refusal.data);
  return new ForgeError(messageOf(refusal, reason), {
    status,
    ...(reason === '' ? {} : { reason }),
  });
}

function messageOf({ host, request, answer }: Refusal, reason: string): string {
  const { status, headers } = answer;
  const suffix = reason === '' ? '' : `: ${reason}`;
  const again = rateLimit(answer);
  if (again !== undefined) {
    return `${host} has reached its request limit${suffix}. Try again ${again}.`;
  }
  switch (status) {
    case 401:
      return `${host} rejected the token${suffix}. Sign in again, or set another token.`;
    case 403: {
      const site = signOnPage(headers.get('x-github-sso'), host);
      if (site !== undefined) {
        return `${host} requires the token to be authorized for the organization first: ${site}`;
      }
      const scopes = headers.get('x-accepted-oauth-scopes')?.trim();
      const needed = scopes
        ? ` Use a token with one of the scopes ${singleLine(scopes, MAX_REASON)}.`
        : '';
      return `${host} forbids ${request}${suffix}.${needed}`;
    }
    case 404:
      return `${host} has no ${request}${suffix}, or the token has no access to it.`;
    default:
      if (status >= 500) return `${host} has a server error (${status})${suffix}. Try again later.`;
      if (status >= 300 && status < 400) {
        return `${host} redirects ${request} to another host, where the token is not sent`;
      }
      return reason === ''
        ? `${host} rejected ${request} with status ${status}. Check the repository and the token.`
        : reason;
  }
}

/** Returns when to retry; undefined if the rate limit is not the problem. */
function rateLimit({ status, headers }: HttpAnswer): string | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const seconds = Number(headers.get('retry-after') ?? 'none');
  if (Number.isFinite(seconds)) return `in ${Math.max(1, Math.ceil(seconds / 60))} minutes`;
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset'));
  const isUsedUp = headers.get('x-ratelimit-remaining') === '0';
  if (status !== 429 && !isUsedUp) return undefined;
  const time = new Date(reset * 1000);
  return reset > 0 && !Number.isNaN(time.getTime()) ? `after ${time.toISOString()}` : 'later';
}

/** Reads the page for single sign-on: `required; url=https://github.com/orgs/acme/sso?authorization_request=…` */
function signOnPage(header: string | undefined, host: string): string | undefined {
  const url = /(?:^|;)\s*url=(\S+)/.exec(header ?? '')?.[1];
  if (url === undefined || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' && parsed.host === host ? parsed.href : undefined;
}

/** Extracts the error message from JSON of GitHub, GitLab or a Backstage. */
export function reasonIn(data: unknown): string {
  if (!isRecord(data)) return '';
  const { message, error, error_description: description, errors } = data;
  const what = [message, description ?? error].map(textsIn).find(texts => texts.length > 0) ?? [];
  return singleLine([...what, ...textsIn(errors)].filter(Boolean).join(': '), MAX_REASON);
}

/** GitHub's `errors` are texts or `{ message, field, code }`; GitLab's `message` may be `{ name: [texts] }`. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value)) return [];
  const { message, field, code } = value;
  if (typeof message === 'string') return [message];
  if (typeof code === 'string') return [[field, code].filter(Boolean).join(' ')];
  return Object.entries(value).map(([name, child]) => `${name} ${textsIn(child).join(', ')}`);
}
