import { errorMessage } from '../../../../base';
import { ALLOWED_HOSTS_HINT } from '../../../../platform/core/hosts';
import { GitMirrorFailure, type GitMirrorFailureReason } from '../../../../platform/core/ports';
import { SourceError, type SourceFailure } from '../types';

/** Creates the message for a reason. */
type Words = (
  error: GitMirrorFailure,
  place: { readonly host: string; readonly branch: string | undefined },
) => readonly [failure: SourceFailure, message: string, advice?: string];

const TOKEN =
  'Set a token for this host ("Callboard: Set Source Token…"; on the command line GITHUB_TOKEN or similar), or set up ssh or a credential helper.';
const TRY_LATER = 'Try again later, and check the network.';

const other: Words = ({ message }) => ['invalid', `Git can't fetch the repository: ${message}`];

const WORDS: Readonly<Record<GitMirrorFailureReason, Words>> = {
  'no-git': () => ['local', "Git is not installed or can't be found", 'Install git and try again.'],
  storage: ({ message }) => [
    'local',
    `Can't write the cached copy: ${message}`,
    'Free up disk space, or check the permissions of the cache folder (CALLBOARD_CACHE_DIR on the command line).',
  ],
  'no-branch': ({ branches }, { branch }) => [
    'missing',
    `There is no branch or tag ${branch ?? 'HEAD'}`,
    branches.length
      ? `Available: ${branches.join(', ')}.`
      : 'Use an existing branch, or none for the default branch.',
  ],
  empty: () => ['missing', 'The repository has no commits yet', 'Push a commit first.'],
  refused: ({ message }) => [
    'refused',
    message,
    `To allow it, add this host ${ALLOWED_HOSTS_HINT}.`,
  ],
  excess: ({ message }) => [
    'invalid',
    message,
    'Use a smaller repository that contains only descriptors.',
  ],
  timeout: (_, { host }) => ['unreachable', `${host} didn't respond in time`, TRY_LATER],
  'unknown-host': (_, { host }) => [
    'unreachable',
    `Can't find the host ${host}`,
    'Check the host name, the network, and the VPN if the host needs one.',
  ],
  'no-connection': (_, { host }) => ['unreachable', `Can't connect to ${host}`, TRY_LATER],
  disconnected: (_, { host }) => [
    'unreachable',
    `The connection to ${host} was interrupted`,
    TRY_LATER,
  ],
  certificate: (_, { host }) => [
    'unreachable',
    `The certificate of ${host} is not trusted`,
    'Configure your certificate authority in git (http.sslCAInfo). Callboard never disables verification.',
  ],
  'no-tls': (_, { host }) => [
    'unreachable',
    `${host} doesn't use https at this address`,
    'Check whether the address begins with http or https, and the port.',
  ],
  limited: (_, { host }) => [
    'limited',
    `${host} received too many requests or is overloaded`,
    'Try again later.',
  ],
  redirected: (_, { host }) => [
    'refused',
    `${host} redirects to another address, which is not followed`,
    'Use the current address of the repository.',
  ],
  transport: () => [
    'refused',
    'Git is configured to use a transport that is not allowed',
    'See url.*.insteadOf in the configuration of git.',
  ],
  unauthenticated: (_, { host }) => ['unauthorized', `${host} requires authentication`, TOKEN],
  denied: (_, { host }) => ['unauthorized', `${host} denies access to the repository`, TOKEN],
  'ssh-denied': (_, { host }) => [
    'unauthorized',
    `${host} rejected the ssh key`,
    'Add the key to the ssh agent, or use the https address of the repository.',
  ],
  'unknown-host-key': (_, { host }) => [
    'unauthorized',
    `ssh does not know the host key of ${host}`,
    'Connect once with ssh in a terminal and compare the key with the published one.',
  ],
  'no-repository': (_, { host }) => [
    'missing',
    `${host} has no such repository, or you have no access to it`,
    `Check its address. ${TOKEN}`,
  ],
  'not-exported': (_, { host }) => [
    'missing',
    `${host} does not export a repository with this name`,
    'Check its address. A git daemon exports repositories with a file "git-daemon-export-ok" to everyone and uses no token.',
  ],
  'other-answer': (_, { host }) => [
    'missing',
    `${host} did not return a repository`,
    `Check its address, which may lead to a sign-in page. ${TOKEN}`,
  ],
  remote: other,
  locked: other,
  'object-format': other,
  unsupported: other,
  failed: other,
};

/** Converts an error of a fetch to a message that says what to do. */
export function sourceErrorOf(
  error: unknown,
  { host, branch }: { host: string; branch: string | undefined },
): SourceError {
  if (error instanceof SourceError) return error;
  if (!(error instanceof GitMirrorFailure)) {
    return new SourceError('invalid', errorMessage(error), { cause: error });
  }
  const place = { host: host || 'this machine', branch };
  const [failure, message, advice] = WORDS[error.reason](error, place);
  return new SourceError(failure, message, { cause: error, advice });
}
