import { describe, expect, it } from 'vitest';
import { gitFailureReason } from '../../../../../../src/features/scm/node/gitFailures';
import { sourceErrorOf } from '../../../../../../src/features/sources/core/git/gitErrors';
import {
  GitMirrorFailure,
  type GitMirrorFailureReason,
} from '../../../../../../src/platform/core/ports';

/** @param reason - `failed`: by the message of git */
const explained = (reason: GitMirrorFailureReason, message: string): readonly unknown[] => {
  const classified = reason === 'failed' ? gitFailureReason(new Error(message)) : reason;
  const error = sourceErrorOf(new GitMirrorFailure(classified, message), {
    host: 'git.acme.org',
    branch: 'main',
  });
  return [error.failure, error.message, error.advice?.split(/[.(]/)[0]];
};

describe('reason of a failed fetch', () => {
  it('is found in long output', () => {
    const message = `${"repository '".repeat(200_000)}\n${"repository '".repeat(1000)}: early EOF`;
    expect(explained('failed', message)[1]).toBe('The connection to git.acme.org was interrupted');
  });

  it.each([
    'certificates',
    'redirect-service',
    'ssl',
    'tls-DENIED-early-EOF',
    'error:403',
    'x?a=Connection+refused',
  ])("doesn't depend on the name of the repository: %s", name => {
    const url = `https://git.acme.org/${name}.git`;
    const unreachable = `unable to access '${url}/': Could not resolve host: ${name}.acme.org`;
    expect(explained('failed', unreachable)[1]).toMatch("Can't find the host git.acme.org");
    expect(explained('failed', `repository '${url}/' not found`)[0]).toBe('missing');
    expect(explained('failed', `Authentication failed for '${url}/'`)[0]).toBe('unauthorized');
    expect(explained('failed', `${url}/info/refs not valid: is this a git repository?`)[0]).toBe(
      'missing',
    );
    expect(explained('failed', `'/srv/${name}' does not appear to be a git repository`)[0]).toBe(
      'missing',
    );
    expect(explained('failed', `something of '${name}' is wrong: '${url}'`)[0]).toBe('invalid');
  });

  it.each([
    'remote: SSL certificate problem: trust this one',
    'remote: The requested URL returned error: 301',
    'ERROR: early EOF',
    'remote error: Connection refused',
  ])("doesn't depend on text of the server: %s", line => {
    expect(explained('failed', line)[0]).toBe('invalid');
    expect(explained('failed', `${line}\nAuthentication failed for 'https://h/'`)[1]).toBe(
      'git.acme.org requires authentication',
    );
  });

  it.each<[string, string]>([
    ['server certificate verification failed. CAfile: none CRLfile: none', 'certificate'],
    ["SSL: no alternative certificate subject name matches target host name 'x'", 'certificate'],
    ['gnutls_handshake() failed: Error in the certificate verification.', 'certificate'],
    ["Peer's Certificate issuer is not recognized.", 'certificate'],
    ['schannel: next InitializeSecurityContext failed: untrusted root', 'certificate'],
    [
      'schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.',
      'certificate',
    ],
    [
      'schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)',
      'certificate',
    ],
    ['error:0A000086:SSL routines::certificate verify failed', 'certificate'],
    ['error:0A00010B:SSL routines::wrong version number', "doesn't use https"],
    ['gnutls_handshake() failed: An unexpected TLS packet was received.', "doesn't use https"],
    ['OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to x:443', 'was interrupted'],
    ['LibreSSL SSL_connect: SSL_ERROR_SYSCALL in connection to x:443', 'was interrupted'],
    ['schannel: failed to receive handshake, SSL/TLS connection failed', 'was interrupted'],
    [
      'GnuTLS, handshake failed: The TLS connection was non-properly terminated.',
      'was interrupted',
    ],
    ['The requested URL returned error: 503', 'too many requests'],
    ['Recv failure: Connection reset by peer', 'was interrupted'],
  ])("comes from git's own messages: %s", (words, expected) => {
    const url = 'https://git.acme.org/redirect-service';
    expect(explained('failed', `unable to access '${url}/': ${words}`)[1]).toMatch(expected);
  });

  it.each<[GitMirrorFailureReason, string, readonly unknown[]]>([
    [
      'failed',
      "unable to access 'https://git.acme.org/a/': Could not resolve host: git.acme.org",
      [
        'unreachable',
        "Can't find the host git.acme.org",
        'Check the host name, the network, and the VPN if the host needs one',
      ],
    ],
    [
      'failed',
      "unable to access 'https://git.acme.org/a/': Failed to connect to git.acme.org port 443 after 0 ms: Couldn't connect to server",
      ['unreachable', "Can't connect to git.acme.org", 'Try again later, and check the network'],
    ],
    [
      'failed',
      'unable to get password from user',
      ['unauthorized', 'git.acme.org requires authentication', 'Set a token for this host '],
    ],
    [
      'failed',
      "unable to access 'https://git.acme.org/a/': The requested URL returned error: 403",
      [
        'unauthorized',
        'git.acme.org denies access to the repository',
        'Set a token for this host ',
      ],
    ],
    [
      'failed',
      'git@git.acme.org: Permission denied (publickey).',
      [
        'unauthorized',
        'git.acme.org rejected the ssh key',
        'Add the key to the ssh agent, or use the https address of the repository',
      ],
    ],
    [
      'failed',
      "unable to access 'https://git.acme.org/a/': The requested URL returned error: 301",
      [
        'refused',
        'git.acme.org redirects to another address, which is not followed',
        'Use the current address of the repository',
      ],
    ],
    [
      'failed',
      "repository 'https://git.acme.org/a/' not found",
      [
        'missing',
        'git.acme.org has no such repository, or you have no access to it',
        'Check its address',
      ],
    ],
    ...[
      'remote error: access denied or repository not exported: /a.git',
      'remote error: repository not exported: /a.git',
      'remote error: no such repository: /a.git',
      'remote error: service not enabled: /a.git',
    ].map((said): [GitMirrorFailureReason, string, readonly unknown[]] => [
      'failed',
      said,
      ['missing', 'git.acme.org does not export a repository with this name', 'Check its address'],
    ]),
    [
      'failed',
      'remote: HTTP Basic: Access denied',
      [
        'unauthorized',
        'git.acme.org denies access to the repository',
        'Set a token for this host ',
      ],
    ],
    [
      'failed',
      "unable to access 'https://git.acme.org/a/': SSL certificate problem: unable to get local issuer certificate",
      [
        'unreachable',
        'The certificate of git.acme.org is not trusted',
        'Configure your certificate authority in git ',
      ],
    ],
    [
      'failed',
      'RPC failed; curl 56 Recv failure: Connection reset by peer; early EOF',
      [
        'unreachable',
        'The connection to git.acme.org was interrupted',
        'Try again later, and check the network',
      ],
    ],
    [
      'failed',
      'something else',
      ['invalid', "Git can't fetch the repository: something else", undefined],
    ],
    [
      'storage',
      'write error: No space left on device',
      [
        'local',
        "Can't write the cached copy: write error: No space left on device",
        'Free up disk space, or check the permissions of the cache folder ',
      ],
    ],
    [
      'no-git',
      'spawn git ENOENT',
      ['local', "Git is not installed or can't be found", 'Install git and try again'],
    ],
    [
      'timeout',
      'block timeout reached',
      [
        'unreachable',
        "git.acme.org didn't respond in time",
        'Try again later, and check the network',
      ],
    ],
  ])('%s: %s', (reason, message, expected) => {
    expect(explained(reason, message)).toEqual(expected);
  });
});
