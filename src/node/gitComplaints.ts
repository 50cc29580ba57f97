import { errorMessage, gitPhrases } from '../base';
import type { GitRemote } from '../core/ports';

/** In code units: as much of a complaint is looked through for secrets, and told. */
const MOST_READ = 16_000;
const MOST_TOLD = 1000;

/** Git's complaint for people: without its own words for it, and without what must not be told. */
export function gitComplaint(error: unknown, remote?: GitRemote): string {
  const lines = linesOf(error).map(line => line.replace(/^(?:fatal|error): /, ''));
  // Much of it may be what a remote had git repeat.
  let told = lines.slice(0, 5).join('; ').slice(0, MOST_READ);
  for (const secret of secretsOf(remote)) told = told.replaceAll(secret, '***');
  return told.length > MOST_TOLD ? `${told.slice(0, MOST_TOLD)}…` : told;
}

/** What tells why git failed, see `gitPhrases`. */
export function gitFailurePhrases(error: unknown, remote?: GitRemote): readonly string[] {
  const lines = linesOf(error).filter(line => line.length <= MOST_READ);
  // The reason is in the last lines, after all that a remote had git repeat.
  return gitPhrases(lines.slice(-20), remote && [remote.url]);
}

function linesOf(error: unknown): readonly string[] {
  return errorMessage(error)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(?:(?:fatal|error): )?(?:hint|To|Done)\b/.test(line));
}

/** All that a host could send back of what it was sent. */
function secretsOf(remote: GitRemote | undefined): readonly string[] {
  const { authorization } = remote ?? {};
  if (authorization === undefined) return [];
  const [, value = authorization] = authorization.split(' ');
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const password = decoded.slice(decoded.indexOf(':') + 1);
  return [authorization, value, decoded, password].filter(secret => secret.length > 3);
}
