import { errorMessage } from '../../../base';
import { headerSecrets, Redactor } from '../../../platform/core';
import type { GitMirrorFailureReason, GitRemote } from '../../../platform/core/ports';

/** An operation failed for a reason that the user can fix. */
export class GitRefusal extends Error {
  override readonly name = 'GitRefusal';
}

/** In code units: maximum length of a message to redact, and to show. */
const MOST_READ = 16_000;
const MAX_SHOWN = 1000;

/** Returns git's error message without its prefixes and without secrets. */
export function gitErrorText(error: unknown, remote?: GitRemote): string {
  const lines = linesOf(error).map(line => line.replace(/^(?:fatal|error): /, ''));
  const isExtra = (line: string): boolean => /^(?:remote|warning): /.test(line);
  // Git's own lines come first, because a remote may add many.
  const first = lines.filter(line => !isExtra(line));
  const message = [...first, ...lines.filter(isExtra)].slice(0, 5).join('; ').slice(0, MOST_READ);
  const shown = new Redactor(headerSecrets(remote?.authorization ?? '')).redact(message);
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
}

/** Reasons by the start of git's messages. The first match counts. */
const REASONS: readonly (readonly [RegExp, GitMirrorFailureReason])[] = [
  [/^spawn git (?:ENOENT|EACCES)\b/, 'no-git'],
  [/^block timeout reached/, 'timeout'],
  [
    /^(?:No space left on device|Disk quota exceeded|Read-only file system|ENOSPC|EROFS|EDQUOT)\b/,
    'storage',
  ],
  [/^couldn't find remote ref\b/, 'no-branch'],
  [/^mismatched algorithms\b/, 'object-format'],
  [/^(?:File exists|cannot lock ref|shallow file has changed)/, 'locked'],
  [
    /^(?:Could not resolve (?:host|hostname|proxy)|Name or service not known|unable to look up)\b/,
    'unknown-host',
  ],
  [
    /^(?:The requested URL returned error 401|Authentication failed|could not read (?:Username|Password)|unable to get password|terminal prompts)\b/,
    'unauthenticated',
  ],
  [/^Permission denied \(/, 'ssh-denied'],
  // Git's daemon has no authentication, so this precedes messages about access.
  [
    /^(?:(?:access denied or )?repository not exported|no such repository|service not enabled)\b/,
    'not-exported',
  ],
  [/^(?:The requested URL returned error 403|(?:HTTP Basic: )?Access denied|DENIED)\b/i, 'denied'],
  [/^Host key verification failed/, 'unknown-host-key'],
  [/^The requested URL returned error (?:429|503)\b/, 'limited'],
  [
    /^(?:The requested URL returned error 30[1-8]\b|unable to update url base from redirection|Maximum \(\d+\) redirects followed)/,
    'redirected',
  ],
  [/^transport '' not allowed/, 'transport'],
  [
    /^(?:The requested URL returned error 404\b|repository '' (?:not found|does not exist)|Repository not found|The project you were looking for|'' does not appear to be a git repository|'' does not exist)/,
    'no-repository',
  ],
  [/^is this a git repository/, 'other-answer'],
  // Messages of OpenSSL, GnuTLS, NSS and Windows.
  [
    /^(?:SSL certificate problem|SSL peer certificate|Error in the certificate|untrusted root|server (?:certificate )?verification|certificate subject name|no alternative certificate subject name|Peer's Certificate|Peer certificate|SNI or certificate check failed|CertGetCertificateChain|CRYPT_E_|Unknown error \(0x80092|SEC_E_(?:UNTRUSTED_ROOT|CERT_EXPIRED|CERT_UNKNOWN|WRONG_PRINCIPAL)|error:[0-9A-F]+:SSL routines:.*certificate verify failed)/i,
    'certificate',
  ],
  // A server that speaks something else, or another version of TLS.
  [
    /^(?:An unexpected TLS packet|SEC_E_(?:INVALID_TOKEN|UNSUPPORTED_FUNCTION|ILLEGAL_MESSAGE)|error:[0-9A-F]+:SSL routines:.*(?:wrong version number|un(?:known|supported) protocol|packet length too long|http request|protocol version))/i,
    'no-tls',
  ],
  // Other errors of TLS are broken connections: only messages that name certificates are about them.
  [
    /^(?:(?:SSL|TLS)[ _]|(?:Open|Boring|Libre)SSL |gnutls_|GnuTLS\b|schannel\b|error:[0-9A-F]+:SSL)/i,
    'disconnected',
  ],
  [
    /^(?:errno=)?(?:Connection refused|Failed to connect|unable to connect|Couldn't connect|Could not connect|Connection timed out|Operation timed out|No route to host|Network is unreachable)\b/i,
    'no-connection',
  ],
  [
    /^(?:Connection (?:reset|closed) by|the remote end hung up|early EOF|RPC failed|(?:fetch-pack: )?unexpected disconnect|transfer closed|Empty reply|Recv failure|Send failure|Operation too slow|The requested URL returned error 5\d\d)\b/i,
    'disconnected',
  ],
  [
    /^(?:unable to access|Could not resolve|Could not read from remote|The requested URL returned error)\b/i,
    'remote',
  ],
  [/\b(?:shallow|unadvertised|not our ref|does not allow request|filter)/i, 'unsupported'],
];

/** Derives the reason of a failure from git's messages. */
export function gitFailureReason(error: unknown, remote?: GitRemote): GitMirrorFailureReason {
  const lines = linesOf(error).filter(line => line.length <= MOST_READ);
  // The last lines contain the reason, regardless of a remote's lines.
  const isOfRemote = (line: string): boolean => line.startsWith('remote: ');
  const last = [
    ...lines.filter(line => !isOfRemote(line)).slice(-20),
    ...lines.filter(isOfRemote).slice(-20),
  ];
  const phrases = last.flatMap(line => phrasesOf(line, remote?.url ?? ''));
  const found = REASONS.find(([phrase]) => phrases.some(text => phrase.test(text)));
  return found?.[1] ?? 'failed';
}

/** Matches progress: `Receiving objects: 45% (5/11), 1.20 MiB | 300 KiB/s`, `Enumerating objects: 11, done.` */
const PROGRESS =
  /^(?:remote: )?(?:[A-Z][a-z]+ (?:objects|deltas|files|references|connectivity|content): +\d|Total \d)/;

function linesOf(error: unknown): readonly string[] {
  return errorMessage(error)
    .split(/[\r\n]/)
    .map(line => line.trim())
    .filter(
      line =>
        line !== '' &&
        line !== 'remote:' &&
        !PROGRESS.test(line) &&
        !/^(?:(?:fatal|error): )?(?:hint|To|Done)\b/.test(line),
    );
}

/** Server messages that explain a failure. Others are ignored. */
const OF_SERVERS: readonly RegExp[] = [
  /^(?:HTTP Basic: )?Access denied\b/i,
  /^DENIED\b/,
  /^Repository not found\.$/,
  /^The project you were looking for could not be found\b/,
  /^(?:access denied or )?repository not exported\b/,
  /^no such repository\b/,
  /^service not enabled\b/,
  /^upload-pack: not our ref\b/,
];

/** Prefixes of lines with server messages. */
const SERVER_PREFIXES = ['remote error: ', 'remote:', 'ERROR: '];

/**
 * Splits a line of git into its phrases, without text from others: server messages, addresses and quoted names.
 * Requires English messages (`LC_ALL=C`).
 *
 * `unable to access 'https://…/': SSL certificate problem: …` gives `unable to access`, `SSL certificate problem`
 * and what follows.
 */
function phrasesOf(line: string, url: string): readonly string[] {
  let text = line.replace(/^(?:fatal|error): /, '');
  const prefix = SERVER_PREFIXES.find(candidate => text.startsWith(candidate));
  if (prefix !== undefined) {
    const words = text.slice(prefix.length).trim();
    return OF_SERVERS.some(known => known.test(words)) ? [words] : [];
  }
  if (url !== '') text = text.replaceAll(url, '');
  return text
    .split(/\s+/)
    .map(word => (word.includes('://') ? addressEnd(word) : word))
    .join(' ')
    .replace('The requested URL returned error: ', 'The requested URL returned error ')
    .replace(/(?<![^\s(])'[^']*'(?![^\s:;,.)])/g, "''")
    .split(/[:;] /)
    .map(phrase => phrase.trim().replace(/^(?:HTTP \d+ )?(?:curl \d+ )?/, ''))
    .filter(phrase => phrase !== '' && phrase !== "''");
}

/** Returns the text that replaces an address: its trailing punctuation, or empty quotes. */
function addressEnd(word: string): string {
  return word.endsWith(':') || word.endsWith(';') ? word.slice(-1) : "''";
}
