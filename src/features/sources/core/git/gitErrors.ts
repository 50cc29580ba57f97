import { WHERE_HOSTS_GO } from '../../../../platform/core/hosts';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { SourceError, type SourceFailure } from '../types';

interface Cause {
  /** How git begins what it says in such a case. */
  readonly phrase: RegExp;
  readonly failure: SourceFailure;
  /** Told instead of git's words. */
  readonly message: (host: string) => string;
  readonly advice: string;
  /** Whether no host has answered. */
  readonly isNobodyThere?: true;
}

const TOKEN =
  'Give Callboard a token for this host ("Callboard: Set Token of a Source…"; on the command line GITHUB_TOKEN and the like), or let git in by ssh or a credential helper.';
const TRY_LATER = 'It may be back later; until then the last copy is used, where there is one.';

const CAUSES: readonly Cause[] = [
  {
    phrase:
      /^(?:Could not resolve (?:host|hostname|proxy)|Name or service not known|unable to look up)\b/,
    failure: 'unreachable',
    message: host => `There is no host ${host}, as far as this machine knows`,
    advice: 'Check the name of the host, the network, and the VPN if the host is behind one.',
    isNobodyThere: true,
  },
  {
    phrase:
      /^(?:The requested URL returned error 401|Authentication failed|could not read (?:Username|Password)|unable to get password|terminal prompts)\b/,
    failure: 'unauthorized',
    message: host => `${host} wants to know who asks for the repository`,
    advice: TOKEN,
  },
  {
    phrase: /^Permission denied \(/,
    failure: 'unauthorized',
    message: host => `${host} does not let in who asks by ssh`,
    advice: 'Load the key into the ssh agent, or use the https address of the repository.',
  },
  {
    // A daemon of git knows nobody, so whoever asks: before what speaks of access.
    phrase:
      /^(?:(?:access denied or )?repository not exported|no such repository|service not enabled)\b/,
    failure: 'missing',
    message: host => `${host} does not give out a repository of this name`,
    advice:
      'Check its address. A daemon of git gives out the repositories that hold a file "git-daemon-export-ok", to everybody; it takes no token.',
  },
  {
    phrase: /^(?:The requested URL returned error 403|(?:HTTP Basic: )?Access denied|DENIED)\b/i,
    failure: 'unauthorized',
    message: host => `${host} does not let this token, or nobody without one, read the repository`,
    advice: TOKEN,
  },
  {
    phrase: /^Host key verification failed/,
    failure: 'unauthorized',
    message: host => `The key of ${host} is not among those that ssh knows`,
    advice:
      'Connect once with ssh in a terminal and compare the key with the one that is published.',
  },
  {
    phrase: /^The requested URL returned error (?:429|503)\b/,
    failure: 'limited',
    message: host => `${host} was asked too often, or has too much to do`,
    advice: TRY_LATER,
  },
  {
    phrase:
      /^(?:The requested URL returned error 30[1-8]\b|unable to update url base from redirection|Maximum \(\d+\) redirects followed)/,
    failure: 'refused',
    message: host => `${host} sends on to another address, which is not followed`,
    advice: 'Name the address that the repository has now.',
  },
  {
    phrase: /^transport '' not allowed/,
    failure: 'refused',
    message: () => 'Git is set up to ask for the repository in a way that is not used',
    advice: 'See url.*.insteadOf in the configuration of git.',
  },
  {
    phrase:
      /^(?:The requested URL returned error 404\b|repository '' (?:not found|does not exist)|Repository not found|The project you were looking for|'' does not appear to be a git repository|'' does not exist)/,
    failure: 'missing',
    message: host => `There is no such repository on ${host}, or it may not be seen`,
    advice: `Check its address. ${TOKEN}`,
  },
  {
    phrase: /^is this a git repository/,
    failure: 'missing',
    message: host => `${host} answers with something that is no repository`,
    advice: `Check its address; pages that want somebody to sign in look like that, too. ${TOKEN}`,
  },
  {
    // In the words of OpenSSL, GnuTLS, NSS and Windows.
    phrase:
      /^(?:(?:SSL|TLS)(?:[ _]|$)|(?:Open|Boring|Libre)SSL |gnutls_|GnuTLS |schannel\b|server certificate verification|Peer's Certificate|Peer certificate|error:[0-9A-F]+:SSL)/i,
    failure: 'unreachable',
    message: host => `The certificate of ${host} cannot be trusted`,
    advice:
      "Name the company's certificate authority to git (http.sslCAInfo). Verification is never switched off.",
  },
  {
    phrase:
      /^(?:errno=)?(?:Connection refused|Failed to connect|unable to connect|Couldn't connect|Could not connect|Connection timed out|Operation timed out|No route to host|Network is unreachable)\b/i,
    failure: 'unreachable',
    message: host => `Nobody answers at ${host}`,
    advice: TRY_LATER,
    isNobodyThere: true,
  },
  {
    phrase:
      /^(?:Connection (?:reset|closed) by|the remote end hung up|early EOF|RPC failed|(?:fetch-pack: )?unexpected disconnect|transfer closed|Empty reply|Recv failure|Send failure|Operation too slow|The requested URL returned error 5\d\d)\b/i,
    failure: 'unreachable',
    message: host => `${host} did not answer to the end`,
    advice: TRY_LATER,
  },
];

/** Whether git has not even got as far as to a host. */
export function isNobodyThere(error: unknown): boolean {
  if (!(error instanceof GitMirrorFailure) || error.reason !== 'failed') return false;
  return causeOf(error)?.isNobodyThere ?? false;
}

function causeOf({ phrases }: GitMirrorFailure): Cause | undefined {
  return CAUSES.find(({ phrase }) => phrases.some(said => phrase.test(said)));
}

/** Why a repository could not be fetched, in words that say what to do. */
export function sourceErrorOf(
  error: unknown,
  { host, branch }: { host: string; branch: string | undefined },
): SourceError {
  if (error instanceof SourceError) return error;
  const where = host || 'this machine';
  if (!(error instanceof GitMirrorFailure)) {
    const message = error instanceof Error ? error.message : String(error);
    return new SourceError('invalid', message, { cause: error });
  }
  const { reason, message, branches } = error;
  const tell = (failure: SourceFailure, text: string, advice: string): SourceError =>
    new SourceError(failure, text, { advice, cause: error });
  switch (reason) {
    case 'no-git':
      return tell('local', 'Git is not installed, or not found', 'Install git, and start again.');
    case 'storage':
      return tell(
        'local',
        `The copy cannot be written: ${message}`,
        'Make room on the disk, or see who may write to where Callboard keeps copies (CALLBOARD_CACHE_DIR on the command line). The last copy is still used, where there is one.',
      );
    case 'no-branch':
      return tell(
        'missing',
        `There is no branch or tag ${branch ?? 'HEAD'}`,
        branches.length
          ? `There are: ${branches.join(', ')}.`
          : 'Name a branch that the repository has, or none for its default one.',
      );
    case 'empty':
      return tell('missing', 'The repository has no commits yet', 'Push something to it first.');
    case 'refused':
      return tell(
        'refused',
        message,
        `Where that is meant, name this very host ${WHERE_HOSTS_GO}.`,
      );
    case 'excess':
      return tell(
        'invalid',
        message,
        'Let the source be a smaller repository, which holds descriptors alone.',
      );
    case 'timeout':
      return tell('unreachable', `${where} did not answer in time`, TRY_LATER);
    case 'failed': {
      const cause = causeOf(error);
      return cause
        ? tell(cause.failure, cause.message(where), cause.advice)
        : new SourceError('invalid', `Git cannot fetch the repository: ${message}`, {
            cause: error,
          });
    }
  }
}
