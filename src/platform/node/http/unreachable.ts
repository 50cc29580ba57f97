import { errorMessage, isRecord } from '../../../base';
import type { HttpResult, UnreachableCause } from '../../core/ports';

type Unreachable = Extract<HttpResult, { readonly type: 'unreachable' }>;
type Failure = readonly [reason: string, cause?: UnreachableCause];

const INTERRUPTED: Failure = ['the connection was interrupted', 'interrupted'];
const TIMED_OUT: Failure = ['the connection timed out', 'interrupted'];
const NO_ROUTE: Failure = ['the network has no route to the host'];
const NO_TLS: Failure = ["the server doesn't use https at this address", 'no-tls'];

/** Failures by error codes of Node and of its `fetch`. */
const FAILURES: ReadonlyMap<string, Failure> = new Map([
  ['ENOTFOUND', ['the host is unknown', 'unknown-host']],
  ['EAI_AGAIN', ["the host can't be looked up at the moment", 'no-lookup']],
  ['ECONNRESET', INTERRUPTED],
  ['ECONNABORTED', INTERRUPTED],
  ['EPIPE', INTERRUPTED],
  ['UND_ERR_SOCKET', INTERRUPTED],
  // Truncated gzip data.
  ['Z_BUF_ERROR', INTERRUPTED],
  ['Z_DATA_ERROR', ['the compressed data is invalid']],
  ['ETIMEDOUT', TIMED_OUT],
  ['UND_ERR_CONNECT_TIMEOUT', TIMED_OUT],
  ['EHOSTUNREACH', NO_ROUTE],
  ['ENETUNREACH', NO_ROUTE],
  ['EPROTO', NO_TLS],
  ['ECONNREFUSED', ['the connection was refused', 'no-server']],
  ['CERT_HAS_EXPIRED', ['the certificate has expired', 'certificate']],
  ['ERR_TLS_CERT_ALTNAME_INVALID', ['the certificate is for another host', 'certificate']],
]);

/** Converts an error of Node's HTTP client to a result with a reason in plain words. */
export function toUnreachable(error: unknown): Unreachable {
  const [reason, cause] = failureOf(error);
  return { type: 'unreachable', reason, cause };
}

function failureOf(error: unknown): Failure {
  const code = isRecord(error) ? String(error['code']) : '';
  const known = FAILURES.get(code);
  if (known) return known;
  // Errors of the handshake itself, such as `ERR_SSL_WRONG_VERSION_NUMBER`, have a reason; errors of certificates have none.
  if (/^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)|_CERT|^HOSTNAME_MISMATCH$/.test(code)) {
    return ['the certificate is not trusted', 'certificate'];
  }
  if (code.startsWith('ERR_SSL_')) return NO_TLS;
  return [code.startsWith('HPE_') ? 'the response is not valid HTTP' : errorMessage(error)];
}
