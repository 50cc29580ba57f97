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
  'Give Callboard a token for this host ("Callboard: Set Source Token…"; on the command line GITHUB_TOKEN and the like), or let git in by ssh or a credential helper.';
const TRY_LATER = 'It may be back later; until then the last copy is used, where there is one.';

const other: Words = ({ message }) => ['invalid', `Git cannot fetch the repository: ${message}`];

const WORDS: Readonly<Record<GitMirrorFailureReason, Words>> = {
  'no-git': () => ['local', 'Git is not installed, or not found', 'Install git, and start again.'],
  storage: ({ message }) => [
    'local',
    `The copy cannot be written: ${message}`,
    'Make room on the disk, or see who may write to where Callboard keeps copies (CALLBOARD_CACHE_DIR on the command line). The last copy is still used, where there is one.',
  ],
  'no-branch': ({ branches }, { branch }) => [
    'missing',
    `There is no branch or tag ${branch ?? 'HEAD'}`,
    branches.length
      ? `There are: ${branches.join(', ')}.`
      : 'Name a branch that the repository has, or none for its default one.',
  ],
  empty: () => ['missing', 'The repository has no commits yet', 'Push something to it first.'],
  refused: ({ message }) => [
    'refused',
    message,
    `Where that is meant, name this very host ${ALLOWED_HOSTS_HINT}.`,
  ],
  excess: ({ message }) => [
    'invalid',
    message,
    'Let the source be a smaller repository, which holds descriptors alone.',
  ],
  timeout: (_, { host }) => ['unreachable', `${host} did not answer in time`, TRY_LATER],
  'unknown-host': (_, { host }) => [
    'unreachable',
    `There is no host ${host}, as far as this machine knows`,
    'Check the name of the host, the network, and the VPN if the host is behind one.',
  ],
  'no-connection': (_, { host }) => ['unreachable', `Nobody answers at ${host}`, TRY_LATER],
  disconnected: (_, { host }) => ['unreachable', `${host} did not answer to the end`, TRY_LATER],
  certificate: (_, { host }) => [
    'unreachable',
    `The certificate of ${host} cannot be trusted`,
    "Name the company's certificate authority to git (http.sslCAInfo). Verification is never switched off.",
  ],
  'no-tls': (_, { host }) => [
    'unreachable',
    `${host} does not answer as https does`,
    'Check whether the address begins with http or https, and the port.',
  ],
  limited: (_, { host }) => [
    'limited',
    `${host} was asked too often, or has too much to do`,
    TRY_LATER,
  ],
  redirected: (_, { host }) => [
    'refused',
    `${host} sends on to another address, which is not followed`,
    'Name the address that the repository has now.',
  ],
  transport: () => [
    'refused',
    'Git is set up to ask for the repository in a way that is not used',
    'See url.*.insteadOf in the configuration of git.',
  ],
  unauthenticated: (_, { host }) => [
    'unauthorized',
    `${host} wants to know who asks for the repository`,
    TOKEN,
  ],
  denied: (_, { host }) => [
    'unauthorized',
    `${host} does not let this token, or nobody without one, read the repository`,
    TOKEN,
  ],
  'ssh-denied': (_, { host }) => [
    'unauthorized',
    `${host} does not let in who asks by ssh`,
    'Load the key into the ssh agent, or use the https address of the repository.',
  ],
  'unknown-host-key': (_, { host }) => [
    'unauthorized',
    `The key of ${host} is not among those that ssh knows`,
    'Connect once with ssh in a terminal and compare the key with the one that is published.',
  ],
  'no-repository': (_, { host }) => [
    'missing',
    `There is no such repository on ${host}, or it may not be seen`,
    `Check its address. ${TOKEN}`,
  ],
  'not-exported': (_, { host }) => [
    'missing',
    `${host} does not give out a repository of this name`,
    'Check its address. A daemon of git gives out the repositories that hold a file "git-daemon-export-ok", to everybody; it takes no token.',
  ],
  'other-answer': (_, { host }) => [
    'missing',
    `${host} answers with something that is no repository`,
    `Check its address; pages that want somebody to sign in look like that, too. ${TOKEN}`,
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
