import { describe, expect, it } from 'vitest';
import { toUnreachable } from '../../../../../src/platform/node/http/unreachable';

function failed(code: string, message = `words of Node: ${code}`): Error {
  return Object.assign(new Error(message), { code });
}

describe('a failed connection', () => {
  it.each([
    ['ECONNREFUSED', 'no-server', 'the connection was refused'],
    ['ECONNRESET', 'interrupted', 'the connection was interrupted'],
    ['ETIMEDOUT', 'interrupted', 'the connection timed out'],
    ['ENOTFOUND', 'unknown-host', 'the host is unknown'],
    ['EAI_AGAIN', 'no-lookup', "the host can't be looked up at the moment"],
    ['EHOSTUNREACH', undefined, 'the network has no route to the host'],
    ['CERT_HAS_EXPIRED', 'certificate', 'the certificate has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', 'the certificate is for another host'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'certificate', 'the certificate is not trusted'],
    ['ERR_SSL_CERT_LENGTH_MISMATCH', 'certificate', 'the certificate is not trusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-tls', "the server doesn't use https at this address"],
    ['HPE_INVALID_CONSTANT', undefined, 'the response is not valid HTTP'],
  ])('with the code %s has a cause and a reason in plain words', (code, cause, reason) => {
    expect(toUnreachable(failed(code))).toEqual({ type: 'unreachable', cause, reason });
  });

  it('has the message of an unknown error as the reason', () => {
    expect(toUnreachable(failed('E_NEW', 'something new'))).toEqual({
      type: 'unreachable',
      cause: undefined,
      reason: 'something new',
    });
  });

  it('has one reason for several addresses of a host', () => {
    const errors = ['::1', '127.0.0.1'].map(address =>
      failed('ECONNREFUSED', `connect ECONNREFUSED ${address}:1`),
    );
    const error = Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' });
    expect(toUnreachable(error)).toMatchObject({ reason: 'the connection was refused' });
  });
});
